import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { git, useTemporaryFolder } from "../files/temporary.ts";
import { type Report, run, type Run } from "./run.ts";

const folder = useTemporaryFolder();

const RULE = '"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}';
const FLAT = `{"trunk_ids":["ST_example"],${RULE}}\n`;
const NUMBERS = `{"inbound_numbers":["+15550100"],${RULE}}\n`;

function plant(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder.path, name)), { recursive: true });
    writeFileSync(join(folder.path, name), text);
  }
}

const migrate = (...args: string[]): Run => run(folder.path, ["migrate", ...args]);
const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ");

interface Account {
  looked: number;
  read: number;
  without: number;
  skipped: { path: string; why: string }[];
  ignored: string[];
  unread: string[];
  unusedSilences: { path: string; line: number }[];
}

function whole(...args: string[]): Report & { files: Account; calls: Record<string, number> | null } {
  return JSON.parse(migrate("--format", "json", ...args).stdout);
}

/** Lines that are too wide although they could be broken: they have more than a path or a command in them. */
function wide(text: string): string[] {
  const plain = text.replaceAll(/\u001b\[\d+m/g, "");
  return plain.split("\n").filter((line) => line.length > 80 && !/^ *(\S+|`[^`]*`\.?)$/.test(line));
}

/** A repository in which everything comes up that an account has a number for. */
function plantEverything(): void {
  const many = Array.from({ length: 30 }, (_, at): [string, string] => {
    const texts = [
      FLAT,
      NUMBERS.replace("00", `${10 + at}`),
      `{"dispatch_rule":{${RULE}}}`,
      `{"x":1,${RULE}}`,
      "{",
    ];
    return [
      `sip/${at}.json`,
      texts[at % texts.length] === "{" ? `{${RULE}` : (texts[at % texts.length] ?? ""),
    ];
  });
  plant({
    ...Object.fromEntries(many),
    "page.md": `# Rules\n\n\`\`\`json\n${FLAT}\`\`\`\n`,
    "register.sh": "lk sip dispatch update --id SDR_abc sip/0.json\nlk sip dispatch create sip/5.json\n",
    "notes.txt": "trunk_ids and dispatchRuleDirect are words\n",
    "plain.txt": "nothing\n",
    "node_modules/x/rule.json": FLAT,
    "local.json": FLAT,
    ".gitignore": "local.json\n",
    "silenced.yaml":
      "# sip-dispatch-ignore: shows the old form\nrule: { dispatchRuleDirect: { roomName: a } }\n",
  });
  git(folder.path, "init", "-q");
}

describe("the account of a repository", () => {
  it.each([
    ["of a folder", []],
    ["of a folder and files in it, whatever became of them", [".", "plain.txt", "local.json", "sip/0.json"]],
    ["of a folder and what stands in a folder that is left out", [".", "node_modules/x/rule.json"]],
    ["of folders that overlap", [".", "sip"]],
    ["of a part, and a file outside of it", ["sip", "page.md"]],
  ])("adds up: %s", (_, args) => {
    plantEverything();
    const { files, totals, sites, calls } = whole(...args);
    const { looked, read, without, skipped, ignored, unread } = files;
    const { migrated, alreadyWrapped, notCreate, needsPerson, unreadable, silenced } = totals;
    expect(looked).toBe(read + without + skipped.length + ignored.length);
    expect(read).toBe((totals["sources"] ?? 0) + unread.length);
    expect(sites).toHaveLength(totals["sites"] ?? -1);
    expect(
      [migrated, alreadyWrapped, notCreate, needsPerson, unreadable, silenced].reduce(
        (a = 0, b = 0) => a + b,
      ),
    ).toBe(sites.length);
    const named = new Set(sites.map(({ path }) => path));
    expect(named.size).toBe(totals["sources"]);
    const { migrated: compared = 0, unknown = 0, shownOnly = 0 } = calls ?? {};
    expect(compared + unknown + shownOnly).toBeGreaterThanOrEqual(migrated ?? -1);

    const text = oneLine(migrate(...args).stdout);
    const inside = skipped.filter(({ why }) => why === "repository").length;
    expect(text).toContain(
      `Looked at ${looked - inside} files${read === looked - inside ? "." : `: ${read} searched`}`,
    );
    expect(text).toContain(`${sites.length} sites in ${totals["sources"]} files: ${migrated} to migrate`);
  });

  it("names every file with --verbose", () => {
    plantEverything();
    const text = migrate("--verbose").stdout;
    const { files, sites } = whole();
    const paths = [...sites, ...files.skipped].map(({ path }) => path);
    expect(
      [...paths, ...files.ignored, ...files.unread, "plain.txt"].filter((path) => !text.includes(path)),
    ).toEqual([]);
  });

  it.each([[[]], [["--verbose"]], [["--color", "always"]], [["--quiet"]], [["--check"]]])(
    "keeps to 80 columns: %j",
    (args) => {
      plantEverything();
      expect(wide(migrate(...args).stdout)).toEqual([]);
    },
  );
});

describe("a run that can write some files and not others", () => {
  it("says how many of each, why, and what to do; each file's own words are about that file", () => {
    plant({ "a.json": FLAT, "b.json": FLAT, "c.json": FLAT, "d.json": FLAT });
    git(folder.path, "init", "-q");
    git(folder.path, "add", "-A");
    git(folder.path, "commit", "-q", "-m", "test");
    plant({ "b.json": `${FLAT}\n`, "c.json": `${FLAT}\n` });
    chmodSync(join(folder.path, "d.json"), 0o444);
    const done = migrate("--write");
    expect(done.status).toBe(3);
    const text = oneLine(done.stdout);
    expect(text).toContain(
      "error: the file was not written: it has uncommitted changes. Commit them, or use --force.",
    );
    expect(text).toContain("4 sites in 4 files: 1 migrated and written, 3 need a person (not written).");
    expect(text).toContain("1 file was written, 3 were not (2 uncommitted, 1 read-only).");
    expect(text).not.toMatch(/nothing was/i);
    expect(readFileSync(join(folder.path, "a.json"), "utf8")).toContain("dispatch_rule");
    expect(run(folder.path, ["undo"]).stdout).toMatch(/^a\.json: restored$/m);
  });
});

describe("a path that was named", () => {
  it("is printed as it was: an absolute one as it is, with all that is found below it", () => {
    plant({ "sip/a.json": FLAT, "register.sh": "lk sip dispatch create sip/a.json\n" });
    git(folder.path, "init", "-q");
    const file = join(folder.path, "sip/a.json");
    const report = whole(file, join(folder.path, "register.sh"));
    expect(report.sites.map(({ path }) => path)).toEqual([file, join(folder.path, "register.sh")]);
    expect(report.sites[0]).toMatchObject({
      evidence: { places: [{ path: join(folder.path, "register.sh"), line: 1 }] },
    });
    expect(whole(join(folder.path, "sip")).sites.map(({ path }) => path)).toEqual([file]);
    expect(whole("sip/../sip").sites.map(({ path }) => path)).toEqual(["sip/a.json"]);
    expect(run(folder.path, ["convert", join(folder.path, "gone.json"), "--to", "info"]).stderr).toContain(
      join(folder.path, "gone.json"),
    );
  });

  it("is looked for by the patterns from the working directory all the same", () => {
    plant({ "sip/a.json": FLAT, "sip/old/b.json": FLAT });
    for (const pattern of ["/sip/old", "./sip/old/"]) {
      expect(whole(folder.path, "--exclude", pattern).sites.map(({ path }) => path)).toEqual([
        join(folder.path, "sip/a.json"),
      ]);
    }
  });
});

describe("a silence in the config that is about nothing", () => {
  const silenced = [
    { path: "docs/history.json", reason: "the old form" },
    { path: "sip/a.json", reason: "for later" },
    { path: "legacy.json", reason: "for later" },
  ];
  const unused = (...args: string[]): number[] => whole(...args).files.unusedSilences.map(({ line }) => line);

  it("is reported where all of it was looked at, and not where a part was", () => {
    const config = `{ "silenced": [\n${silenced.map((one) => JSON.stringify(one)).join(",\n")}\n] }`;
    plant({
      "sip-dispatch.config.json": config,
      "docs/page.md": "",
      "sip/a.json": `{"dispatch_rule":{${RULE}}}`,
    });
    expect(unused()).toEqual([2, 3, 4]);
    expect(unused("sip")).toEqual([3]);
    expect(unused("docs", "sip/a.json")).toEqual([2, 3]);
    expect(unused("--include", "sip/")).toEqual([]);
    expect(oneLine(migrate("docs").stdout)).toContain(
      "Nothing is silenced by sip-dispatch.config.json:2: delete what stands there.",
    );
  });
});

it("a silence without a reason is not one, and the report says what it lacks", () => {
  plant({ "a.json": `// sip-dispatch-ignore\n${FLAT}\n`, "b.json": `// sip-dispatch-ignore:\n${FLAT}\n` });
  const { sites, files } = whole();
  expect(sites.map(({ outcome }) => outcome)).toEqual(["migrated", "migrated"]);
  expect(files.unusedSilences).toEqual([
    { path: "a.json", line: 1, column: 4, noReason: true },
    { path: "b.json", line: 1, column: 4, noReason: true },
  ]);
  expect(oneLine(migrate(".").stdout)).toContain(
    "A silence needs a reason: write `sip-dispatch-ignore: why` at a.json:1, b.json:1.",
  );
});

it("a silence of a finding that is none is told, with the one that may be meant", () => {
  const silence = "sip-dispatch-ignore lk-refuse, live-rule: why";
  plant({ "a.json": `// ${silence}\n${FLAT}\n`, "b.json": `// ${silence}\n${FLAT}\n` });
  const at = { line: 1, column: 4 };
  expect(whole().files.unusedSilences).toEqual([
    { path: "a.json", ...at, unknown: "lk-refuse" },
    { path: "b.json", ...at, unknown: "lk-refuse" },
  ]);
  expect(oneLine(migrate(".").stdout)).toContain(
    "a.json:1, b.json:1: there is no finding `lk-refuse`; did you mean `lk-refuses`?",
  );
});

describe("what is wrong with the command line or the config", () => {
  it.each([
    [["migrate", "--known-trunks", "gone.json"]],
    [["migrate", "--server", "a-version-that-is-so-long-that-it-can-not-stand-in-one-line-of-80"]],
    [["migrate", "-o", ""]],
    [["migrate", "-", "a.json", "b.json"]],
    [["migrate", "--check", "--write"]],
    [["migrate", "--inbound-numbers-as", "something"]],
    [["migrate", "--format", "yaml"]],
    [["convert", "a.ndjson", "--to", "info", "--to-format", "binary"]],
    [["convert", "wrong.json", "--to", "info"]],
    [["convert", "numbers.json", "--to", "wrapped"]],
    [["convert", "rules.ndjson", "--to", "wrapped"]],
    [["diff", "wrong.json", "a.json"]],
    [["diff", "gone.json", "a.json"]],
    [["route", "--to", "+15550100", "--tests", "x"]],
    [["route", "wrong.json", "--to", "+15550100", "--from", "+15550101"]],
    [["migrate", "--config", "bad.config.json"]],
    [["undo", "no-such-run-that-was-ever-written-by-anyone-and-has-a-long-name"]],
    [["--help"]],
    [["migrate", "--help"]],
  ])("keeps to 80 columns: %j", (args) => {
    plant({
      "a.json": FLAT,
      "numbers.json": NUMBERS,
      "rules.ndjson": NUMBERS.repeat(3),
      "wrong.json": `{"trunks":["ST_example"],"agents":[],"name":"the support line",${RULE}}`,
      "bad.config.json":
        '{ "silenced": [{ "path": "docs/", "reasons": "they show the old form on purpose" }] }',
    });
    const { stdout, stderr } = run(folder.path, args);
    expect(wide(args.includes("--help") ? stdout + stderr : stderr)).toEqual([]);
  });

  it("begins with the place", () => {
    plant({ "bad.config.json": '{\n  "silence": []\n}' });
    const { status, stderr } = migrate("--config", "bad.config.json");
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^bad\.config\.json:2:3: the config has no key `silence`; did you mean\s+`silenced`\?\n/,
    );
  });
});

it("says which nested repositories are skipped, and not that there is nothing to do", () => {
  plant({ "a/rule.json": FLAT, "b/rule.json": FLAT });
  for (const name of ["a", "b"]) mkdirSync(join(folder.path, name, ".git"));
  expect(oneLine(migrate(".").stdout)).toBe(
    "2 nested git repositories were skipped: a, b. Name them to include them. No dispatch rules found. ",
  );
  expect(oneLine(migrate("a", "b").stdout)).toContain("2 sites in 2 files: 2 to migrate.");
});
