import {
  assumed,
  created,
  FLAT,
  itSaysOf,
  type Repository,
  script,
  unclear,
  unfollowed,
  updated,
  URL,
} from "./repositories.ts";

const python = (...lines: string[]): Repository["files"] =>
  script(["import subprocess", ...lines, ""].join("\n"), "u.py");
const typescript = (...lines: string[]): Repository["files"] => script([...lines, ""].join("\n"), "u.ts");
const RUN = 'subprocess.run(["lk", "sip", "dispatch", "update", "--id", "X", ';

/** Python that makes a request as a dict and writes it to a file. */
const DICT_INTO = (file: string): string =>
  `import json\nrule = ${FLAT}\njson.dump(rule, open("${file}", "w"))\n`;

const REPOSITORIES: Record<string, Repository> = {
  // Words of a command.
  "a call with the words": {
    files: python('await asyncio.create_subprocess_exec("lk", "sip", "dispatch", "update", "sip/rule.json")'),
    says: updated("u.py:2"),
  },
  "a helper that is called with the file": {
    files: python("def update(rid, path):", `    ${RUN}path])`, 'update("X", "sip/rule.json")'),
    says: updated("u.py:3"),
  },
  "a helper that is told what to do with which file": {
    files: {
      ...python(
        "def lk(verb, path):",
        '    subprocess.run(["lk", "sip", "dispatch", verb, path])',
        'lk("update", "sip/rule.json")',
      ),
    },
    // The helper may do either.
    says: ["sip/rule.json needs-person conflicting-evidence u.py:3"],
  },
  "a function gives the verb": {
    files: python(
      "def command(verb):",
      '    return ["lk", "sip", "dispatch", verb]',
      'subprocess.run(command("update") + ["--id", "X", "sip/rule.json"])',
    ),
    says: ["sip/rule.json needs-person conflicting-evidence u.py:3"],
  },
  "one verb or the other": {
    files: python(
      'verb = "update" if rid else "create"',
      'subprocess.run(["lk", "sip", "dispatch", verb, "sip/rule.json"])',
    ),
    says: ["sip/rule.json needs-person conflicting-evidence u.py:3"],
  },
  "a list that is added to": {
    files: python(
      'cmd = ["lk", "sip", "dispatch", "update", "--id", "X"]',
      'cmd.append("sip/rule.json")',
      "subprocess.run(cmd)",
    ),
    says: unclear("u.py:2"),
  },
  "a dict that is gone through": {
    files: {
      ...python(
        'RULES = {"SDR_1": "sip/rule.json", "SDR_2": "sip/two.json"}',
        "for id, f in RULES.items():",
        `    ${RUN}f])`,
      ),
      "sip/two.json": FLAT,
    },
    says: [...updated("u.py:4"), ...updated("u.py:4", "sip/two.json")],
  },
  "an option's default": {
    files: python(
      "import argparse",
      "p = argparse.ArgumentParser()",
      'p.add_argument("--rule-file", default="sip/rule.json")',
      "args = p.parse_args()",
      `${RUN}args.rule_file])`,
    ),
    says: unclear("u.py:6"),
  },
  "a name that is put into a string": {
    files: python('name = "rule"', 'os.system(f"lk sip dispatch update --id X sip/{name}.json")'),
    says: updated("u.py:3"),
  },
  "words that the program is given": {
    files: {
      ...script("up:\n\tpython3 up.py sip/rule.json\n", "Makefile"),
      "up.py": `import subprocess, sys\n\npath = sys.argv[1]\n${RUN}path])\n`,
      "sip/other.json": FLAT,
    },
    says: [...unclear("up.py:4"), ...assumed("sip/other.json")],
  },
  "the files of a folder": {
    files: {
      ...script(
        `import subprocess\nfrom pathlib import Path\n\nROOT = Path(__file__).parent.parent\nfor f in sorted((ROOT / "sip").glob("*.json")):\n    ${RUN}str(f)])\n`,
        "bin/up.py",
      ),
      "old/c.json": FLAT,
    },
    says: [...updated("bin/up.py:6"), "old/c.json needs-person unclear-use bin/up.py:6"],
  },

  // What becomes of the content.
  "a copy": {
    files: python("import shutil", 'tmp = "/tmp/r.json"', 'shutil.copy("sip/rule.json", tmp)', `${RUN}tmp])`),
    says: updated("u.py:5"),
  },
  "a text in which something is replaced, and that is written elsewhere": {
    files: python(
      "from pathlib import Path",
      'Path("/tmp/r.json").write_text(Path("sip/rule.json").read_text().replace("@ROOM@", room))',
      `${RUN}"/tmp/r.json"])`,
    ),
    says: updated("u.py:4"),
  },
  "what a command reads from its input": {
    files: python('with open("sip/rule.json") as f:', `    ${RUN}"-"], stdin=f)`),
    says: updated("u.py:3"),
  },
  "parsed, and sent over HTTP": {
    files: script(
      'import json\nimport requests\n\nwith open("sip/rule.json") as f:\n    rule = json.load(f)\nrequests.post(URL + "/twirp/livekit.SIP/UpdateSIPDispatchRule", json=rule)\n',
      "u.py",
    ),
    says: updated("u.py:6"),
  },
  "parsed, wrapped and sent over HTTP": {
    files: script(
      'rule = json.load(open("sip/rule.json"))\nrequests.post(URL + "/twirp/livekit.SIP/CreateSIPDispatchRule", json={"dispatch_rule": rule})\n',
      "u.py",
    ),
    says: [...updated("u.py:2"), "u.py already-wrapped wrapped u.py:2"],
  },
  "parsed, changed and written again": {
    files: script(
      'P = "sip/rule.json"\ncfg = json.load(open(P))\ncfg["trunk_ids"] = ["ST_b"]\njson.dump(cfg, open(P, "w"))\n',
      "fill.py",
    ),
    says: unfollowed("fill.py:3"),
  },
  "put into a message beside other fields": {
    files: script(
      'from livekit.api import CreateSIPDispatchRuleRequest\nwith open("sip/rule.json") as f: data = json.load(f)\nreq = CreateSIPDispatchRuleRequest(**data, trunk_ids=["ST_b"])\n',
      "create.py",
    ),
    says: [...unfollowed("create.py:3"), "create.py needs-person unknown-fields create.py:3"],
  },
  "put into a message as it is": {
    files: script(
      'from livekit.api import CreateSIPDispatchRuleRequest\nreq = CreateSIPDispatchRuleRequest(**json.load(open("sip/rule.json")))\n',
      "create.py",
    ),
    says: [...created("create.py:2"), "create.py needs-person unknown-fields create.py:2"],
  },
  "an update through the library, of a file whose name is put together elsewhere": {
    files: python(
      'RULES = ["rule"]',
      "for name in RULES:",
      "    await lk.sip.update_dispatch_rule(id, await load(name))",
    ),
    says: unclear("u.py:4"),
  },
  "an update that is only spoken of": {
    files: python("# lk sip dispatch update is for later", 'send("sip/rule.json")'),
    says: assumed(),
  },
  "Python writes a dict, and another script updates from it": {
    files: { "make.py": DICT_INTO("rule.json"), "run.sh": "lk sip dispatch update --id SDR_a rule.json\n" },
    says: updated("run.sh:1", "make.py"),
  },
  "Python writes a dict, and another script creates from it": {
    files: { "make.py": DICT_INTO("rule.json"), "run.sh": "lk sip dispatch create rule.json\n" },
    says: created("run.sh:1", "make.py"),
  },
  "Python writes a dict that is given to something else, too, and another script creates from it": {
    files: {
      "make.py": `${DICT_INTO("rule.json")}send(rule)\n`,
      "run.sh": "lk sip dispatch create rule.json\n",
    },
    says: ["make.py needs-person unfollowed-use"],
  },
  "Python writes a dict and creates from it, and another script updates from it": {
    files: {
      "make.py": `${DICT_INTO("rule.json")}import subprocess\nsubprocess.run(["lk", "sip", "dispatch", "create", "rule.json"])\n`,
      "run.sh": "lk sip dispatch update --id SDR_a rule.json\n",
    },
    says: ["make.py needs-person conflicting-evidence make.py:2 run.sh:1"],
  },
  "Python writes a dict, and nobody does anything with it": {
    files: { "make.py": DICT_INTO("rule.json"), "run.sh": "lk sip dispatch create other.json\n" },
    says: ["make.py needs-person unknown-destination"],
  },

  // Other languages.
  "TypeScript puts a string together": {
    files: typescript('execSync("lk sip dispatch update --id " + id + " sip/rule.json");'),
    says: updated("u.ts:1"),
  },
  "TypeScript copies it": {
    files: typescript(
      'const tmp = path.join(os.tmpdir(), "x.json");',
      'fs.copyFileSync("sip/rule.json", tmp);',
      'execFileSync("lk", ["sip", "dispatch", "update", "--id", "X", tmp]);',
    ),
    says: updated("u.ts:3"),
  },
  "TypeScript has a template of zx": {
    files: typescript('const f = "sip/rule.json";', "await $`lk sip dispatch update --id X ${f}`;"),
    says: updated("u.ts:2"),
  },
  "TypeScript has a helper that is told the verb": {
    files: typescript(
      "async function lk(verb: string, file: string) {",
      '  await execa("lk", ["sip", "dispatch", verb, file]);',
      "}",
      'await lk("update", "sip/rule.json");',
    ),
    says: ["sip/rule.json needs-person conflicting-evidence u.ts:2"],
  },
  "TypeScript imports it, and adds a field": {
    files: script(
      `import rule from "./sip/rule.json";\nawait fetch("${URL}/CreateSIPDispatchRule", { body: JSON.stringify({ ...rule, trunk_ids: [id] }) });\n`,
      "a.ts",
    ),
    says: unfollowed("a.ts:2"),
  },
  "TypeScript imports it, and sends it as it is": {
    files: script(
      `import rule from "./sip/rule.json";\nawait fetch("${URL}/CreateSIPDispatchRule", { body: JSON.stringify({ ...rule }) });\n`,
      "a.ts",
    ),
    says: created("a.ts:2"),
  },
  ...Object.fromEntries(
    [
      [
        "Python",
        "a.py",
        `import json\nfrom app.util import filled\nrule = json.load(open("sip/rule.json"))\npost("${URL}/CreateSIPDispatchRule", json=filled(rule, "ST_b"))\n`,
        "app/util.py",
        'def filled(body, trunk):\n    return {**body, "trunk_ids": [trunk]}\n',
      ],
      [
        "TypeScript",
        "a.ts",
        'import rule from "./sip/rule.json";\nimport { send } from "./app/util";\nawait send(rule, "ST_b");\n',
        "app/util.ts",
        `export async function send(body, trunk) {\n  body.trunkIds = [trunk];\n  await post("${URL}/CreateSIPDispatchRule", body);\n}\n`,
      ],
    ].map(([language = "", path = "", text = "", other = "", module = ""]): [string, Repository] => [
      `a function of another module puts a field in: ${language}`,
      {
        files: { ...script(text, path), [other]: module },
        says: ["sip/rule.json needs-person unclear-use"],
      },
    ]),
  ),
  "a function of another module sends it as it is": {
    files: {
      ...script(
        'import rule from "./sip/rule.json";\nimport { send } from "./app";\nawait send(rule);\n',
        "a.ts",
      ),
      "app/index.ts": `export const send = (body) => post("${URL}/CreateSIPDispatchRule", body);\n`,
    },
    says: assumed(),
  },
  "Go sets a field of the message": {
    files: script(
      'package a\n\nfunc create() {\n\tb, _ := os.ReadFile("sip/rule.json")\n\tvar req livekit.CreateSIPDispatchRuleRequest\n\tprotojson.Unmarshal(b, &req)\n\treq.Name = name\n\tc.CreateSIPDispatchRule(ctx, &req)\n}\n',
      "a.go",
    ),
    says: unfollowed("a.go:7"),
  },
  "a workflow's variable over two lines, of which a step changes something": {
    files: {
      "a.yml": `env:\n  RULE: >-\n    ${FLAT}\nsteps:\n  - run: echo "$RULE" | jq '.trunk_ids = ["ST_b"]' | lk sip dispatch create -\n`,
    },
    says: unfollowed("a.yml:5", "a.yml"),
  },
  "TypeScript has the helper in another module": {
    files: {
      ...script('import { update } from "./lk";\nupdate("SDR_1", "sip/rule.json");\n', "main.ts"),
      "lk.ts":
        'export const update = (id: string, f: string) => execFileSync("lk", ["sip", "dispatch", "update", id, f]);\n',
    },
    says: unclear("lk.ts:1"),
  },
  "TypeScript wraps it on its way": {
    files: script(
      'const payload = JSON.parse(readFileSync("sip/rule.json", "utf8"));\nawait post(`${url}/twirp/livekit.SIP/CreateSIPDispatchRule`, JSON.stringify({ dispatch_rule: payload }));\n',
      "send.ts",
    ),
    says: unfollowed("send.ts:2"),
  },
  "JavaScript sends it as it is": {
    files: script(
      "const body = await readFile('sip/rule.json', 'utf8');\nawait fetch(`${url}/twirp/livekit.SIP/CreateSIPDispatchRule`, { method: 'POST', body });\n",
      "send.js",
    ),
    says: created("send.js:2"),
  },
  "JavaScript changes it and writes it again": {
    files: script(
      "node -e \"const r=require('./sip/rule.json'); r.name='x'; require('fs').writeFileSync('sip/rule.json', JSON.stringify(r))\"\n",
    ),
    says: unfollowed("run.sh:1"),
  },
  "Ruby runs lk": {
    files: script('system("lk", "sip", "dispatch", "update", "--id", id, "sip/rule.json")\n', "a.rb"),
    says: updated("a.rb:1"),
  },
  "Ruby changes it and writes it again": {
    files: script(
      'path = "sip/rule.json"\nrule = JSON.parse(File.read(path))\nrule["name"] = "x"\nFile.write(path, JSON.pretty_generate(rule))\n',
      "a.rb",
    ),
    says: unfollowed("a.rb:3"),
  },
  "a function of a page, whose name begins like LiveKit's": {
    files: script(
      `<select onchange="updateDispatchRuleFields(true)">\n<textarea placeholder='${FLAT}'></textarea>\n<p>sip/rule.json</p>\n`,
      "form.html",
    ),
    says: [...assumed(), "form.html needs-person unsupported-language"],
  },
  "Go reads it into a variable whose address a call is given": {
    files: script(
      `b, _ := os.ReadFile("sip/rule.json")\nvar r map[string]any\njson.Unmarshal(b, &r)\nr["name"] = "x"\nout, _ := json.Marshal(r)\nhttp.Post("${URL}/CreateSIPDispatchRule", "", bytes.NewReader(out))\n`,
      "a.go",
    ),
    says: unfollowed("a.go:4"),
  },
  "C# reads it into an out parameter": {
    files: script(
      `var text = File.ReadAllText("sip/rule.json");\nTryParse(text, out var rule);\nrule["name"] = "x";\nawait http.PostAsync("${URL}/CreateSIPDispatchRule", Content(rule));\n`,
      "a.cs",
    ),
    says: unfollowed("a.cs:3"),
  },
  "Kotlin runs lk": {
    files: script('ProcessBuilder("lk", "sip", "dispatch", "create", "sip/rule.json").start()\n', "a.kt"),
    says: created("a.kt:1"),
  },
};

itSaysOf("what code does with the files that it names", REPOSITORIES);
