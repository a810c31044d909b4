import { describe } from "vitest";
import { assumed, FLAT, itSays, type Repository, unclear, useFolder } from "./repositories.ts";

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
  "the name stands for another file": {
    files: { "sip/rule.json": FLAT, "sip/trunk.json": "{}", ...PUSH, "a.env": "RULE_FILE=sip/trunk.json\n" },
    says: assumed(),
  },
};

describe("a file that is named in the environment", () => {
  itSays(useFolder(), REPOSITORIES);
});
