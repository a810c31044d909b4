// Runs the built command on examples, and writes V8's code caches of all that was compiled on the way. In a folder of
// its own: in a repository it would also compile what searches that one, which is much more.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { load, loadedNames, keepCode } = createRequire(import.meta.url)("../bin/load.js");
const rule = readFileSync("examples/support-line.json", "utf8");
const folder = mkdtempSync(join(tmpdir(), "sip-dispatch-"));
process.chdir(folder);
const { main } = load("cli");
writeFileSync("support-line.json", rule);
await main(["migrate", "support-line.json"]);
// Of one file of data and no more: a larger cache takes longer to read.
keepCode("cli");

// Of a repository with a file of each kind, for what other runs load besides.
writeFileSync(
  "rule.yaml",
  "# Support\nname: support\ntrunk_ids: [ST_a]\nrule:\n  dispatchRuleDirect:\n    roomName: 'a'\n",
);
writeFileSync("rule.md", `# Support\n\n- A list\n\n  > and a *quote*\n\n\`\`\`json\n${rule}\`\`\`\n`);
writeFileSync("create.sh", "lk sip dispatch create support-line.json\n");
writeFileSync(
  "create.py",
  `from livekit import api

async def create(lk: api.LiveKitAPI):
    rule = api.SIPDispatchRule(dispatch_rule_direct=api.SIPDispatchRuleDirect(room_name="support"))
    await lk.sip.create_sip_dispatch_rule(api.CreateSIPDispatchRuleRequest(name="support", rule=rule))
`,
);
await main(["migrate"]);
for (const name of loadedNames()) if (name !== "cli") keepCode(name);
rmSync(folder, { recursive: true });
