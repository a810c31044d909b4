import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { openWriter } from "../../src/repo/apply.ts";
import { runMigration } from "../../src/run/run.ts";
import type { MigrateOptions } from "../../src/migrate/options.ts";
import { git, MEMORY, useTemporaryFolder } from "../repo/temporary.ts";
import { report, run } from "../cli/run.ts";
import { DRY_RUN } from "./settings.ts";

const FLAT =
  '{ "name": "desk", "inbound_numbers": ["+15550100"], "rule": { "dispatchRuleDirect": { "roomName": "desk" } } }';
const WRAPPED =
  '{ "dispatch_rule": { "name": "desk", "numbers": ["+15550100"], "rule": { "dispatchRuleDirect": { "roomName": "desk" } } } }';

/** A repository with a flat request in `sip/rule.json`, unless it says otherwise. */
interface Repository {
  files: Record<string, string>;
  /** Arguments of the run; `.` unless said. */
  paths?: string[];
  options?: MigrateOptions;
  /** What stands in the files afterwards that differ from what they were; `WRAPPED` in `sip/rule.json` unless said. */
  after: Record<string, string>;
}

const script = (before: string): Record<string, string> => ({ "run.sh": `${before}\n` });
const both = (after: string): Record<string, string> => ({
  "run.sh": `${after}\n`,
  "sip/rule.json": WRAPPED,
});
/** Only the request migrates. */
const alone = { "sip/rule.json": WRAPPED };
/** The request needs a person, and so everything stays. */
const nothing = {};

const REPOSITORIES: Record<string, Repository> = {
  "a path": {
    files: script("NAME=$(jq -r '.name' sip/rule.json)"),
    after: both("NAME=$(jq -r '.dispatch_rule.name' sip/rule.json)"),
  },
  "a path that changes its name": {
    files: script("jq '.inbound_numbers[0]' sip/rule.json"),
    after: both("jq '.dispatch_rule.numbers[0]' sip/rule.json"),
  },
  "numbers that stay callers": {
    files: script("jq '.inbound_numbers[0]' sip/rule.json"),
    options: { inboundNumbersAs: "inbound_numbers" },
    after: {
      "run.sh": "jq '.dispatch_rule.inbound_numbers[0]' sip/rule.json\n",
      "sip/rule.json": WRAPPED.replace("numbers", "inbound_numbers"),
    },
  },
  "a wrapper that is spelled otherwise": {
    files: script("jq '.name' sip/rule.json"),
    options: { wrapperKey: "dispatchRule" },
    after: {
      "run.sh": "jq '.dispatchRule.name' sip/rule.json\n",
      "sip/rule.json": WRAPPED.replace("dispatch_rule", "dispatchRule"),
    },
  },
  "in double quotes, and bare": {
    files: script('jq ".rule.dispatchRuleDirect" sip/rule.json\njq .name sip/rule.json'),
    after: both(
      'jq ".dispatch_rule.rule.dispatchRuleDirect" sip/rule.json\njq .dispatch_rule.name sip/rule.json',
    ),
  },
  "by way of a variable, from the script's own folder": {
    files: {
      "bin/show.sh": '#!/bin/sh\nF="$(dirname "$0")/../sip/rule.json"\necho "$(jq -r .name "$F")"\n',
    },
    after: {
      ...alone,
      "bin/show.sh":
        '#!/bin/sh\nF="$(dirname "$0")/../sip/rule.json"\necho "$(jq -r .dispatch_rule.name "$F")"\n',
    },
  },
  "a copy on the way to lk, and its reader": {
    files: script(
      "jq '.name = \"x\" | del(._comment)' sip/rule.json > /tmp/r.json\njq .name /tmp/r.json\nlk sip dispatch create /tmp/r.json",
    ),
    after: both(
      "jq '.dispatch_rule.name = \"x\" | del(._comment)' sip/rule.json > /tmp/r.json\njq .dispatch_rule.name /tmp/r.json\nlk sip dispatch create /tmp/r.json",
    ),
  },
  "piped into lk": {
    files: script("jq --arg t \"$T\" '.trunk_ids += [$t]' sip/rule.json | lk sip dispatch create -"),
    after: both(
      "jq --arg t \"$T\" '.dispatch_rule.trunk_ids += [$t]' sip/rule.json | lk sip dispatch create -",
    ),
  },
  "the script's own heredoc": {
    files: { "run.sh": `cat > r.json <<'EOF'\n${FLAT}\nEOF\njq -r .name r.json\n` },
    after: {
      ...alone,
      "run.sh": `cat > r.json <<'EOF'\n${WRAPPED}\nEOF\njq -r .dispatch_rule.name r.json\n`,
    },
  },
  "tests for bats": {
    files: {
      "rule.bats":
        '@test "trunk" {\n  run -0 jq -r \'.trunk_ids[0]\' sip/rule.json\n  assert_equal "$(jq -r .name sip/rule.json)" desk\n}\n',
    },
    after: {
      ...alone,
      "rule.bats":
        '@test "trunk" {\n  run -0 jq -r \'.dispatch_rule.trunk_ids[0]\' sip/rule.json\n  assert_equal "$(jq -r .dispatch_rule.name sip/rule.json)" desk\n}\n',
    },
  },
  "a function that has the name of a program which runs others": {
    files: script('run() { jq -r .name "$1"; }\nrun sip/rule.json'),
    after: both('run() { jq -r .dispatch_rule.name "$1"; }\nrun sip/rule.json'),
  },
  "a Makefile": {
    files: { Makefile: "show:\n\t@echo $$(jq -r '.name' sip/rule.json)\n" },
    after: { ...alone, Makefile: "show:\n\t@echo $$(jq -r '.dispatch_rule.name' sip/rule.json)\n" },
  },
  "what a Makefile asks a shell for": {
    files: {
      Makefile:
        "RULE = sip/rule.json\nNAME := $(shell jq -r .name $(RULE))\n\nshow:\n\t@echo $(NAME) $(shell jq '.rule | keys' sip/rule.json)\n",
    },
    after: {
      ...alone,
      Makefile:
        "RULE = sip/rule.json\nNAME := $(shell jq -r .dispatch_rule.name $(RULE))\n\nshow:\n\t@echo $(NAME) $(shell jq '.dispatch_rule.rule | keys' sip/rule.json)\n",
    },
  },
  "a Dockerfile": {
    files: { Dockerfile: "FROM alpine\nRUN jq -r '.name' sip/rule.json > /name\n" },
    after: { ...alone, Dockerfile: "FROM alpine\nRUN jq -r '.dispatch_rule.name' sip/rule.json > /name\n" },
  },
  "a Dockerfile's list": {
    files: { Dockerfile: 'FROM alpine\nCMD ["jq", "-r", ".name", "sip/rule.json"]\n' },
    after: alone,
  },
  "a workflow": {
    files: {
      ".github/workflows/a.yml":
        "jobs:\n  a:\n    steps:\n      - run: |\n          jq -e .trunk_ids sip/rule.json\n      - run: jq .name sip/rule.json\n",
    },
    after: {
      ...alone,
      ".github/workflows/a.yml":
        "jobs:\n  a:\n    steps:\n      - run: |\n          jq -e .dispatch_rule.trunk_ids sip/rule.json\n      - run: jq .dispatch_rule.name sip/rule.json\n",
    },
  },
  "a page, which shows a request too": {
    files: { "README.md": `\`\`\`json\n${FLAT}\n\`\`\`\n\n- \`\`\`sh\n  jq .name sip/rule.json\n  \`\`\`\n` },
    after: {
      ...alone,
      "README.md": `\`\`\`json\n${WRAPPED}\n\`\`\`\n\n- \`\`\`sh\n  jq .dispatch_rule.name sip/rule.json\n  \`\`\`\n`,
    },
  },
  "a script of package.json": {
    files: { "package.json": '{ "scripts": { "show": "jq -r .name sip/rule.json" } }\n' },
    after: {
      ...alone,
      "package.json": '{ "scripts": { "show": "jq -r .dispatch_rule.name sip/rule.json" } }\n',
    },
  },
  "a quoted script": {
    files: script("bash -c 'jq .name sip/rule.json'"),
    after: both("bash -c 'jq .dispatch_rule.name sip/rule.json'"),
  },
  "two files that both migrate": {
    files: { "sip/b.json": FLAT, ...script("jq .name sip/rule.json sip/b.json") },
    after: { ...both("jq .dispatch_rule.name sip/rule.json sip/b.json"), "sip/b.json": WRAPPED },
  },

  // Only the request migrates, and the reader is pointed at.
  "another file as well": {
    files: { "sip/b.json": '{ "name": "b" }', ...script("jq .name sip/rule.json sip/b.json") },
    after: alone,
  },
  "a function for any file": {
    files: {
      "lib.sh": 'show() { jq .name "$1"; }\nshow sip/rule.json\nshow sip/b.json\n',
      "sip/b.json": "{}",
    },
    after: alone,
  },
  "a loop over all files": {
    files: { "sip/b.json": "{}", ...script('for f in sip/*.json; do jq .name "$f"; done') },
    after: alone,
  },
  "a file of that name in a folder that is not known": {
    files: script('jq .name "$DIR/rule.json"'),
    after: alone,
  },
  "two files of which the line may mean either": {
    files: { "bin/sip/rule.json": "{}", "bin/run.sh": "jq .name sip/rule.json\n" },
    after: alone,
  },
  "what is no simple path": {
    files: script("jq 'keys, .name' sip/rule.json\njq '.name | ascii_downcase, input' sip/rule.json"),
    after: alone,
  },
  "a default, in the place of which something else may be named": {
    files: script('f=${1:-sip/rule.json}; jq -r .name "$f"\njq -r .name "${FILE:-sip/rule.json}"'),
    after: alone,
  },
  "a default of a Makefile": {
    files: { Makefile: "RULE ?= sip/rule.json\n\nshow:\n\tjq -r .name $(RULE)\n" },
    after: alone,
  },
  "both forms are known": {
    files: script("jq '.dispatch_rule.name // .name' sip/rule.json"),
    after: alone,
  },
  "a key that stays where it is": { files: script("jq 'del(._comment)' sip/rule.json"), after: alone },
  "an escape stands around it": {
    files: {
      "package.json":
        '{ "scripts": { "a": "jq -r \\".name\\" sip/rule.json && jq \'.\\u006eame\' sip/rule.json" } }',
    },
    after: {
      ...alone,
      "package.json":
        '{ "scripts": { "a": "jq -r \\".dispatch_rule.name\\" sip/rule.json && jq \'.\\u006eame\' sip/rule.json" } }',
    },
  },
  "somebody wants it to stay": {
    files: script("# sip-dispatch-ignore: prints the old form on purpose\njq .name sip/rule.json"),
    after: alone,
  },
  "what is excluded": {
    files: { "sip-dispatch.config.json": "{}", ...script("jq .name sip/rule.json") },
    paths: ["sip"],
    after: alone,
  },
  "the script was not named": {
    files: script("jq .name sip/rule.json"),
    paths: ["sip/rule.json"],
    after: alone,
  },
  "the script was named": {
    files: script("jq .name sip/rule.json"),
    paths: ["sip/rule.json", "run.sh"],
    after: both("jq .dispatch_rule.name sip/rule.json"),
  },

  // The request stays, and with it the reader.
  "an update as well": {
    files: script("jq .name sip/rule.json\nlk sip dispatch update sip/rule.json"),
    after: nothing,
  },
  "a request that is silenced": {
    files: {
      ...script("jq .name sip/rule.json"),
      "sip/rule.json": FLAT.replace("{", '{ "_comment": "sip-dispatch-ignore: old on purpose",'),
    },
    after: nothing,
  },
  "a request that is not safe to touch": {
    files: { ...script("jq .name sip/rule.json"), "sip/rule.json": FLAT.replace("name", "title") },
    after: nothing,
  },
  "keys are set in a way that can't be rewritten": {
    files: script("jq '. + {trunk_ids: [\"ST_a\"]}' sip/rule.json | lk sip dispatch create -"),
    after: nothing,
  },
  "keys are set of files of which one stays": {
    files: {
      "sip/b.json": FLAT,
      ...script(
        'for f in sip/rule.json sip/b.json; do jq \'.name = "x"\' "$f" | lk sip dispatch create -; done\nlk sip dispatch update sip/b.json',
      ),
    },
    after: nothing,
  },
  ...Object.fromEntries(
    [
      `for f in sip/*.json; do jq '.trunk_ids=["ST_b"]' "$f" > "$f.tmp" && mv "$f.tmp" "$f"; lk sip dispatch create "$f"; done`,
      `find sip -name '*.json' | while IFS= read -r f; do jq '.hide_phone_number=true' "$f" > t; mv t "$f"; done`,
      `while read -r f; do jq '.name="x"' "$f" > t; mv t "$f"; done < <(find . -name '*.json')`,
      `f=\${1:-sip/rule.json}; jq '.name="x"' "$f" > t`,
      `yq -i '.name = "k"' sip/rule.json`,
    ].map((line): [string, Repository] => [
      `keys are set of what may be the file: ${line}`,
      { files: script(line), after: nothing },
    ]),
  ),
  "keys are set of a file whose name is put together": {
    files: script("for f in rule; do jq '.name=\"x\"' sip/$f.json > t && mv t sip/$f.json; done"),
    after: both("for f in rule; do jq '.dispatch_rule.name=\"x\"' sip/$f.json > t && mv t sip/$f.json; done"),
  },
  "keys are set of a file whose name is in a variable": {
    files: script('F=rule; jq \'.name="x"\' "sip/$F.json" > t && mv t "sip/$F.json"'),
    after: both('F=rule; jq \'.dispatch_rule.name="x"\' "sip/$F.json" > t && mv t "sip/$F.json"'),
  },
  "input of a loop, and what a case is about": {
    files: script(
      "while read -r x; do echo $x; done < <(jq -r '.trunk_ids[]' sip/rule.json)\ncase $(jq -r .name sip/rule.json) in\n  in) echo;;\nesac",
    ),
    after: both(
      "while read -r x; do echo $x; done < <(jq -r '.dispatch_rule.trunk_ids[]' sip/rule.json)\ncase $(jq -r .dispatch_rule.name sip/rule.json) in\n  in) echo;;\nesac",
    ),
  },
  "one stays, and so the next one": {
    files: {
      "sip/b.json": FLAT,
      "a.sh": "jq '.name = \"x\"' sip/rule.json sip/b.json > x\n",
      "b.sh": "jq '. * {name: 1}' sip/b.json > y\n",
    },
    after: nothing,
  },
  "keys are set, and somebody said that it may be": {
    files: script("jq '. + {trunk_ids: []}' sip/rule.json"),
    options: { unsafe: true },
    after: alone,
  },
};

describe("programs that read what migrates", () => {
  const folder = useTemporaryFolder(MEMORY);
  const home = process.cwd();
  afterEach(() => process.chdir(home));

  it.each(Object.entries(REPOSITORIES))("%s", async (_, { files, paths = ["."], options = {}, after }) => {
    const before = { "sip/rule.json": FLAT, ...files };
    for (const [path, text] of Object.entries(before)) {
      mkdirSync(dirname(join(folder.path, path)), { recursive: true });
      writeFileSync(join(folder.path, path), text);
    }
    git(folder.path, "init", "-q");
    git(folder.path, "add", ".");
    git(folder.path, "commit", "-q", "-m", "test");
    process.chdir(folder.path);
    const settings = { ...DRY_RUN, options };
    const writer = openWriter(true);
    const { results } = await runMigration(paths, {
      ...settings,
      write: (migrated) => writer.overwrite(migrated),
    });
    const now = Object.fromEntries(
      Object.keys(before).map((path) => [path, readFileSync(join(folder.path, path), "utf8")]),
    );
    expect(now).toEqual({ ...before, ...after });
    const defects = results.flatMap(({ sites }) => sites).filter(({ reason }) => reason === "defect");
    expect(defects).toEqual([]);
    const again = await runMigration(paths, settings);
    const left = again.results.flatMap(({ sites }) => sites).filter(({ outcome }) => outcome === "migrated");
    expect(left).toEqual([]);
  });

  it("are shown, counted by --check, written, and taken back", () => {
    mkdirSync(join(folder.path, "sip"));
    writeFileSync(join(folder.path, "sip/rule.json"), FLAT);
    writeFileSync(join(folder.path, "run.sh"), "jq -r .name sip/rule.json\n");
    git(folder.path, "init", "-q");
    git(folder.path, "add", ".");
    git(folder.path, "commit", "-q", "-m", "test");
    const dry = run(folder.path, ["migrate", ".", "--check"]);
    expect(dry.status).toBe(1);
    expect(dry.stdout).toContain("run.sh:1:7  would be rewritten");
    expect(dry.stdout).toContain("Rewritten with what they read, 1 program:");
    expect(dry.stdout).toContain("name → dispatch_rule.name");
    expect(dry.stdout).toContain("1 site and 1 jq program in 2 files: 2 to migrate.");
    expect(dry.stdout).not.toContain("warning: run.sh");
    expect(report(run(folder.path, ["migrate", ".", "--format", "json"])).sites).toMatchObject([
      { path: "sip/rule.json", outcome: "migrated" },
      { path: "run.sh", line: 1, column: 7, outcome: "migrated", reason: "reader" },
    ]);
    expect(run(folder.path, ["migrate", ".", "--write"]).status).toBe(0);
    expect(readFileSync(join(folder.path, "run.sh"), "utf8")).toBe(
      "jq -r .dispatch_rule.name sip/rule.json\n",
    );
    expect(run(folder.path, ["undo"]).status).toBe(0);
    expect(readFileSync(join(folder.path, "run.sh"), "utf8")).toBe("jq -r .name sip/rule.json\n");
    expect(readFileSync(join(folder.path, "sip/rule.json"), "utf8")).toBe(FLAT);
  });
});
