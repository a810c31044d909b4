import { describe, expect, it } from "vitest";
import { runCheck } from "../../src/run/check.ts";
import { migrateText } from "../../src/plan/migrate-text.ts";
import { useFolder } from "../evidence/repositories.ts";
import { plant } from "../files/scanned.ts";
import { DRY_RUN } from "../run/settings.ts";

const CREATE = "lk sip dispatch create";

/** What is said of the lines of a file, as `line:column id: what stands in it as code`. */
async function said(path: string, ...lines: string[]): Promise<string[]> {
  const { findings = [] } = await migrateText(path, `${lines.join("\n")}\n`);
  return findings.map(({ id, line, column, message }) => {
    const code = Array.from(message.matchAll(/`(-[^`]*)`/g), ([, flag]) => flag);
    return `${line}:${column} ${id}: ${code.join(" ")}`;
  });
}

describe("flags that lk doesn't have", () => {
  it.each([
    ["a.sh", [`${CREATE} --file rule.json`], ["1:24 unknown-lk-flag: --file"]],
    [
      "all.sh",
      [`${CREATE} r.json --trunk-id ST_a --rule-type individual -f`],
      ["1:31 unknown-lk-flag: --trunk-id --rule-type -f"],
    ],
    [
      "path.sh",
      ["sudo /usr/local/bin/lk --url u sip dispatch-rule create --room-prefix=a-"],
      ["1:57 unknown-lk-flag: --room-prefix"],
    ],
    ["before.sh", ["lk sip dispatch --criteria a create r.json"], ["1:17 unknown-lk-flag: --criteria"]],
    [
      "docker.sh",
      [`docker run livekit/livekit-cli sip dispatch create --request r.json`],
      ["1:52 unknown-lk-flag: --request"],
    ],
    [
      "name.sh",
      [
        "LK=lk",
        '"$LK" sip dispatch create --room-name a',
        "$LIVEKIT_CLI sip dispatch update --rule-id a r.json",
      ],
      ["2:27 unknown-lk-flag: --room-name", "3:34 unknown-lk-flag: --rule-id"],
    ],
    ["old.sh", ["lk create-sip-dispatch-rule --request r.json --name a"], ["1:46 unknown-lk-flag: --name"]],
    [
      "other.sh",
      ["lk sip dispatch delete SDR_a --force", "lk sip dispatch list --name a"],
      ["1:30 unknown-lk-flag: --force", "2:22 unknown-lk-flag: --name"],
    ],
    ["Makefile", ["new:", `\t@${CREATE} --file r.json`], ["2:26 unknown-lk-flag: --file"]],
    [
      ".github/workflows/a.yml",
      ["jobs:", "  a:", "    steps:", `      - run: ${CREATE} --file r.json`],
      ["4:37 unknown-lk-flag: --file"],
    ],
    ["a.md", ["```sh", `${CREATE} --trunk-ids ST_a r.json`, "```"], ["2:24 unknown-lk-flag: --trunk-ids"]],
    [
      "a.py",
      [
        'subprocess.run(["lk", "sip", "dispatch", "create", "--file", path])',
        `os.system("${CREATE} --file " + path)`,
        "lk('sip', 'dispatch', 'create', '--file', path)",
      ],
      ["1:53 unknown-lk-flag: --file", "2:35 unknown-lk-flag: --file", "3:34 unknown-lk-flag: --file"],
    ],
    [
      "a.ts",
      ['execFileSync("lk", ["sip", "dispatch", "create", "--room-prefix", f(a, b), "--rule-type", x]);'],
      ["1:51 unknown-lk-flag: --room-prefix --rule-type"],
    ],
  ])("in %s", async (path, lines, expected) => {
    expect(await said(path, ...lines)).toEqual(expected);
  });

  it.each([
    [
      "those that it has",
      [`${CREATE} --trunks ST_a --name a --direct b --randomize -y --verbose --curl --project p`],
    ],
    ["of other verbs", ["lk sip dispatch update --id SDR_a r.json", "lk sip dispatch list --json -j"]],
    [
      "of the commands of old",
      ["lk create-sip-dispatch-rule --request r.json", "lk delete-sip-dispatch-rule --id SDR_a"],
    ],
    ["for media", [`${CREATE} --media-enc allow --codecs PCMU/8000 --no-default-codecs r.json`]],
    ["short ones together, and one dash", [`${CREATE} -yq -trunks ST_a r.json`]],
    ["behind --", [`${CREATE} r.json -- --file`]],
    ["values that look like flags", [`${CREATE} --name --file`]],
    [
      "of commands that are not lk's",
      ["./tool sip dispatch create --file r.json", "lk sip inbound create --file r.json"],
    ],
    ["that a variable holds", [`${CREATE} $FLAGS "--$NAME" r.json`]],
    ["that are only shown", [`echo "${CREATE} --file r.json"`, `# ${CREATE} --file r.json`]],
  ])("nothing is said of %s", async (_, lines) => {
    expect(await said("a.sh", ...lines)).toEqual([]);
  });

  it.each([
    ["--file r.json", `\`${CREATE} FILE\``],
    ["--inbound-trunk-id ST_a", "`--trunks ST_A,ST_B`"],
    ["--trunk ST_a", "`--trunks ST_A,ST_B`"],
    ["--room-prefix a", "`--caller PREFIX`"],
    ["--room-name a", "`--direct ROOM`"],
    ["--type direct", "`--callee PREFIX`"],
    ["--agent-name a", "write it into the file"],
    ["--callr a", "`--caller`"],
    ["--criteria a", "`lk sip dispatch create --help`"],
  ])("%s: the flag that does it", async (flag, next) => {
    const { findings = [] } = await migrateText("a.sh", `${CREATE} ${flag}\n`);
    expect(findings.map((finding) => finding.next)).toEqual([expect.stringContaining(next)]);
  });
});

describe("a flag that says the rule, beside a file", () => {
  const folder = useFolder();
  const RULE = '"rule": {"dispatchRuleDirect": {"roomName": "desk"}}';
  const FILES = {
    "flat.json": `{"name": "desk", ${RULE}}`,
    "wrapped.json": `{"dispatch_rule": {"name": "desk", ${RULE}}}`,
    "ruleless.json": '{"dispatch_rule": {"name": "desk", "trunk_ids": ["ST_a"]}}',
  };

  it.each([
    [`${CREATE} --direct hall flat.json`, ["1:24 ignores every field of flat.json"]],
    [`${CREATE} --caller hall wrapped.json`, ["1:24 refuses the line, because wrapped.json"]],
    [`${CREATE} --direct hall other.json`, ["1:24 likely: ignores every field of a flat file"]],
    [
      `echo '${FILES["flat.json"]}' | ${CREATE} --callee a -`,
      ["1:104 likely: ignores every field of a flat file"],
    ],
    [`${CREATE} --direct hall ruleless.json`, []],
    [`${CREATE} --direct hall --trunks ST_a`, []],
    ["lk sip dispatch update --id SDR_a --direct hall", []],
  ])("%s", async (line, expected) => {
    plant(folder.path, { ...FILES, "a.sh": `${line}\n` });
    process.chdir(folder.path);
    const { files } = await runCheck(["."], DRY_RUN);
    const found = files.flatMap(({ path, findings }) =>
      findings
        .filter(({ id }) => id === "flags-drop-file")
        .map(({ line: at, column, certainty, message }) => {
          expect(path).toBe("a.sh");
          const [, what] = /`lk` (.*?)(?:, its| has a rule, too|$)/.exec(message) ?? [];
          return `${at}:${column} ${certainty === undefined ? "" : `${certainty}: `}${what}`;
        }),
    );
    expect(found).toEqual(expected);
  });
});
