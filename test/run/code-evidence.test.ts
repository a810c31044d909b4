import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { migrateText } from "../../src/migrate/migrate.ts";
import type { SiteResult } from "../../src/migrate/outcome.ts";
import { runMigration } from "../../src/run/run.ts";
import { git, MEMORY, put, useTemporaryFolder } from "../repo/temporary.ts";
import { DRY_RUN } from "./settings.ts";

/** What `lk sip dispatch update` takes as it is, and `create` no more. */
const FLAT = '{"name": "desk", "rule": {"dispatchRuleDirect": {"roomName": "desk"}}}\n';

/** A little repository with flat `sip/one.json` and `sip/two.json`, and programs beside them. */
interface Repository {
  files: Record<string, string>;
  /** `update`, `create` or `both` for what is said of each file, and the lines that say so; a file nobody is sure of is `unclear`. */
  one?: string;
  two?: string;
}

const python = (...lines: string[]): Repository["files"] => ({
  "u.py": ["import subprocess", ...lines, ""].join("\n"),
});
const RUN = 'subprocess.run(["lk", "sip", "dispatch", "update", "--id", "X", ';

const script = (...lines: string[]): Repository["files"] => ({ "u.ts": [...lines, ""].join("\n") });

const REPOSITORIES: Record<string, Repository> = {
  // Words of a command in Python.
  "the arguments of a call": {
    files: python(
      "import asyncio",
      "async def main():",
      '    await asyncio.create_subprocess_exec("lk", "sip", "dispatch", "update", "--id", "X", "sip/one.json")',
    ),
    one: "update u.py:4",
  },
  "a helper that is called with the files": {
    files: python(
      "def update(rid, path):",
      '    subprocess.run(["lk", "sip", "dispatch", "update", "--id", rid, path])',
      'update("X", "sip/one.json")',
      'update("Y", "sip/two.json")',
    ),
    one: "update u.py:3",
    two: "update u.py:3",
  },
  "a helper that is told what to do with which file": {
    files: python(
      "def lk(verb, path):",
      '    subprocess.run(["lk", "sip", "dispatch", verb, path])',
      'lk("create", "sip/one.json")',
      'lk("update", "sip/two.json")',
    ),
    one: "create u.py:3",
    two: "update u.py:3",
  },
  "a helper that is given all words": {
    files: python(
      "def lk(*args):",
      '    subprocess.run(["lk", "--url", URL, *args], check=True)',
      'lk("sip", "dispatch", "create", "sip/one.json")',
      'lk("sip", "dispatch", "update", "--id", "X", "sip/two.json")',
    ),
    one: "create u.py:4",
    two: "update u.py:5",
  },
  "a list that is added to": {
    files: python(
      'cmd = ["lk", "sip", "dispatch", "update", "--id", "X"]',
      'cmd.append("sip/one.json")',
      "subprocess.run(cmd)",
    ),
    one: "update u.py:2",
  },
  "a list that is extended": {
    files: python(
      'cmd = ["lk", "sip", "dispatch"]',
      'cmd.extend(["update", "--id", "X"])',
      'cmd += ["sip/one.json"]',
      "subprocess.run(cmd)",
    ),
    one: "update u.py:2",
  },
  "a list that is added to under conditions": {
    files: python(
      'cmd = ["lk", "sip", "dispatch"]',
      "if rid:",
      '    cmd += ["update", "--id", rid]',
      "else:",
      '    cmd.append("create")',
      'subprocess.run(cmd + ["sip/one.json"])',
    ),
    one: "both u.py:2",
  },
  "lists that are put together, in a tuple and in a class": {
    files: python(
      "class Lk:",
      '    DISPATCH = ("lk", "sip", "dispatch")',
      "    def run(self):",
      '        subprocess.run([*self.DISPATCH, "create", "sip/one.json"])',
      'UPDATE = "lk sip dispatch update --id X".split()',
      'subprocess.run([*UPDATE, "sip/two.json"], check=True)',
    ),
    one: "create u.py:3",
    two: "update u.py:6",
  },
  "what a function returns": {
    files: python(
      "def command(verb):",
      '    return ["lk", "sip", "dispatch", verb]',
      'subprocess.run(command("update") + ["--id", "X", "sip/one.json"])',
    ),
    one: "update u.py:3",
  },
  "one verb or the other": {
    files: python(
      'verb = "update" if rid else "create"',
      'subprocess.run(["lk", "sip", "dispatch", verb, "sip/one.json"])',
    ),
    one: "both u.py:3",
  },
  "a dict that is gone through": {
    files: python(
      'RULES = {"SDR_1": "sip/one.json", "SDR_2": "sip/two.json"}',
      "for id, f in RULES.items():",
      '    subprocess.run(["lk", "sip", "dispatch", "update", "--id", id, f])',
    ),
    one: "update u.py:4",
    two: "update u.py:4",
  },
  "pairs that are gone through, in a string": {
    files: python(
      'for n, (id, f) in enumerate([("SDR_1", "one"), ("SDR_2", "two")]):',
      '    subprocess.run(f"lk sip dispatch update --id {id} sip/{f}.json", shell=True)',
    ),
    one: "update u.py:3",
    two: "update u.py:3",
  },
  "dicts in a list": {
    files: python(
      'RULES = [{"id": "SDR_1", "file": "sip/one.json"}]',
      "for rule in RULES:",
      `    ${RUN}rule["file"]])`,
    ),
    one: "update u.py:4",
  },
  "an option's default (argparse)": {
    files: python(
      "import argparse",
      "p = argparse.ArgumentParser()",
      'p.add_argument("--rule-file", default="sip/one.json")',
      "args = p.parse_args()",
      `${RUN}args.rule_file])`,
    ),
    one: "update u.py:6",
  },
  "an option's default (click)": {
    files: python(
      "import click",
      "@click.command()",
      '@click.option("--file", "path", default="sip/one.json")',
      "def main(path):",
      `    ${RUN}path])`,
    ),
    one: "update u.py:6",
  },
  "an option's default (typer)": {
    files: python("import typer", 'def main(path: str = typer.Option("sip/one.json")):', `    ${RUN}path])`),
    one: "update u.py:4",
  },
  "an option's default and its choices (Django)": {
    files: python(
      "class Command(BaseCommand):",
      "    def add_arguments(self, parser):",
      '        parser.add_argument("action", choices=["create", "update"])',
      '        parser.add_argument("--file", default="sip/one.json")',
      "    def handle(self, *args, **options):",
      '        subprocess.run(["lk", "sip", "dispatch", options["action"], options["file"]])',
    ),
    one: "both u.py:7",
  },
  "a name that is set once, in a string": {
    files: python(
      'name = "one"',
      'subprocess.run(f"lk sip dispatch update --id X sip/{name}.json", shell=True)',
    ),
    one: "update u.py:3",
  },
  "a string that is put together": {
    files: python('path = "sip/one.json"', 'os.system("lk sip dispatch update --id " + rid + " " + path)'),
    one: "update u.py:3",
  },
  "a template that is filled": {
    files: python(
      'os.system("lk sip dispatch update --id %s %s" % (rid, "sip/one.json"))',
      'os.system("lk sip dispatch update --id {} {path}".format(rid, path="sip/two.json"))',
    ),
    one: "update u.py:2",
    two: "update u.py:3",
  },
  "another program before it": {
    files: python('subprocess.run("npx lk sip dispatch update --id X sip/one.json".split())'),
    one: "update u.py:2",
  },

  // Copies.
  "a copy": {
    files: python(
      "import shutil, tempfile",
      'f, tmp = "sip/one.json", tempfile.mktemp()',
      "shutil.copy(f, tmp)",
      `${RUN}tmp])`,
      'shutil.copy("sip/two.json", "/tmp/work")',
      `${RUN}"/tmp/work/two.json"])`,
    ),
    one: "update u.py:5",
    two: "update u.py:7",
  },
  "a copy on another machine": {
    files: python(
      'conn.put("sip/one.json", "/tmp/r.json")',
      'conn.run("lk sip dispatch update --id X /tmp/r.json")',
    ),
    one: "update u.py:3",
  },
  "a text that is changed and written elsewhere": {
    files: python(
      "from pathlib import Path",
      'Path("/tmp/r.json").write_text(Path("sip/one.json").read_text().replace("@ROOM@", room))',
      `${RUN}"/tmp/r.json"])`,
    ),
    one: "update u.py:4",
  },
  "a template that is rendered": {
    files: python(
      "from pathlib import Path",
      "from string import Template",
      'text = Template(Path("sip/one.json").read_text()).substitute(ROOM=room)',
      'with open("/tmp/r.json", "w") as f:',
      "    f.write(text)",
      `${RUN}"/tmp/r.json"])`,
    ),
    one: "update u.py:7",
  },
  "what a command reads from its input": {
    files: python(
      'with open("sip/one.json") as f:',
      `    ${RUN}"-"], stdin=f)`,
      `${RUN}"-"], input=open("sip/two.json").read(), text=True)`,
    ),
    one: "update u.py:3",
    two: "update u.py:4",
  },
  "a file that nobody can name, into which a template goes": {
    files: python(
      "import json, tempfile",
      'rule = json.load(open("sip/one.json"))',
      'with tempfile.NamedTemporaryFile("w", suffix=".json") as tmp:',
      "    json.dump(rule, tmp)",
      `    ${RUN}tmp.name])`,
    ),
    one: "unclear u.py:6",
    two: "unclear u.py:6",
  },

  // JavaScript and TypeScript.
  "a string that is put together (JavaScript)": {
    files: script(
      'const f = "sip/two.json";',
      'execSync("lk sip dispatch update --id " + id + " sip/one.json");',
      'execSync("lk sip dispatch update --id " + id + " " + f);',
    ),
    one: "update u.ts:2",
    two: "update u.ts:3",
  },
  "copies (JavaScript)": {
    files: script(
      'const tmp = path.join(os.tmpdir(), "x.json");',
      'fs.copyFileSync("sip/one.json", tmp);',
      'execFileSync("lk", ["sip", "dispatch", "update", "--id", "X", tmp]);',
      'await fs.promises.cp("sip/two.json", "/tmp/two.json");',
      "await $`lk sip dispatch update --id X /tmp/two.json`;",
    ),
    one: "update u.ts:3",
    two: "update u.ts:5",
  },
  "a text that is split": {
    files: script('spawn("lk", [..."sip dispatch update --id X sip/one.json".split(" ")]);'),
    one: "update u.ts:1",
  },
  "a helper with a path, called twice": {
    files: script(
      "async function lk(verb: string, file: string) {",
      '  await execa("lk", ["sip", "dispatch", verb, file]);',
      "}",
      'await lk("create", "sip/one.json");',
      'await lk("update", "sip/two.json");',
    ),
    one: "create u.ts:2",
    two: "update u.ts:2",
  },
  "a template of zx": {
    files: script('const f = "sip/one.json";', "await $`lk sip dispatch update --id X ${f}`;"),
    one: "update u.ts:2",
  },
  "a list that is added to, spread and joined (JavaScript)": {
    files: script(
      'const base = ["sip", "dispatch"];',
      'const args = [...base, "create"];',
      'args.push("sip/one.json");',
      'spawnSync("lk", args);',
      'spawnSync("lk", base.concat(["update", "--id", id, "sip/two.json"]));',
    ),
    one: "create u.ts:1",
    two: "update u.ts:1",
  },
  "an object that is gone through": {
    files: script(
      'const RULES = { SDR_1: "sip/one.json", SDR_2: "sip/two.json" };',
      "for (const [id, file] of Object.entries(RULES)) {",
      '  execFileSync("lk", ["sip", "dispatch", "update", "--id", id, file]);',
      "}",
    ),
    one: "update u.ts:3",
    two: "update u.ts:3",
  },
  "objects in a list, and one of several": {
    files: script(
      'const rules = [{ id: "SDR_1", file: "sip/one.json" }];',
      "for (const rule of rules) await $`lk sip dispatch update --id ${rule.id} ${rule.file}`;",
      'const FILES = { desk: "sip/two.json" };',
      'execFileSync("lk", ["sip", "dispatch", id ? "update" : "create", FILES[name]]);',
    ),
    one: "update u.ts:2",
    two: "both u.ts:4",
  },

  // Other languages inside of others.
  "a step of a workflow that Python runs": {
    files: {
      ".github/workflows/a.yml": [
        "jobs:",
        "  a:",
        "    steps:",
        "      - shell: python {0}",
        "        run: |",
        "          import subprocess",
        '          f = "sip/one.json"',
        `          ${RUN}f])`,
        "  b:",
        "    defaults: { run: { shell: python } }",
        "    steps:",
        "      - run: |",
        "          import subprocess",
        `          ${RUN}"sip/two.json"])`,
        "",
      ].join("\n"),
    },
    one: "update a.yml:8",
    two: "update a.yml:14",
  },

  // Where an update can't be followed, and the text names the file.
  "an update that is put together in another way": {
    files: python('run(getattr(lk, "sip.dispatch.update"), "sip/one.json")'),
    one: "unclear u.py:2",
  },
  "an update through the library, of what came from elsewhere": {
    files: python(
      'RULES = ["one"]',
      "for name in RULES:",
      "    await lk.sip.update_dispatch_rule(id, await load(name))",
    ),
    one: "unclear u.py:4",
  },
  "a language that is not followed": {
    files: { "a.rb": 'system("lk", "sip", "dispatch", "update", "--id", id, "sip/one.json")\n' },
    one: "unclear a.rb:1",
  },
  "a helper of another module": {
    files: {
      "lk.ts":
        'export const update = (id: string, f: string) => execFileSync("lk", ["sip", "dispatch", "update", id, f]);\n',
      "main.ts": 'import { update } from "./lk";\nupdate("SDR_1", "sip/one.json");\n',
    },
    one: "unclear lk.ts:1",
    two: "unclear lk.ts:1",
  },
  "an update that is only spoken of": {
    files: python("# lk sip dispatch update is for later", 'send("sip/one.json")'),
  },
};

const folder = useTemporaryFolder(MEMORY);

async function verdicts(paths: readonly string[]): Promise<Map<string, string>> {
  const { results } = await runMigration(
    paths.map((path) => join(folder.path, path)),
    DRY_RUN,
  );
  return new Map(
    results.flatMap(({ path, sites }) =>
      sites.map((site): [string, string] => [path.split("/").at(-1) ?? "", saidOf(site)]),
    ),
  );
}

/** The verdict on a site, and the lines that decide. */
function saidOf({ outcome, reason, evidence }: SiteResult): string {
  const places = evidence.places.map(({ path, line }) => `${path.split("/").at(-1) ?? ""}:${line}`);
  return [VERDICTS[`${outcome} ${reason}`] ?? `${outcome} ${reason}`, ...places].join(" ");
}

const VERDICTS: Record<string, string> = {
  "not-create update-evidence": "update",
  "migrated create-evidence": "create",
  "needs-person conflicting-evidence": "both",
  "needs-person unclear-use": "unclear",
};

describe("what code does with a file", () => {
  it.each(Object.entries(REPOSITORIES))("%s", async (_, { files, one, two }) => {
    git(folder.path, "init", "-q");
    for (const [name, text] of Object.entries({ "sip/one.json": FLAT, "sip/two.json": FLAT, ...files })) {
      mkdirSync(dirname(join(folder.path, name)), { recursive: true });
      put(folder.path, name, text);
    }
    const inFolder = await verdicts(["."]);
    expect(inFolder.get("one.json")).toBe(one ?? "migrated assumed-create");
    expect(inFolder.get("two.json")).toBe(two ?? "migrated assumed-create");
    const alone = await verdicts(["sip/one.json"]);
    expect(alone.get("one.json")).toBe(one ?? "migrated named");
  });
});

/** A notebook of code cells. */
const notebook = (...cells: string[]): string =>
  JSON.stringify(
    {
      cells: cells.map((source) => ({ cell_type: "code", source: source.split(/(?<=\n)/) })),
      metadata: { kernelspec: { language: "python" } },
      nbformat: 4,
    },
    null,
    1,
  );

describe("what other parts of a program do with what it writes", () => {
  it.each<[string, Record<string, string>, string[]]>([
    [
      "a cell that is a file, and a command in the next",
      { "n.ipynb": notebook(`%%writefile rule.json\n${FLAT}`, "!lk sip dispatch update --id X rule.json") },
      ["update n.ipynb:13"],
    ],
    [
      "a cell that is a file, and a script in the next",
      { "n.ipynb": notebook(`%%writefile rule.json\n${FLAT}`, "%%bash\nlk sip dispatch create rule.json") },
      ["create n.ipynb:14"],
    ],
    [
      "a file that Python writes in another cell",
      {
        "n.ipynb": notebook(
          `rule = '${FLAT.trim()}'\nopen("r.json", "w").write(rule)`,
          "!lk sip dispatch update --id X r.json",
        ),
      },
      ["update n.ipynb:13"],
    ],
    [
      "a cell that is written anew",
      {
        "n.ipynb": notebook(
          `%%writefile rule.json\n${FLAT}`,
          "!lk sip dispatch create rule.json",
          `%%writefile rule.json\n${FLAT}`,
          "!lk sip dispatch update --id X rule.json",
        ),
      },
      ["create n.ipynb:13", "update n.ipynb:26"],
    ],
    [
      "a string that is written to a file",
      {
        "a.py": [
          "import subprocess",
          `RULE = '${FLAT.trim()}'`,
          'with open("/tmp/r.json", "w") as f:',
          "    f.write(RULE)",
          'subprocess.run(["lk", "sip", "dispatch", "update", "--id", "X", "/tmp/r.json"])',
        ].join("\n"),
      },
      ["update a.py:5"],
    ],
    [
      "a string that a command reads",
      {
        "a.py": [
          "import subprocess",
          `RULE = '${FLAT.trim()}'`,
          'subprocess.run(["lk", "sip", "dispatch", "update", "--id", "X", "-"], input=RULE, text=True)',
        ].join("\n"),
      },
      ["update a.py:3"],
    ],
  ])("%s", async (_, files, says) => {
    for (const [name, text] of Object.entries(files)) put(folder.path, name, text);
    const { results } = await runMigration([folder.path], DRY_RUN);
    const sites = results.flatMap((result) => result.sites).filter(({ form }) => form === "flat");
    expect(sites.map(saidOf)).toEqual(says);
  });

  it("a request in a step of a workflow that Python runs is migrated", async () => {
    const step = 'requests.post("https://example.com/twirp/livekit.SIP/CreateSIPDispatchRule", json=rule)';
    const dict = '{"name": "desk", "rule": {"dispatch_rule_direct": {"room_name": "desk"}}}';
    const lines = ["import requests", `rule = ${dict}`, step].map((line) => `          ${line}\n`).join("");
    const text = `jobs:\n  a:\n    steps:\n      - shell: python\n        run: |\n${lines}`;
    const { newText, sites } = await migrateText("a.yml", text);
    expect(sites.filter(({ form }) => form === "flat").map(saidOf)).toEqual(["create a.yml:7"]);
    expect(newText).toBe(text.replace(dict, `{"dispatch_rule": ${dict}}`));
  });

  it("a program that reads a file which a cell has written is rewritten with it", async () => {
    const text = notebook(
      `%%writefile r.json\n${FLAT}`,
      "!lk sip dispatch create r.json",
      "!cat r.json | jq -r .name",
    );
    put(folder.path, "n.ipynb", text);
    const { results } = await runMigration([folder.path], DRY_RUN);
    const reasons = results.flatMap(({ sites }) =>
      sites.map(({ outcome, reason }) => `${outcome} ${reason}`),
    );
    expect(reasons).toEqual(["migrated create-evidence", "migrated reader"]);
  });
});
