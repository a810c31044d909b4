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

const CREATE = "lk sip dispatch create";
const UPDATE = "lk sip dispatch update --id SDR_a";

/** Scripts that update from the files in `sip`, on the line `at`, and from no other. */
const KNOWN: { text: string; at?: number }[] = [
  { text: `find sip -name '*.json' | xargs -n1 ${UPDATE}` },
  { text: `find sip -name '*.json' -exec ${UPDATE} {} \\;` },
  { text: `ls sip/*.json | xargs -I{} ${UPDATE} {}` },
  { text: `grep -l trunk sip/*.json | xargs -n1 sudo ${UPDATE}` },
  { text: `parallel ${UPDATE} ::: sip/*.json` },
  { text: `for f in sip/*.json; do ssh host "${UPDATE} $f"; done` },
  { text: `for f in sip/*.json; do eval "${UPDATE} $f"; done` },
  { text: `declare -A M\nM["desk"]="sip/rule.json"\nM[x]=y.json\n${UPDATE} "\${M[desk]}"`, at: 4 },
  { text: `for pair in sip/rule.json@SDR_b; do ${UPDATE} "\${pair%%@*}"; done` },
  { text: `yq -o json sip/rule.json | ${UPDATE} -` },
  { text: `cat sip/rule.json 2>/dev/null | ${UPDATE} -` },
  { text: `trap '${UPDATE} sip/rule.json' EXIT` },
  { text: `F=sip/rule.json\ndocker exec lk sh -c "${UPDATE} $F"`, at: 2 },
  { text: `: "\${F:=sip/rule.json}"; ${UPDATE} "$F"` },
];

/** Scripts that update from files in `sip`, on the line `at`, in ways that are not followed. */
const UNCLEAR: { text: string; at?: number }[] = [
  { text: `git ls-files 'sip/*.json' | while read -r f; do ${UPDATE} "$f"; done` },
  { text: `for f in $(git diff --name-only HEAD~1 -- sip); do ${UPDATE} "$f"; done` },
  { text: `find sip -name '*.json' -exec bash -c 'for f; do ${UPDATE} "$f"; done' _ {} +` },
  { text: `ls sip/*.json | xargs -I{} sh -c 'echo {}; ${UPDATE} "{}"'` },
  { text: `u() { ${UPDATE} "$1"; }; export -f u\nfind sip -name '*.json' | xargs -I{} bash -c 'u {}'` },
  { text: `alias u='${UPDATE}'\nu sip/rule.json` },
  { text: `while read -r id file; do ${UPDATE} "$file"; done <<EOF\nSDR_b sip/rule.json\nEOF` },
  { text: `while IFS=, read -r id file; do ${UPDATE} "sip/$file"; done < rules.csv` },
  { text: `F=$(printf "sip/%s.json\\n" rule)\n${UPDATE} "$F"`, at: 2 },
  { text: `cat sip/rule.json | ssh host '${UPDATE} -'` },
  { text: `cat sip/rule.json | docker exec -i lk sh -c 'cat > /tmp/x && ${UPDATE} /tmp/x'` },
  { text: `u() {\n  ${UPDATE} -\n}\nenvsubst < sip/rule.json | u`, at: 2 },
  { text: `cat sip/rule.json | (cd x; ${UPDATE} -)` },
  { text: `${UPDATE} "sip/$1.json"` },
  { text: `set -- sip/rule.json\nfor f; do ${UPDATE} "$f"; done`, at: 2 },
];

/** What a script does with a request, or the name of a file, which another gives it as its first word. */
const GIVEN_TEXT: string[] = [
  `echo "$1" | ${UPDATE} -`,
  `BODY=$1; ${UPDATE} - <<< "$BODY"`,
  `${UPDATE} - <<EOF\n$1\nEOF`,
  `put() { echo "$2" | ${UPDATE} -; }; put SDR_a "$1"`,
  `curl ${URL}/UpdateSIPDispatchRule -d "$1"`,
  `jq -n --argjson rule "$1" '{dispatch_rule: $rule}' | ${CREATE} -`,
];

const SOURCED: string[] = [
  'update_rule() { lk sip dispatch update --id "$2" "$1"; }',
  'update_rule() {\n  local file=$1; shift\n  envsubst < "$file" > /tmp/$1.json\n  lk sip dispatch update --id "$1" "/tmp/$1.json"\n}',
  'update_rule() { send "$1"; }\nsend() { for f in "$@"; do lk sip dispatch update "$f"; done; }',
];

const REPOSITORIES: Record<string, Repository> = {
  ...Object.fromEntries(
    KNOWN.map(({ text, at = 1 }): [string, Repository] => [
      `updates from each: ${text}`,
      {
        files: { ...script(`${text}\n`), "old/rule.json": FLAT },
        says: [...updated(`run.sh:${at}`), ...assumed("old/rule.json")],
      },
    ]),
  ),
  ...Object.fromEntries(
    UNCLEAR.map(({ text, at = 1 }): [string, Repository] => [
      `updates from what can't be told: ${text}`,
      { files: script(`${text}\n`), says: unclear(`run.sh:${at}`) },
    ]),
  ),
  ...Object.fromEntries(
    GIVEN_TEXT.map((text): [string, Repository] => [
      `is given a request as a word: ${text}`,
      {
        files: {
          ...script('RULE=$(cat sip/rule.json)\nbash put.sh "$RULE"\n'),
          "put.sh": `${text}\n`,
          "all.sh": `./put.sh '${FLAT}'\n`,
        },
        says: [...updated("put.sh:1"), ...updated("put.sh:1", "all.sh")],
      },
    ]),
  ),
  "is given a request as a word, and fills it into a wrapper": {
    files: {
      ...script('./put.sh "$(cat sip/rule.json)"\n'),
      "put.sh": `echo "{\\"dispatch_rule\\": $1}" > /tmp/x.json\n${CREATE} /tmp/x.json\n`,
    },
    says: ["sip/rule.json needs-person unfollowed-use put.sh:1", "put.sh already-wrapped wrapped put.sh:2"],
  },
  "is given one request to create, another to update": {
    files: {
      "new.sh": `echo "$1" | ${CREATE} -\n`,
      "README.md": `\`\`\`sh\n./new.sh '${FLAT}'\n\`\`\`\n\n\`\`\`sh\n./up.sh '${FLAT}'\n\`\`\`\n`,
      "up.sh": `echo "$1" | ${UPDATE} -\n`,
    },
    says: [...created("new.sh:1", "README.md"), ...updated("up.sh:1", "README.md")],
  },
  ...Object.fromEntries(
    SOURCED.map((lib): [string, Repository] => [
      `calls a function of a file that it sources: ${lib}`,
      {
        files: {
          ...script(
            '. "$(dirname "$0")/../lib/lib.sh"\nlog start\nupdate_rule "sip/rule.json" SDR_a\n',
            "bin/run.sh",
          ),
          "lib/lib.sh": `${lib}\n`,
        },
        says: unclear(
          `lib/lib.sh:${lib.split("\n").findIndex((line) => line.includes("dispatch update")) + 1}`,
        ),
      },
    ]),
  ),
  "a file that nobody names, beside helpers that update what they are given": {
    files: {
      "sip/other.json": FLAT,
      "bin/run.sh": '. "$(dirname "$0")/../lib/lib.sh"\n',
      "lib/lib.sh": 'update_rule() { lk sip dispatch update --id "$2" "$1"; }\n',
      "lib/more.sh": 'send() { lk sip dispatch update --id "$1" "$2"; }\n',
    },
    says: ["sip/other.json needs-person unclear-use lib/lib.sh:1 lib/more.sh:1"],
  },
  "two scripts that write a temporary file of one name": {
    files: {
      "create.sh": `cat >/tmp/rule.json <<EOF\n${FLAT}\nEOF\n${CREATE} /tmp/rule.json\n`,
      "update.sh": `cat >/tmp/rule.json <<EOF\n${FLAT}\nEOF\n${UPDATE} /tmp/rule.json\n`,
    },
    says: [...created("create.sh:4", "create.sh"), ...updated("update.sh:4", "update.sh")],
  },
  "a temporary file that another script uses": {
    files: {
      "write.sh": `cat >/tmp/rule.json <<EOF\n${FLAT}\nEOF\n`,
      "update.sh": `cd /tmp\n${UPDATE} rule.json\n`,
    },
    says: updated("update.sh:2", "write.sh"),
  },
  "wraps one file and creates from another": {
    files: {
      "a.json": FLAT,
      "b.json": FLAT,
      "run.sh": `{ echo '{"dispatch_rule":'; cat a.json; echo '}'; } > c.json\n${CREATE} c.json\n${CREATE} b.json\n`,
    },
    says: ["a.json needs-person unfollowed-use run.sh:1", ...created("run.sh:3", "b.json")],
  },
};

itSaysOf("what a shell script does with the files that it names", REPOSITORIES);
