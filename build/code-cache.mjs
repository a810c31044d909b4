// Runs the built command on an example, and writes V8's code cache of all that was compiled on the way.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const { load } = createRequire(import.meta.url)("../bin/load.js");
const { script, run, cacheFile } = load(false);
const { main } = run();
await main(["migrate", "examples/support-line.json"]);
writeFileSync(cacheFile, script.createCachedData());
