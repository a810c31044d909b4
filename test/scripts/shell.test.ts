import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../cases.ts";
import { migrateText } from "../../src/plan/migrate-text.ts";
import type { Span } from "../../src/rule/value.ts";
import { shell } from "../../src/scripts/shell/index.ts";
import type { Edit } from "../../src/sources/syntax.ts";
import { editsOf, expectRegionLaw } from "../sources/region-law.ts";

const FLAT = '{"trunk_ids": ["$T"], "rule": {"dispatchRuleDirect": {"roomName": "a"}}}';
const WRAPPED = '{"dispatch_rule": {"trunk_ids": ["$T"], "rule": {"dispatchRuleDirect": {"roomName": "a"}}}}';

const outcomes = async (text: string): Promise<string[]> =>
  (await migrateText("x.sh", text)).sites.map(({ line, region, outcome }) => `${line} ${region}: ${outcome}`);

/** Whether bash can parse the script at all. */
const isScript = (text: string): boolean => spawnSync("bash", ["-n"], { input: text }).status === 0;

/** Forms of scripts, each with one request; many of them are forms that grammars of the shell stumble over. */
const FORMS: Record<string, string> = {
  "two heredocs on a line": `cat <<A <<B\n'\nA\n${FLAT}\nB\n`,
  "heredocs of two commands on a line": `cat <<A; cat <<B\n"\nA\n${FLAT}\nB\n`,
  "pipe to the next line": `cat <<EOF |\n${FLAT}\nEOF\nlk sip dispatch create -\n`,
  "words behind the tag": `tee a <<EOF b c >/dev/null\n${FLAT}\nEOF\n`,
  "in the background": `cat <<EOF &\n${FLAT}\nEOF\n`,
  "three of all kinds": `cat <<A <<-B 3<<'C'\n"\nA\n\t'\n\tB\n${FLAT}\nC\n`,
  "loop closed on the line": `for i in 1; do cat <<EOF; done\n${FLAT}\nEOF\n`,
  "if closed on the line": `if true; then cat <<EOF; fi\n${FLAT}\nEOF\n`,
  "function closed on the line": `f() { cat <<EOF; }\n${FLAT}\nEOF\n`,
  "brackets closed on the line": `(cat <<EOF)\n${FLAT}\nEOF\n`,
  "before the command": `<<EOF cat\n${FLAT}\nEOF\n`,
  "without a command": `<<EOF\n${FLAT}\nEOF\n`,
  "no end": `cat <<EOF\n${FLAT}\n`,
  "no line break at the end": `cat <<EOF\n${FLAT}\nEOF`,
  "tag with spaces": `cat << 'E F'\n${FLAT}\nE F\n`,
  "tag that begins a longer line": `cat <<E\nEOF\nE \n E\nE\necho '${FLAT}'\n`,
  "tag on two lines": `cat <<EOF\n"\nE\\\nOF\necho '${FLAT}'\n`,
  "tag with a variable": `cat <<$X\n${FLAT}\n$X\n`,
  "after a line that goes on": `cat <<EOF \\\n  > f\n${FLAT}\nEOF\n`,
  "inside a case": `case $x in\n a) cat <<EOF\n${FLAT}\nEOF\n;;\nesac\n`,
  "inside a case in a substitution": `X=$(case $x in a|b) cat <<EOF\n${FLAT}\nEOF\n;; esac)\n`,
  "inside a process substitution": `lk <(cat <<EOF\n${FLAT}\nEOF\n)\n`,
  "tag before the bracket": `X="$(cat <<EOF\n${FLAT}\nEOF)"\n`,
  "after a shift": `x=$((1<<4)); (( y = 1 << 2 )); z=$[1<<2]\necho '${FLAT}'\n`,
  "after brackets in brackets": `((cat <<A); (true))\n'\nA\necho '${FLAT}'\n`,
  "after a here-string": `cat <<<EOF\necho '${FLAT}'\n`,
  "after a comment with quotes": `# it's <<EOF "\necho '${FLAT}'\n`,
  "after a hash in a word": `echo a#b $# \${#x} "#" '#' \\#; echo '${FLAT}'\n`,
  "after escaped quotes": `echo \\" \\' "\\"" $'\\''; echo '${FLAT}'\n`,
  "after quotes in braces": `echo "\${X:-'"'}" \${X//\\"/'"'} "\${X:-"}"}"; echo '${FLAT}'\n`,
  "after a pattern": `[[ $x =~ ^(a|b)$ ]] && echo '${FLAT}'\n`,
  "after an array": `A=(case "x" # it's\n)\necho '${FLAT}'\n`,
  "after a redirection": `exec 3>&1 2>/dev/null &>f >|g; echo '${FLAT}'\n`,
  "in a conditional": `[[ -n $x ]] && cat <<EOF || exit 1\n${FLAT}\nEOF\n`,
  "in a function of the other kind": `function f {\ncase x in y) ;; esac\ncat <<EOF\n${FLAT}\nEOF\n}\n`,
  "with Windows line ends": `cat <<EOF > f\r\n${FLAT}\r\nEOF\r\necho done\r\n`,
};

describe("forms of scripts", () => {
  it.each(Object.entries(FORMS))("%s", async (_, text) => {
    expect(isScript(text)).toBe(true);
    const { sites, newText } = await migrateText("x.sh", text);
    expect(sites.map(({ outcome }) => outcome)).toEqual(["migrated"]);
    expect(newText).toBe(text.replace(FLAT, WRAPPED));
  });
});

it("what a workflow fills in is said as it is written", async () => {
  const text = `cat > x.json <<EOF\n${FLAT.replace(/\$\{?T\}?/, "${{ secrets.TRUNK }}")}\nEOF\n`;
  const [site] = (await migrateText("x.sh", text)).sites;
  expect(site?.routing?.after.trunkIds).toEqual(["${{ secrets.TRUNK }}"]);
});

describe("what tells the language of a heredoc", () => {
  const page = (inner: string): string => `Create it:\n\n\`\`\`json\n${inner}\n\`\`\``;
  it.each([
    ["the file that tee writes, whatever becomes of what it prints", "sudo tee rule.md >/dev/null"],
    ["the file of a redirection", "cat > rule.md"],
  ])("%s", async (_, command) => {
    const text = (inner: string): string => `${command} <<'EOF'\n${page(inner)}\nEOF\n`;
    expect((await migrateText("x.sh", text(FLAT))).newText).toBe(text(WRAPPED));
  });
});

describe("scripts in quotes", () => {
  const quoted = String.raw`'\''`;
  it.each<[string, (inner: string) => string]>([
    [
      "quotes in single quotes",
      (inner) => `bash -c 'echo ${quoted}${inner}${quoted} | lk sip dispatch create -'\n`,
    ],
    ["a tag in quotes", (inner) => `bash -c 'cat <<${quoted}EOF${quoted}\n${inner}\nEOF\n'\n`],
    ["an empty word", (inner) => `ssh host 'f ${quoted}${quoted}; cat <<EOF\n${inner}\nEOF\n'\n`],
    [
      "quotes in quotes of the other kind",
      (inner) => `bash -c 'echo '"'"'${inner}'"'"' | lk sip dispatch create -'\n`,
    ],
  ])("%s", async (_, write) => {
    expect(isScript(write(FLAT))).toBe(true);
    expect((await migrateText("x.sh", write(FLAT))).newText).toBe(write(WRAPPED));
  });

  it("but not one in which something else is quoted in another way", async () => {
    const text = `bash -c 'cat <<EOF\n${FLAT.replace("$T", `'"$T"'`)}\nEOF\n'\n`;
    const { sites, newText } = await migrateText("x.sh", text);
    expect([sites.map(({ outcome }) => outcome), newText]).toEqual([["needs-person"], undefined]);
  });
});

describe("what is no region", () => {
  it.each<[string, string]>([
    ["a comment", `# echo '${FLAT}'\n`],
    ["a heredoc in comments", `# cat <<EOF\n# ${FLAT}\n# EOF\n`],
    ["what jq prints of a rule", "jq '{id: .sip_dispatch_rule_id, trunks: .trunk_ids}' f\n"],
    ["a program of awk", "awk '{ if (/dispatch_rule/) print }' f\n"],
    ["a key that is looked for", `grep '"trunk_ids":' f; sed 's/trunk_ids/trunkIds/' f\n`],
    ["words about commands", 'echo "Usage: lk sip dispatch create FILE (it\'s easy)"\n'],
    ["a text about commands", "cat <<EOF\nUsage: x\n  lk sip dispatch create, if you can't\nEOF\n"],
    ["a list of names", "cat <<EOF\ndispatch_rule trunk_ids\nEOF\n"],
  ])("%s", async (_, text) => {
    expect(await migrateText("x.sh", text)).toMatchObject({ sites: [{ outcome: "not-create" }] });
  });
});

describe("what a person has to look at", () => {
  const program = '{rule: {dispatchRuleDirect: {roomName: "a"}}, trunk_ids: [$t]}';
  const half = `'{"name": "'"$N\\", \\"trunk_ids\\": [\\"$T"'"], "rule": {"dispatchRuleDirect": {}}}'`;
  it.each<[string, string, string[]]>([
    ["a program of jq", `jq -n --arg t "$T" '${program}'\n`, ["1 jq program: needs-person"]],
    ["a change by jq", `jq '. + ${program}' f\n`, ["1 null: needs-person"]],
    ["a change by sed", `sed 's/"rule": {/"dispatch_rule": {"rule": {/' f\n`, ["1 null: needs-person"]],
    [
      "JSON that is built in steps",
      `X='{"trunk_ids": [],'; X+=' "rule": {"dispatchRuleDirect": {'\n`,
      ["1 null: needs-person"],
    ],
    ["fields in several quotes", `echo\necho ${half}\n`, ["2 null: needs-person"]],
    [
      "quotes that nothing closes",
      `echo '${FLAT}'\necho '\n${FLAT}`,
      ["1 quoted JSON: migrated", "2 null: needs-person"],
    ],
    ["brackets that nothing closes", `echo $(\necho '${FLAT}'\n`, ["1 null: needs-person"]],
    ["broken JSON", `cat <<EOF\n{"rule": {"dispatchRuleDirect": }}\nEOF\n`, ["1 heredoc: needs-person"]],
    ["an unknown language", `perl -e 'f("{trunkIds: [], rule: {}}")'\n`, ["1 null: needs-person"]],
    ["JavaScript", `node -e 'f({rule: {dispatchRuleDirect: {}}})'\n`, ["1 quoted script: needs-person"]],
    [
      "a request in a substitution in a request",
      `cat <<EOF\n${FLAT.replace("$T", `$(lk '${FLAT.replaceAll('"', "\\u0022")}' '${FLAT}')`)}\nEOF\n`,
      ["1 heredoc: migrated", "2 null: needs-person"],
    ],
  ])("%s", async (_, text, expected) => {
    expect((await outcomes(text)).map((one) => one.replace(/^2 heredoc/, "1 heredoc"))).toEqual(expected);
  });
});

describe("broken scripts without a request in the broken part", () => {
  it.each([
    "echo 'it",
    'echo "it',
    "echo `it",
    "echo ${it",
    "echo $(it",
    "echo $((it",
    "(( it",
    "f() (",
    "case x in",
  ])("%s", async (end) => {
    const text = `echo '${FLAT}'\n${end}\nlk sip dispatch create f.json\n`;
    expect(await outcomes(text)).toEqual(["1 quoted JSON: migrated"]);
  });
});

describe("transcripts", () => {
  const lines = (...all: string[]): string => `${all.join("\n")}\n`;
  it.each<[string, string]>([
    ["a heredoc", lines("$ cat > f <<EOF", FLAT, "EOF", "$ lk sip dispatch create f", "it's done")],
    ["a heredoc behind prompts", lines("# note", "me@host:~$ cat <<EOF", `> ${FLAT}`, "> EOF", "it's", "")],
    ["a quote over lines", lines("$ echo 'a", `' '${FLAT}'`, "it's")],
    ["a continued line", lines("$ curl \\", `>   -d '${FLAT}'`)],
  ])("%s", async (_, text) => {
    const { newText } = await migrateText("x.sh", text);
    expect(newText).toBe(text.replace(FLAT, WRAPPED));
  });

  it("puts prompts before new lines", async () => {
    const before = ["$ cat <<EOF", "> {", '>   "rule": {"dispatchRuleDirect": {}}', "> }", "> EOF", ""];
    const after = [
      ...before.slice(0, 2),
      '>   "dispatch_rule": {',
      '>     "rule": {"dispatchRuleDirect": {}}',
      ">   }",
    ];
    const { newText } = await migrateText("x.sh", before.join("\n"));
    expect(newText).toBe([...after, ...before.slice(3)].join("\n"));
  });
});

/** The spans that an edit is about. */
const spansOf = (edit: Edit): Span[] => ("copy" in edit ? [edit, edit.copy] : [edit]);

describe("the law of regions", () => {
  // So often that no edit can hide that it is a request.
  const inner = `{${'"rule":{"dispatch_rule":{}}, '.repeat(8)}"x": "$T"}`;
  const escaped = inner.replaceAll('"', '\\"');
  it.each<[string, string]>([
    ["single quotes", `echo '${inner}'`],
    ["double quotes", `echo "${escaped}"`],
    ["ANSI quotes", `echo $'${inner}'`],
    ["several quotes", `X='${inner.replace("$T", `'"$T"'`)}'`],
    ["printf", `printf '${inner}\\n'`],
    ["a heredoc", `cat <<EOF\n${inner}\nEOF\n`],
    ["a heredoc for a command of another host", `ssh -p 22 host 'cat > /r.json' <<EOF\n${inner}\nEOF\n`],
    ["a heredoc in which nothing expands", `cat <<'EOF'\n${inner}\nEOF\n`],
    ["a heredoc behind tabs", `cat <<-EOF\n\t\t${inner.replaceAll(", ", ",\n\t\t")}\n\tEOF\n`],
    ["backticks", `X=\`echo '${inner}'\``],
    ["backticks in double quotes", `X="\`echo '${inner}'\`"`],
    ["a script in quotes", `bash -c 'cat <<EOF\n${inner}\nEOF\n'`],
    ["a script in a heredoc", `ssh host <<\\OUT\necho '${inner}'\nOUT\n`],
    ["a transcript", `$ cat <<EOF\n> ${inner.replaceAll(", ", ",\n> ")}\n> EOF\n`],
  ])("%s", (_, text) => {
    const region = shell.read(text).regions[0]?.text ?? "";
    expect(region).toContain("$T");
    const variable = region.indexOf("$T");
    const divides = (at: number): boolean => variable < at && at <= variable + 2;
    fc.assert(
      fc.property(editsOf(region), (edits) => {
        fc.pre(!edits.flatMap(spansOf).some(({ start, end }) => divides(start) || divides(end)));
        expectRegionLaw(shell, text, edits);
      }),
      cases(100),
    );
  });
});

it("Windows line ends, a byte order mark and a missing line break at the end stay", async () => {
  const before = `\uFEFFcat <<-'EOF'\r\n\t{\r\n\t\t"rule": {"dispatchRuleDirect": {}}\r\n\t}\r\n\tEOF`;
  const after = `\uFEFFcat <<-'EOF'\r\n\t{\r\n\t\t"dispatch_rule": {\r\n\t\t\t"rule": {"dispatchRuleDirect": {}}\r\n\t\t}\r\n\t}\r\n\tEOF`;
  expect((await migrateText("x.sh", before)).newText).toBe(after);
});

describe("hostile scripts", () => {
  const many = (text: string, count = 10_000): string => text.repeat(count);
  it.each<[string, string]>([
    ["substitutions", many("$(")],
    ["substitutions in quotes", many('"$(')],
    ["braces in quotes", many('"${')],
    ["arithmetic", many("$((")],
    ["arithmetic that is none", many("((a); ", 10_000)],
    ["brackets", many("(")],
    ["closing brackets", `${many("case x in y) ")}${many(")")}`],
    ["cases in substitutions", many("$(case x in y) ")],
    ["backticks", many("`", 9_999)],
    ["quotes", many("'a' \"b\" ", 2_000)],
    ["heredocs", many("cat <<E\n{}\nE\n", 2_000)],
    ["heredocs that end together", `cat ${many("<<E ", 2_000)}\n${many("E\n", 2_000)}`],
    ["heredocs without an end", many("cat <<E\n", 2_000)],
    [
      "heredocs in the bodies of others",
      Array.from({ length: 5_000 }, (_, i) => `$(cat <<E${i}\n`).join("cat <<A\n"),
    ],
    ["scripts in scripts", Array.from({ length: 5_000 }, (_, i) => `sh <<'E${i}'\n`).join("")],
    ["prompts", many("$ cat '\n", 2_000)],
    ["backslashes", many("\\", 10_000)],
    ["a long word", many('"a"$X', 2_000)],
    ["a long script", many("echo 'a b' \"$x\" | cat > f\n", 2_000)],
  ])("%s", async (_, text) => {
    for (const all of [
      `${text}\necho '${FLAT}'\n`,
      `cat <<OUT\n${text}\n${FLAT}\nOUT\n`,
      `trunk_ids "rule": {\n${text}`,
    ]) {
      const { sites } = await migrateText("x.sh", all);
      expect(sites.length).toBeGreaterThan(0);
      for (const { outcome } of sites) expect(["migrated", "needs-person", "not-create"]).toContain(outcome);
    }
  });

  it("more brackets in brackets than are told from arithmetic", async () => {
    const text = `cat <<EOF\n${FLAT}\nEOF\n${many("((a); b)\n", 60)}`;
    expect(await outcomes(`${text}echo '${FLAT}'\n`)).toEqual([
      "2 heredoc: migrated",
      "54 null: needs-person",
    ]);
  });

  it("20,000 substitutions that nothing closes", async () => {
    expect(await outcomes(`${many("$(", 20_000)}echo '${FLAT}'\n`)).toEqual(["1 null: needs-person"]);
  });
});
