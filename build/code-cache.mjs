// Runs the built command on examples, and writes V8's code caches of all that was compiled on the way. In a folder of
// its own: in a repository it would also compile what searches that one, which is much more.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { load, keepCode } = createRequire(import.meta.url)("../bin/load.js");
const rule = readFileSync("examples/support-line.json", "utf8");
const grammar = (name) => readFileSync(`dist/grammars/${name}.wasm`);
const wasm = { runtime: grammar("tree-sitter"), python: grammar("python") };
const folder = mkdtempSync(join(tmpdir(), "sip-dispatch-"));
process.chdir(folder);
const { main } = load("cli");
writeFileSync("support-line.json", rule);
await main(["migrate", "support-line.json"]);
// Of one file of data and no more: a larger cache takes longer to read.
keepCode("cli");

writeFileSync(
  "rule.yaml",
  "# Support\nname: support\ntrunk_ids: [ST_a]\nrule:\n  dispatchRuleDirect:\n    roomName: 'a'\n",
);
await main(["migrate", "rule.yaml"]);
keepCode("libraries/yaml");

writeFileSync("rule.md", `# Support\n\n- A list\n\n  > and a *quote*\n\n\`\`\`json\n${rule}\`\`\`\n`);
await main(["migrate", "rule.md"]);
keepCode("libraries/micromark");

// Not by the command, which sets a flag of V8's first: no cache that is made after that is accepted.
const { Language, Parser } = load("libraries/web-tree-sitter");
await Parser.init({ wasmBinary: wasm.runtime });
const parser = new Parser();
parser.setLanguage(await Language.load(wasm.python));
parser.parse("create(name='a')\n").walk().gotoFirstChild();
keepCode("libraries/web-tree-sitter");
rmSync(folder, { recursive: true });
