import { describe, expect } from "vitest";
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
} from "./evidence.ts";

const CREATE = "lk sip dispatch create";

/** Scripts that put `sip/rule.json` into a wrapper, on the line `at`, and then create from what came of that. */
const WRAPPING: { text: string; at?: number }[] = [
  // Printed around it.
  { text: `{ echo '{"dispatch_rule":'; cat sip/rule.json; echo '}'; } | ${CREATE} -` },
  { text: `{ printf '{"dispatch_rule": '; cat sip/rule.json; printf '}'; } | ${CREATE} -` },
  { text: `{ printf '%s\\n' '{"dispatch_rule":'; cat sip/rule.json; echo '}'; } | ${CREATE} -` },
  { text: `(echo '{"dispatch_rule":'; jq -c . sip/rule.json; echo '}') | ${CREATE} -` },
  { text: `{ echo '{"dispatch_rule":'; cat sip/rule.json; echo '}'; } > tmp.json\n${CREATE} tmp.json` },
  {
    text: `{\n  echo '{'\n  echo '  "dispatch_rule":'\n  sed "s/X/$T/" sip/rule.json\n  echo '}'\n} > /tmp/rule.json\n${CREATE} /tmp/rule.json`,
    at: 4,
  },
  {
    text: `echo '{"dispatch_rule":' > t.json\ncat sip/rule.json >> t.json\necho '}' >> t.json\n${CREATE} t.json`,
    at: 2,
  },
  {
    text: `echo '{"dispatch_rule":' | tee t.json\ncat sip/rule.json | tee -a t.json\necho '}' >> t.json\n${CREATE} t.json`,
    at: 2,
  },
  { text: `wrap() { echo '{"dispatch_rule":'; cat "$1"; echo '}'; }\nwrap sip/rule.json | ${CREATE} -` },
  { text: `B=$(printf '{"dispatch_rule":'; cat sip/rule.json; printf '}')\n${CREATE} - <<< "$B"` },
  { text: `B='{"dispatch_rule":'\nB+=$(cat sip/rule.json)\nB+='}'\necho "$B" | ${CREATE} -`, at: 2 },
  { text: `cat <(echo '{"dispatch_rule":') sip/rule.json <(echo '}') | ${CREATE} -` },
  { text: `{ cat <<X\n{"dispatch_rule":\nX\ncat sip/rule.json; echo '}'; } | ${CREATE} -`, at: 4 },
  {
    text: `for f in sip/*.json; do\n  (echo '{"dispatch_rule":'; cat "$f"; echo '}') > "out/$(basename "$f")"\n  ${CREATE} "out/$(basename "$f")"\ndone`,
    at: 2,
  },
  { text: `{ echo '{"dispatch_rule": {'; sed '1d;$d' sip/rule.json; echo '}}'; } | ${CREATE} -` },
  // By a program.
  { text: `jq '{dispatch_rule: .}' sip/rule.json > b.json && ${CREATE} b.json` },
  { text: `jq '{dispatch_rule: .}' sip/rule.json > /tmp/rule.json\n${CREATE} /tmp/rule.json` },
  { text: `jq --arg t "$T" '{dispatch_rule: (. + {trunk_ids: [$t]})}' sip/rule.json | ${CREATE} -` },
  { text: `jq '{dispatch_rule: del(._comment)}' sip/rule.json | ${CREATE} -` },
  { text: `jq '{dispatch_rule: (. + {name:"x"})}' sip/rule.json > b.json; ${CREATE} b.json` },
  { text: `jq --arg t "$T" '{dispatchRule: (.trunk_ids=[$t])}' sip/rule.json | ${CREATE} -` },
  { text: `jq '{dispatch_rule: {name, trunk_ids, rule}}' sip/rule.json | ${CREATE} -` },
  { text: `jq -n '{dispatch_rule: input}' sip/rule.json | ${CREATE} -` },
  { text: `jq -n --slurpfile r sip/rule.json '{dispatch_rule: $r[0]}' | ${CREATE} -` },
  { text: `jq -n --argjson r "$(cat sip/rule.json)" '{dispatch_rule: $r}' | ${CREATE} -` },
  { text: `jq -n --argjson r "$(cat sip/rule.json)" '.dispatch_rule = $r' | ${CREATE} -` },
  { text: `jq -n --slurpfile dispatch_rule sip/rule.json '{$dispatch_rule}' > b.json; ${CREATE} b.json` },
  { text: `yq -o json '{"dispatch_rule": .}' sip/rule.json | ${CREATE} -` },
  { text: `sed '1s/^/{"dispatch_rule":/; $s/$/}/' sip/rule.json | ${CREATE} -` },
  {
    text: `awk 'BEGIN {print "{\\"dispatch_rule\\":"} {print} END {print "}"}' sip/rule.json | ${CREATE} -`,
  },
  {
    text: `cat sip/rule.json | python3 -c 'import json, sys; print(json.dumps({"dispatch_rule": json.load(sys.stdin)}))' | ${CREATE} -`,
  },
  {
    text: `python3 - sip/rule.json > out.json <<'EOF'\nimport json, sys\nprint(json.dumps({"dispatch_rule": json.load(open(sys.argv[1]))}))\nEOF\n${CREATE} out.json`,
  },
  {
    text: `jq -c . sip/rule.json | while read -r r; do (echo '{"dispatch_rule":'; echo "$r"; echo '}') | ${CREATE} -; done`,
  },
  { text: `jq '. as $r | {"dispatch_rule": $r}' sip/rule.json | ${CREATE} -` },
  { text: `jq --arg k dispatch_rule '{($k): .}' sip/rule.json | ${CREATE} -` },
  { text: `jq -n --slurpfile r sip/rule.json 'setpath(["dispatch_rule"]; $r[0])' | ${CREATE} -` },
  { text: `jq -r '"{\\"dispatch_rule\\": \\(.)}"' sip/rule.json | ${CREATE} -` },
  { text: `yq -n -o json '.dispatch_rule = load("sip/rule.json")' | ${CREATE} -` },
  { text: `http POST ${URL}/CreateSIPDispatchRule dispatch_rule:=@sip/rule.json` },
];

/** The same of scripts in which the wrapper stands whole, so that it is a request itself. */
const FILLING: { text: string; at?: number }[] = [
  { text: `${CREATE} - <<< "{\\"dispatch_rule\\": \`cat sip/rule.json\`}"` },
  {
    text: `printf -v BODY '{"dispatch_rule": %s}' "$(cat sip/rule.json)"\n${CREATE} - <<< "$BODY"`,
  },
  {
    text: `T='{"dispatch_rule": __RULE__}'\nR=$(cat sip/rule.json)\necho "\${T/__RULE__/$R}" | ${CREATE} -`,
    at: 3,
  },
];

/** Scripts that look like these, and create from the file as it is. */
const NOT_WRAPPING: { text: string; at?: number }[] = [
  { text: `{ echo "dispatch_rule:"; cat sip/rule.json; } > log\n${CREATE} sip/rule.json`, at: 2 },
  { text: `{ echo '{"dispatch_rule":' >&2; cat sip/rule.json; } | ${CREATE} -` },
  { text: `echo '{"dispatch_rule":' > t.json\ncat sip/rule.json > t.json\n${CREATE} t.json`, at: 3 },
  { text: `echo '{"dispatch_rule":' > t.json\ncat sip/rule.json >> u.json\n${CREATE} u.json`, at: 3 },
  { text: `if x; then echo '{"dispatch_rule":' > log; fi\ncat sip/rule.json | ${CREATE} -`, at: 2 },
  { text: `jq 'if has("dispatch_rule") then . else {dispatch_rule: .} end' sip/rule.json | ${CREATE} -` },
  { text: `jq '{dispatch_rule: (.dispatch_rule // .)}' sip/rule.json | ${CREATE} -` },
];

/** Scripts that update from all files in `sip`, on the line `at`. */
const UPDATE = "lk sip dispatch update --id SDR_a";
const EACH: { text: string; at?: number }[] = [
  { text: `find sip -name '*.json' | xargs -n1 ${UPDATE}` },
  { text: `find sip -name '*.json' -print0 | sort -z | xargs -0 -n 1 ${UPDATE}` },
  { text: `find sip -type f ! -name 'x*' | xargs --max-args=1 --no-run-if-empty ${UPDATE}` },
  { text: `ls sip/*.json | xargs -I{} ${UPDATE} {}` },
  { text: `ls sip/*.json | grep -v old | xargs -I % -P 4 ${UPDATE} %` },
  { text: `grep -l trunk sip/*.json | xargs -n1 sudo ${UPDATE}` },
  { text: `git ls-files 'sip/*.json' | while read -r f; do ${UPDATE} "$f"; done` },
  { text: `for f in $(git diff --name-only HEAD~1 -- sip); do ${UPDATE} "$f"; done` },
  { text: `for f in $(ls sip); do ${UPDATE} sip/$f; done` },
  { text: `cd sip; for f in $(ls); do ${UPDATE} "$f"; done` },
  { text: `find sip -name '*.json' -exec ${UPDATE} {} \\;` },
  { text: `find sip -name '*.json' -exec sh -c '${UPDATE} "$1"' _ {} \\;` },
  { text: `find sip -name '*.json' -exec bash -c 'for f; do ${UPDATE} "$f"; done' _ {} +` },
  { text: `ls sip/*.json | xargs -I{} sh -c 'echo {}; ${UPDATE} "{}"'` },
  { text: `parallel ${UPDATE} ::: sip/*.json` },
  { text: `parallel -j 4 '${UPDATE} {}' ::: sip/*.json` },
  { text: `ls sip/*.json | parallel --halt now,fail=1 ${UPDATE}` },
  { text: `u() { ${UPDATE} "$1"; }; export -f u\nfind sip -name '*.json' | xargs -I{} bash -c 'u {}'` },
  {
    text: `mapfile -t files < <(find sip -name '*.json')\nfor f in "\${files[@]}"; do ${UPDATE} "$f"; done`,
    at: 2,
  },
  { text: `for f in sip/*.json; do ssh host "${UPDATE} $f"; done` },
  { text: `for f in sip/*.json; do eval "${UPDATE} $f"; done` },
  { text: `alias u='${UPDATE}'\nu sip/rule.json`, at: 2 },
  { text: `while read -r id file; do ${UPDATE} "$file"; done <<EOF\nSDR_b sip/rule.json\nEOF` },
  { text: `while IFS=, read -r file id; do ${UPDATE} "$file"; done <<< "sip/rule.json,SDR_b"` },
  { text: `while IFS=, read -r id file; do ${UPDATE} "sip/$file"; done < rules.csv` },
  {
    text: `declare -A M=([SDR_b]=sip/rule.json)\nfor id in "\${!M[@]}"; do ${UPDATE} "\${M[$id]}"; done`,
    at: 2,
  },
  {
    text: `declare -A M\nM["desk"]="sip/rule.json"\nM[x]=y.json\n${UPDATE} "\${M[desk]}"`,
    at: 4,
  },
  {
    text: `declare -A IDS=(\n  ["sip/rule.json"]="SDR_b"\n)\nfor f in "\${!IDS[@]}"; do ${UPDATE} "$f"; done`,
    at: 4,
  },
  {
    text: `ids=(a b); files=(y.json sip/rule.json)\nfor i in "\${!ids[@]}"; do ${UPDATE} "\${files[$i]}"; done`,
    at: 2,
  },
  { text: `F=$(printf "sip/%s.json\\n" rule)\n${UPDATE} "$F"`, at: 2 },
  { text: `yq -o json sip/rule.json | ${UPDATE} -` },
  { text: `for pair in SDR_b:sip/rule.json; do ${UPDATE} "\${pair#*:}"; done` },
  { text: `for pair in sip/rule.json@SDR_b; do ${UPDATE} "\${pair%%@*}"; done` },
  { text: `cat sip/rule.json | ssh host '${UPDATE} -'` },
  { text: `cat sip/rule.json | docker exec -i lk sh -c 'cat > /tmp/x && ${UPDATE} /tmp/x'` },
  { text: `u() {\n  ${UPDATE} -\n}\nenvsubst < sip/rule.json | u`, at: 2 },
  { text: `cat sip/rule.json | (cd x; ${UPDATE} -)` },
  { text: `${UPDATE} "sip/$1.json"` },
  { text: `cat sip/rule.json 2>/dev/null | ${UPDATE} -` },
  { text: `set -- sip/rule.json\nfor f; do ${UPDATE} "$f"; done`, at: 2 },
  { text: `trap '${UPDATE} sip/rule.json' EXIT` },
  { text: `trap "${UPDATE} $f" EXIT ERR\nf=sip/rule.json` },
  { text: `undo() { ${UPDATE} "$1"; }\ntrap -- 'undo sip/rule.json' EXIT` },
  { text: `mapfile -t F < <(ls sip/*.json)\n${UPDATE} "\${F[0]}"`, at: 2 },
  {
    text: `while read id f; do lk sip dispatch update --id "$id" "$f"; done <<X\nSDR_b x\nSDR_a sip/rule.json\nX`,
  },
  { text: `F=sip/rule.json\ndocker exec lk sh -c "${UPDATE} $F"`, at: 2 },
];

/** Scripts that update with a request, or wrap it, which they are given as their first word. */
const GIVEN_TEXT: string[] = [
  `echo "$1" | ${UPDATE} -`,
  `printf '%s' "\${1:?}" | ${UPDATE} -`,
  `BODY=$1; ${UPDATE} - <<< "$BODY"`,
  `${UPDATE} - <<EOF\n$1\nEOF`,
  `put() { echo "$2" | ${UPDATE} -; }; put SDR_a "$1"`,
  `curl ${URL}/UpdateSIPDispatchRule -d "$1"`,
  `echo "$1" | jq '{dispatch_rule: .}' | ${CREATE} -`,
  `jq -n --argjson rule "$1" '{dispatch_rule: $rule}' | ${CREATE} -`,
];

const REPOSITORIES: Record<string, Repository> = {
  ...Object.fromEntries(
    GIVEN_TEXT.map((text): [string, Repository] => [
      `is given a request as a word: ${text}`,
      {
        files: {
          ...script('RULE=$(cat sip/rule.json)\nbash put.sh "$RULE"\n'),
          "put.sh": `${text}\n`,
          "all.sh": `./put.sh '${FLAT}'\n`,
        },
        says: [...updated("put.sh:1 run.sh:2"), ...updated("put.sh:1 all.sh:1", "all.sh")],
      },
    ]),
  ),
  "is given a request as a word, and fills it into a wrapper": {
    files: {
      ...script('./put.sh "$(cat sip/rule.json)"\n'),
      "put.sh": `echo "{\\"dispatch_rule\\": $1}" > /tmp/x.json\n${CREATE} /tmp/x.json\n`,
    },
    says: [...updated("put.sh:1 run.sh:1"), "put.sh already-wrapped wrapped put.sh:2"],
  },
  "is given one request to create, another to update": {
    files: {
      "new.sh": `echo "$1" | ${CREATE} -\n`,
      "README.md": `\`\`\`sh\n./new.sh '${FLAT}'\n\`\`\`\n\n\`\`\`sh\n./up.sh '${FLAT}'\n\`\`\`\n`,
      "up.sh": `echo "$1" | ${UPDATE} -\n`,
    },
    says: [
      "README.md migrated create-evidence new.sh:1 README.md:2",
      "README.md not-create update-evidence up.sh:1 README.md:6",
    ],
  },
  ...Object.fromEntries(
    EACH.map(({ text, at = 1 }) => [
      `updates from each: ${text}`,
      {
        files: { ...script(`${text}\n`), "old/rule.json": FLAT },
        says: [...updated(`run.sh:${at}`), ...assumed("old/rule.json")],
      },
    ]),
  ),
  ...Object.fromEntries(
    WRAPPING.map(({ text, at = 1 }) => [
      `puts it into a wrapper itself: ${text}`,
      { files: script(`${text}\n`), says: updated(`run.sh:${at}`) },
    ]),
  ),
  ...Object.fromEntries(
    FILLING.map(({ text, at = 1 }) => [
      `fills it into a wrapper: ${text}`,
      {
        files: script(`${text}\n`),
        says: [
          ...updated(`run.sh:${at}`),
          expect.stringContaining("run.sh already-wrapped") as unknown as string,
        ],
      },
    ]),
  ),
  ...Object.fromEntries(
    NOT_WRAPPING.map(({ text, at = 1 }) => [
      `creates from it as it is: ${text}`,
      { files: script(`${text}\n`), says: created(`run.sh:${at}`) },
    ]),
  ),
  ...Object.fromEntries(
    [
      ': "${F:=sip/rule.json}"; lk sip dispatch update "$F"',
      ": ${F:='sip/rule.json'}; lk sip dispatch update $F",
      'F=${1:-"my sip/rule.json"}; cd x; cd -; lk sip dispatch update "${G:-sip/rule.json}"',
    ].map((text): [string, Repository] => [
      `a default: ${text}`,
      { files: script(`${text}\n`), says: updated("run.sh:1") },
    ]),
  ),
  "a default with spaces": {
    files: {
      "my rules/a.json": FLAT,
      "b/a.json": FLAT,
      "run.sh": 'lk sip dispatch update ${1:-"my rules/a.json"}\n',
    },
    says: [...updated("run.sh:1", "my rules/a.json"), ...assumed("b/a.json")],
  },
  "a name without a dot": {
    files: { "rule.json": FLAT, "run.sh": "cp rule.json rule; cat rule | lk sip dispatch update -\n" },
    says: updated("run.sh:1", "rule.json"),
  },
  "wraps one file and creates from another": {
    files: {
      "a.json": FLAT,
      "b.json": FLAT,
      "run.sh": `{ echo '{"dispatch_rule":'; cat a.json; echo '}'; } > c.json\n${CREATE} c.json\n${CREATE} b.json\n`,
    },
    says: [...updated("run.sh:1", "a.json"), ...created("run.sh:3", "b.json")],
  },
  ...Object.fromEntries(
    [
      "case $1 in new) verb=create ;; *) verb=update ;; esac; lk sip dispatch $verb sip/rule.json",
      'lk sip dispatch "$1" sip/rule.json',
      'lk sip dispatch "${VERB:-create}" sip/rule.json',
      `curl "${URL}/\${VERB}SIPDispatchRule" -d @sip/rule.json`,
    ].map((text): [string, Repository] => [
      `may create and may update: ${text}`,
      { files: script(`${text}\n`), says: ["sip/rule.json needs-person conflicting-evidence run.sh:1"] },
    ]),
  ),
  ...Object.fromEntries(
    [
      'update_rule() { lk sip dispatch update --id "$2" "$1"; }',
      'update_rule() {\n  local file=$1; shift\n  envsubst < "$file" > /tmp/$1.json\n  lk sip dispatch update --id "$1" "/tmp/$1.json"\n}',
      'update_rule() { send "$1"; }\nsend() { for f in "$@"; do lk sip dispatch update "$f"; done; }',
      `update_rule() { jq '{dispatch_rule: .}' "$1" | lk sip dispatch create -; }`,
      '# lk sip dispatch\nsource "$(dirname "${BASH_SOURCE[0]}")/more.sh"\nupdate_rule() { send SDR_a "$1"; }',
    ].map((lib): [string, Repository] => [
      `calls a function of a file that it sources: ${lib}`,
      {
        files: {
          "sip/rule.json": FLAT,
          "sip/other.json": FLAT,
          "bin/run.sh": '. "$(dirname "$0")/../lib/lib.sh"\nlog start\nupdate_rule "sip/rule.json" SDR_a\n',
          "lib/lib.sh": `${lib}\n`,
          "lib/more.sh": 'send() { lk sip dispatch update --id "$1" "$2"; }\n',
        },
        says: [...updated("bin/run.sh:3"), ...assumed("sip/other.json")],
      },
    ]),
  ),
  "two scripts that write a temporary file of one name, and a page with a file of that name": {
    files: {
      "create.sh": `cat >/tmp/rule.json <<EOF\n${FLAT}\nEOF\n${CREATE} /tmp/rule.json\n`,
      "update.sh": `cat >/tmp/rule.json <<EOF\n${FLAT}\nEOF\n${UPDATE} /tmp/rule.json\n`,
      "doc/a.md": `Write \`rule.json\`:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n\n\`\`\`sh\n${CREATE} rule.json\n\`\`\`\n`,
    },
    says: [
      ...created("create.sh:4", "create.sh"),
      ...updated("update.sh:4", "update.sh"),
      ...created("doc/a.md:8", "doc/a.md"),
    ],
  },
  "a temporary file that another script uses": {
    files: {
      "write.sh": `cat >/tmp/rule.json <<EOF\n${FLAT}\nEOF\n`,
      "update.sh": `cd /tmp\n${UPDATE} rule.json\n`,
    },
    says: updated("update.sh:2", "write.sh"),
  },
  ...Object.fromEntries(
    [
      `jq -s '.[0] * .[1]' sip/rule.json local.json > m.json; ${CREATE} m.json`,
      `jq -s 'add' sip/rule.json local.json | ${CREATE} -`,
      `jq -cs '. | add' sip/rule.json local.json | ${CREATE} -`,
      `jq -n 'input * input' sip/rule.json local.json | ${CREATE} -`,
      `jq -s 'reduce .[] as $one ({}; . * $one)' sip/rule.json local.json | ${CREATE} -`,
      `jq --slurpfile over local.json '. + $over[0]' sip/rule.json | ${CREATE} -`,
      `jq -n --argjson rule "$(cat sip/rule.json)" --argjson over "$O" '$rule * $over' | ${CREATE} -`,
      `yq eval-all -o json '. as $one ireduce ({}; . * $one)' sip/rule.json local.yaml | ${CREATE} -`,
      `jq --arg n "$N" '. + {name: $n}' sip/rule.json | ${CREATE} -`,
      `jq -f wrap.jq sip/rule.json | ${CREATE} -`,
      `jq --from-file wrap.jq sip/rule.json > out.json && ${CREATE} out.json`,
      `cat sip/rule.json | jq -rf wrap.jq | ${CREATE} -`,
      `python3 wrap.py < sip/rule.json | ${CREATE} -`,
      `cat sip/rule.json | node wrap.js > out.json; ${CREATE} out.json`,
    ].map((text): [string, Repository] => [
      `lays something over it: ${text}`,
      { files: script(`${text}\n`), says: ["sip/rule.json needs-person unfollowed-use run.sh:1"] },
    ]),
  ),
  ...Object.fromEntries(
    [`jq -s '.[0]' sip/rule.json | ${CREATE} -`, `jq -n --arg a 1 '$a + $b'; ${CREATE} sip/rule.json`].map(
      (text): [string, Repository] => [
        `lays nothing over it: ${text}`,
        {
          files: script(`${text}\n`),
          says: created("run.sh:1"),
        },
      ],
    ),
  ),
  ...Object.fromEntries(
    [
      String.raw`echo -e '{\n "name": "50% \\"a\\"",\n "rule": {"dispatchRuleDirect": {"roomName": "r"}}\n}'`,
      String.raw`echo -ne "{\n \"name\": \"a\",\n \"rule\": {\"dispatchRuleDirect\": {\"roomName\": \"r\"}}\n}"`,
      String.raw`printf '{\n "name": "a",\n "rule": {"dispatchRuleDirect": {"roomName": "r"}}\n}'`,
    ].map((text): [string, Repository] => [
      `prints it with escapes: ${text}`,
      { files: { "run.sh": `${text} | ${CREATE} -\n` }, says: created("run.sh:1", "run.sh") },
    ]),
  ),
  ...Object.fromEntries(
    [
      `command = "${UPDATE} sip/rule.json"`,
      `command = "${UPDATE} \${path.module}/sip/rule.json"`,
      `command = <<-EOT\n${UPDATE} sip/rule.json\n    EOT`,
    ].map((text): [string, Repository] => [
      `Terraform runs it: ${text}`,
      {
        files: script(
          `resource "null_resource" "r" {\n  provisioner "local-exec" {\n    ${text}\n  }\n}\n`,
          "main.tf",
        ),
        says: updated(`main.tf:${text.includes("EOT") ? 4 : 3}`),
      },
    ]),
  ),
  "wraps a file that another line creates from": {
    files: script(`jq '{dispatch_rule: .}' sip/rule.json | ${CREATE} -\n${CREATE} sip/rule.json\n`),
    says: ["sip/rule.json needs-person conflicting-evidence run.sh:2 run.sh:1"],
  },
};

describe("what a shell script does with a request", () => {
  itSays(useFolder(), REPOSITORIES);
});
