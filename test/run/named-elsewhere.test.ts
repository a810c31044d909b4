import { afterEach, describe, expect, it } from "vitest";
import { runMigration } from "../../src/run/run.ts";
import { plant } from "../repo/scanned.ts";
import { git, MEMORY, useTemporaryFolder } from "../repo/temporary.ts";
import { DRY_RUN } from "./settings.ts";

const FLAT =
  '{ "name": "desk", "trunk_ids": ["ST_a"], "rule": { "dispatchRuleDirect": { "roomName": "desk" } } }';

/**
 * A little repository. Its files, by their paths; `rules/a.json` and `rules/b.json`, flat requests, are there too.
 * What the lines of it are said to do with these: the verdict and the places.
 */
interface Repository {
  idea: string;
  files: Record<string, string>;
  a: string;
  b?: string;
}

const workflow = (...lines: string[]): Repository["files"] => ({
  ".github/workflows/sip.yml": `on: push\n${lines.join("\n")}\n`,
});
const job = (...lines: string[]): Repository["files"] =>
  workflow("jobs:", "  sip:", ...lines.map((line) => `    ${line}`));
const UPDATE = "lk sip dispatch update --id SDR_a";

const IN_YAML: Repository[] = [
  {
    idea: "a variable of a workflow",
    files: workflow(
      "env:",
      "  RULE: rules/a.json",
      "jobs:",
      "  sip:",
      "    steps:",
      `      - run: ${UPDATE} "$RULE"`,
    ),
    a: "update .github/workflows/sip.yml:7",
  },
  {
    idea: "a variable of a job, and another of the same name",
    files: workflow(
      "jobs:",
      "  one:",
      "    env: { RULE: rules/a.json }",
      "    steps:",
      '      - run: lk sip dispatch create "$RULE"',
      "  two:",
      "    env: { RULE: rules/b.json }",
      "    steps:",
      `      - run: ${UPDATE} "\${RULE}"`,
    ),
    a: "create .github/workflows/sip.yml:6",
    b: "update .github/workflows/sip.yml:10",
  },
  {
    idea: "a variable of a step, before that of its job",
    files: job(
      "env: { RULE: rules/b.json }",
      "steps:",
      "  - env: { RULE: rules/a.json }",
      `    run: ${UPDATE} "$RULE"`,
    ),
    a: "update .github/workflows/sip.yml:7",
  },
  {
    idea: "a variable that nobody knows, before one that is known",
    files: job(
      "env: { RULE: rules/a.json }",
      "steps:",
      "  - env: { RULE: '${{ secrets.RULE }}' }",
      `    run: ${UPDATE} "$RULE"`,
    ),
    a: "none .github/workflows/sip.yml:7",
    b: "none .github/workflows/sip.yml:7",
  },
  {
    idea: "an expression in any quotes",
    files: workflow(
      "env: { DIR: rules }",
      "jobs:",
      "  sip:",
      "    steps:",
      "      - run: |",
      `          ${UPDATE} '\${{ env.DIR }}/a.json'`,
      `          ${UPDATE} "\${{env.DIR}}/b.json"`,
    ),
    a: "update .github/workflows/sip.yml:7",
    b: "update .github/workflows/sip.yml:8",
  },
  {
    idea: "a matrix",
    files: job(
      "strategy: { matrix: { rule: [rules/a.json, rules/b.json] } }",
      "steps:",
      `  - run: ${UPDATE} \${{ matrix.rule }}`,
    ),
    a: "update .github/workflows/sip.yml:6",
    b: "update .github/workflows/sip.yml:6",
  },
  {
    idea: "a matrix of parts of names, in a variable",
    files: job(
      "strategy:",
      "  matrix:",
      "    include:",
      "      - rule: a",
      "        project: one",
      "steps:",
      "  - env:",
      "      FILE: rules/${{ matrix.rule }}.json",
      `    run: ${UPDATE} "$FILE"`,
    ),
    a: "update .github/workflows/sip.yml:12",
  },
  {
    idea: "a matrix of mappings",
    files: job(
      "strategy:",
      "  matrix:",
      "    rule:",
      "      - { name: one, file: rules/b.json }",
      "steps:",
      "  - run: lk sip dispatch create ${{ matrix.rule.file }}",
    ),
    a: "none",
    b: "create .github/workflows/sip.yml:9",
  },
  {
    idea: "a matrix that is only known when the workflow runs",
    files: job(
      "strategy: { matrix: { rule: '${{ fromJSON(needs.list.outputs.rules) }}' } }",
      "steps:",
      `  - run: ${UPDATE} "rules/\${{ matrix.rule }}.json"`,
    ),
    a: "update .github/workflows/sip.yml:6",
    b: "update .github/workflows/sip.yml:6",
  },
  {
    idea: "the folder of a task",
    files: {
      "Taskfile.yml": `tasks:\n  up:\n    dir: rules\n    cmds:\n      - ${UPDATE} a.json\n`,
      "old/a.json": FLAT,
    },
    a: "update Taskfile.yml:5",
  },
  {
    idea: "the default of an input",
    files: {
      ".github/workflows/sip.yml": `on: { workflow_dispatch: { inputs: { rule: { default: rules/a.json } } } }\njobs:\n  sip:\n    steps:\n      - run: ${UPDATE} "\${{ inputs.rule }}"\n`,
    },
    a: "update .github/workflows/sip.yml:5",
  },
  {
    idea: "a working directory",
    files: {
      ...job("defaults: { run: { working-directory: rules } }", "steps:", `  - run: ${UPDATE} a.json`),
      "old/a.json": FLAT,
    },
    a: "update .github/workflows/sip.yml:6",
  },
  {
    idea: "GitLab's variables, one in the other",
    files: {
      ".gitlab-ci.yml": `variables:\n  DIR: rules\n  RULE: $DIR/a.json\nsip:\n  script:\n    - ${UPDATE} "$RULE"\n`,
    },
    a: "update .gitlab-ci.yml:6",
  },
  {
    idea: "GitLab's commands, of which one changes the folder",
    files: {
      ".gitlab-ci.yml": `sip:\n  before_script:\n    - cd rules\n  script:\n    - f=a.json\n    - ${UPDATE} "$f"\n`,
      "old/a.json": FLAT,
    },
    a: "update .gitlab-ci.yml:6",
  },
  {
    idea: "GitLab's matrix",
    files: {
      ".gitlab-ci.yml": `sip:\n  parallel:\n    matrix:\n      - RULE: [rules/a.json, rules/b.json]\n  script:\n    - ${UPDATE} "$RULE"\n`,
    },
    a: "update .gitlab-ci.yml:6",
    b: "update .gitlab-ci.yml:6",
  },
  {
    idea: "the environment of a container, as a list",
    files: {
      "compose.yml": `services:\n  sip:\n    environment:\n      - RULE=/rules/a.json\n    command: sh -c '${UPDATE} "\${RULE}"'\n`,
    },
    a: "update compose.yml:5",
  },
  {
    idea: "a command as a list of words",
    files: {
      "compose.yml":
        'services:\n  sip:\n    image: livekit/livekit-cli\n    command: ["sip", "dispatch", "create", "/app/rules/a.json"]\n',
      "job.yml":
        "kind: Job\ncontainers:\n  - command: [lk]\n    env: [{ name: RULE, value: /rules/b.json }]\n    args:\n      - sip\n      - dispatch\n      - update\n      - --id\n      - SDR_a\n      - ${RULE}\n",
    },
    a: "create compose.yml:4",
    b: "update job.yml:6",
  },
];

const makefile = (...lines: string[]): Repository["files"] => ({ Makefile: `${lines.join("\n")}\n` });

const IN_MAKEFILES: Repository[] = [
  {
    idea: "a folder by default, and a file of that name elsewhere",
    files: { ...makefile("DIR ?= rules", "up:", `\t${UPDATE} $(DIR)/a.json`), "old/a.json": FLAT },
    a: "update Makefile:3",
  },
  {
    idea: "a loop over a pattern",
    files: makefile(
      "RULES ::= $(wildcard rules/*.json)",
      "up:",
      `\tfor f in $(RULES); do ${UPDATE} "$$f"; done`,
    ),
    a: "update Makefile:3",
    b: "update Makefile:3",
  },
  {
    idea: "a pattern of targets, by the files that there are",
    files: makefile(
      "RULES := $(wildcard rules/*.json)",
      "up: $(RULES:.json=.created)",
      "%.created: %.json",
      `\t${UPDATE} $< && touch $@`,
    ),
    a: "update Makefile:4",
    b: "update Makefile:4",
  },
  {
    idea: "targets that are listed",
    files: makefile("up-a: up-%: rules/%.json", `\t${UPDATE} $<`),
    a: "update Makefile:2",
  },
  {
    idea: "a part of a target's name",
    files: makefile("up-%:", `\t${UPDATE} rules/$*.json`),
    a: "update Makefile:2",
    b: "update Makefile:2",
  },
  {
    idea: "another file for one of the targets",
    files: makefile("up: RULE = rules/a.json", "up:", `\t${UPDATE} $(RULE)`),
    a: "update Makefile:3",
  },
  {
    idea: "one file or the other",
    files: makefile(
      "ifdef NIGHT",
      "RULE = rules/b.json",
      "else",
      "RULE = rules/a.json",
      "endif",
      "up:",
      `\t${UPDATE} $(RULE)`,
    ),
    a: "update Makefile:7",
    b: "update Makefile:7",
  },
  {
    idea: "the environment",
    files: makefile("export RULE := rules/a.json", "up:", `\t${UPDATE} "$$RULE"`),
    a: "update Makefile:3",
  },
  {
    idea: "whoever runs make names the file in the folder",
    files: makefile("up:", `\t${UPDATE} rules/$(RULE).json`),
    a: "update Makefile:2",
    b: "update Makefile:2",
  },
];

const deploy = (...lines: string[]): Repository["files"] => ({
  "deploy.sh": `#!/bin/sh\n${lines.join("\n")}\n`,
});
const DEPLOY = deploy(`${UPDATE} "$1"`);

const TO_PROGRAMS: Repository[] = [
  {
    idea: "a Makefile runs a script",
    files: { ...DEPLOY, ...makefile("RULE := rules/a.json", "up:", "\tbash -e ./deploy.sh $(RULE)") },
    a: "update deploy.sh:2 Makefile:3",
  },
  {
    idea: "a script of package.json",
    files: { ...DEPLOY, "package.json": '{ "scripts": { "up": "./deploy.sh rules/a.json" } }' },
    a: "update deploy.sh:2 package.json:1",
  },
  {
    idea: "a step of a workflow, with its environment",
    files: { ...DEPLOY, ...job("env: { RULE: rules/a.json }", "steps:", '  - run: ./deploy.sh "$RULE"') },
    a: "update deploy.sh:2 .github/workflows/sip.yml:6",
  },
  {
    idea: "a fence",
    files: { ...DEPLOY, "README.md": "```sh\n./deploy.sh rules/a.json\n```\n" },
    a: "update deploy.sh:2 README.md:2",
  },
  {
    idea: "a loop in another script, from the top",
    files: {
      ...DEPLOY,
      "bin/all.sh": 'cd "$(dirname "$0")/.."\nfor f in rules/*.json; do\n  ./deploy.sh "$f"\ndone\n',
    },
    a: "update deploy.sh:2 bin/all.sh:3",
    b: "update deploy.sh:2 bin/all.sh:3",
  },
  {
    idea: "a script that passes it on",
    files: {
      ...DEPLOY,
      "up.sh": '#!/bin/sh\nexec ./deploy.sh "${1:?which}"\n',
      ...makefile("up:", "\t./up.sh rules/a.json"),
    },
    a: "update deploy.sh:2 Makefile:2",
  },
  {
    idea: "a script with all its words",
    files: {
      ...deploy('for f in "$@"; do', `  ${UPDATE} "$f"`, "done"),
      ...makefile("up:", "\t./deploy.sh rules/a.json rules/b.json"),
    },
    a: "update deploy.sh:3 Makefile:2",
    b: "update deploy.sh:3 Makefile:2",
  },
  {
    idea: "a script with options",
    files: {
      ...deploy(
        "while [ $# -gt 0 ]; do",
        '  case "$1" in',
        '    --file) FILE="$2"; shift 2 ;;',
        "    *) shift ;;",
        "  esac",
        "done",
        `${UPDATE} "$FILE"`,
      ),
      ...makefile("up:", "\t./deploy.sh --dry-run --file rules/a.json"),
    },
    a: "update deploy.sh:8 Makefile:2",
  },
  {
    idea: "a function of a script",
    files: {
      ...deploy("send() {", `  ${UPDATE} "$1"`, "}", 'send "$2"'),
      ...makefile("up:", "\t./deploy.sh rules/b.json rules/a.json"),
    },
    a: "update deploy.sh:3 Makefile:2",
  },
  {
    idea: "a part of the name",
    files: {
      ...deploy(`${UPDATE} "conf/$1/rule.json"`),
      ...makefile("up:", "\t./deploy.sh day"),
      "conf/day/rule.json": FLAT,
    },
    a: "none",
  },
  {
    idea: "a script that makes a copy of it",
    files: {
      ...deploy('envsubst < "$1" > /tmp/r.json', `${UPDATE} /tmp/r.json`),
      ...makefile("up:", "\t./deploy.sh rules/a.json"),
    },
    a: "update deploy.sh:3",
  },
  {
    idea: "a script for both",
    files: {
      ...deploy('case "$1" in', '  new) lk sip dispatch create "$2" ;;', `  *) ${UPDATE} "$2" ;;`, "esac"),
      ...makefile("up:", "\t./deploy.sh new rules/a.json"),
    },
    a: "both deploy.sh:3 Makefile:2 deploy.sh:4",
  },
  {
    idea: "another script of that name, and the word of a function that nobody calls",
    files: {
      "old/deploy.sh": `#!/bin/sh\n${UPDATE} "$1"\n`,
      ...deploy("send() {", `  ${UPDATE} "$1"`, "}"),
      ...makefile("up:", "\t./deploy.sh rules/a.json"),
    },
    a: "none old/deploy.sh:2",
    b: "none old/deploy.sh:2",
  },
];

const LK = '"lk", "sip", "dispatch", "update", "--id", "SDR_a"';

const IN_CODE: Repository[] = [
  {
    idea: "Python's sys.argv",
    files: {
      "up.py": `import subprocess, sys\n\npath = sys.argv[1]\nsubprocess.run([${LK}, path])\n`,
      ...makefile("up:", "\tpython3 up.py rules/a.json"),
    },
    a: "update up.py:4 Makefile:2",
  },
  {
    idea: "argparse, and a function that is given each",
    files: {
      "bin/up.py": `import argparse, subprocess\n\ndef send(path):\n    subprocess.run([${LK}, path])\n\nparser = argparse.ArgumentParser()\nparser.add_argument("rules", nargs="+")\nargs = parser.parse_args()\nfor rule in args.rules:\n    send(rule)\n`,
      ...makefile("up:", "\tuv run bin/up.py rules/a.json rules/b.json"),
    },
    a: "update bin/up.py:4 Makefile:2",
    b: "update bin/up.py:4 Makefile:2",
  },
  {
    idea: "a file that Python parses and sends",
    files: {
      "up.py":
        'import json, sys\nimport requests\n\nwith open(sys.argv[1]) as f:\n    rule = json.load(f)\nrequests.post(URL + "/twirp/livekit.SIP/UpdateSIPDispatchRule", json=rule)\n',
      ...makefile("up:", "\tpython up.py rules/a.json"),
    },
    a: "update up.py:6 Makefile:2",
  },
  {
    idea: "the files of a folder, in Python",
    files: {
      "bin/up.py": `import subprocess\nfrom pathlib import Path\n\nROOT = Path(__file__).parent.parent\nfor f in sorted((ROOT / "rules").glob("*.json")):\n    subprocess.run([${LK}, str(f)])\n`,
      "old/c.json": FLAT,
    },
    a: "update bin/up.py:6",
    b: "update bin/up.py:6",
  },
  {
    idea: "the words that a program in JavaScript is given",
    files: {
      "bin/up.mjs": `import { execFileSync } from "node:child_process";\nconst [file] = process.argv.slice(2);\nexecFileSync("lk", [${LK.slice(6)}, file]);\n`,
      "package.json": '{ "scripts": { "up": "node bin/up.mjs rules/a.json" } }',
    },
    a: "update bin/up.mjs:3 package.json:1",
  },
  {
    idea: "the files of a folder, in TypeScript",
    files: {
      "bin/up.ts": `const dir = path.join(import.meta.dirname, "../rules");\nfor (const f of fs.readdirSync(dir).filter((name) => name.endsWith(".json"))) {\n  execFileSync("lk", [${LK.slice(6)}, path.join(dir, f)]);\n}\n`,
    },
    a: "update bin/up.ts:3",
    b: "update bin/up.ts:3",
  },
  {
    idea: "the environment of an image",
    files: {
      Dockerfile: `FROM livekit/livekit-cli\nCOPY . /app\nENV RULE=/app/rules/a.json\nCMD ${UPDATE} $RULE\n`,
    },
    a: "update Dockerfile:4",
  },
  {
    idea: "the words that an image gives its program",
    files: {
      Dockerfile:
        'FROM livekit/livekit-cli\nCOPY . /app\nENTRYPOINT ["/app/deploy.sh"]\nCMD ["/app/rules/a.json"]\n',
      ...DEPLOY,
    },
    a: "update deploy.sh:2 Dockerfile:4",
  },
];

describe.each([
  ["in code", IN_CODE],
  ["to programs", TO_PROGRAMS],
  ["in YAML", IN_YAML],
  ["in Makefiles", IN_MAKEFILES],
])("a file that is named %s", (_, repositories) => {
  const folder = useTemporaryFolder(MEMORY);
  const home = process.cwd();
  afterEach(() => process.chdir(home));

  it.each(repositories)("$idea", async ({ files, a, b = "none" }) => {
    plant(folder.path, { "rules/a.json": FLAT, "rules/b.json": FLAT, ...files });
    git(folder.path, "init", "-q");
    process.chdir(folder.path);
    for (const paths of [["."], ["rules/a.json", "rules/b.json"], ["rules/a.json"], ["rules/b.json"]]) {
      const { results } = await runMigration(paths, DRY_RUN);
      const said = Object.fromEntries(
        results
          .flatMap(({ sites }) => sites)
          .map(({ path, evidence: { verdict, places } }) => [
            path,
            [verdict, ...places.map((place) => `${place.path}:${place.line}`)].join(" "),
          ]),
      );
      const wanted: Record<string, string> = { "rules/a.json": a, "rules/b.json": b };
      const named = paths[0] === "." ? Object.keys(wanted) : paths;
      for (const path of named)
        expect([paths.join(" "), path, said[path]]).toEqual([paths.join(" "), path, wanted[path]]);
    }
  });
});

describe("a name without its folder", () => {
  const folder = useTemporaryFolder(MEMORY);
  const home = process.cwd();
  afterEach(() => process.chdir(home));

  it.each([
    { idea: "means no file where two requests bear it", other: FLAT, verdict: "none" },
    { idea: "means the only request that bears it", other: '{ "x": 1 }', verdict: "update" },
  ])("$idea, also for a file that is named alone", async ({ other, verdict }) => {
    const files = { "rules/a.json": FLAT, "old/a.json": other, "up.sh": `${UPDATE} /data/a.json\n` };
    plant(folder.path, files);
    git(folder.path, "init", "-q");
    git(folder.path, "add", "-A");
    process.chdir(folder.path);
    for (const path of [".", "rules/a.json"]) {
      const { results } = await runMigration([path], DRY_RUN);
      const one = results.flatMap(({ sites }) => sites).find((site) => site.path === "rules/a.json");
      expect([path, one?.evidence.verdict]).toEqual([path, verdict]);
    }
  });
});

const CONFIG_MAP = (key: string, ...more: string[]): string =>
  ["kind: ConfigMap", "data:", `  ${key}: |`, `    ${FLAT}`, ...more, ""].join("\n");
const JOB = (file: string): string =>
  `kind: Job\nspec:\n  containers:\n    - image: livekit/livekit-cli\n      args: [lk, sip, dispatch, update, --id, X, ${file}]\n`;

/** Requests in YAML, and files that YAML puts elsewhere. What is said of the requests of each file, in their order. */
const PUT_BY_YAML: { idea: string; files: Record<string, string>; said: Record<string, string[]> }[] = [
  {
    idea: "a key of a ConfigMap, for a script in the same",
    files: { "cm.yaml": CONFIG_MAP("rule.json", "  apply.sh: |", `    ${UPDATE} /etc/sip/rule.json`) },
    said: { "cm.yaml": ["update cm.yaml:6"] },
  },
  {
    idea: "a key of a ConfigMap, for a Job elsewhere, and another file of that name",
    files: {
      "k8s/cm.yaml": CONFIG_MAP("vip.json"),
      "k8s/job.yaml": JOB("/rules/vip.json"),
      "terraform/vip.json": FLAT,
    },
    said: { "k8s/cm.yaml": ["update k8s/job.yaml:5"], "terraform/vip.json": ["none"] },
  },
  {
    idea: "a key of a ConfigMap that a volume gives another name",
    files: {
      "both.yaml": `${CONFIG_MAP("night")}---\n${JOB("/rules/late.json")}  volumes:\n    - configMap: { items: [{ key: night, path: late.json }] }\n`,
    },
    said: { "both.yaml": ["update both.yaml:10"] },
  },
  {
    idea: "two keys, of which one is for a new rule",
    files: {
      "cm.yaml": CONFIG_MAP("fresh.json", "  old.json: |", `    ${FLAT}`),
      "up.sh": `${UPDATE} /rules/old.json\nlk sip dispatch create /rules/fresh.json\n`,
    },
    said: { "cm.yaml": ["create up.sh:2", "update up.sh:1"] },
  },
  {
    idea: "a file of cloud-init",
    files: {
      "init.yaml": `#cloud-config\nwrite_files:\n  - path: /etc/rule.json\n    content: |\n      ${FLAT}\nruncmd:\n  - ${UPDATE} /etc/rule.json\n`,
    },
    said: { "init.yaml": ["update init.yaml:7"] },
  },
  {
    idea: "a config of compose, also at another place",
    files: {
      "compose.yml": `services:\n  sip:\n    configs: [rule.json, { source: night, target: /etc/late.json }]\n    command: [sh, -c, "${UPDATE} /rule.json; ${UPDATE} /etc/late.json"]\nconfigs:\n  rule.json:\n    content: |\n      ${FLAT}\n  night:\n    content: |\n      ${FLAT}\n`,
    },
    said: { "compose.yml": ["update compose.yml:4", "update compose.yml:4"] },
  },
  {
    idea: "the content of a file that Ansible writes",
    files: {
      "play.yml": `- tasks:\n    - copy:\n        dest: /etc/lk/r.json\n        content: |\n          ${FLAT}\n    - ansible.builtin.command: ${UPDATE} /etc/lk/r.json\n`,
    },
    said: { "play.yml": ["update play.yml:6"] },
  },
  {
    idea: "a command of Ansible, in each of its ways",
    files: {
      "a.json": FLAT,
      "b.json": FLAT,
      "play.yml": `- tasks:\n    - ansible.builtin.command:\n        cmd: ${UPDATE} a.json\n    - ansible.builtin.command:\n        argv: [lk, sip, dispatch, update, --id, X, b.json]\n`,
    },
    said: { "a.json": ["update play.yml:3"], "b.json": ["update play.yml:5"] },
  },
  {
    idea: "a template of Ansible, and another file of the name that it is given",
    files: {
      "roles/sip/templates/rule.json.j2": FLAT,
      "roles/sip/tasks/main.yml": `- template: src=rule.json.j2 dest=/etc/lk/rule.json\n- command: ${UPDATE} /etc/lk/rule.json\n`,
      "terraform/rule.json": FLAT,
    },
    said: {
      "roles/sip/templates/rule.json.j2": ["update roles/sip/tasks/main.yml:2"],
      "terraform/rule.json": ["none"],
    },
  },
  {
    idea: "a file that Ansible copies",
    files: {
      "files/r.json": FLAT,
      "play.yml": `- tasks:\n    - copy: { src: r.json, dest: current.json }\n    - command: ${UPDATE} current.json\n    - copy: { src: s.json, dest: "{{ etc }}/lk/" }\n    - command: ${UPDATE} /etc/lk/s.json\n`,
      "files/s.json": FLAT,
    },
    said: { "files/r.json": ["update play.yml:3"], "files/s.json": ["update play.yml:5"] },
  },
  {
    idea: "a key of a ConfigMap, for a CronJob with each word on its line",
    files: {
      "cm.yaml": CONFIG_MAP("vip.json"),
      "cron.yaml": `spec:\n${" ".repeat(16)}args:\n${["lk", "sip", "dispatch", "update", "--id", "X", "/rules/vip.json"].map((word) => `${" ".repeat(18)}- ${word}\n`).join("")}`,
    },
    said: { "cm.yaml": ["update cron.yaml:3"] },
  },
  {
    idea: "a command of cloud-init as a list of words",
    files: {
      "init.yaml": `#cloud-config\nwrite_files:\n  - path: /etc/rule.json\n    content: |\n      ${FLAT}\nruncmd:\n  - [lk, sip, dispatch, update, --id, X, /etc/rule.json]\n`,
    },
    said: { "init.yaml": ["update init.yaml:7"] },
  },
  {
    idea: "a template of Ansible whose folder is only known when it runs",
    files: {
      "templates/rule.json.j2": FLAT,
      "play.yml": `- tasks:\n    - template: src=rule.json.j2 dest={{ etc }}/rule.json\n    - command: ${UPDATE} {{ etc }}/rule.json\n`,
      "terraform/rule.json": FLAT,
    },
    said: { "templates/rule.json.j2": ["update play.yml:3"], "terraform/rule.json": ["none"] },
  },
  {
    idea: "a file of a generator of ConfigMaps, by its name there",
    files: {
      "rules/a.json": FLAT,
      "kustomization.yaml":
        "configMapGenerator:\n  - name: rules\n    files:\n      - vip.json=rules/a.json\n",
      "job.yaml": JOB("/rules/vip.json"),
    },
    said: { "rules/a.json": ["update job.yaml:5"] },
  },
  {
    idea: "a file that compose mounts under another name",
    files: {
      "rules/a.json": FLAT,
      "compose.yml": `services:\n  lk:\n    volumes:\n      - ./rules/a.json:/etc/vip.json:ro\n    command: ${UPDATE} /etc/vip.json\n`,
    },
    said: { "rules/a.json": ["update compose.yml:5"] },
  },
  {
    idea: "a file of a chart in a ConfigMap, and another of the name that it has there",
    files: {
      "chart/rules/a.json": FLAT,
      "chart/templates/cm.yaml": `kind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  rule.json: |-\n    {{ .Files.Get "rules/a.json" | nindent 4 }}\n  apply.sh: |\n    ${UPDATE} /sip/rule.json\n`,
      "terraform/rule.json": FLAT,
    },
    said: { "chart/rules/a.json": ["update chart/templates/cm.yaml:8"], "terraform/rule.json": ["none"] },
  },
  {
    idea: "a variable of a workflow, in an expression",
    files: job(
      `env: { RULE: '${FLAT}' }`,
      "steps:",
      `  - run: echo '\${{ env.RULE }}' | ${UPDATE} -`,
      "  - run: echo hello",
    ),
    said: { ".github/workflows/sip.yml": ["update .github/workflows/sip.yml:6"] },
  },
  {
    idea: "a variable of a workflow that holds it, and one that hides it",
    files: job(
      `env: { RULE: '${FLAT}', OTHER: '${FLAT}' }`,
      "steps:",
      `  - run: echo "$RULE" | ${UPDATE} -`,
      '  - env: { OTHER: "{}" }',
      `    run: echo "$OTHER" | ${UPDATE} -`,
      '  - run: echo "$OTHER" > fresh.json',
      "  - run: lk sip dispatch create fresh.json",
    ),
    said: {
      ".github/workflows/sip.yml": [
        "update .github/workflows/sip.yml:6",
        "create .github/workflows/sip.yml:10",
      ],
    },
  },
];

describe("what YAML puts into files and variables", () => {
  const folder = useTemporaryFolder(MEMORY);
  const home = process.cwd();
  afterEach(() => process.chdir(home));

  it.each(PUT_BY_YAML)("$idea", async ({ files, said }) => {
    plant(folder.path, files);
    git(folder.path, "init", "-q");
    git(folder.path, "add", "-A");
    process.chdir(folder.path);
    for (const paths of [["."], ...Object.keys(said).map((path) => [path])]) {
      const { results } = await runMigration(paths, DRY_RUN);
      for (const path of paths[0] === "." ? Object.keys(said) : paths) {
        const found = results
          .flatMap(({ sites }) => sites)
          .filter((site) => site.path === path && site.form === "flat")
          .map(({ evidence: { verdict, places } }) =>
            [verdict, ...places.map((place) => `${place.path}:${place.line}`)].join(" "),
          );
        expect([paths.join(" "), path, found]).toEqual([paths.join(" "), path, said[path]]);
      }
    }
  });
});
