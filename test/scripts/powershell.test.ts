import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../cases.ts";
import { saidOfRemark } from "../../src/checks/said-of.ts";
import { powershell } from "../../src/scripts/powershell/index.ts";
import { lex } from "../../src/scripts/powershell/lex.ts";
import { flatRequest, layOut, layoutStyle } from "../plan/generate.ts";
import { editsOf, expectRegionLaw } from "../sources/region-law.ts";

/** A list, so that it begins as JSON after every edit, with the trigger where no edit can hit it. */
const list = fc
  .tuple(flatRequest, layoutStyle)
  .map(([request, style]) => `[${layOut(request, { ...style, bom: false })}] // trunk_ids`);

const tokensOf = (text: string): string[] =>
  lex(text).tokens.map(
    ({ kind, start, end }) => `${kind} ${JSON.stringify(text.slice(start, end)).slice(1, -1)}`,
  );

describe("tokens", () => {
  it.each([
    ["a comment at the start of a word", "a #b\n#c", ["word a", "comment #b", "newline \\n", "comment #c"]],
    ["a # inside a word", "a#b", ["word a#b"]],
    ["a block comment", "<# ' \n #> a", ["comment <# ' \\n #>", "word a"]],
    ["doubled quotes", `'a''b'"c""d"`, ["string 'a''b'", 'string \\"c\\"\\"d\\"']],
    ["a quote behind a backtick", 'a`"b "`""', ['word a`\\"b', 'string \\"`\\"\\"']],
    ["code in a string", '"$(f ")" \'"\')"', ['string \\"$(f \\")\\" \'\\"\')\\"']],
    ["typographic quotes", "\u2018a\u2019 \u201Cb\u201D", ["string \u2018a\u2019", "string \u201Cb\u201D"]],
    ["a here-string", "@'\n'a'@\n'@b", ["string @'\\n'a'@\\n'@", "word b"]],
    ["an empty here-string", '@"\n"@', ['string @\\"\\n\\"@']],
    [
      "no here-string: something follows its quote",
      "@'a' \n'@'",
      ["word @", "string 'a'", "newline \\n", "string '@'"],
    ],
    ["a line that goes on", "a `\n b", ["word a", "word b"]],
    ["marks", "@{a=@($b)}", ["mark @{", "word a", "mark =", "mark @(", "word $b", "mark )", "mark }"]],
    ["names in braces", "${a b} $env:X", ["word ${a b}", "word $env:X"]],
  ])("%s", (_, text, expected) => {
    expect(tokensOf(text)).toEqual(expected);
    expect(lex(text).problem).toBeUndefined();
  });

  it.each([
    ["string", "a 'b"],
    ["string", 'a "b$("'],
    ["here-string", "a @'\nb '@"],
    ["here-string", 'a @"\n "@'],
    ["comment", "a <# b"],
  ])("a %s that has no end: %j", (what, text) => {
    expect(lex(text).problem).toMatchObject({ at: { start: 2 }, message: `this ${what} is not closed` });
  });

  it("of any text follow each other", () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      "@'\n",
      '@"\n',
      "\n'@",
      '\n"@',
      "$(",
      ")",
      "@{",
      "}",
      "`",
      "#",
      "<#",
      "#>",
      "a",
      " ",
      "=",
      "$",
      "${",
      "\r\n",
      "\u2019",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 15 }), (pieces) => {
        const text = pieces.join("");
        const { tokens } = lex(text);
        for (const [index, { start, end }] of tokens.entries()) {
          expect(start).toBeGreaterThanOrEqual(tokens[index - 1]?.end ?? 0);
          expect(end).toBeGreaterThan(start);
        }
        powershell.read(`${text} @{ rule = @{ dispatchRuleDirect = @{} } }`);
      }),
      cases(250),
    );
  });

  it("survive any nesting", () => {
    const deep = 20_000;
    expect(lex('"$('.repeat(deep)).problem?.at.start).toBe(0);
    expect(powershell.read(`${"@{a=".repeat(deep)}1${"}".repeat(deep)}`).sites).toEqual([]);
    expect(powershell.read("@{rule=".repeat(deep)).sites).toEqual([]);
    expect(
      powershell.read(`${"@{rule=@{dispatchRuleDirect=".repeat(deep)}1${"}".repeat(2 * deep)}`).sites,
    ).toHaveLength(1);
  });
});

describe("strings that are documents", () => {
  const regionsOf = (text: string): string[] => powershell.read(text).regions.map((region) => region.text);

  it.each([
    ["quotes doubled", `'{"trunk_ids":["it''s"]}'`, `{"trunk_ids":["it's"]}`],
    ["quotes behind backticks", '"{`"trunk_ids`":$ids}"', '{"trunk_ids":$ids}'],
    ["escapes", '"{`n`t""trunk_ids"": [""`$`u{e9}``""]`r`n}"', '{\n\t"trunk_ids": ["$é`"]\r\n}'],
    [
      "code, of which the quotes are not the document's",
      '"{""trunk_ids"":[""$($x["a"])""]}"',
      `{"trunk_ids":["$($x['a'])"]}`,
    ],
    ["quotes behind backslashes, for a program", String.raw`'{\"trunk_ids\":[]}'`, '{"trunk_ids":[]}'],
    ["filled in with -f", `'{{"trunk_ids":["{0}"]}}' -f $id`, '{"trunk_ids":["{0}"]}'],
    ["a here-string", `@'\n{"trunk_ids":["''"]}\n'@`, `{"trunk_ids":["''"]}`],
    ["an expandable here-string", `@"\r\n{"trunk_ids":[""]}\r\n"@`, `{"trunk_ids":[""]}`],
  ])("%s", (_, text, inner) => {
    expect(regionsOf(text)).toEqual([inner]);
  });

  it.each([
    '"The dispatchRule: $x"',
    "'CreateSIPDispatchRule'",
    `@{ rule = @{ dispatchRuleDirect = @{} }; metadata = '{"trunk_ids":[]}' }`,
  ])("but not in %s", (text) => {
    expect(regionsOf(text)).toEqual([]);
  });
});

describe("edits of a string's text arrive in it exactly", () => {
  const QUOTING: [string, (text: string) => string, (text: string) => boolean][] = [
    ["@'…'@", (text) => `$a = @'\n${text}\n'@\n`, () => true],
    ['@"…"@', (text) => `$a = @"\r\n${text.replaceAll(/[`$]/g, "`$&")}\r\n"@`, () => true],
    ["'…'", (text) => `f '${text.replaceAll(/['\u2018-\u201B]/g, "$&$&")}'`, () => true],
    [
      '"…"',
      (text) => `f "${text.replaceAll(/[`$]/g, "`$&").replaceAll(/["\u201C-\u201E]/g, "$&$&")}"`,
      () => true,
    ],
    ['"…" with backticks', (text) => `f "${text.replaceAll(/[`$"\u201C-\u201E]/g, "`$&")}"`, () => true],
    [
      '"…" on one line',
      (text) =>
        `f "${text
          .replaceAll(/[`$"\u201C-\u201E]/g, "`$&")
          .replaceAll("\r", "`r")
          .replaceAll("\n", "`n")}"`,
      () => true,
    ],
    ["'…' -f", (text) => `f ('${text.replaceAll(/['{}\u2018-\u201B]/g, "$&$&")}' -f 1)`, () => true],
    [
      "'…' with backslashes",
      (text) => `f '${text.replaceAll(/['\u2018-\u201B]/g, "$&$&").replaceAll('"', '\\"')}'`,
      (text) => !text.includes("\\"),
    ],
  ];

  it.each(QUOTING)("%s", (_, quoted, suits) => {
    const edited = list.filter(suits).chain((text) => editsOf(text).map((edits) => ({ text, edits })));
    fc.assert(
      fc.property(edited, ({ text, edits }) => {
        expect(powershell.read(quoted(text)).regions.map((region) => region.text)).toEqual([text]);
        expectRegionLaw(powershell, quoted(text), edits);
      }),
      cases(100),
    );
  });
});

describe("hashtables", () => {
  const RULE = "rule = @{ dispatchRuleDirect = @{ roomName = 'desk' } }";
  const remarksOf = (text: string): (string | undefined)[] =>
    powershell.read(text).sites.map(({ remarks: [first] = [] }) => first && saidOfRemark(first).message);

  it("are read as objects, expressions as such", () => {
    const text =
      "@{ a = 'x'; \"b\" = @(1, $true\n $null); c = $x.y; d = \"$z\"; e = [ordered]@{}; f = 'a', 'b'\n'g-h' = f -x 1 }";
    const { sites } = powershell.read(`@{ ${RULE}; metadata = ${text} }`);
    const inner = sites[0]?.request.members[1]?.value;
    const shown = inner?.kind === "object" ? inner.members.map(({ key, value }) => [key, value.kind]) : [];
    expect(shown).toEqual([
      ["a", "string"],
      ["b", "array"],
      ["c", "code"],
      ["d", "code"],
      ["e", "object"],
      ["f", "code"],
      ["g-h", "code"],
    ]);
  });

  it.each([
    ["made into JSON with room", `@{ ${RULE} } | ConvertTo-Json -Depth 3`],
    ["on the next line", `@{ ${RULE} } |\n ConvertTo-Json -Depth:3`],
    ["at a depth that is not known", `@{ ${RULE} } | ConvertTo-Json -Depth $depth`],
    ["as an argument", `ConvertTo-Json @{ ${RULE} } -Compress -Depth 9`],
    ["by way of a variable", `$a = @{ ${RULE} }; $A | ConvertTo-Json -Depth 9`],
    ["handed on", `Send-Rule -Body @{ ${RULE} }`],
    [
      "and what else is made into JSON does not matter",
      `$a = @{ ${RULE} } | ConvertTo-Json -Depth 9\n$answer | ConvertTo-Json`,
    ],
  ])("%s nothing stands against it", (_, text) => {
    expect(remarksOf(text)).toEqual([undefined]);
  });

  it.each([
    ["too shallow", `@{ ${RULE} } | ConvertTo-Json`, /goes 2 deep here, and the wrapped request is 3 deep/],
    [
      "too shallow where it is handed on",
      `f @{ ${RULE} }\nfunction f($x) { $x | ConvertTo-Json }`,
      /goes 2 deep/,
    ],
    ["changed", `$a = @{ ${RULE} }\n$a.name = 'x'`, /`\$a` is used here/],
    ["changed by its key", `$a = @{ ${RULE} }\n$a['name'] = 'x'`, /`\$a` is used here/],
    ["added to", `$script:a = @{ ${RULE} }\n$a += @{ name = 'x' }`, /`\$a` is used here/],
    ["read in a string", `$a = @{ ${RULE} }\n"$($a.name)"`, /`\$a` is used here/],
    ["splatted", `$a = @{ ${RULE} }\nf @a`, /`\$a` is used here/],
    ["put elsewhere", `$a = @{ ${RULE} }\n$b = @{ body = $a }`, /`\$a` is used here/],
    ["with a key that is not a word", `@{ ${RULE}; $k = 1 }`, /can't be read/],
    ["with a statement", `@{ ${RULE}; f }`, /can't be read/],
    ["with an annotation", `@{ ${RULE}; _comment = 'x' }`, /`_comment` can't go/],
  ])("%s it needs a person", (_, text, message) => {
    expect(remarksOf(text)).toEqual([expect.stringMatching(message)]);
  });

  it("that become the content of a wrapper are bare rules", () => {
    expect(powershell.read(`$a = @{ ${RULE} }\n@{ dispatch_rule = $a }`).sites).toMatchObject([
      { at: { start: 66 } },
    ]);
  });

  it("in another one are deep; in brackets in it they are not", () => {
    expect(powershell.read(`@{ body = @{ ${RULE} } }`).sites).toMatchObject([{ nested: true }]);
    expect(
      powershell.read(`@{ body = (@{ ${RULE} } | ConvertTo-Json -Depth 9) }`).sites[0]?.nested,
    ).toBeUndefined();
  });
});
