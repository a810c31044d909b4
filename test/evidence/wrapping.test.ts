import { describe, expect, it } from "vitest";
import { plant } from "../files/scanned.ts";
import {
  created,
  itSays,
  type Repository,
  script,
  unfollowed,
  URL,
  useFolder,
  verdicts,
} from "./repositories.ts";

const CREATE = "lk sip dispatch create";

/** Scripts that send `sip/rule.json` in a wrapper: it is a bare rule. */
const SENT_WRAPPED: string[] = [
  `jq '{dispatch_rule: .}' sip/rule.json | ${CREATE} -`,
  `jq --arg t "$T" '{dispatchRule: (.trunk_ids=[$t])}' sip/rule.json | ${CREATE} -`,
  `jq '{dispatch_rule: {name, trunk_ids, rule}}' sip/rule.json | ${CREATE} -`,
  `jq -n --slurpfile r sip/rule.json '{dispatch_rule: $r[0]}' | ${CREATE} -`,
  `http POST ${URL}/CreateSIPDispatchRule dispatch_rule:=@sip/rule.json`,
  `printf "{\\"dispatch_rule\\": %s}" "$(cat sip/rule.json)" | ${CREATE} -`,
  `curl -d "{\\"dispatch_rule\\": $(cat sip/rule.json)}" ${URL}/CreateSIPDispatchRule`,
  `R=$(jq -c . sip/rule.json); ${CREATE} - <<< "{\\"dispatch_rule\\": $R}"`,
  `${CREATE} - <<< "{\\"dispatch_rule\\": \`cat sip/rule.json\`}"`,
  `${CREATE} - <<EOF\n{"dispatch_rule": $(cat sip/rule.json)}\nEOF`,
  `echo "{\\"dispatch_rule\\": $(cat sip/rule.json)}" | ${CREATE} -`,
  `echo "{\\"dispatch_rule\\": $(cat sip/rule.json)}" | curl -d @- ${URL}/CreateSIPDispatchRule`,
  `B="{\\"dispatch_rule\\": $(cat sip/rule.json)}"; echo "$B" | tee /dev/stderr | ${CREATE} -`,
  `B=$(jq '{dispatch_rule: .}' sip/rule.json); ${CREATE} - <<< "$B"`,
];

/** Scripts that put it into a wrapper, and then create from what came of that, in ways that are not followed. */
const WRAPPING: string[] = [
  // Printed around it.
  `{ echo '{"dispatch_rule":'; cat sip/rule.json; echo '}'; } | ${CREATE} -`,
  `(printf '%s\\n' '{"dispatch_rule":'; jq -c . sip/rule.json; echo '}') | ${CREATE} -`,
  `{\n  echo '{'\n  echo '  "dispatch_rule":'\n  sed "s/ST_a/$T/" sip/rule.json\n  echo '}'\n} > /tmp/rule.json\n${CREATE} /tmp/rule.json`,
  `echo '{"dispatch_rule":' > t.json\ncat sip/rule.json >> t.json\necho '}' >> t.json\n${CREATE} t.json`,
  `echo '{"dispatch_rule":' | tee t.json\ncat sip/rule.json | tee -a t.json\necho '}' >> t.json\n${CREATE} t.json`,
  `wrap() { echo '{"dispatch_rule":'; cat "$1"; echo '}'; }\nwrap sip/rule.json | ${CREATE} -`,
  `B=$(printf '{"dispatch_rule":'; cat sip/rule.json; printf '}')\n${CREATE} - <<< "$B"`,
  `B='{"dispatch_rule":'\nB+=$(cat sip/rule.json)\nB+='}'\necho "$B" | ${CREATE} -`,
  `cat <(echo '{"dispatch_rule":') sip/rule.json <(echo '}') | ${CREATE} -`,
  `{ cat <<X\n{"dispatch_rule":\nX\ncat sip/rule.json; echo '}'; } | ${CREATE} -`,
  `for f in sip/*.json; do\n  (echo '{"dispatch_rule":'; cat "$f"; echo '}') > "out/$(basename "$f")"\n  ${CREATE} "out/$(basename "$f")"\ndone`,
  `jq -c . sip/rule.json | while read -r r; do (echo '{"dispatch_rule":'; echo "$r"; echo '}') | ${CREATE} -; done`,
  // By a program.
  `jq '{dispatch_rule: .}' sip/rule.json > /tmp/rule.json\n${CREATE} /tmp/rule.json`,
  `jq -n --argjson r "$(cat sip/rule.json)" '.dispatch_rule = $r' | ${CREATE} -`,
  `jq -n --slurpfile dispatch_rule sip/rule.json '{$dispatch_rule}' > b.json; ${CREATE} b.json`,
  `jq --arg k dispatch_rule '{($k): .}' sip/rule.json | ${CREATE} -`,
  `jq -r '"{\\"dispatch_rule\\": \\(.)}"' sip/rule.json | ${CREATE} -`,
  `yq -n -o json '.dispatch_rule = load("sip/rule.json")' | ${CREATE} -`,
  `sed '1s/^/{"dispatch_rule":/; $s/$/}/' sip/rule.json | ${CREATE} -`,
  `awk 'BEGIN {print "{\\"dispatch_rule\\":"} {print} END {print "}"}' sip/rule.json | ${CREATE} -`,
  `cat sip/rule.json | python3 -c 'import json, sys; print(json.dumps({"dispatch_rule": json.load(sys.stdin)}))' | ${CREATE} -`,
  `python3 - sip/rule.json > out.json <<'EOF'\nimport json, sys\nprint(json.dumps({"dispatch_rule": json.load(open(sys.argv[1]))}))\nEOF\n${CREATE} out.json`,
  // The wrapper stands there as a request of its own.
  `printf -v BODY '{"dispatch_rule": %s}' "$(cat sip/rule.json)"\n${CREATE} - <<< "$BODY"`,
  `T='{"dispatch_rule": __RULE__}'\nR=$(cat sip/rule.json)\necho "\${T/__RULE__/$R}" | ${CREATE} -`,
];

/** Scripts that may change the request, in ways that are not read. */
const CHANGING: string[] = [
  `jq -s '.[0] * .[1]' sip/rule.json local.json > m.json; ${CREATE} m.json`,
  `jq -n 'input * input' sip/rule.json local.json | ${CREATE} -`,
  `jq --slurpfile over local.json '. + $over[0]' sip/rule.json | ${CREATE} -`,
  `yq eval-all -o json '. as $one ireduce ({}; . * $one)' sip/rule.json local.yaml | ${CREATE} -`,
  `jq --arg n "$N" '. + {name: $n}' sip/rule.json | ${CREATE} -`,
  `jq -f wrap.jq sip/rule.json | ${CREATE} -`,
  `python3 wrap.py < sip/rule.json | ${CREATE} -`,
  `cat sip/rule.json | node wrap.js > out.json; ${CREATE} out.json`,
  `jq 'if has("dispatch_rule") then . else {dispatch_rule: .} end' sip/rule.json | ${CREATE} -`,
];

const REPOSITORIES: Record<string, Repository> = {
  "sends it as it is, and in a wrapper": {
    files: script(
      `if old; then cat sip/rule.json; else jq '{dispatch_rule: .}' sip/rule.json; fi | ${CREATE} -\n`,
    ),
    says: ["sip/rule.json needs-person conflicting-evidence run.sh:1"],
  },
  ...Object.fromEntries(
    CHANGING.map((text): [string, Repository] => [
      `may change it: ${text}`,
      { files: script(`${text}\n`), says: unfollowed("run.sh:1") },
    ]),
  ),
  "a wrapper is written into another file": {
    files: script(`echo '{"dispatch_rule":' > t.json\ncat sip/rule.json >> u.json\n${CREATE} u.json\n`),
    says: created("run.sh:3"),
  },
  "only a log has the word": {
    files: script(`if x; then echo '{"dispatch_rule":' > log; fi\ncat sip/rule.json | ${CREATE} -\n`),
    says: created("run.sh:2"),
  },
  ...Object.fromEntries(
    [
      String.raw`echo -e '{\n "name": "50% \\"a\\"",\n "rule": {"dispatchRuleDirect": {"roomName": "r"}}\n}'`,
      String.raw`printf '{\n "name": "a",\n "rule": {"dispatchRuleDirect": {"roomName": "r"}}\n}'`,
    ].map((text): [string, Repository] => [
      `prints it with escapes: ${text}`,
      { files: { "run.sh": `${text} | ${CREATE} -\n` }, says: created("run.sh:1", "run.sh") },
    ]),
  ),
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
};

describe("a script that changes a request before it creates from it", () => {
  const folder = useFolder();

  it.each([
    ...SENT_WRAPPED.map((text) => ({ text, says: "not-create update-evidence" })),
    ...WRAPPING.map((text) => ({ text, says: "needs-person unfollowed-use" })),
  ])("puts it into a wrapper, so that the file stays as it is: $text", async ({ text, says }) => {
    plant(folder.path, script(`${text}\n`));
    process.chdir(folder.path);
    const said = await verdicts(folder.path, ["."]);
    expect(said.filter((one) => one.startsWith("sip/rule.json"))).toEqual([
      expect.stringMatching(new RegExp(`^sip/rule\\.json ${says} run\\.sh:\\d`)),
    ]);
    const own = said.filter((one) => one.startsWith("run.sh"));
    expect(own.every((one) => /^run\.sh already-wrapped wrapped(?: run\.sh:\d)?$/.test(one))).toBe(true);
  });

  itSays(folder, REPOSITORIES);
});
