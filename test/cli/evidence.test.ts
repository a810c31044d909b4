import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runMigration } from "../../src/run/run.ts";
import { FLAT, type Repository, script, useFolder, verdicts, WRAPPED } from "../evidence/repositories.ts";
import { plant } from "../files/scanned.ts";
import { git, MEMORY, useTemporaryFolder } from "../files/temporary.ts";
import { DRY_RUN } from "../run/settings.ts";
import { report, run } from "./run.ts";

describe("what a repository does with a request", () => {
  const folder = useFolder();
  it("is found for a file that is named alone, from wherever it is named", async () => {
    plant(folder.path, script("cd sip\nlk sip dispatch update rule.json\n"));
    git(folder.path, "init", "-q");
    process.chdir(join(folder.path, "sip"));
    expect(await verdicts(folder.path, ["rule.json"])).toEqual([
      "rule.json not-create update-evidence ../run.sh:2",
    ]);
    process.chdir(folder.elsewhere);
    const [said] = await verdicts(folder.path, [join(folder.path, "sip/rule.json")]);
    expect(said).toMatch(/sip\/rule\.json not-create update-evidence \S*run\.sh:2$/);
  });

  it.each([
    ["in a loop", 'for name in rule; do\n  lk sip dispatch update --id X "sip/$name.json"\ndone\n', 2],
    ["with a pattern", 'for f in sip/*.json; do lk sip dispatch update --id X "$f"; done\n', 1],
  ])("is found where a command puts the name together: %s", async (_, text, line) => {
    plant(folder.path, { "sip/rule.json": FLAT, "run.sh": text });
    git(folder.path, "init", "-q");
    process.chdir(folder.path);
    const verdict = `sip/rule.json not-create update-evidence run.sh:${line}`;
    expect(await verdicts(folder.path, ["sip/rule.json"])).toEqual([verdict]);
    expect(await verdicts(folder.path, ["sip"])).toEqual([verdict]);
  });

  it("is found in the repository of each file that is named", async () => {
    plant(folder.path, {
      "one/rule.json": FLAT,
      "one/run.sh": "lk sip dispatch create rule.json\n",
      "two/rule.json": FLAT,
      "two/run.sh": "lk sip dispatch update rule.json\n",
    });
    for (const name of ["one", "two"]) git(join(folder.path, name), "init", "-q");
    process.chdir(folder.path);
    expect(await verdicts(folder.path, ["one/rule.json", "two/rule.json"])).toEqual([
      "one/rule.json migrated create-evidence one/run.sh:1",
      "two/rule.json not-create update-evidence two/run.sh:1",
    ]);
  });

  it("is not searched for outside of repositories, beyond what is named", async () => {
    plant(folder.path, script("lk sip dispatch update sip/rule.json\n"));
    process.chdir(folder.path);
    expect(await verdicts(folder.path, ["sip/rule.json"])).toEqual(["sip/rule.json migrated named"]);
    expect(await verdicts(folder.path, ["sip/rule.json", "run.sh"])).toEqual([
      "sip/rule.json not-create update-evidence run.sh:1",
    ]);
  });
});

describe("a request that is used as a bare rule", () => {
  const folder = useFolder();
  const FILE = "sip/rule.json";
  const CREATE = `lk sip dispatch create ${FILE}`;
  const UPDATE = `lk sip dispatch update ${FILE}`;
  /** What lines do with a request, and what is said of that in whatever form it is. */
  const USES: { lines: string[]; bare?: string; both?: string }[] = [
    { lines: [CREATE] },
    { lines: [UPDATE], bare: "(run.sh:1)" },
    {
      lines: [UPDATE, CREATE],
      both: "of the lines that use this request (run.sh:2, run.sh:1) some create rules with it as it is, and others use it as a bare rule",
    },
    {
      lines: [`lk sip dispatch "$1" ${FILE}`],
      both: "one line may create rules with this request as it is, and may use it as a bare rule (run.sh:1)",
    },
  ];

  /** The findings about a file's request with one of these ids: their sentences. */
  async function saidOf(files: Repository["files"], path: string, id: string): Promise<string[]> {
    plant(folder.path, files);
    process.chdir(folder.path);
    const { results } = await runMigration(["."], DRY_RUN);
    const findings = results.flatMap(({ sites }) => sites.filter((site) => site.path === path));
    return findings
      .flatMap((site) => site.findings)
      .filter((finding) => finding.id === id)
      .flatMap(({ message, next = "" }) => [message, next]);
  }

  it.each(USES)("and is wrapped: $lines", async ({ lines, bare, both }) => {
    const used = both ?? (bare && `this request is used as a bare rule ${bare}`);
    const files = { [FILE]: WRAPPED, "run.sh": `${lines.join("\n")}\n` };
    expect(await saidOf(files, FILE, "wrapped-for-update")).toEqual(
      used === undefined
        ? []
        : [
            `${used}, which has no wrapper`,
            "`sip-dispatch convert sip/rule.json --to info` prints the bare rule; for an update, pipe that into `lk sip dispatch update --id SDR_… -`.",
          ],
    );
  });

  it.each(USES)("and is flat: $lines", async ({ lines, both }) => {
    const files = { [FILE]: FLAT, "run.sh": `${lines.join("\n")}\n` };
    expect(await saidOf(files, FILE, "conflicting-evidence")).toEqual(
      both === undefined
        ? []
        : [
            `${both}; no form serves both`,
            "Make two files of it: a wrapped one to create from, and this one for the other use.",
          ],
    );
  });

  it("as its name alone says, and is wrapped", async () => {
    const path = "sip/dispatch-update.json";
    expect(await saidOf({ [path]: WRAPPED }, path, "wrapped-for-update")).toEqual([
      "nothing but the file's name says that a rule is updated with it, and an update takes a bare rule, without the wrapper",
      "`sip-dispatch convert sip/dispatch-update.json --to info` prints the bare rule; if it is for create, give its file another name.",
    ]);
  });
});

describe("with the built program", () => {
  const folder = useTemporaryFolder(MEMORY);
  const SAMPLE: Repository["files"] = {
    "scripts/register.sh": `work=$(mktemp -d)
jq 'del(._comment)' sip/dispatch-support.json > "$work/rule.json"
lk sip dispatch create --trunks "$trunk" "$work/rule.json"
lk sip dispatch update --id "$RULE_ID" sip/dispatch-update.json
`,
    "sip/dispatch-support.json": FLAT.replace("{", '{ "_comment": "stripped",'),
    "sip/dispatch-update.json": FLAT,
    "sip/dispatch-lobby.json": FLAT,
  };
  const reasons = (args: readonly string[], cwd = folder.path): string[] =>
    report(run(cwd, ["migrate", ...args, "--format", "json"])).sites.map(
      ({ path, outcome, reason }) => `${path.replace(/^.*\//, "")} ${outcome} ${reason}`,
    );

  it("is the same for a folder, for a file that is named alone, and from elsewhere", () => {
    plant(folder.path, SAMPLE);
    git(folder.path, "init", "-q");
    const support = "dispatch-support.json migrated create-evidence";
    const update = "dispatch-update.json not-create update-evidence";
    expect(reasons(["sip"])).toEqual(["dispatch-lobby.json migrated assumed-create", support, update]);
    expect(reasons(["sip/dispatch-support.json"])).toEqual([support]);
    expect(reasons([join(folder.path, "sip/dispatch-support.json")], folder.elsewhere)).toEqual([support]);
    expect(reasons([join(folder.path, "sip/dispatch-update.json")], folder.elsewhere)).toEqual([update]);
    expect(reasons(["sip/dispatch-lobby.json"])).toEqual(["dispatch-lobby.json migrated named"]);
  });

  it("is nothing where nobody does anything with a file, also if that is named: --assume none", () => {
    plant(folder.path, SAMPLE);
    git(folder.path, "init", "-q");
    const lobby = "dispatch-lobby.json not-create no-evidence";
    const support = "dispatch-support.json migrated create-evidence";
    expect(reasons(["sip/dispatch-lobby.json", "--assume", "none"])).toEqual([lobby]);
    expect(reasons(["sip/dispatch-support.json", "--assume", "none"])).toEqual([support]);
    expect(reasons(["sip", "--assume", "none"]).slice(0, 2)).toEqual([lobby, support]);
  });

  it("still names what looks for flat keys when the file is wrapped", () => {
    plant(folder.path, {
      "rule.json": FLAT,
      "run.sh": "jq -r .name rule.json\njq .dispatch_rule.name rule.json\nlk sip dispatch create rule.json\n",
    });
    git(folder.path, "init", "-q");
    expect(run(folder.path, ["migrate", "--write", "rule.json"]).status).toBe(0);
    const [wrapped] = report(run(folder.path, ["migrate", "rule.json", "--format", "json"])).sites;
    expect(wrapped?.outcome).toBe("already-wrapped");
    expect(wrapped?.findings.map(({ id, message }) => `${id}: ${message}`)).toEqual([
      "reader: run.sh:1 reads `name` of this request, which stands in `dispatch_rule`",
    ]);
    plant(folder.path, { "run.sh": "jq -r .name rule.json\n" }); // without a word of dispatch rules
    const { stdout } = run(folder.path, ["migrate", "rule.json"]);
    expect(stdout).toMatch(/\nNothing to do\.\n$/);
  });

  it("says so where the name of a file decides", () => {
    plant(folder.path, { "update.json": FLAT, "other.json": FLAT });
    git(folder.path, "init", "-q");
    for (const path of [".", "update.json"]) {
      const { stdout } = run(folder.path, ["migrate", path]);
      expect(stdout.replaceAll(/\s+/g, " ")).toContain(
        "note: nothing but the file's name says that a rule is updated with it. If it creates one, give it another name and run this again.",
      );
    }
  });

  it("names the line that decides", () => {
    plant(folder.path, SAMPLE);
    git(folder.path, "init", "-q");
    expect(run(folder.path, ["migrate", "sip/dispatch-update.json"]).stdout).toContain(
      "scripts/register.sh:4",
    );
  });
});
