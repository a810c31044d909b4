import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJq, wrapPaths } from "../../src/syntax/shell/jq.ts";
import { shell } from "../../src/syntax/shell/index.ts";
import { applyEdits } from "../../src/syntax/syntax.ts";

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
    [
      "jq -n --slurpfile r a.json '{dispatch_rule: $r[0]}' > b.json",
      ["update a.json", "copy a.json > b.json"],
    ],
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
    ['.["room_config"].agents', ["room_config.agents"], "part"],
    ["del(._comment)", ["_comment"], "request", "sets"],
    ['del(.name, .rule.x) | .metadata = "a.b .c"', ["name", "rule.x", "metadata"], "request", "sets"],
    [".trunk_ids |= map(.x)", ["trunk_ids"], "request", "sets"],
    [".rule | .name", ["rule"], "part"],
    ["{dispatch_rule: .}", [], "wrapped"],
    ['{"dispatchRule": .}', [], "wrapped"],
    [".dispatch_rule", ["dispatch_rule"], "part"],
  ])("simple or not: %s", (program, keys, prints, sets?: string) => {
    expect(readJq(program)).toMatchObject({ keys, prints, sets: sets === "sets" });
  });

  it.each([
    ["to_entries | .name", ["name"]],
    ['select(.name == "desk")', ["name"]],
    [". + {trunk_ids: [$t]}", ["trunk_ids"], "sets"],
    ['{name, rule: .rule, "metadata": 1}', ["name", "rule", "metadata"]],
    ['"\\(.name) \\(.trunk_ids[0])"', ["name", "trunk_ids"]],
    [".name as $n | .rule", ["name", "rule"]],
    ["keys", undefined],
    ["with_entries(.value)", undefined],
    [".dispatch_rule // . | .name", ["dispatch_rule"]],
    [".dispatch_rule.name // .name", ["dispatch_rule"]],
    ["tojson", []],
    ["reduce .trunk_ids[] as $t (0; . + 1)", ["trunk_ids"]],
    ["reduce .trunk_ids[] as $t ({}; .name = $t | .rule += {a: .b})", ["trunk_ids"]],
    ["[foreach .trunk_ids[] as $t (null; .name = $t; .rule)] | length", ["trunk_ids"]],
    ["reduce .trunk_ids[] as [$a] (0; reduce $a[] as $b (0; . + $b))", ["trunk_ids"]],
    ["reduce $ENV.T as $t (.; .name = $t)", ["name"], "sets"],
    ["reduce .trunk_ids[] as $t (0; . + 1) | .name", ["trunk_ids", "name"]],
    ["input | .name", ["name"]],
    [".a".repeat(1000), []],
    [`${"(".repeat(900)}.name`, ["name"]],
  ])("not simple, so only searched for keys: %s", (program, keys, sets?: string) => {
    const { paths, ...read } = readJq(program);
    if (!program.startsWith(".a.a")) expect(paths).toBeUndefined();
    if (keys && keys.length > 0) expect(read.keys).toEqual(keys);
    expect(read.sets).toBe(sets === "sets");
  });

  const D = "dispatch_rule";
  it.each([
    [".name", `.${D}.name`],
    ["  .name  ", `  .${D}.name  `],
    ['."name"', `.${D}."name"`],
    ['.["name"]?', `.${D}["name"]?`],
    [".trunkIds[0]", `.${D}.trunkIds[0]`],
    [
      ".trunk_ids[]?, .rule.dispatchRuleDirect.roomName",
      `.${D}.trunk_ids[]?, .${D}.rule.dispatchRuleDirect.roomName`,
    ],
    [".inbound_numbers | length", `.${D}.numbers | length`],
    [".inboundNumbers[-1:]", `.${D}.numbers[-1:]`],
    ['.["inbound_numbers"][0]', `.${D}["numbers"][0]`],
    ['.name // "none"', `.${D}.name // "none"`],
    [".name // .metadata // empty", `.${D}.name // .${D}.metadata // empty`],
    ["(.name, .metadata) // null", `(.${D}.name, .${D}.metadata) // null`],
    [".rule | .name, .rule", `.${D}.rule | .name, .rule`],
    [". | .name", `. | .${D}.name`],
    ['.name = "x"', `.${D}.name = "x"`],
    [".trunk_ids += [$t]", `.${D}.trunk_ids += [$t]`],
    ['.name = .name + "-" + $n', `.${D}.name = .${D}.name + "-" + $n`],
    [".metadata = ($m | tojson)", `.${D}.metadata = ($m | tojson)`],
    [".rule.dispatchRuleDirect.pin |= tostring", `.${D}.rule.dispatchRuleDirect.pin |= tostring`],
    [
      '.attributes["a b"] = $ENV.name | del(.inbound_numbers)',
      `.${D}.attributes["a b"] = $ENV.name | del(.${D}.numbers)`,
    ],
    ["del(._comment) | .name |= ascii_downcase, 1", undefined],
    ["del(._comment, .name)", `del(._comment, .${D}.name)`],
    [".trunk_ids == [] // .name", `.${D}.trunk_ids == [] // .${D}.name`],
  ])("rewritten: %s", (program, expected) => {
    const { paths } = readJq(program);
    const edits =
      paths &&
      wrapPaths(program, { at: { start: 0, end: program.length }, paths }, { wrapper: D, filter: "numbers" });
    expect(edits && applyEdits(program, edits)).toBe(expected);
    if (expected === undefined) return;
    // What was rewritten is read as it was meant, and nothing is left to do.
    const again = readJq(expected);
    expect(again.paths?.map(({ keys }) => keys.length)).toHaveLength(paths?.length ?? -1);
    expect(again.prints).toBe(readJq(program).prints);
    expect(
      wrapPaths(
        expected,
        { at: { start: 0, end: 0 }, paths: again.paths ?? [] },
        { wrapper: D, filter: "numbers" },
      ),
    ).toEqual([]);
  });

  it("is read in any text", () => {
    const piece = fc.constantFrom(
      ...'. .name ."name" .[ [ ] ( ) { } | , // = |= += del( "x" "\\( 1 $v not empty .dispatch_rule .. # as def'.split(
        " ",
      ),
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const program = pieces.join("");
        for (const { at, first, keys } of readJq(program).paths ?? []) {
          expect(at.start < first.start && first.end <= at.end).toBe(true);
          expect(program.slice(first.start, first.end)).toContain(keys[0]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** The programs that a script surely runs on nothing but what the mentions name. */
describe("which programs may be rewritten", () => {
  it.each([
    ["jq -r .name a.json", ".name"],
    ["jq -er '.name' < a.json", ".name"],
    ['jq --arg t "$T" ".trunk_ids" a.json', ".trunk_ids"],
    ["cat a.json | jq .name", ".name"],
    ["sed s/X/$Y/ a.json | jq '.name = 1' | jq '.trunk_ids'", ".name = 1 .trunk_ids"],
    ['X=$(cat a.json); echo "$X" | jq .name', ".name"],
    ['jq .name <<< "$(cat a.json)"', ".name"],
    ['f() { jq .name "$1"; }; f a.json; f b.json', ".name"],
    ["f() { jq .name; }; cat a.json | f; curl x | f", ""],
    ["jq -n .name a.json", ""],
    ["jq -s .name a.json", ""],
    ["jq --args .name a.json", ""],
    ["jq -f p.jq a.json", ""],
    ["jq '.name' a.json | sh x.sh | jq .rule", ".name"],
    ["jq 'keys' a.json", ""],
    ['jq ".$KEY" a.json', ""],
    ["curl x | jq .name", ""],
    ['if x; then R=$(cat a.json); else R=$(curl x); fi; echo "$R" | jq .name', ""],
    ["jq '{name: .name}' a.json | jq .name", ""],
    ["{ curl x; cat a.json; } | jq .name", ""],
  ])("%s", (script, expected) => {
    const { programs = [] } = shell.read(script, () => true);
    expect(programs.map(({ at }) => script.slice(at.start, at.end)).join(" ")).toBe(expected);
  });
});
