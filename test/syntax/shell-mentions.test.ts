import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJq } from "../../src/syntax/shell/jq.ts";
import { shell } from "../../src/syntax/shell/index.ts";

/** What a script does, as `does file > to: keys`; a region is `#0`. */
function said(script: string): string[] {
  const { mentions = [] } = shell.read(script, () => true);
  return mentions.map(({ does, file, region, to, keys }) => {
    const subject = file ?? `#${region}`;
    return `${does} ${subject}${to === undefined ? "" : ` > ${to}`}${keys ? `: ${keys.join(" ")}` : ""}`;
  });
}

describe("what a script does", () => {
  it.each([
    ["cp -r a.json b.json out/", ["copy a.json > out/a.json", "copy b.json > out/b.json"]],
    ["cp -t out a.json", ["copy a.json > out/a.json"]],
    ["install -m 600 a.json b.json", ["copy a.json > b.json"]],
    [
      "cp a.json {b,c}.json out/",
      ["copy a.json > out/a.json", "copy b.json > out/b.json", "copy c.json > out/c.json"],
    ],
    ["sed 's/a/b/' a.json >> b.json", ["copy a.json > b.json"]],
    ["envsubst < a.json | tee b.json c.json >/dev/null", ["copy a.json > b.json", "copy a.json > c.json"]],
    ["gomplate -f a.json -o b.json", ["copy a.json > b.json"]],
    ["{ cat a.json; echo; } > b.json", ["copy a.json > b.json"]],
    ["(cd x && cat a.json) > b.json", ["copy x/a.json > b.json"]],
    ["for f in a b; do cat $f.json; done > c.json", ["copy a.json > c.json", "copy b.json > c.json"]],
    ["X=$(<a.json); echo $X > b.json", ["copy a.json > b.json"]],
    ["read -r -d '' X < a.json; echo \"$X\" > b.json", ["copy a.json > b.json"]],
    [
      'f() { cat "$1" > "$2"; }; f a.json b.json; f c.json d.json',
      ["copy a.json > b.json", "copy c.json > d.json"],
    ],
    ['function f { cat "$1" > b.json; }\nf a.json', ["copy a.json > b.json"]],
    ["f() { cat a.json > b.json; }", ["copy a.json > b.json"]],
    ["f() { f; cat a.json > b.json; }; f", ["copy a.json > b.json"]],
    [
      "pushd sip; cat a.json > b.json; popd; cat c.json > d.json",
      ["copy sip/a.json > sip/b.json", "copy c.json > d.json"],
    ],
    ['cd "$(git rev-parse --show-toplevel)"; lk sip dispatch create a.json', ["create ${/}/a.json"]],
    ["lk sip dispatch create ${BASH_SOURCE%/*}/a.json", ["create ${.}/a.json"]],
    ["lk sip dispatch create `dirname $0`/a.json", ["create ${.}/a.json"]],
    ["for f in sip/*.json; do jq . $f > out/$(basename $f .json).new; done", ["copy sip/*.json > out/*.new"]],
    ["ls sip/*.json | while read -r f; do lk sip dispatch create $f; done", ["create sip/*.json"]],
    ["cat list | while read -r f; do lk sip dispatch create $f.json; done", ["create ${f}.json"]],
    [
      "case $1 in a) F=a.json ;; *) F=b.json ;; esac; lk sip dispatch create $F",
      ["create a.json", "create b.json"],
    ],
    ["F=a.json; F=b.json; lk sip dispatch create $F", ["create b.json"]],
    ["T=$(mktemp); cat a.json > $T; lk sip dispatch create $T", ["copy a.json > ${T}", "create ${T}"]],
    ["T=$(mktemp -d)/a.json; lk sip dispatch create $T", ["create ${at 2}/a.json"]],
    ["lk sip dispatch create a.json b.json", ["create a.json", "create b.json"]],
    ["lk sip dispatch create", []],
    ["retry 3 lk sip dispatch create a.json", ["create a.json"]],
    ["if ! lk sip dispatch create a.json; then exit 1; fi", ["create a.json"]],
    ["while true; do lk sip dispatch update a.json; done", ["update a.json"]],
    ["lk sip dispatch create a.json 2>&1 | tee log.txt", ["create a.json"]],
    ["grep UpdateSIPDispatchRule a.json > b.txt; cat a.json", []],
    ["lk sip inbound create a.json; lk dispatch create a.json", []],
    ["jq -r .trunk_ids[0] a.json", ["read a.json: trunk_ids"]],
    [
      "cat a.json | jq '.rule.dispatchRuleDirect.roomName, .name'",
      ["read a.json: rule.dispatchRuleDirect.roomName name"],
    ],
    [
      "jq --arg t \"$T\" '.trunk_ids = [$t]' a.json > b.json",
      ["read a.json: trunk_ids", "copy a.json > b.json"],
    ],
    ["jq -n --slurpfile r a.json '{dispatch_rule: $r[0]}' > b.json", ["update a.json", "copy #0 > b.json"]],
    ['echo \'{"trunk_ids": ["ST_a"], "rule": {}}\' > a.json', ["copy #0 > a.json"]],
    ["bash -c 'lk sip dispatch create a.json'", []],
  ])("%s", (script, expected) => {
    expect(said(script)).toEqual(expected);
  });

  it("is read in any text, and with bounds on what is repeated", () => {
    const word = fc.constantFrom(
      ..."for f in a b;do done if fi { } ( ) f() function $1 $f ${f%.*} $( ` \" ' | > < << lk sip dispatch create a.json cd case esac ;; && \n F=$F$F".split(
        " ",
      ),
      " ",
      "\n",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        expect(said(words.join(" ")).length).toBeLessThan(1000);
      }),
      { numRuns: 500 },
    );
    const nested = "for f in 1 2 3 4 5 6 7 8; do ".repeat(12) + "cat a.json > b.json; " + "done; ".repeat(12);
    expect(said(nested)).toEqual(["copy a.json > b.json"]);
    const doubled = Array.from({ length: 60 }, (_, at) => `A${at + 1}=$A${at}$A${at}`).join("\n");
    expect(said(`A0=aaaa\n${doubled}\ncat a.json > $A60`)).toHaveLength(1);
    const calls = Array.from({ length: 40 }, (_, at) => `f${at + 1}() { f${at}; f${at}; }`).join("\n");
    expect(said(`f0() { cat a.json > b.json; }\n${calls}\nf40`)).toEqual(["copy a.json > b.json"]);
  });
});

describe("what a jq program does with a request", () => {
  it.each([
    [".", [], "request"],
    [".name", ["name"], "part"],
    ['."trunk_ids"[0]', ["trunk_ids"], "part"],
    ['.["room_config"].agents', [], "request"],
    ["del(._comment)", ["_comment"], "request"],
    ['del(.name, .rule.x) | .metadata = "a.b .c"', ["name", "rule.x", "metadata"], "request"],
    [".trunk_ids |= map(.x)", ["trunk_ids"], "request"],
    [".rule | .name", ["rule"], "part"],
    ["to_entries | .name", [], "request"],
    ["{dispatch_rule: .}", [], "wrapped"],
    ['{"dispatchRule": .}', [], "wrapped"],
    [".dispatch_rule", ["dispatch_rule"], "part"],
  ])("%s", (program, keys, prints) => {
    expect(readJq(program)).toEqual({ keys, prints });
  });
});
