import {
  assumed,
  created,
  FLAT,
  itSaysOf,
  type Repository,
  script,
  unclear,
  updated,
  URL,
} from "./repositories.ts";

const REPOSITORIES: Record<string, Repository> = {
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
  "another file is sent, by an id that is counted": {
    files: {
      ...script('wc -c sip/rule.json\nlk sip dispatch update "SDR_$((n))" sip/other.json\n'),
      "sip/other.json": FLAT,
    },
    says: [...updated("run.sh:2", "sip/other.json"), ...assumed()],
  },
  "a file that is called like a variable, in single quotes": {
    files: {
      "sip/a${b}.json": FLAT,
      "sip/ax.json": FLAT,
      "run.sh": "lk sip dispatch create 'sip/a${b}.json'\n",
    },
    says: [...created("run.sh:1", "sip/a${b}.json"), ...assumed("sip/ax.json")],
  },
  "a variable in double quotes": {
    files: {
      "sip/a${b}.json": FLAT,
      "sip/ax.json": FLAT,
      "run.sh": 'lk sip dispatch update ID "sip/a${b}.json"\n',
    },
    says: ["sip/a${b}.json", "sip/ax.json"].flatMap((file) => unclear("run.sh:1", file)),
  },
  "what stands around a script may put something into its single quotes": {
    files: {
      "sip/a.json": FLAT,
      "run.yaml": "run: lk sip dispatch update ID 'sip/${b}.json'\n",
    },
    says: unclear("run.yaml:1", "sip/a.json"),
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
    says: unclear("run.sh:1"),
  },
  "creates and updates from files that its user names": {
    files: script('lk sip dispatch create "$1"\nlk sip dispatch update --id "$1" "$2"\n'),
    says: unclear("run.sh:2"),
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
    says: updated("up.py:4"),
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
  "a heredoc into lk": {
    files: { "run.sh": `lk sip dispatch update - <<EOF\n${FLAT}\nEOF\n` },
    says: ["run.sh not-create update-evidence run.sh:1"],
  },
  "a heredoc in a variable": {
    files: { "run.sh": `RULE=$(cat <<EOF\n${FLAT}\nEOF\n)\necho "$RULE" | lk sip dispatch update -\n` },
    says: ["run.sh not-create update-evidence run.sh:5"],
  },
  "quoted JSON in a variable, for an update": {
    files: { "run.sh": `RULE='${FLAT}'\nlk sip dispatch update - <<< "$RULE"\n` },
    says: updated("run.sh:2", "run.sh"),
  },
  "an update in a variable": {
    files: script('update="lk sip dispatch update --id SDR_a"\n$update sip/rule.json\n'),
    says: updated("run.sh:2"),
  },
  "a name with a space": {
    files: {
      "my rules/a.json": FLAT,
      "my rules/b.json": FLAT,
      "run.sh": 'lk sip dispatch create "my rules/a.json"\nlk sip dispatch update my\\ rules/b.json\n',
    },
    says: [...created("run.sh:1", "my rules/a.json"), ...updated("run.sh:2", "my rules/b.json")],
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
};

itSaysOf("commands that create and update", REPOSITORIES);
