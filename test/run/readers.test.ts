import { describe, it } from "vitest";
import { MEMORY, useTemporaryFolder } from "../repo/temporary.ts";
import { expectReaders, type Repository } from "./reading.ts";

const python = (...lines: string[]): string => `import json\nfrom pathlib import Path\n${lines.join("\n")}\n`;

const repositories: Repository[] = [
  {
    idea: "scripts that may mean it, or have another program for it",
    files: {
      "a.sh": "jq -r .name sip/*.json\n",
      "b.sh": 'for f in sip/*.json; do jq -r .name "$f"; done\n',
      "c.sh": "jq -n --slurpfile r sip/rule.json '$r[0].name'\n",
      "d.sh": "yq -r .name sip/rule.json\n",
      "e.sh": 'f=${1:-sip/rule.json}; jq -r .name "$f"\n',
      "f.sh": "jq -r .name config/*.json\n",
      Makefile: "RULE ?= sip/rule.json\n\nshow:\n\tjq -r .name $(RULE)\n",
    },
    readers: [
      "Makefile:4 dispatch_rule.name",
      ...["a", "b", "c", "d", "e"].map((name) => `${name}.sh:1 dispatch_rule.name`),
    ],
  },
  {
    idea: "a key in brackets",
    files: { "check.py": python('cfg = json.load(open("sip/rule.json"))', 'print(cfg["trunk_ids"])') },
    readers: ["check.py:4 dispatch_rule.trunk_ids"],
  },
  {
    idea: "keys that are asked for, of which one changes its name",
    files: {
      "check.py": python(
        'with open("sip/rule.json") as f:',
        "    cfg = json.load(f)",
        'name, numbers = cfg.get("name", ""), cfg.get("inbound_numbers")',
        'assert "rule" in cfg',
      ),
    },
    readers: ["check.py:5 dispatch_rule.name, dispatch_rule.numbers", "check.py:6 dispatch_rule.rule"],
  },
  {
    idea: "the path is put together, from the folder of the script",
    files: {
      "scripts/check.py": python(
        "HERE = Path(__file__).resolve().parent",
        'RULES = HERE.parent / "sip"',
        'cfg = json.loads((RULES / "rule.json").read_text())',
        'print(cfg["name"])',
      ),
    },
    readers: ["scripts/check.py:6 dispatch_rule.name"],
  },
  {
    idea: "os.path.join and a constant",
    files: {
      "scripts/check.py": python(
        "import os",
        'NAME = "rule.json"',
        "ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))",
        'fh = open(os.path.join(ROOT, "sip", NAME), encoding="utf-8")',
        "data = json.loads(fh.read())",
        'trunks = data["trunk_ids"] or []',
      ),
    },
    readers: ["scripts/check.py:8 dispatch_rule.trunk_ids"],
  },
  {
    idea: "a function that loads whatever file it is told to",
    files: {
      "other/thing.json": '{"name": "x", "rule": {"dispatch_rule_direct": {"room_name": "x"}}}',
      "check.py": python(
        "def load(path):",
        "    with open(path) as f:",
        "        return json.load(f)",
        'rule = load("sip/rule.json")',
        'other = load("other/thing.json")',
        'print(other["trunk_ids"])',
        'print(rule["name"])',
      ),
    },
    readers: ["check.py:9 dispatch_rule.name"],
  },
  {
    idea: "a fixture of a test, and an assertion about the whole",
    files: {
      "tests/test_rule.py": python(
        "import pytest",
        "@pytest.fixture",
        "def rule():",
        '    return json.loads(Path("sip/rule.json").read_text())',
        "def test_name(rule):",
        '    assert rule["name"] == "desk"',
        "def test_all():",
        '    assert json.load(open("sip/rule.json")) == {"name": "desk", "rule": {}}',
      ),
    },
    readers: [
      "tests/test_rule.py:8 dispatch_rule.name",
      "tests/test_rule.py:10 dispatch_rule.name, dispatch_rule.rule",
    ],
  },
  {
    idea: "classes into which it is read",
    files: {
      "a.py": python(
        "class Rule(BaseModel):",
        "    name: str",
        '    trunks: list[str] = Field(alias="trunk_ids")',
        "    note = 1",
        'with open("sip/rule.json") as f:',
        "    rule = Rule(**json.load(f))",
        'other = Rule.model_validate_json(Path("sip/rule.json").read_text())',
        'third = Rule.model_validate(json.loads(Path("sip/rule.json").read_text()))',
      ),
      "b.py": python(
        "class Rule(BaseModel):",
        "    dispatch_rule: dict",
        'Rule(**json.load(open("sip/rule.json")))',
      ),
    },
    readers: [8, 9, 10].map((line) => `a.py:${line} dispatch_rule.name, dispatch_rule.trunk_ids`),
  },
  {
    idea: "schemas of Zod, and a module that is imported when the program runs",
    files: {
      "a.ts": [
        "const Rule = z.object({ name: z.string(), trunk_ids: z.array(z.string()) }).strict();",
        'export const rule = Rule.parse(JSON.parse(readFileSync("sip/rule.json", "utf8")));',
      ].join("\n"),
      "b.ts": [
        'const { default: rule } = await import("./sip/rule.json", { with: { type: "json" } });',
        "log(rule.metadata);",
      ].join("\n"),
    },
    readers: ["a.ts:2 dispatch_rule.name, dispatch_rule.trunk_ids", "b.ts:2 dispatch_rule.metadata"],
  },
  {
    idea: "an attribute of an object",
    files: {
      "sip.py": python(
        "class Rules:",
        "    def __init__(self):",
        '        self.path = "sip/rule.json"',
        "        self.cfg = json.load(open(self.path))",
        "    def trunks(self):",
        '        return self.cfg["trunk_ids"]',
      ),
    },
    readers: ["sip.py:8 dispatch_rule.trunk_ids"],
  },
  {
    idea: "a loop over a pattern",
    files: {
      "check.py": python(
        'for path in sorted(Path("sip").glob("*.json")):',
        "    cfg = json.loads(path.read_text())",
        '    print(path, cfg["name"], "sip/rule.json")',
      ),
    },
    readers: ["check.py:5 dispatch_rule.name"],
  },
  {
    idea: "a key is set, and the file written again",
    files: {
      "fill.py": python(
        'P = "sip/rule.json"',
        "cfg = json.load(open(P))",
        'cfg["trunk_ids"] = ["ST_8mWc2LqXoRbA"]',
        'json.dump(cfg, open(P, "w"))',
      ),
    },
    verdict: "unfollowed-use",
    readers: [],
    setters: ["fill.py:5 sets trunk_ids"],
  },
  {
    idea: "keys are set in all the ways that Python has",
    files: {
      "fill.py": python(
        'cfg = json.load(open("sip/rule.json"))',
        'cfg["rule"]["dispatchRuleDirect"]["roomName"] += "-x"',
        'cfg["trunk_ids"].append("ST_8mWc2LqXoRbA")',
        'del cfg["metadata"]',
        'cfg.update({"name": "x"})',
        'cfg.pop("attributes", None)',
        'cfg.setdefault("inbound_numbers", [])',
        'post({**cfg, "room_preset": "p"})',
        'print(cfg["hide_phone_number"])',
        'cfg["_comment"] = "x"',
      ),
    },
    verdict: "unfollowed-use",
    readers: [],
    setters: [
      "fill.py:4 sets rule",
      "fill.py:5 sets trunk_ids",
      "fill.py:6 sets metadata",
      "fill.py:7 sets name",
      "fill.py:8 sets attributes",
      "fill.py:9 sets inbound_numbers",
      "fill.py:10 sets room_preset",
    ],
  },
  {
    idea: "keys are set in all the ways that JavaScript has",
    files: {
      "fill.js": [
        'const body = JSON.parse(readFileSync("sip/rule.json", "utf8"));',
        "body.trunk_ids = [id];",
        'body["name"] ??= "x";',
        "body.rule.dispatchRuleDirect.roomName = room;",
        "body.inbound_numbers.push(did);",
        "delete body.metadata;",
        "post({ ...body, attributes: {} });",
        "if (body.room_preset === 1 || body.room_config) log(body.hide_phone_number);",
      ].join("\n"),
    },
    verdict: "unfollowed-use",
    readers: [],
    setters: [
      "fill.js:2 sets trunk_ids",
      "fill.js:3 sets name",
      "fill.js:4 sets rule",
      "fill.js:5 sets inbound_numbers",
      "fill.js:6 sets metadata",
      "fill.js:7 sets attributes",
    ],
  },
  {
    idea: "jq sets a key of a file that is then created from, in a way that can't be rewritten",
    files: { "run.sh": "jq '. + {trunk_ids: [$ENV.T]}' sip/rule.json | lk sip dispatch create -\n" },
    verdict: "unfollowed-use",
    readers: [],
    setters: ["run.sh:1 sets trunk_ids"],
  },
  {
    idea: "code that knows both forms needs nothing",
    files: {
      "check.py": python(
        'cfg = json.load(open("sip/rule.json"))',
        'inner = cfg.get("dispatch_rule", cfg)',
        'print(cfg["name"] if "name" in cfg else inner)',
      ),
    },
    readers: [],
  },
  {
    idea: "annotations stay where they are",
    files: {
      "check.py": python('cfg = json.load(open("sip/rule.json"))', 'cfg.pop("_comment", None)', "print(cfg)"),
    },
    readers: [],
  },
  {
    idea: "a key that is only known when the program runs",
    files: {
      "check.py": python('cfg = json.load(open("sip/rule.json"))', "for key in cfg:", "    print(key)"),
    },
    readers: ["check.py:4 dispatch_rule"],
  },
  {
    idea: "modules that give it to others",
    files: {
      "a.py": python("def load():", '    return json.load(open("sip/rule.json"))'),
      "b.py": python('RULE = json.load(open("sip/rule.json"))'),
      "c.ts": 'import rule from "./sip/rule.json";\nexport const config = rule;\n',
      "d.ts": 'import rule from "./sip/rule.json";\nexport { rule };\n',
      "e.js": 'const rule = require("./sip/rule.json");\nmodule.exports = rule;\n',
      "f.ts": 'export function load() {\n  return JSON.parse(readFileSync("sip/rule.json", "utf8"));\n}\n',
      "g.ts":
        'function load() {\n  return JSON.parse(readFileSync("sip/rule.json", "utf8"));\n}\nprint(load().name);\n',
    },
    readers: [
      "a.py:4 dispatch_rule",
      "b.py:3 dispatch_rule",
      "c.ts:2 dispatch_rule",
      "d.ts:2 dispatch_rule",
      "e.js:2 dispatch_rule",
      "f.ts:2 dispatch_rule",
      "g.ts:4 dispatch_rule.name",
    ],
  },
  {
    idea: "a generator that makes the file from a dict",
    files: {
      "make.py": python(
        "def main(trunk):",
        '    payload = {"name": "desk", "trunk_ids": [trunk], "rule": rule_for(trunk)}',
        '    with open("sip/rule.json", "w") as out:',
        "        json.dump(payload, out, indent=2)",
      ),
    },
    verdict: "unfollowed-use",
    readers: [],
    setters: ["make.py:6 writes name, trunk_ids, rule"],
  },
  {
    idea: "a generator that migrates as well",
    files: {
      "make.py": python(
        "import subprocess",
        "def main(trunk):",
        '    payload = {"name": "desk", "rule": {"dispatch_rule_direct": {"room_name": "desk"}}}',
        '    with open("sip/rule.json", "w") as out:',
        "        json.dump(payload, out, indent=2)",
        '    subprocess.run(["lk", "sip", "dispatch", "create", "sip/rule.json"])',
      ),
    },
    verdict: "create-evidence",
    readers: [],
  },
  {
    idea: "a generator of which another script creates",
    files: {
      "make.py": python(
        'rule = {"name": "desk", "rule": {"dispatch_rule_direct": {"room_name": "desk"}}}',
        'json.dump(rule, open("sip/rule.json", "w"))',
      ),
      "run.sh": "python make.py\nlk sip dispatch create sip/rule.json\n",
    },
    verdict: "create-evidence",
    readers: [],
  },
  {
    idea: "of a file that only its generator knows",
    about: "make.py",
    files: {
      "make.py": python(
        'rule = {"name": "desk", "rule": {"dispatch_rule_direct": {"room_name": "desk"}}}',
        'json.dump(rule, open("out.json", "w"))',
      ),
      "run.sh": "python make.py\njq -r .name out.json\nlk sip dispatch create out.json\n",
    },
    verdict: "create-evidence",
    readers: ["run.sh:2 dispatch_rule.name"],
  },
  {
    idea: "setting keys of a file that only its generator knows",
    about: "make.py",
    files: {
      "make.py": python(
        'rule = {"name": "desk", "rule": {"dispatch_rule_direct": {"room_name": "desk"}}}',
        'json.dump(rule, open("out.json", "w"))',
      ),
      "run.sh": "python make.py\njq '. + {trunk_ids: [$ENV.T]}' out.json | lk sip dispatch create -\n",
    },
    verdict: "unfollowed-use",
    readers: [],
    setters: ["run.sh:2 sets trunk_ids"],
  },
  {
    idea: "a generator that makes the wrapped form already",
    files: {
      "make.py": python('Path("sip/rule.json").write_text(json.dumps({"dispatch_rule": {"name": "desk"}}))'),
    },
    readers: [],
  },
  {
    idea: "what is spread into the request alone is spread as well when it is wrapped",
    verdict: "create-evidence",
    files: {
      "create.py": python(
        "from livekit.api import CreateSIPDispatchRuleRequest",
        'req = CreateSIPDispatchRuleRequest(**json.load(open("sip/rule.json")))',
      ),
    },
    readers: [],
  },
  {
    idea: "what stands beside it would stand beside the wrapper",
    verdict: "unfollowed-use",
    files: {
      "create.py": python(
        "from livekit.api import CreateSIPDispatchRuleRequest",
        'with open("sip/rule.json") as f: data = json.load(f)',
        'req = CreateSIPDispatchRuleRequest(**data, trunk_ids=["ST_8mWc2LqXoRbA"])',
      ),
    },
    readers: [],
    setters: ["create.py:5 sets trunk_ids"],
  },
  {
    idea: "ParseDict takes either form",
    verdict: "create-evidence",
    files: {
      "create.py": python(
        "from google.protobuf.json_format import ParseDict",
        "from livekit.api import CreateSIPDispatchRuleRequest",
        'req = ParseDict(json.load(open("sip/rule.json")), CreateSIPDispatchRuleRequest())',
      ),
    },
    readers: [],
  },
  {
    idea: "code that wraps the file itself wants it bare",
    files: {
      "create.py": python(
        'rule = json.load(open("sip/rule.json"))',
        'requests.post(URL + "/twirp/livekit.SIP/CreateSIPDispatchRule", json={"dispatch_rule": rule})',
      ),
    },
    verdict: "update-evidence",
    readers: [],
  },
  {
    idea: "a reader of another file of that name",
    files: {
      "web/rule.json": '{"name": "something else"}',
      "web/check.py": python('print(json.load(open("web/rule.json"))["name"])'),
    },
    readers: [],
  },
  {
    idea: "a command that is a list, with a constant in it",
    files: {
      "create.py": python(
        "import subprocess",
        'RULE = Path(__file__).parent / "sip" / "rule.json"',
        'subprocess.run(["lk", "sip", "dispatch", "create", str(RULE)], check=True)',
      ),
    },
    verdict: "create-evidence",
    readers: [],
  },
  {
    idea: "a command that is a string, with a constant in it",
    files: {
      "update.py": python(
        "import os",
        'RULE = "sip/rule.json"',
        'os.system(f"lk sip dispatch update --id SDR_5nQd8kVYtWcM {RULE}")',
      ),
    },
    verdict: "update-evidence",
    readers: [],
  },
  {
    idea: "JSON.parse of readFileSync in TypeScript",
    files: {
      "src/rules.ts": [
        'import { readFileSync } from "node:fs";',
        'const config = JSON.parse(readFileSync("sip/rule.json", "utf8")) as Rule;',
        "console.log(config.trunk_ids, config?.name);",
        'export const rule = config["rule"];',
        "const { inbound_numbers: numbers, metadata } = config;",
      ].join("\n"),
    },
    readers: [
      "src/rules.ts:3 dispatch_rule.trunk_ids, dispatch_rule.name",
      "src/rules.ts:4 dispatch_rule.rule",
      "src/rules.ts:5 dispatch_rule.numbers, dispatch_rule.metadata",
    ],
  },
  {
    idea: "an import, and a test that asserts it",
    files: {
      "test/rule.test.ts": [
        'import rule, { name } from "../sip/rule.json" with { type: "json" };',
        'test("trunk", () => {',
        "  expect(rule.trunk_ids).toHaveLength(1);",
        '  expect(rule).toMatchObject({ name: "desk", _note: 1 });',
        '  expect(rule).toHaveProperty("metadata");',
        "});",
      ].join("\n"),
    },
    readers: [
      "test/rule.test.ts:1 dispatch_rule.name",
      "test/rule.test.ts:3 dispatch_rule.trunk_ids",
      "test/rule.test.ts:4 dispatch_rule.name",
      "test/rule.test.ts:5 dispatch_rule.metadata",
    ],
  },
  {
    idea: "a folder above the script's own",
    about: "tools/sip/rule.json",
    files: {
      "sip/rule.json": "{}",
      "tools/src/rooms.mjs": [
        "const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));",
        'const rule = JSON.parse(readFileSync(path.join(root, "sip/rule.json"), "utf8"));',
        "console.log(rule.trunk_ids);",
      ].join("\n"),
    },
    readers: ["tools/src/rooms.mjs:3 dispatch_rule.trunk_ids"],
  },
  {
    idea: "require, a folder from __dirname, and what stands in a template",
    files: {
      "scripts/a.js": 'const rule = require("../sip/rule.json");\nconsole.log(`it is ${rule.name}`);',
      "scripts/b.js": [
        'const path = require("path");',
        'const file = path.join(__dirname, "..", "sip", "rule.json");',
        "fs.promises.readFile(file, 'utf8').then(JSON.parse).then((rule) => rule.trunk_ids);",
      ].join("\n"),
    },
    readers: ["scripts/a.js:2 dispatch_rule.name", "scripts/b.js:3 dispatch_rule.trunk_ids"],
  },
  {
    idea: "a function that loads, in JavaScript",
    files: {
      "other.json": "{}",
      "check.mjs": [
        "async function load(file) {",
        "  const text = await readFile(file, 'utf8');",
        "  return JSON.parse(text);",
        "}",
        'const rule = await load("sip/rule.json");',
        'const other = await load("other.json");',
        "check(other.name, rule.rule);",
      ].join("\n"),
    },
    readers: ["check.mjs:7 dispatch_rule.rule"],
  },
  {
    idea: "TypeScript that knows both forms",
    files: {
      "check.ts": [
        'const config = JSON.parse(readFileSync("sip/rule.json", "utf8"));',
        "const rule = config.dispatch_rule ?? config;",
        "console.log(config.name);",
      ].join("\n"),
    },
    readers: [],
  },
  {
    idea: "a generator in JavaScript",
    files: {
      "make.js":
        'const payload = { name: "desk", trunk_ids: [id], rule };\nfs.writeFileSync("sip/rule.json", JSON.stringify(payload, null, 2));',
    },
    verdict: "unfollowed-use",
    readers: [],
    setters: ["make.js:2 writes name, trunk_ids, rule"],
  },
  {
    idea: "one payload, bare for update, wrapped inline for create",
    files: {
      "send.ts": [
        'const payload = JSON.parse(readFileSync("sip/rule.json", "utf8"));',
        "await post(`${url}/twirp/livekit.SIP/CreateSIPDispatchRule`, JSON.stringify({ dispatch_rule: payload }));",
      ].join("\n"),
    },
    verdict: "update-evidence",
    readers: [],
  },
  {
    idea: "a body that is sent as it is",
    files: {
      "send.js": [
        "const body = await readFile('sip/rule.json', 'utf8');",
        "await fetch(`${url}/twirp/livekit.SIP/CreateSIPDispatchRule`, { method: 'POST', body });",
      ].join("\n"),
    },
    verdict: "create-evidence",
    readers: [],
  },
  {
    idea: "execSync with a template",
    files: {
      "create.js": [
        'const RULE = path.join(__dirname, "sip/rule.json");',
        "execSync(`lk sip dispatch create ${RULE}`, { stdio: 'inherit' });",
      ].join("\n"),
    },
    verdict: "create-evidence",
    readers: [],
  },
  {
    idea: "spawn with a list",
    files: {
      "update.js": 'spawn("lk", ["sip", "dispatch", "update", "--id", id, "sip/rule.json"]);',
    },
    verdict: "update-evidence",
    readers: [],
  },
  {
    idea: "jq",
    files: {
      "show.sh":
        "#!/bin/bash\njq -r 'select(.inbound_numbers)' sip/rule.json\njq 'del(._comment)' sip/rule.json\njq keys sip/rule.json\n",
    },
    readers: ["show.sh:2 dispatch_rule.numbers", "show.sh:4 dispatch_rule"],
  },
];

describe("whoever reads a file that migrates is told", () => {
  const folder = useTemporaryFolder(MEMORY);

  it.each(repositories)("$idea", async (repository) => expectReaders(folder.path, repository));
});
