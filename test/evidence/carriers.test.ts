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
} from "./repositories.ts";

/** Files with a command whose verb, `@`, and whose file stand in a list, and the line of the command. */
const LK =
  "    env:\n      LK: lk sip dispatch\n    steps:\n      - run: $LK ${{ matrix.verb }} ${{ matrix.file }}\n";
const TASK = '- command: lk sip dispatch {{ item.verb }} "{{ item.file }}"\n  loop:\n';
const LISTS: Record<string, { line: number; text: string }> = {
  "a.yml": {
    line: 8,
    text: `jobs:\n  a:\n    strategy:\n      matrix: { include: [{ verb: @, file: sip/rule.json }] }\n${LK}`,
  },
  "b.yml": {
    line: 10,
    text: `jobs:\n  a:\n    strategy:\n      matrix:\n        verb: [@]\n        file: [sip/rule.json]\n${LK}`,
  },
  "c.yml": {
    line: 10,
    text: `jobs:\n  a:\n    strategy:\n      matrix:\n        include: [\n          { verb: @, file: sip/rule.json }]\n${LK}`,
  },
  "play.yml": { line: 1, text: `${TASK}    - { verb: @, file: sip/rule.json }\n` },
  "tasks.yml": { line: 1, text: `${TASK}    - verb: @\n      file: sip/rule.json\n` },
  ".gitlab-ci.yml": {
    line: 7,
    text: "a:\n  parallel:\n    matrix:\n      - VERB: @\n        FILE: sip/rule.json\n  script:\n    - lk sip dispatch $VERB $FILE\n",
  },
};

const REPOSITORIES: Record<string, Repository> = {
  ...Object.fromEntries(
    Object.entries(LISTS).flatMap(([path, { line, text }]): [string, Repository][] => {
      const said = (verb: string): Repository["files"] => script(text.replaceAll("@", verb), path);
      const place = `${path}:${line}`;
      return [
        [`a list has the verb create: ${path}`, { files: said("create"), says: created(place) }],
        [`a list has the verb update: ${path}`, { files: said("update"), says: updated(place) }],
      ];
    }),
  ),
  "Task has the verb in a list": {
    files: script(
      "tasks:\n  a:\n    cmds:\n      - { for: [create, update], cmd: 'lk sip dispatch {{.ITEM}} sip/rule.json' }\n",
      "Taskfile.yml",
    ),
    says: ["sip/rule.json needs-person conflicting-evidence Taskfile.yml:4"],
  },
  "a workflow asks for the verb": {
    files: script(
      "on: { workflow_dispatch: { inputs: { verb: { type: string } } } }\njobs:\n  a:\n    steps:\n      - run: lk sip dispatch ${{ inputs.verb }} sip/rule.json\n",
      "w.yml",
    ),
    says: ["sip/rule.json needs-person conflicting-evidence w.yml:5"],
  },
  "Ansible updates on standard input, from one of two files of the name": {
    files: {
      "roles/sip/files/rule.json": FLAT,
      "old/rule.json": FLAT,
      "roles/sip/tasks/main.yml":
        "- command: lk sip dispatch update -\n  args:\n    stdin: \"{{ lookup('file', 'rule.json') }}\"\n",
    },
    says: [
      ...unclear("roles/sip/tasks/main.yml:1", "old/rule.json"),
      ...unclear("roles/sip/tasks/main.yml:1", "roles/sip/files/rule.json"),
    ],
  },
  "Ansible has the name in a variable": {
    files: script(
      "- vars: { rule: sip/rule.json }\n  command: lk sip dispatch update --id SDR_a {{ rule }}\n",
      "play.yml",
    ),
    says: updated("play.yml:2"),
  },
  "Ansible renders a template": {
    files: {
      "templates/rule.json.j2": FLAT,
      "play.yml":
        "- tasks:\n    - template: src=rule.json.j2 dest={{ etc }}/rule.json\n    - command: lk sip dispatch update --id SDR_a {{ etc }}/rule.json\n",
    },
    says: unclear("play.yml:3", "templates/rule.json.j2"),
  },
  "Ansible gives a command a literal request": {
    files: { "play.yml": `- command:\n    cmd: lk sip dispatch update -\n    stdin: '${FLAT}'\n` },
    says: unclear("play.yml:2", "play.yml"),
  },
  "Ansible sends a file over HTTP, or updates with it on standard input": {
    files: {
      "a/rule.json": FLAT,
      "a/play.yml":
        "- uri:\n    url: https://h/twirp/livekit.SIP/UpdateSIPDispatchRule\n    src: rule.json\n",
      "b/rule.json": FLAT,
      "b/play.yml":
        "- command: lk sip dispatch update --id SDR_a -\n  args:\n    stdin: \"{{ lookup('file', 'rule.json') }}\"\n",
    },
    says: [...unclear("a/play.yml:2", "a/rule.json"), ...unclear("b/play.yml:1", "b/rule.json")],
  },
  "Helm puts it into a ConfigMap": {
    files: {
      "chart/rules/a.json": FLAT,
      "chart/templates/cm.yaml":
        'data:\n  rule.json: |-\n    {{ .Files.Get "rules/a.json" | nindent 4 }}\n  apply.sh: |\n    lk sip dispatch update --id SDR_a /sip/rule.json\n',
    },
    says: unclear("chart/templates/cm.yaml:5", "chart/rules/a.json"),
  },
  "a ConfigMap holds it, for a Job with each word on a line of its own": {
    files: {
      "cm.yaml": `kind: ConfigMap\ndata:\n  vip.json: |\n    ${FLAT}\n`,
      "job.yaml": "args:\n  - lk\n  - sip\n  - dispatch\n  - update\n  - --id\n  - X\n  - /rules/vip.json\n",
    },
    says: updated("job.yaml:2", "cm.yaml"),
  },
  "a ConfigMap holds it, for a script in the same": {
    files: {
      "cm.yaml": `kind: ConfigMap\ndata:\n  rule.json: |\n    ${FLAT}\n  apply.sh: |\n    lk sip dispatch update --id SDR_a /etc/sip/rule.json\n`,
    },
    says: unclear("cm.yaml:6", "cm.yaml"),
  },
  "a workflow has the name in its environment": {
    files: script(
      'env: { RULE: sip/rule.json }\njobs:\n  sip:\n    steps:\n      - run: lk sip dispatch update --id SDR_a "$RULE"\n',
      ".github/workflows/a.yml",
    ),
    says: updated(".github/workflows/a.yml:5"),
  },
  "a workflow has it in its environment": {
    files: {
      ".github/workflows/a.yml": `jobs:\n  sip:\n    env: { RULE: '${FLAT}' }\n    steps:\n      - run: echo "$RULE" | lk sip dispatch update --id SDR_a -\n`,
    },
    says: unclear(".github/workflows/a.yml:5", ".github/workflows/a.yml"),
  },
  "a matrix has the verb": {
    files: script(
      "jobs:\n  a:\n    strategy: { matrix: { verb: [create, update --id SDR_a] } }\n    steps:\n      - run: lk sip dispatch ${{ matrix.verb }} sip/rule.json\n",
      ".github/workflows/a.yml",
    ),
    says: ["sip/rule.json needs-person conflicting-evidence .github/workflows/a.yml:5"],
  },
  "compose has the name in its environment": {
    files: script(
      "services:\n  sip:\n    environment:\n      - RULE=/sip/rule.json\n    command: sh -c 'lk sip dispatch update \"$RULE\"'\n",
      "compose.yml",
    ),
    says: updated("compose.yml:5"),
  },
  "Task has the name in a variable": {
    files: script(
      "vars: { RULE: sip/rule.json }\ntasks:\n  up:\n    cmds:\n      - lk sip dispatch update --id {{.ID}} {{.RULE}}\n",
      "Taskfile.yml",
    ),
    says: updated("Taskfile.yml:5"),
  },
  "Terraform runs it": {
    files: script(
      'resource "null_resource" "r" {\n  provisioner "local-exec" {\n    command = "lk sip dispatch update --id SDR_a ${path.module}/sip/rule.json"\n  }\n}\n',
      "main.tf",
    ),
    says: updated("main.tf:3"),
  },
  "a Makefile has the name by default": {
    files: {
      ...script("DIR ?= sip\nup:\n\tlk sip dispatch update --id SDR_a $(DIR)/rule.json\n", "Makefile"),
      "old/rule.json": FLAT,
    },
    says: [...updated("Makefile:3"), ...assumed("old/rule.json")],
  },
  "a Makefile has a pattern of targets": {
    files: script("up-%: sip/%.json\n\tlk sip dispatch update --id SDR_a $<\n", "Makefile"),
    says: updated("Makefile:2"),
  },
  "a Makefile holds it, and a recipe sets a key of it, in quotes of either kind": {
    files: {
      Makefile: `RULE := ${FLAT}\nup:\n\techo '$(RULE)' | jq '.name = "x"' | lk sip dispatch create -\n`,
      "two/Makefile": `RULE := ${FLAT}\nup:\n\techo "$(RULE)" | jq '.name = "x"' | lk sip dispatch create -\n`,
    },
    says: [...unfollowed("Makefile:3", "Makefile"), ...unfollowed("two/Makefile:3", "two/Makefile")],
  },
  "a Makefile holds it for the shell, which sets a key of it": {
    files: {
      Makefile: `export RULE := ${FLAT}\nup:\n\techo "$$RULE" | jq '.name = "x"' | lk sip dispatch create -\n`,
    },
    says: unfollowed("Makefile:3", "Makefile"),
  },
  "a Makefile holds it, and writes it to a file from which a line updates": {
    files: {
      Makefile: `RULE := ${FLAT}\nup:\n\techo '$(RULE)' > rule.json\n\tlk sip dispatch update --id SDR_a rule.json\n`,
    },
    says: updated("Makefile:4", "Makefile"),
  },
  "a justfile holds it, and a recipe sets a key of it": {
    files: {
      justfile: `RULE := '${FLAT}'\nup:\n    echo '{{RULE}}' | jq '.name = "x"' | lk sip dispatch create -\n`,
    },
    says: unfollowed("justfile:3", "justfile"),
  },
  "a justfile holds it and creates from it": {
    files: { justfile: `RULE := '${FLAT}'\nup:\n    echo '{{RULE}}' | lk sip dispatch create -\n` },
    says: created("justfile:3", "justfile"),
  },
  "a recipe's line writes it to a file, of which another sets a key": {
    files: {
      Makefile: `RULE := ${FLAT}\nup:\n\techo '$(RULE)' > a.json\n\tjq '.name = "x"' a.json > b.json\n\tlk sip dispatch create b.json\n`,
      justfile: `RULE := '${FLAT}'\nup:\n    echo '{{RULE}}' > a.json\n    jq '.name = "x"' a.json | lk sip dispatch create -\n`,
      Dockerfile: `FROM x\nENV RULE='${FLAT}'\nRUN echo "$RULE" > /a.json\nRUN jq '.name = "x"' /a.json | lk sip dispatch create -\n`,
    },
    says: [
      ...unfollowed("Makefile:4", "Makefile"),
      ...unfollowed("justfile:4", "justfile"),
      ...unfollowed("Dockerfile:4", "Dockerfile"),
    ],
  },
  "a Makefile gives a script the name": {
    files: {
      ...script("up:\n\t./deploy.sh sip/rule.json\n", "Makefile"),
      "deploy.sh": '#!/bin/sh\nlk sip dispatch update --id SDR_a "$1"\n',
      "sip/other.json": FLAT,
    },
    says: [...updated("deploy.sh:2"), ...assumed("sip/other.json")],
  },
  "a script is given the name by one that is given it": {
    files: {
      ...script("up:\n\t./up.sh sip/rule.json\n", "Makefile"),
      "up.sh": '#!/bin/sh\nexec ./deploy.sh "$1"\n',
      "deploy.sh": '#!/bin/sh\nlk sip dispatch update --id SDR_a "$1"\n',
    },
    says: unclear("deploy.sh:2"),
  },
  // Who carries the commands.
  "a Makefile": {
    files: script(
      "RULE := sip/rule.json\n\ncreate: $(RULE)\n\t@lk sip dispatch create $(RULE)\n",
      "Makefile",
    ),
    says: created("Makefile:4"),
  },
  "a Makefile's own names": {
    files: {
      "sip/rule.json.in": FLAT,
      Makefile:
        "out.json: sip/rule.json.in\n\tenvsubst < $< > $@\n\nsend: out.json\n\tlk sip dispatch update $<\n",
    },
    says: updated("Makefile:5", "sip/rule.json.in"),
  },
  "a Justfile": {
    files: script('rule := "sip/rule.json"\n\ncreate:\n    @lk sip dispatch create {{rule}}\n', "justfile"),
    says: created("justfile:4"),
  },
  "a Dockerfile": {
    files: script(
      'FROM livekit/livekit-cli\nWORKDIR /app\nCOPY sip/rule.json ./request.json\nCMD ["lk", "sip", "dispatch", "create", "request.json"]\n',
      "Dockerfile",
    ),
    says: created("Dockerfile:4"),
  },
  "a Dockerfile that copies under the same name": {
    files: script(
      "FROM debian\nCOPY sip/ /sip/\nRUN set -e; \\\n  # twice\n  lk sip dispatch update \\\n    /sip/rule.json\n",
      "Dockerfile",
    ),
    says: updated("Dockerfile:5"),
  },
  "a script of package.json": {
    files: script('{ "scripts": { "rule": "lk sip dispatch create sip/rule.json" } }\n', "package.json"),
    says: created("package.json:1"),
  },
  "steps of a workflow, of which the first only copies": {
    files: script(
      "jobs:\n  a:\n    steps:\n      - run: cp sip/rule.json x.json\n      - run: |\n          set -e\n          lk sip dispatch update x.json\n",
      ".github/workflows/a.yml",
    ),
    says: updated(".github/workflows/a.yml:7"),
  },
  "a fence": {
    files: script("Then:\n\n```bash\nlk sip dispatch update --id SDR_a sip/rule.json\n```\n", "docs/a.md"),
    says: updated("docs/a.md:4"),
  },
  "what was typed at a prompt": {
    files: script(
      "```console\n$ lk sip dispatch create sip/rule.json\nSIPDispatchRuleID: SDR_a\n```\n",
      "README.md",
    ),
    says: created("README.md:2"),
  },
  "a console that shows a file": {
    files: {
      "README.md": `\`\`\`console\n$ cat rule.json\n${FLAT}\n$ lk sip dispatch create rule.json\n\`\`\`\n`,
    },
    says: ["README.md migrated create-evidence README.md:4"],
  },
  "a console that shows what it updates from": {
    files: {
      "README.md": `\`\`\`console\n$ cat rule.json\n\n${FLAT}\n\n$ lk sip dispatch update --id SDR_a rule.json\nSDR_a\n\`\`\`\n`,
    },
    says: ["README.md not-create update-evidence README.md:6"],
  },
  "a cell of a notebook": {
    files: script(
      JSON.stringify({ cells: [{ cell_type: "code", source: ["!lk sip dispatch create sip/rule.json"] }] }),
      "a.ipynb",
    ),
    says: created("a.ipynb:1"),
  },
  "a quoted script": {
    files: script("scp sip/rule.json host:/tmp/r.json\nssh host 'lk sip dispatch update /tmp/r.json'\n"),
    says: updated("run.sh:2"),
  },
  "a script without an ending": {
    files: script("#!/bin/sh\nlk sip dispatch update sip/rule.json\n", "bin/send"),
    says: updated("bin/send:2"),
  },
};

itSaysOf("commands in Makefiles, workflows, manifests and pages", REPOSITORIES);
