import { assumed, FLAT, itSaysOf, type Repository, unclear } from "./repositories.ts";

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
  "neither make nor just exports it": {
    files: {
      "sip/rule.json": FLAT,
      ...PUSH,
      Makefile: "RULE_FILE := sip/rule.json\nexport RULE_FILE\nunexport RULE_FILE\npush:\n\t./push.sh\n",
      justfile: 'RULE_FILE := "sip/rule.json"\npush:\n    ./push.sh\n',
    },
    says: assumed(),
  },
  "the name stands for another file": {
    files: { "sip/rule.json": FLAT, "sip/trunk.json": "{}", ...PUSH, "a.env": "RULE_FILE=sip/trunk.json\n" },
    says: assumed(),
  },
};

itSaysOf("a file that is named in the environment", REPOSITORIES);
