import { assumed, FLAT, itSaysOf, type Repository, unclear, updated } from "./repositories.ts";

const PUSH = { "push.sh": 'jq \'.name = "pushed"\' "$RULE_FILE" | lk sip dispatch create -\n' };
/** Another file may give the name another value, so that it only may be this request. */
const STOPS = ["sip/rule.json needs-person unclear-use"];
const UPDATE = { "update.sh": 'lk sip dispatch update --id SDR_a "$RULE_FILE"\n' };

/** Programs that find the name of a file in their environment, which another file of the repository sets. */
const REPOSITORIES: Record<string, Repository> = {
  "a command sets it for one run": {
    files: { "sip/rule.json": FLAT, ...PUSH, "run.sh": "RULE_FILE=sip/rule.json bash push.sh\n" },
    says: STOPS,
  },
  "it is exported": {
    files: { "sip/rule.json": FLAT, ...PUSH, "run.sh": "export RULE_FILE=sip/rule.json\n./push.sh\n" },
    says: STOPS,
  },
  "a file of settings": {
    files: { "sip/rule.json": FLAT, ...PUSH, "deploy.env": "RULE_FILE=sip/rule.json\n" },
    says: STOPS,
  },
  "a workflow, and Python reads the name": {
    files: {
      "sip/rule.json": FLAT,
      ".github/workflows/push.yml":
        "jobs:\n  push:\n    env:\n      RULE_FILE: sip/rule.json\n    steps:\n      - run: python push.py\n",
      "push.py":
        'import json, os, subprocess\nrule = json.load(open(os.environ["RULE_FILE"]))\nrule["name"] = "x"\nsubprocess.run(["lk", "sip", "dispatch", "create", "-"], input=json.dumps(rule))\n',
    },
    says: STOPS,
  },
  "a manifest, by its name and its value": {
    files: {
      "sip/rule.json": FLAT,
      ...PUSH,
      "deploy.yaml": "env:\n  - name: RULE_FILE\n    value: sip/rule.json\n",
    },
    says: STOPS,
  },
  "a definition of a task in JSON, by its name and its value": {
    files: {
      "sip/rule.json": FLAT,
      ...PUSH,
      "task.json": '{"environment":[{"Name":"RULE_FILE","Value":"sip/rule.json"}]}\n',
    },
    says: STOPS,
  },
  "a container's description, by a key": {
    files: {
      "sip/rule.json": FLAT,
      ...PUSH,
      "devcontainer.json": '{"containerEnv":{"RULE_FILE":"${localWorkspaceFolder}/sip/rule.json"}}\n',
    },
    says: STOPS,
  },
  "Terraform, by its name and its value": {
    files: {
      "sip/rule.json": FLAT,
      ...PUSH,
      "main.tf": 'env {\n  name = "RULE_FILE"\n  value = "sip/rule.json"\n}\n',
    },
    says: STOPS,
  },
  "an image, without a sign between": {
    files: { "sip/rule.json": FLAT, ...PUSH, Dockerfile: "FROM scratch\nENV RULE_FILE sip/rule.json\n" },
    says: STOPS,
  },
  "the other program updates": {
    files: { "sip/rule.json": FLAT, ...UPDATE, "run.sh": "RULE_FILE=sip/rule.json bash update.sh\n" },
    says: unclear("update.sh:1"),
  },
  "only a part of the path is set": {
    files: {
      "sip/rule.json": FLAT,
      "push.sh": 'jq \'.name = "pushed"\' "$RULES/rule.json" | lk sip dispatch create -\n',
      "run.sh": "RULES=./sip bash push.sh\n",
    },
    says: STOPS,
  },
  "PowerShell asks for it": {
    files: {
      "sip/rule.json": FLAT,
      "a.env": "RULE_FILE=sip/rule.json\n",
      "p.ps1":
        '$r = Get-Content $env:RULE_FILE | ConvertFrom-Json\n$r.name = "x"\n$r | ConvertTo-Json | lk sip dispatch create -\n',
    },
    says: STOPS,
  },
  "make exports it": {
    files: {
      "sip/rule.json": FLAT,
      ...PUSH,
      Makefile: "export RULE_FILE := sip/rule.json\npush:\n\t./push.sh\n",
    },
    says: STOPS,
  },
  "make exports it on a line of its own": {
    files: {
      "sip/rule.json": FLAT,
      ...PUSH,
      Makefile: "RULE_FILE = sip/rule.json\nexport A RULE_FILE # for push.sh\npush:\n\t./push.sh\n",
    },
    says: STOPS,
  },
  "make exports it to what one target runs": {
    files: {
      "sip/rule.json": FLAT,
      ...PUSH,
      Makefile: "push: export RULE_FILE := sip/rule.json\npush:\n\t./push.sh\n",
    },
    says: STOPS,
  },
  "make exports what it puts together": {
    files: {
      "sip/rule.json": FLAT,
      ...PUSH,
      Makefile: "FOLDER := sip\nexport RULE_FILE = $(FOLDER)/rule.json\npush:\n\t./push.sh\n",
    },
    says: STOPS,
  },
  "make exports all": {
    files: {
      "sip/rule.json": FLAT,
      ...PUSH,
      Makefile: "export\nF := sip\nRULE_FILE = $(F)/rule.json\npush:\n\t./push.sh\n",
    },
    says: STOPS,
  },
  "make is run with it": {
    files: {
      "sip/rule.json": FLAT,
      Makefile: "push:\n\tjq '.name = \"pushed\"' $(RULE_FILE) | lk sip dispatch create -\n",
      "run.sh": "RULE_FILE=sip/rule.json make push\n",
    },
    says: STOPS,
  },
  "make is given it as a word": {
    files: {
      "sip/rule.json": FLAT,
      ...PUSH,
      Makefile: "push:\n\t./push.sh\n",
      "run.sh": "make push RULE_FILE=sip/rule.json\n",
    },
    says: STOPS,
  },
  "just exports it": {
    files: {
      "sip/rule.json": FLAT,
      ...PUSH,
      justfile: 'export RULE_FILE := "sip/rule.json"\npush:\n    ./push.sh\n',
    },
    says: STOPS,
  },
  "just exports all": {
    files: {
      "sip/rule.json": FLAT,
      ...PUSH,
      justfile: 'set export\nRULE_FILE := "sip/rule.json"\npush:\n    ./push.sh\n',
    },
    says: STOPS,
  },
  "make exports all by a target": {
    files: {
      "sip/rule.json": FLAT,
      ...PUSH,
      Makefile: ".EXPORT_ALL_VARIABLES:\nRULE_FILE = sip/rule.json\npush:\n\t./push.sh\n",
    },
    says: STOPS,
  },
  "whether make exports it is not asked": {
    files: {
      "sip/rule.json": FLAT,
      ...PUSH,
      Makefile: "RULE_FILE := sip/rule.json\nunexport RULE_FILE\npush:\n\t./push.sh\n",
    },
    says: STOPS,
  },
  "a remark says so": {
    files: {
      "sip/rule.json": FLAT,
      "push.sh": `# Usage: RULE_FILE=sip/rule.json ./push.sh\n${PUSH["push.sh"]}`,
    },
    says: STOPS,
  },
  ...Object.fromEntries(
    [
      "Set `RULE_FILE=sip/rule.json` in your shell.",
      "Run `export RULE_FILE=./sip/rule.json` first.",
      "`$RULE_FILE` stands for `sip/rule.json`.",
      "| `RULE_FILE` | the rule, `sip/rule.json` |\n|---|---|",
    ].map((words): [string, Repository] => [
      `a page says so: ${words}`,
      {
        files: { "sip/rule.json": FLAT, "README.md": `${words}\n\n\`\`\`sh\n${PUSH["push.sh"]}\`\`\`\n` },
        says: STOPS,
      },
    ]),
  ),
  "a block of a page sets it, and a sentence has the command": {
    files: {
      "sip/rule.json": FLAT,
      "README.md":
        "```env\nRULE_FILE=sip/rule.json\n```\n\nThen `lk sip dispatch update --id SDR_a $RULE_FILE`.\n",
    },
    says: updated("README.md:5"),
  },
  "a block of a page sets the command, and another the file": {
    files: {
      "sip/rule.json": FLAT,
      "README.md":
        '```sh\nLK="lk sip dispatch"\n```\n\n```sh\nF=sip/rule.json\n```\n\n```sh\n$LK update --id SDR_a $F\n```\n',
    },
    says: updated("README.md:10"),
  },
  "the name stands for another file": {
    files: { "sip/rule.json": FLAT, "sip/trunk.json": "{}", ...PUSH, "a.env": "RULE_FILE=sip/trunk.json\n" },
    says: assumed(),
  },
};

itSaysOf("a file that is named in the environment", REPOSITORIES);

const CHANGES = { "push.sh": 'echo "$RULE" | jq \'.name = "pushed"\' | lk sip dispatch create -\n' };

/** Files that set a variable to a request, each with the place of that, and programs that find it in their environment. */
const HELD: Record<string, Repository> = {
  ...Object.fromEntries(
    Object.entries({
      "w.yml": `jobs:\n  push:\n    env:\n      RULE: '${FLAT}'\n    steps:\n      - run: ./push.sh\n`,
      "w.yaml": `env:\n  RULE: |\n    ${FLAT}\njobs:\n  push:\n    steps:\n      - run: ./push.sh\n`,
      ".env": `RULE='${FLAT}'\n`,
      "run.sh": `export RULE='${FLAT}'\n./push.sh\n`,
      Dockerfile: `FROM a\nENV RULE='${FLAT}'\nCMD ["./push.sh"]\n`,
      Makefile: `export RULE = ${FLAT}\npush:\n\t./push.sh\n`,
      "pod.yaml": `spec:\n  containers:\n    - env:\n        - name: RULE\n          value: '${FLAT}'\n`,
      "devcontainer.json": JSON.stringify({ containerEnv: { RULE: FLAT } }),
    }).map(([path, text]): [string, Repository] => [
      `a script changes it: ${path}`,
      { files: { ...CHANGES, [path]: text }, says: [`${path} needs-person unclear-use`] },
    ]),
  ),
  "a script only creates from it": {
    files: { ".env": `RULE='${FLAT}'\n`, "push.sh": 'echo "$RULE" | lk sip dispatch create -\n' },
    says: assumed(".env"),
  },
  "a script updates with it": {
    files: { ".env": `RULE='${FLAT}'\n`, "push.sh": 'echo "$RULE" | lk sip dispatch update --id SDR_a -\n' },
    says: unclear("push.sh:1", ".env"),
  },
  "a script gives the name another value": {
    files: { ".env": `RULE='${FLAT}'\n`, "push.sh": `RULE=$(cat a.json)\n${CHANGES["push.sh"]}` },
    says: assumed(".env"),
  },
  "Python changes it": {
    files: {
      ".env": `RULE='${FLAT}'\n`,
      "push.py":
        'import json, os, subprocess\nrule = json.loads(os.environ["RULE"])\nrule["name"] = "x"\nsubprocess.run(["lk", "sip", "dispatch", "create", "-"], input=json.dumps(rule))\n',
    },
    says: [".env needs-person unclear-use"],
  },
  "JavaScript changes it": {
    files: {
      ".env": `RULE='${FLAT}'\n`,
      "push.js":
        'const rule = JSON.parse(process.env.RULE);\nrule.name = "x";\nawait client.createSipDispatchRule(rule);\n',
    },
    says: [".env needs-person unclear-use"],
  },
};

itSaysOf("a request that stands in the environment", HELD);
