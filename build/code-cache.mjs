// Runs the built command on an example, and writes V8's code cache of all that was compiled on the way. In a folder
// of its own: in a repository it would also compile what searches that one, which is much more.
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { load } = createRequire(import.meta.url)("../bin/load.js");
const { script, run, cacheFile } = load(false);
const { main } = run();
const folder = mkdtempSync(join(tmpdir(), "sip-dispatch-"));
copyFileSync("examples/support-line.json", join(folder, "rule.json"));
process.chdir(folder);
await main(["migrate", "rule.json"]);
writeFileSync(cacheFile, script.createCachedData());
rmSync(folder, { recursive: true });
