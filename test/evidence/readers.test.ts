import { describe, expect, it } from "vitest";
import { runMigration } from "../../src/run/run.ts";
import { plant } from "../files/scanned.ts";
import { DRY_RUN } from "../run/settings.ts";
import { useFolder } from "./repositories.ts";

const RULE =
  '{"name": "desk", "trunk_ids": ["ST_a"], "inbound_numbers": ["+15550100"], "rule": {"dispatch_rule_direct": {"room_name": "desk"}}}';

/** Programs that only read `sip/rule.json`: what they are told, `path:lines and the paths that they should read`. */
const READERS: Record<string, { files: Record<string, string>; says: string[] }> = {
  "jq, wherever it names the file": {
    files: {
      "a.sh": "jq -r .name sip/*.json\n",
      "b.sh": 'for f in sip/*.json; do jq -r .name "$f"; done\n',
      "c.sh": 'f=${1:-sip/rule.json}; jq -r .trunk_ids "$f"\n',
      "other.sh": "jq -r .name config/*.json\n",
    },
    says: ["a.sh:1 `dispatch_rule.name`", "b.sh:1 `dispatch_rule.name`", "c.sh:1 `dispatch_rule.trunk_ids`"],
  },
  "several lines of one file, of which one reads a field that changes its name": {
    files: { "show.sh": "jq -r .name sip/rule.json\njq -r .inbound_numbers sip/rule.json\n" },
    says: ["show.sh:1 (also line 2) `dispatch_rule.name` and `dispatch_rule.numbers`"],
  },
  "the path that it has once it is wrapped needs no change": {
    files: { "show.sh": "jq -r .name sip/rule.json\njq -r .dispatch_rule.name sip/rule.json\n" },
    says: ["show.sh:1 `dispatch_rule.name`"],
  },
  "Python, with a path from the folder of the script": {
    files: {
      "scripts/check.py":
        'import json\nfrom pathlib import Path\nHERE = Path(__file__).resolve().parent\nRULES = HERE.parent / "sip"\ncfg = json.loads((RULES / "rule.json").read_text())\nprint(cfg["name"])\n',
    },
    says: ["scripts/check.py:6 `dispatch_rule.name`"],
  },
  "Python, through a function that loads": {
    files: {
      "check.py":
        'import json\ndef load(path):\n    with open(path) as f:\n        return json.load(f)\nrule = load("sip/rule.json")\nprint(rule["trunk_ids"])\n',
    },
    says: ["check.py:6 `dispatch_rule.trunk_ids`"],
  },
  "Python in a test": {
    files: {
      "test_rule.py": 'import json\ncfg = json.load(open("sip/rule.json"))\nassert cfg["name"] == "desk"\n',
    },
    says: ["test_rule.py:3 `dispatch_rule.name`"],
  },
  "annotations stay where they are": {
    files: { "check.py": 'import json\ncfg = json.load(open("sip/rule.json"))\nprint(cfg["_comment"])\n' },
    says: [],
  },
  TypeScript: {
    files: {
      "src/rules.ts":
        'const config = JSON.parse(readFileSync("sip/rule.json", "utf8")) as Rule;\nconsole.log(config.trunk_ids, config?.name);\n',
    },
    says: ["src/rules.ts:2 `dispatch_rule.trunk_ids` and `dispatch_rule.name`"],
  },
  "JavaScript with require": {
    files: {
      "scripts/a.js": 'const rule = require("../sip/rule.json");\nconsole.log(`it is ${rule.name}`);\n',
    },
    says: ["scripts/a.js:2 `dispatch_rule.name`"],
  },
  "a script of package.json": {
    files: {
      "package.json": JSON.stringify({ scripts: { show: `node -p "require('./sip/rule.json').name"` } }),
    },
    says: ["package.json:1 `dispatch_rule.name`"],
  },
  "a program in a script": {
    files: { "run.sh": `python3 -c 'import json; print(json.load(open("sip/rule.json"))["name"])'\n` },
    says: ["run.sh:1 `dispatch_rule.name`"],
  },
  "a reader of another file of the name": {
    files: {
      "web/rule.json": '{"name": "something else"}',
      "web/check.py": 'import json\nprint(json.load(open("web/rule.json"))["name"])\n',
    },
    says: [],
  },
  "what only speaks of the file": {
    files: {
      "a.rb": '# reads sip/rule.json\nother = JSON.parse(File.read("x.json"))\nputs other["name"]\n',
      "c.php": '<?php\necho "see sip/rule.json";\necho $user["name"];\n',
    },
    says: [],
  },
};

/** Programs that give what they read to others, so that nobody knows what becomes of it. */
const HANDED_ON: Record<string, Record<string, string>> = {
  "a function of elsewhere": {
    "a.rs":
      'let rule: Rule = serde_json::from_reader(File::open("sip/rule.json")?)?;\nuse_it(rule.trunk_ids);\n',
  },
  "another program": { "run.sh": "jq .name sip/rule.json | ./tell\n" },
};

describe("a program that reads a file which migrates", () => {
  const folder = useFolder();

  async function siteOf(files: Record<string, string>) {
    plant(folder.path, { "sip/rule.json": RULE, ...files });
    process.chdir(folder.path);
    const { results } = await runMigration(["."], DRY_RUN);
    const site = results.flatMap(({ sites }) => sites).find(({ path }) => path === "sip/rule.json");
    expect(site).toBeDefined();
    return site;
  }

  it.each(Object.entries(READERS))("is told where to read: %s", async (_, { files, says }) => {
    const site = await siteOf(files);
    expect(`${site?.outcome} ${site?.reason}`).toBe("migrated assumed-create");
    const found = (site?.findings ?? []).filter(({ id }) => id === "reader");
    expect(found.every(({ severity }) => severity === "note")).toBe(true);
    expect(
      found.map(({ message, next = "" }) => {
        const place = /^(.*?) reads /.exec(message)?.[1] ?? message;
        return `${place} ${/^Read (.*) there\.$/.exec(next)?.[1] ?? next}`;
      }),
    ).toEqual(says);
  });

  it("is told so in these words", async () => {
    const site = await siteOf({ "show.sh": "jq -r .name sip/rule.json\n" });
    expect(site?.findings.filter(({ id }) => id === "reader")).toEqual([
      {
        id: "reader",
        severity: "note",
        line: 1,
        column: 1,
        message: "show.sh:1 reads `name` of this request, which will stand in `dispatch_rule`",
        next: "Read `dispatch_rule.name` there.",
      },
    ]);
  });

  it.each(Object.entries(HANDED_ON))("needs a person where it goes on: %s", async (_, files) => {
    const site = await siteOf(files);
    expect(`${site?.outcome} ${site?.reason}`).toBe("needs-person unfollowed-use");
  });
});
