import { describe, expect, it } from "vitest";
import { runMigration } from "../../src/run/run.ts";
import { git, MEMORY, put, useTemporaryFolder } from "../files/temporary.ts";
import { DRY_RUN } from "./settings.ts";

const RULE = '{"name": "desk", "rule": {"dispatch_rule_direct": {"room_name": "desk"}}}\n';

const python = (...lines: string[]): string =>
  ["import json", "from livekit import api", ...lines, ""].join("\n");
const OPENS = 'config = json.load(open("rule.json"))';
const MAKES = "await lk.sip.create_dispatch_rule(api.CreateSIPDispatchRuleRequest(**config))";

/** What `setup.py` becomes in a repository with a flat `rule.json`, which migrates unless `file` says otherwise. */
const programs: {
  idea: string;
  lines: string[];
  pinned?: string;
  becomes: string;
  says: RegExp;
  file?: string;
}[] = [
  {
    idea: "only makes a message of the file: the constructor takes the wrapped form as well",
    lines: [OPENS, MAKES],
    becomes: "not-create from-file",
    says: /^its fields stand in \S*rule\.json, and this call takes/,
  },
  {
    idea: "makes it with the method's old name, which is only remarked on",
    lines: [OPENS, MAKES.replace("create_dispatch_rule", "create_sip_dispatch_rule")],
    becomes: "not-create from-file",
    says: /^its fields stand in \S*rule\.json, and this call takes/,
  },
  {
    idea: "makes it with a library that does not know the wrapper",
    lines: [OPENS, MAKES],
    pinned: "livekit-protocol==0.9.2",
    becomes: "needs-person sdk-too-old",
    says: /0\.9\.2/,
  },
  {
    idea: "reads a file that is not there",
    lines: [OPENS.replace("rule.json", "gone.json"), MAKES],
    becomes: "needs-person unknown-fields",
    says: /^its fields stand in `gone\.json`$/,
  },
  {
    idea: "sets a field beside those of the file, which would be mixed",
    lines: [OPENS, MAKES.replace("**config", '**config, metadata="m"')],
    becomes: "needs-person unknown-fields",
    says: /^some of its fields stand in `rule\.json`$/,
    file: "needs-person",
  },
  {
    idea: "sets a field afterwards",
    lines: [
      OPENS,
      "r = api.CreateSIPDispatchRuleRequest(**config)",
      'r.name = "x"',
      MAKES.replace(/api.*/, "r)"),
    ],
    becomes: "needs-person unknown-fields",
    says: /^its fields stand in `rule\.json` \(also 5:2\)$/,
    file: "needs-person",
  },
];

describe("a request whose fields code reads from a file", () => {
  const folder = useTemporaryFolder(MEMORY);

  it.each(programs)("$idea", async ({ lines, pinned, becomes, says, file = "migrated" }) => {
    put(folder.path, "rule.json", RULE);
    put(folder.path, "setup.py", python(...lines));
    if (pinned) put(folder.path, "requirements.txt", `${pinned}\n`);
    git(folder.path, "init", "-q");
    git(folder.path, "add", ".");
    const { results } = await runMigration([folder.path], DRY_RUN);
    const site = results.find(({ path }) => path.endsWith("setup.py"))?.sites[0];
    expect(`${site?.outcome} ${site?.reason}`).toBe(becomes);
    expect(site?.findings[0]?.message).toMatch(says);
    expect(results.find(({ path }) => path.endsWith("rule.json"))?.sites[0]?.outcome).toBe(file);
  });
});
