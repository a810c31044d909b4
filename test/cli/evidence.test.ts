import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runMigration } from "../../src/run/run.ts";
import { plant } from "../repo/scanned.ts";
import { git, MEMORY, useTemporaryFolder } from "../repo/temporary.ts";
import { DRY_RUN } from "../run/settings.ts";
import {
  assumed,
  created,
  FLAT,
  itSays,
  type Repository,
  script,
  updated,
  URL,
  useFolder,
  verdicts,
  WRAPPED,
} from "./evidence.ts";
import { report, run } from "./run.ts";

/** A PowerShell script that makes a request and writes it to a file. */
const TABLE_INTO = (file: string): string =>
  `$rule = @{ name = "desk"; trunk_ids = @("ST_a"); rule = @{ dispatchRuleDirect = @{ roomName = "desk" } } }\n$rule | ConvertTo-Json -Depth 6 | Set-Content "${file}"\n`;

/** Python that makes a request as a dict and writes it to a file. */
const DICT_INTO = (file: string): string =>
  `import json\nrule = ${FLAT}\njson.dump(rule, open("${file}", "w"))\n`;

/** Tasks of Ansible that update with a request, or put it into a wrapper, on the line `at`. */
const LOOKUP = "{{ lookup('file', 'rule.json') }}";
const TASKS: { task: string; at?: number }[] = [
  { task: `command: lk sip dispatch update -\n  args:\n    stdin: "${LOOKUP}"` },
  { task: `ansible.builtin.shell:\n    cmd: lk sip dispatch update -\n    stdin: "${LOOKUP}"`, at: 2 },
  { task: `command:\n    argv: [lk, sip, dispatch, update, '-']\n    stdin: "${LOOKUP}"`, at: 2 },
  { task: `uri:\n    url: "{{ lk }}/livekit.SIP/UpdateSIPDispatchRule"\n    body: "${LOOKUP}"`, at: 2 },
  { task: 'uri:\n    url: "{{ lk }}/livekit.SIP/UpdateSIPDispatchRule"\n    src: rule.json', at: 2 },
  {
    task: "command: lk sip dispatch create -\n  args:\n    stdin: \"{{ {'dispatch_rule': lookup('file', 'rule.json') | from_json} | to_json }}\"",
    at: 3,
  },
];

const REPOSITORIES: Record<string, Repository> = {
  ...Object.fromEntries(
    TASKS.map(({ task, at = 1 }): [string, Repository] => [
      `Ansible: ${task}`,
      {
        files: {
          "roles/sip/files/rule.json": FLAT,
          "old/rule.json": FLAT,
          "roles/sip/tasks/main.yml": `- ${task}\n`,
        },
        says: [
          ...assumed("old/rule.json"),
          ...updated(`roles/sip/tasks/main.yml:${at}`, "roles/sip/files/rule.json"),
        ],
      },
    ]),
  ),
  ...Object.fromEntries(
    [
      "command: lk sip dispatch update --id {{ id | default('SDR_a') }} {{ rule | quote }}",
      'command: lk sip dispatch update "{{ rule }}"',
      "shell: lk sip dispatch update {{ playbook_dir }}/sip/rule.json",
      "command: { argv: [lk, sip, dispatch, update, '{{ rule }}'] }",
      "command: lk sip dispatch update {{ item }}\n  loop: [sip/rule.json]",
      "command: lk sip dispatch update {{ item.rule }}\n  loop: [{ rule: sip/rule.json }]",
    ].map((task): [string, Repository] => [
      `Ansible puts the name in: ${task}`,
      {
        files: {
          ...script(`- vars: { rule: sip/rule.json }\n  ${task}\n`, "play.yml"),
          "old/rule.json": FLAT,
        },
        says: [...assumed("old/rule.json"), ...updated("play.yml:2")],
      },
    ]),
  ),
  "Task puts the name in": {
    files: script(
      "vars: { RULE: sip/rule.json }\ntasks:\n  up:\n    cmds:\n      - lk sip dispatch update --id {{.ID}} {{.RULE}}\n",
      "Taskfile.yml",
    ),
    says: updated("Taskfile.yml:5"),
  },
  "a matrix puts the command in, with an option": {
    files: script(
      "jobs:\n  a:\n    strategy: { matrix: { verb: [create, update --id SDR_a] } }\n    steps:\n      - run: lk sip dispatch ${{ matrix.verb }} sip/rule.json\n",
      ".github/workflows/a.yml",
    ),
    says: ["sip/rule.json needs-person conflicting-evidence .github/workflows/a.yml:5"],
  },
  "Ansible gives commands literal requests": {
    files: {
      "play.yml": ["create", "update"]
        .map((verb) => `- command:\n    cmd: lk sip dispatch ${verb} -\n    stdin: '${FLAT}'\n`)
        .join(""),
    },
    says: [...created("play.yml:2", "play.yml"), ...updated("play.yml:5", "play.yml")],
  },
  "nobody mentions it": { files: { "sip/rule.json": FLAT }, says: assumed() },
  "merely mentioned": { files: script("See `sip/rule.json`.", "README.md"), says: assumed() },

  // Sent by lk.
  "lk creates from it": {
    files: script("lk sip dispatch create sip/rule.json\n"),
    says: created("run.sh:1"),
  },
  "the longer name": {
    files: script("\nlk sip dispatch-rule create sip/rule.json\n"),
    says: created("run.sh:2"),
  },
  "the old program": {
    files: script("livekit-cli create-sip-dispatch-rule --url wss://x --request sip/rule.json\n"),
    says: created("run.sh:1"),
  },
  "an option with `=`": {
    files: script("lk create-sip-dispatch-rule --request=sip/rule.json\n"),
    says: created("run.sh:1"),
  },
  "options before and after": {
    files: script(
      "lk --url wss://x sip --verbose dispatch create --trunks ST_a,ST_b sip/rule.json --name desk\n",
    ),
    says: created("run.sh:1"),
  },
  "an option's value is not the file": {
    files: script("lk sip dispatch create --name sip/rule.json other.json\n"),
    says: assumed(),
  },
  "lk updates from it": {
    files: script("lk sip dispatch update sip/rule.json\n"),
    says: updated("run.sh:1"),
  },
  "lk updates by id": {
    files: script("lk sip dispatch update --id SDR_a sip/rule.json\n"),
    says: updated("run.sh:1"),
  },
  "the id behind the file": {
    files: script("lk sip dispatch update sip/rule.json --id SDR_a\n"),
    says: updated("run.sh:1"),
  },
  "only deleted": { files: script("lk sip dispatch delete SDR_a\nrm sip/rule.json\n"), says: assumed() },
  "one file for both verbs": {
    files: script(
      "lk sip dispatch create sip/rule.json ||\n  lk sip dispatch update --id SDR_a sip/rule.json\n",
    ),
    says: ["sip/rule.json needs-person conflicting-evidence run.sh:1 run.sh:2"],
  },
  "updates from a file that its user names": {
    files: script('lk sip dispatch update --id "$1" "$2"\n'),
    says: ["sip/rule.json needs-person unclear-use run.sh:1"],
  },
  "creates and updates from files that its user names": {
    files: script('lk sip dispatch create "$1"\nlk sip dispatch update --id "$1" "$2"\n'),
    says: assumed(),
  },
  "updates from any file, and another line creates from it": {
    files: {
      ...script('lk sip dispatch update --id "$1" "$2"\n', "update.sh"),
      "create.sh": "lk sip dispatch create sip/rule.json\n",
    },
    says: created("create.sh:1"),
  },
  "Terraform updates from it": {
    files: {
      "sip/rule.json": FLAT,
      "main.tf":
        'provisioner "local-exec" {\n  command = "lk sip dispatch update --id SDR_a sip/rule.json"\n}\n',
    },
    says: updated("main.tf:2"),
  },
  "Terraform updates from a file of that name elsewhere": {
    files: {
      "sip/rule.json": FLAT,
      "main.tf": 'command = "lk sip dispatch update --id SDR_a other/dir/rule-2.json"\n# sip/rule.json\n',
    },
    says: assumed(),
  },
  "a command put together from parts": {
    files: {
      "sip/rule.json": FLAT,
      "up.py":
        'LK = ["lk", "sip", "dispatch"]\n\ndef up(id):\n    lk(LK, "update",\n       "--id", id, "sip/rule.json")\n',
    },
    says: ["sip/rule.json needs-person unclear-use up.py:4"],
  },
  ...Object.fromEntries(
    ["README.md", "README.mdx"].map((page): [string, Repository] => [
      `a page has a word for the file: ${page}`,
      {
        files: { "sip/rule.json": FLAT, [page]: '```sh\nlk sip dispatch update --id "$ID" "$FILE"\n```\n' },
        says: assumed(),
      },
    ]),
  ),
  "both verbs, in two files": {
    files: {
      ...script("lk sip dispatch create sip/rule.json\n", "create.sh"),
      "update.sh": "lk sip dispatch update sip/rule.json\n",
    },
    says: ["sip/rule.json needs-person conflicting-evidence create.sh:1 update.sh:1"],
  },
  "a program behind a variable": {
    files: script('LK=./bin/lk\n$LK sip dispatch create "sip/rule.json"\n'),
    says: created("run.sh:2"),
  },
  "a whole command in a variable": {
    files: script('create="lk sip dispatch create"\n$create sip/rule.json\n'),
    says: created("run.sh:2"),
  },
  "sudo, env and time before it": {
    files: script("time sudo -E env A=b lk sip dispatch create sip/rule.json\n"),
    says: created("run.sh:1"),
  },
  "in a container": {
    files: script(
      'docker run --rm -v "$PWD/sip:/work/sip" livekit/livekit-cli sip dispatch create /work/sip/rule.json\n',
    ),
    says: created("run.sh:1"),
  },
  "a file that a container is given": {
    files: script(
      'docker run -v "$PWD/sip/rule.json:/in.json" livekit/livekit-cli sip dispatch update /in.json\n',
    ),
    says: updated("run.sh:1"),
  },
  "only printed": {
    files: script(
      'echo "run: lk sip dispatch update sip/rule.json"\necho lk sip dispatch update sip/rule.json\n',
    ),
    says: assumed(),
  },
  "a file whose ending says nothing": {
    files: {
      "conf/rule.conf": FLAT,
      "conf/rule": FLAT,
      "conf/rule.cfg": "name: desk\nrule: { dispatchRuleDirect: { roomName: desk } }\n",
      "conf/updated": FLAT,
      "conf/nobody": FLAT,
      "run.sh": [
        ...["conf/rule.conf", "conf/rule", "conf/rule.cfg"].map((path) => `lk sip dispatch create ${path}`),
        "lk sip dispatch update --id SDR_a conf/updated",
        "",
      ].join("\n"),
    },
    says: [
      ...created("run.sh:2", "conf/rule"),
      ...created("run.sh:3", "conf/rule.cfg"),
      ...created("run.sh:1", "conf/rule.conf"),
      ...updated("run.sh:4", "conf/updated"),
    ],
  },
  "in a comment": { files: script("# lk sip dispatch update sip/rule.json\n"), says: assumed() },
  "behind xargs": {
    files: script("ls sip/*.json | xargs -n1 lk sip dispatch create\n"),
    says: created("run.sh:1"),
  },
  "found and sent": {
    files: script("find sip -name '*.json' -exec lk sip dispatch update {} \\;\n"),
    says: updated("run.sh:1"),
  },

  // By standard input.
  "piped in": { files: script("cat sip/rule.json | lk sip dispatch create -\n"), says: created("run.sh:1") },
  "redirected in": { files: script("lk sip dispatch create - < sip/rule.json\n"), says: created("run.sh:1") },
  "redirected into /dev/stdin": {
    files: script("lk sip dispatch update --id SDR_a /dev/stdin < sip/rule.json\n"),
    says: updated("run.sh:1"),
  },
  "filtered in": {
    files: script("jq 'del(._comment)' sip/rule.json |\n  lk sip dispatch create -\n"),
    says: created("run.sh:2"),
  },
  "in a process substitution": {
    files: script("lk sip dispatch create <(envsubst < sip/rule.json)\n"),
    says: created("run.sh:1"),
  },
  "a part of it is no request": {
    files: script("jq '.name' sip/rule.json | lk sip dispatch update -\n"),
    says: [...assumed(), "run.sh migrated reader sip/rule.json:1"],
  },
  "a heredoc into lk": {
    files: { "run.sh": `lk sip dispatch update - <<EOF\n${FLAT}\nEOF\n` },
    says: ["run.sh not-create update-evidence run.sh:1"],
  },
  "a heredoc in a variable": {
    files: { "run.sh": `RULE=$(cat <<EOF\n${FLAT}\nEOF\n)\necho "$RULE" | lk sip dispatch update -\n` },
    says: ["run.sh not-create update-evidence run.sh:5"],
  },
  "quoted JSON in a variable": {
    files: { "run.sh": `RULE='${FLAT}'\nlk sip dispatch create - <<< "$RULE"\n` },
    says: ["run.sh migrated create-evidence run.sh:2"],
  },
  "the output of a group": {
    files: { "run.sh": `{\n  echo '${FLAT}'\n} | lk sip dispatch update -\n` },
    says: ["run.sh not-create update-evidence run.sh:3"],
  },

  // Over HTTP.
  "curl with a file": {
    files: script(`curl -X POST ${URL}/CreateSIPDispatchRule -H 'A: b' -d @sip/rule.json\n`),
    says: created("run.sh:1"),
  },
  "curl with a binary file": {
    files: script(`curl ${URL}/UpdateSIPDispatchRule --data-binary @sip/rule.json\n`),
    says: updated("run.sh:1"),
  },
  "curl with a substitution": {
    files: script(`curl ${URL}/CreateSIPDispatchRule --json "$(cat sip/rule.json)"\n`),
    says: created("run.sh:1"),
  },
  "curl with a variable": {
    files: script(
      `BODY="$(jq -c . sip/rule.json)"\nmethod=UpdateSIPDispatchRule\ncurl "${URL}/$method" -d "$BODY"\n`,
    ),
    says: updated("run.sh:3"),
  },
  "curl with its own text": {
    files: { "run.sh": `curl ${URL}/CreateSIPDispatchRule \\\n  -d '${FLAT}'\n` },
    says: ["run.sh migrated create-evidence run.sh:1"],
  },
  "wget and a file": {
    files: script(`wget --post-file=sip/rule.json ${URL}/CreateSIPDispatchRule\n`),
    says: created("run.sh:1"),
  },
  "a body in a file, of requests in an editor": {
    files: {
      "sip/new.json": FLAT,
      "sip/rule.json": FLAT,
      "api/sip.http": `POST ${URL}/CreateSIPDispatchRule\nA: b\n\n< ../sip/new.json\n\n###\nPOST ${URL}/UpdateSIPDispatchRule\n\n<@ sip/rule.json\n`,
    },
    says: [...created("api/sip.http:1", "sip/new.json"), ...updated("api/sip.http:7")],
  },

  // Copies.
  "a copy by jq": {
    files: script(
      'work=$(mktemp -d)\njq \'del(._comment)\' sip/rule.json > "$work/rule.json"\nlk sip dispatch create "$work/rule.json"\n',
    ),
    says: created("run.sh:3"),
  },
  "a copy by sed in a loop over words": {
    files: {
      "sip/dispatch-day.json": FLAT,
      "sip/dispatch-night.json": FLAT,
      "sip/dispatch-old.json": FLAT,
      "run.sh":
        'for k in day night; do\n  sed "s/TRUNK/$T/" "sip/dispatch-$k.json" > "/tmp/$k.json"\n  lk sip dispatch update "/tmp/$k.json"\ndone\n',
    },
    says: [
      ...updated("run.sh:3", "sip/dispatch-day.json"),
      ...updated("run.sh:3", "sip/dispatch-night.json"),
      ...assumed("sip/dispatch-old.json"),
    ],
  },
  "sed in place": {
    files: script('sed -i "s/ST_a/$T/" sip/rule.json\nlk sip dispatch create sip/rule.json\n'),
    says: created("run.sh:2"),
  },
  "a template": {
    files: {
      "sip/rule.json.tmpl": FLAT,
      "run.sh": "envsubst < sip/rule.json.tmpl > rule.json\nlk sip dispatch update rule.json\n",
    },
    says: updated("run.sh:2", "sip/rule.json.tmpl"),
  },
  "copied into a folder": {
    files: script("cp sip/rule.json build/\ncd build\nlk sip dispatch update rule.json\n"),
    says: updated("run.sh:3"),
  },
  "moved, and copied again": {
    files: script(
      "cp sip/rule.json a.json\nmv a.json b.json\ncat b.json | tee c.json\nlk sip dispatch create c.json\n",
    ),
    says: created("run.sh:4"),
  },
  "copied by one file, sent by another": {
    files: {
      ...script("envsubst < sip/rule.json > out/ready.json\n", "prepare.sh"),
      "send.sh": "lk sip dispatch update out/ready.json\n",
    },
    says: updated("send.sh:1"),
  },
  "copied by a program of which nothing is known": {
    files: script("python3 fill.py sip/rule.json > x.json\nlk sip dispatch create x.json\n"),
    says: created("run.sh:2"),
  },
  "a pipeline into a file": {
    files: script("cat sip/rule.json | jq . | sed s/a/b/ > x.json\nlk sip dispatch update x.json\n"),
    says: updated("run.sh:2"),
  },
  "a heredoc into a file that another name is like": {
    files: {
      "sip/rule.json": FLAT,
      "run.sh": `cat > "$work/rule.json" <<EOF\n${FLAT}\nEOF\nlk sip dispatch update "$work/rule.json"\n`,
    },
    says: ["run.sh not-create update-evidence run.sh:4", ...assumed()],
  },
  "put into the wrapper on the way": {
    files: script("jq '{dispatch_rule: .}' sip/rule.json |\n  lk sip dispatch create -\n"),
    says: updated("run.sh:1"),
  },
  ...Object.fromEntries(
    [
      `printf "{\\"dispatch_rule\\": %s}" "$(cat sip/rule.json)" | lk sip dispatch create -`,
      `curl -d "{\\"dispatch_rule\\": $(cat sip/rule.json)}" ${URL}/CreateSIPDispatchRule`,
      `curl -d '{"dispatch_rule": '"$(<sip/rule.json)"'}' ${URL}/CreateSIPDispatchRule`,
      `R=$(jq -c . sip/rule.json); lk sip dispatch create - <<< "{\\"dispatch_rule\\": $R}"`,
      `for f in sip/*.json; do echo "{\\"dispatch_rule\\": $(cat "$f")}" | lk sip dispatch create -; done`,
    ].map((line): [string, Repository] => [
      `put into the wrapper by the shell: ${line}`,
      {
        files: script(`${line}\n`),
        says: [...updated("run.sh:1"), "run.sh already-wrapped wrapped run.sh:1"],
      },
    ]),
  ),
  "put into the wrapper by one of the values of a format": {
    files: script('printf \'%s%%\\n{"dispatch_rule": %s}\' "$A" "$(cat sip/rule.json)" > x\n'),
    says: updated("run.sh:1"),
  },
  "put into the wrapper in a heredoc": {
    files: script('lk sip dispatch create - <<EOF\n{"dispatch_rule": $(cat sip/rule.json)}\nEOF\n'),
    says: [...updated("run.sh:2"), "run.sh already-wrapped wrapped run.sh:1"],
  },
  "put into the wrapper by a workflow": {
    files: script(
      'jobs:\n  a:\n    steps:\n      - run: |\n          for f in sip/*.json; do\n            echo "{\\"dispatch_rule\\": $(cat "$f")}" | lk sip dispatch create -\n          done\n',
      ".github/workflows/a.yml",
    ),
    says: [
      ...updated(".github/workflows/a.yml:6"),
      ".github/workflows/a.yml already-wrapped wrapped .github/workflows/a.yml:6",
    ],
  },
  "what LiveKit lists": {
    files: script("lk sip dispatch list --json | jq '.items[0]' > sip/rule.json\n"),
    says: updated("run.sh:1"),
  },

  // Names.
  "a variable that is set once": {
    files: script('DIR=sip\nF="$DIR/rule.json"\nlk sip dispatch create "$F"\n'),
    says: created("run.sh:3"),
  },
  "a folder that is not known": {
    files: script('lk sip dispatch create "$DIR/rule.json"\n'),
    says: created("run.sh:1"),
  },
  "a default": {
    files: script('lk sip dispatch create "${1:-sip/rule.json}"\n'),
    says: created("run.sh:1"),
  },
  "a loop over a glob": {
    files: script('for f in sip/*.json; do lk sip dispatch create "$f"; done\n'),
    says: created("run.sh:1"),
  },
  "a loop over an array": {
    files: script('FILES=(sip/rule.json)\nfor f in "${FILES[@]}"; do\n  lk sip dispatch update "$f"\ndone\n'),
    says: updated("run.sh:3"),
  },
  "another folder": {
    files: { ...script("cd sip && lk sip dispatch create rule.json\n"), "old/rule.json": FLAT },
    says: [...assumed("old/rule.json"), ...created("run.sh:1")],
  },
  "another folder in brackets only": {
    files: {
      ...script("(cd sip && ls)\nlk sip dispatch create rule.json\n"),
      "rule.json": FLAT,
    },
    says: [...created("run.sh:2", "rule.json"), ...assumed()],
  },
  "from the script's own folder": {
    files: {
      ...script(
        'here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)\nlk sip dispatch create "$here/../sip/rule.json"\n',
        "scripts/run.sh",
      ),
      "rule.json": FLAT,
    },
    says: [...assumed("rule.json"), ...created("scripts/run.sh:2")],
  },
  "beside the script": {
    files: {
      "a/rule.json": FLAT,
      "rule.json": FLAT,
      "a/run.sh": 'lk sip dispatch update "$(dirname "$0")/rule.json"\n',
    },
    says: [...updated("a/run.sh:1", "a/rule.json"), ...assumed("rule.json")],
  },
  "a function that is called": {
    files: {
      ...script('send() {\n  lk sip dispatch create "$1"\n}\nsend sip/rule.json\n'),
      "sip/other.json": FLAT,
    },
    says: [...assumed("sip/other.json"), ...created("run.sh:2")],
  },
  "a condition": {
    files: {
      "sip/a.json": FLAT,
      "sip/b.json": FLAT,
      "run.sh": 'F=sip/a.json\nif [ -n "$X" ]; then F=sip/b.json; fi\nlk sip dispatch create "$F"\n',
    },
    says: [...created("run.sh:3", "sip/a.json"), ...created("run.sh:3", "sip/b.json")],
  },
  "two files of that name, in a folder that is not known": {
    files: { "a/rule.json": FLAT, "b/rule.json": FLAT, "run.sh": 'lk sip dispatch update "$X/rule.json"\n' },
    says: [...updated("run.sh:1", "a/rule.json"), ...updated("run.sh:1", "b/rule.json")],
  },
  "two files of that name, none of them in that folder": {
    files: {
      "a/rule.json": FLAT,
      "b/rule.json": FLAT,
      "run.sh": "lk sip dispatch update /tmp/x/rule.json\n",
    },
    says: [...assumed("a/rule.json"), ...assumed("b/rule.json")],
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

  // PowerShell.
  "PowerShell creates from it": {
    files: script("lk sip dispatch create .\\sip\\rule.json\r\n", "run.ps1"),
    says: created("run.ps1:1"),
  },
  "PowerShell updates from it, with a backtick between and a path from the script": {
    files: script(
      '$file = Join-Path $PSScriptRoot "..\\sip\\rule.json"\n& lk sip dispatch update `\n  --id SDR_a "$file"\n',
      "bin/run.ps1",
    ),
    says: updated("bin/run.ps1:2"),
  },
  "PowerShell pipes it in": {
    files: script("Get-Content sip/rule.json -Raw |\n  lk sip dispatch create -\n", "run.ps1"),
    says: created("run.ps1:2"),
  },
  "PowerShell sends it over HTTP": {
    files: script(
      `if ($x) {\n  $body = Get-Content -Path "sip\\rule.json" -Raw\n  Invoke-RestMethod -Uri "$Host/twirp/livekit.SIP/UpdateSIPDispatchRule" -Headers @{ A = "b" } -Body $body\n}\n`,
      "run.ps1",
    ),
    says: updated("run.ps1:3"),
  },
  "PowerShell sends it as -InFile, and what is in brackets": {
    files: {
      ...script(
        `Invoke-RestMethod "${URL}/CreateSIPDispatchRule" -InFile sip/rule.json\nInvoke-RestMethod "${URL}/UpdateSIPDispatchRule" -Body (Get-Content other.json -Raw)\n`,
        "run.ps1",
      ),
      "other.json": FLAT,
    },
    says: [...created("run.ps1:1"), ...updated("run.ps1:2", "other.json")],
  },
  "PowerShell writes a here-string and updates from it": {
    files: {
      "run.ps1": `@'\n${FLAT}\n'@ | Set-Content -Path .\\r.json -Encoding utf8\nlk sip dispatch update --id SDR_a .\\r.json\n`,
    },
    says: ["run.ps1 not-create update-evidence run.ps1:4"],
  },
  "PowerShell writes a hashtable, and another script updates from it": {
    files: {
      "make.ps1": TABLE_INTO("rule.json"),
      "update.ps1": "lk sip dispatch update --id SDR_a rule.json\n",
    },
    says: updated("update.ps1:1", "make.ps1"),
  },
  "PowerShell writes a hashtable beside it, and a shell script updates from it": {
    files: {
      "bin/make.ps1": TABLE_INTO("$PSScriptRoot/rule.json"),
      "run.sh": "cd bin\nlk sip dispatch update --id SDR_a rule.json\n",
    },
    says: updated("run.sh:2", "bin/make.ps1"),
  },
  "PowerShell writes a hashtable, and another script creates from it": {
    files: { "make.ps1": TABLE_INTO("rule.json"), "run.sh": "lk sip dispatch create rule.json\n" },
    says: created("run.sh:1", "make.ps1"),
  },
  "PowerShell writes a hashtable, and another script updates from a file of another name": {
    files: { "make.ps1": TABLE_INTO("rule.json"), "run.sh": "lk sip dispatch update other.json\n" },
    says: assumed("make.ps1"),
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
    says: ["make.py needs-person unfollowed-use run.sh:1"],
  },
  "Python writes a dict and creates from it, and another script updates from it": {
    files: {
      "make.py": `${DICT_INTO("rule.json")}import subprocess\nsubprocess.run(["lk", "sip", "dispatch", "create", "rule.json"])\n`,
      "run.sh": "lk sip dispatch update --id SDR_a rule.json\n",
    },
    says: ["make.py needs-person conflicting-evidence make.py:2 make.py:5 run.sh:1"],
  },
  "Python writes a dict, and nobody does anything with it": {
    files: { "make.py": DICT_INTO("rule.json"), "run.sh": "lk sip dispatch create other.json\n" },
    says: ["make.py needs-person unknown-destination"],
  },
  "PowerShell copies it": {
    files: script(
      "Copy-Item sip/rule.json -Destination out/r.json\nlk sip dispatch update out/r.json\n",
      "run.ps1",
    ),
    says: updated("run.ps1:2"),
  },
  "PowerShell puts it into the wrapper": {
    files: script(
      "$r = Get-Content sip/rule.json -Raw | ConvertFrom-Json\n@{ dispatch_rule = $r } | ConvertTo-Json -Depth 9 |\n  lk sip dispatch create -\n",
      "run.ps1",
    ),
    says: [...updated("run.ps1:2"), "run.ps1 already-wrapped wrapped run.ps1:3"],
  },
  "PowerShell puts it into the wrapper in a string": {
    files: script(
      '$r = Get-Content sip/rule.json -Raw\n"{`"dispatch_rule`": $r}" | lk sip dispatch create -\n',
      "run.ps1",
    ),
    says: [...updated("run.ps1:2"), "run.ps1 already-wrapped wrapped run.ps1:2"],
  },
  "PowerShell only says so": {
    files: script(
      '# lk sip dispatch update sip/rule.json\nWrite-Host "Run: lk sip dispatch update sip/rule.json"\n',
      "run.ps1",
    ),
    says: assumed(),
  },
  "a fence of PowerShell": {
    files: script("```powershell\nlk sip dispatch update .\\sip\\rule.json\n```\n", "README.md"),
    says: updated("README.md:2"),
  },

  // Words and names.
  "its name says update": {
    files: { "sip/dispatch-update.json": FLAT },
    says: updated("sip/dispatch-update.json:1", "sip/dispatch-update.json"),
  },
  "a line knows better than its name": {
    files: {
      "sip/dispatch-update.json": FLAT,
      "run.sh": "lk sip dispatch create sip/dispatch-update.json\n",
    },
    says: created("run.sh:1", "sip/dispatch-update.json"),
  },
  "updated is not update": { files: { "updated-rule.json": FLAT }, says: assumed("updated-rule.json") },
  "pasted into the dashboard": {
    files: script("# Rules\n\nPaste `sip/rule.json` into the JSON editor of the dashboard.\n", "README.md"),
    says: updated("README.md:3"),
  },
  "a fence that is pasted": {
    files: { "README.md": `Paste this into the dashboard:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n` },
    says: ["README.md not-create update-evidence README.md:1"],
  },
  "a fence that is pasted, with a note between": {
    files: {
      "README.md": `1. Select the **JSON editor** tab.\n\n> **Note**\n>\n> Or the other one.\n\n2. Copy and paste this:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n`,
    },
    says: ["README.md not-create update-evidence README.md:1"],
  },
  "a fence that is pasted, with one more paragraph between": {
    files: {
      "README.md": `Paste this into the dashboard.\n\nYour trunk goes first:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n`,
    },
    says: ["README.md not-create update-evidence README.md:1"],
  },
  "something else was pasted, in the section before": {
    files: {
      "README.md": `Paste this into the dashboard.\n\n## With lk\n\nYour trunk goes first:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n`,
    },
    says: ["README.md migrated assumed-create"],
  },
  "pasted, or else created": {
    files: {
      "README.md": `Paste it into the dashboard.\n\nOr with lk:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n`,
    },
    says: ["README.md migrated assumed-create"],
  },

  // What a page shows as a file.
  ...Object.fromEntries(
    [
      "Create a file named `rule.json`:\n\n```json\n$\n```",
      "Save the following as rule.json.\n\n```json\n$\n```",
      '```json title="rule.json"\n$\n```',
      "```json rule.json\n$\n```",
      "**rule.json**\n\n```json\n$\n```",
      "`rule.json`:\n```json\n$\n```",
      "### `rule.json`\n\n```json\n$\n```",
      "```json\n// rule.json\n$\n```",
      "```json\n$\n```\n\nSave this as `rule.json`, and run this:",
      "Create `./rule.json`:\n\n> It may have another name.\n\n```json\n$\n```",
    ].map((page): [string, Repository] => [
      `a page that shows a file: ${page}`,
      {
        files: {
          "README.md": `${page.replace("$", FLAT)}\n\nThen:\n\n\`\`\`sh\nlk sip dispatch update --id SDR_a rule.json\n\`\`\`\n`,
        },
        says: [
          expect.stringMatching(
            /^README\.md not-create update-evidence README\.md:\d+$/,
          ) as unknown as string,
        ],
      },
    ]),
  ),
  "a page that only names a file": {
    files: {
      "README.md": `Run \`lk sip dispatch create rule.json\`:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n\n\`\`\`sh\nlk sip dispatch update rule.json\n\`\`\`\n`,
    },
    says: ["README.md migrated assumed-create"],
  },
  "a page that shows a file twice": {
    files: {
      "README.md": ["create", "update"]
        .map(
          (verb) =>
            `Create a file named \`rule.json\`:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n\n\`\`\`sh\nlk sip dispatch ${verb} rule.json\n\`\`\`\n\n`,
        )
        .join(""),
    },
    says: [
      "README.md migrated create-evidence README.md:8",
      "README.md not-create update-evidence README.md:18",
    ],
  },
  "a page that shows a file which is committed elsewhere": {
    files: {
      ...script(
        `Edit \`rule.json\`:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n\n\`\`\`sh\nlk sip dispatch update rule.json\n\`\`\`\n`,
        "README.md",
      ),
    },
    says: [...updated("README.md:8", "README.md"), ...updated("README.md:8")],
  },
  "a variable that an earlier block of the page sets": {
    files: {
      ...script(
        "```sh\nexport RULE=sip/rule.json\n```\n\n```sh\nlk sip dispatch update --id $ID $RULE\n```\n\n```sh\nRULE=sip/new.json\nlk sip dispatch create $RULE\n```\n",
        "a.md",
      ),
      "sip/new.json": FLAT,
    },
    says: [...created("a.md:11", "sip/new.json"), ...updated("a.md:6")],
  },
  ...Object.fromEntries(
    [
      "Run `lk sip dispatch update --id SDR_a FILE`, where `sip/rule.json` is the file.",
      "| `sip/rule.json` | `lk sip dispatch update` |",
      "With `rule.json`: `lk sip dispatch update --id SDR_a <file>`",
    ].map((line): [string, Repository] => [
      `a command beside the only file of its line: ${line}`,
      { files: script(`# Rules\n\n${line}\n`, "a.md"), says: updated("a.md:3") },
    ]),
  ),
  ...Object.fromEntries(
    [
      "Create from `sip/rule.json`, and later `lk sip dispatch update`.",
      "`sip/rule.json` is not for `lk sip dispatch update`.",
      "`sip/rule.json` or `sip/other.json`, with `lk sip dispatch update`.",
      "`sip/rule.json`; `lk sip dispatch update sip/other.json`",
      "`lk sip dispatch list`, `sip/rule.json`",
    ].map((line): [string, Repository] => [
      `a command that may not be about the file of its line: ${line}`,
      { files: script(`# Rules\n\n${line}\n`, "a.md"), says: assumed() },
    ]),
  ),
  "a dashboard that is only mentioned": {
    files: { "README.md": `Open the dashboard.\n\nCreate the rule:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n` },
    says: ["README.md migrated assumed-create"],
  },
  "wrapped, and updated from": {
    files: { "sip/rule.json": WRAPPED, "run.sh": "lk sip dispatch update sip/rule.json\n" },
    says: ["sip/rule.json already-wrapped wrapped run.sh:1 wrapped-for-update"],
  },
  "wrapped, and created from": {
    files: { "sip/rule.json": WRAPPED, "run.sh": "lk sip dispatch create sip/rule.json\n" },
    says: ["sip/rule.json already-wrapped wrapped run.sh:1"],
  },
  "wrapped, and unwrapped for an update": {
    files: {
      "sip/rule.json": WRAPPED,
      "run.sh": "jq .dispatch_rule sip/rule.json | lk sip dispatch update -\n",
    },
    says: ["sip/rule.json already-wrapped wrapped"],
  },
};

describe("what a repository does with a request", () => {
  const folder = useFolder();
  itSays(folder, REPOSITORIES);

  it("is found for a file that is named alone, from wherever it is named", async () => {
    plant(folder.path, script("cd sip\nlk sip dispatch update rule.json\n"));
    git(folder.path, "init", "-q");
    process.chdir(join(folder.path, "sip"));
    expect(await verdicts(folder.path, ["rule.json"])).toEqual([
      "rule.json not-create update-evidence ../run.sh:2",
    ]);
    process.chdir(folder.elsewhere);
    const [said] = await verdicts(folder.path, [join(folder.path, "sip/rule.json")]);
    expect(said).toMatch(/sip\/rule\.json not-create update-evidence \S*run\.sh:2$/);
  });

  it.each([
    ["in a loop", 'for name in rule; do\n  lk sip dispatch update --id X "sip/$name.json"\ndone\n', 2],
    ["with a pattern", 'for f in sip/*.json; do lk sip dispatch update --id X "$f"; done\n', 1],
  ])("is found where a command puts the name together: %s", async (_, text, line) => {
    plant(folder.path, { "sip/rule.json": FLAT, "run.sh": text });
    git(folder.path, "init", "-q");
    process.chdir(folder.path);
    const verdict = `sip/rule.json not-create update-evidence run.sh:${line}`;
    expect(await verdicts(folder.path, ["sip/rule.json"])).toEqual([verdict]);
    expect(await verdicts(folder.path, ["sip"])).toEqual([verdict]);
  });

  it("is found in the repository of each file that is named", async () => {
    plant(folder.path, {
      "one/rule.json": FLAT,
      "one/run.sh": "lk sip dispatch create rule.json\n",
      "two/rule.json": FLAT,
      "two/run.sh": "lk sip dispatch update rule.json\n",
    });
    for (const name of ["one", "two"]) git(join(folder.path, name), "init", "-q");
    process.chdir(folder.path);
    expect(await verdicts(folder.path, ["one/rule.json", "two/rule.json"])).toEqual([
      "one/rule.json migrated create-evidence one/run.sh:1",
      "two/rule.json not-create update-evidence two/run.sh:1",
    ]);
  });

  it("is not searched for outside of repositories, beyond what is named", async () => {
    plant(folder.path, script("lk sip dispatch update sip/rule.json\n"));
    process.chdir(folder.path);
    expect(await verdicts(folder.path, ["sip/rule.json"])).toEqual(["sip/rule.json migrated named"]);
    expect(await verdicts(folder.path, ["sip/rule.json", "run.sh"])).toEqual([
      "sip/rule.json not-create update-evidence run.sh:1",
    ]);
  });
});

describe("a request that is used as a bare rule", () => {
  const folder = useFolder();
  const FILE = "sip/rule.json";
  const CREATE = `lk sip dispatch create ${FILE}`;
  const UPDATE = `lk sip dispatch update ${FILE}`;
  const WRAPS = `jq '{dispatch_rule: .}' ${FILE} | lk sip dispatch create -`;
  /** What lines do with a request, and what is said of that in whatever form it is. */
  const USES: { lines: string[]; bare?: string; both?: string }[] = [
    { lines: [CREATE] },
    { lines: [UPDATE], bare: "(run.sh:1)" },
    { lines: [WRAPS], bare: "(run.sh:1)" },
    { lines: [UPDATE, WRAPS], bare: "(run.sh:1, run.sh:2)" },
    {
      lines: [UPDATE, CREATE],
      both: "rules are created with this request as it is, and it is used as a bare rule, too (run.sh:2, run.sh:1)",
    },
    {
      lines: [WRAPS, CREATE],
      both: "rules are created with this request as it is, and it is used as a bare rule, too (run.sh:2, run.sh:1)",
    },
    {
      lines: [UPDATE, WRAPS, CREATE],
      both: "rules are created with this request as it is, and it is used as a bare rule, too (run.sh:3, run.sh:1, run.sh:2)",
    },
    {
      lines: [`lk sip dispatch "$1" ${FILE}`],
      both: "one line may create rules with this request as it is, and may use it as a bare rule (run.sh:1)",
    },
  ];

  /** The findings about a file's request with one of these ids: their sentences. */
  async function saidOf(files: Repository["files"], path: string, id: string): Promise<string[]> {
    plant(folder.path, files);
    process.chdir(folder.path);
    const { results } = await runMigration(["."], DRY_RUN);
    const findings = results.flatMap(({ sites }) => sites.filter((site) => site.path === path));
    return findings
      .flatMap((site) => site.findings)
      .filter((finding) => finding.id === id)
      .flatMap(({ message, next = "" }) => [message, next]);
  }

  it.each(USES)("and is wrapped: $lines", async ({ lines, bare, both }) => {
    const used = both ?? (bare && `this request is used as a bare rule ${bare}`);
    const files = { [FILE]: WRAPPED, "run.sh": `${lines.join("\n")}\n` };
    expect(await saidOf(files, FILE, "wrapped-for-update")).toEqual(
      used === undefined
        ? []
        : [
            `${used}, and a bare rule has no wrapper`,
            "`sip-dispatch convert sip/rule.json --to info` prints the bare rule; for an update, pipe that into `lk sip dispatch update --id SDR_… -`.",
          ],
    );
  });

  it.each(USES)("and is flat: $lines", async ({ lines, both }) => {
    const files = { [FILE]: FLAT, "run.sh": `${lines.join("\n")}\n` };
    expect(await saidOf(files, FILE, "conflicting-evidence")).toEqual(
      both === undefined
        ? []
        : [
            `${both}; no form serves both`,
            "Make two files of it: a wrapped one to create from, and this one for the other use.",
          ],
    );
  });

  it("as its name alone says, and is wrapped", async () => {
    const path = "sip/dispatch-update.json";
    expect(await saidOf({ [path]: WRAPPED }, path, "wrapped-for-update")).toEqual([
      "nothing but the file's name says that a rule is updated with it, and an update takes a bare rule, without the wrapper",
      "`sip-dispatch convert sip/dispatch-update.json --to info` prints the bare rule; if it is for create, give its file another name.",
    ]);
  });
});

describe("with the built program", () => {
  const folder = useTemporaryFolder(MEMORY);
  const SAMPLE: Repository["files"] = {
    "scripts/register.sh": `work=$(mktemp -d)
jq 'del(._comment)' sip/dispatch-support.json > "$work/rule.json"
lk sip dispatch create --trunks "$trunk" "$work/rule.json"
lk sip dispatch update --id "$RULE_ID" sip/dispatch-update.json
`,
    "sip/dispatch-support.json": FLAT.replace("{", '{ "_comment": "stripped",'),
    "sip/dispatch-update.json": FLAT,
    "sip/dispatch-lobby.json": FLAT,
  };
  const reasons = (args: readonly string[], cwd = folder.path): string[] =>
    report(run(cwd, ["migrate", ...args, "--format", "json"])).sites.map(
      ({ path, outcome, reason }) => `${path.replace(/^.*\//, "")} ${outcome} ${reason}`,
    );

  it("is the same for a folder, for a file that is named alone, and from elsewhere", () => {
    plant(folder.path, SAMPLE);
    git(folder.path, "init", "-q");
    const support = "dispatch-support.json migrated create-evidence";
    const update = "dispatch-update.json not-create update-evidence";
    expect(reasons(["sip"])).toEqual(["dispatch-lobby.json migrated assumed-create", support, update]);
    expect(reasons(["sip/dispatch-support.json"])).toEqual([support]);
    expect(reasons([join(folder.path, "sip/dispatch-support.json")], folder.elsewhere)).toEqual([support]);
    expect(reasons([join(folder.path, "sip/dispatch-update.json")], folder.elsewhere)).toEqual([update]);
    expect(reasons(["sip/dispatch-lobby.json"])).toEqual(["dispatch-lobby.json migrated named"]);
  });

  it("is nothing where nobody does anything with a file, also if that is named: --assume none", () => {
    plant(folder.path, SAMPLE);
    git(folder.path, "init", "-q");
    const lobby = "dispatch-lobby.json not-create no-evidence";
    const support = "dispatch-support.json migrated create-evidence";
    expect(reasons(["sip/dispatch-lobby.json", "--assume", "none"])).toEqual([lobby]);
    expect(reasons(["sip/dispatch-support.json", "--assume", "none"])).toEqual([support]);
    expect(reasons(["sip", "--assume", "none"]).slice(0, 2)).toEqual([lobby, support]);
  });

  it("still names what looks for flat keys when the file is wrapped", () => {
    plant(folder.path, {
      "rule.json": FLAT,
      "run.sh": "jq -r .name rule.json\njq .dispatch_rule.name rule.json\nlk sip dispatch create rule.json\n",
    });
    git(folder.path, "init", "-q");
    expect(run(folder.path, ["migrate", "--write", "rule.json"]).status).toBe(0);
    const [wrapped] = report(run(folder.path, ["migrate", "rule.json", "--format", "json"])).sites;
    expect(wrapped?.outcome).toBe("already-wrapped");
    expect(wrapped?.findings.map(({ id, message }) => `${id}: ${message}`)).toEqual([
      "reader: run.sh:1 reads `name` of this file, which stands in `dispatch_rule`",
    ]);
    plant(folder.path, { "run.sh": "jq -r .name rule.json\n" }); // without a word of dispatch rules
    const { stdout } = run(folder.path, ["migrate", "rule.json"]);
    expect(stdout).toMatch(/\nNothing to migrate\. See the warnings above\.\n$/);
  });

  it("says so where the name of a file decides", () => {
    plant(folder.path, { "update.json": FLAT, "other.json": FLAT });
    git(folder.path, "init", "-q");
    for (const path of [".", "update.json"]) {
      const { stdout } = run(folder.path, ["migrate", path]);
      expect(stdout.replaceAll(/\s+/g, " ")).toContain(
        "note: nothing but the file's name says that a rule is updated with it. If it creates one, give it another name and run this again.",
      );
    }
  });

  it("names the line that decides", () => {
    plant(folder.path, SAMPLE);
    git(folder.path, "init", "-q");
    expect(run(folder.path, ["migrate", "sip/dispatch-update.json"]).stdout).toContain(
      "scripts/register.sh:4",
    );
  });
});
