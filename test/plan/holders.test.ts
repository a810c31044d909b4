import fc from "fast-check";
import { parse as parseJson } from "jsonc-parser";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { cases } from "../cases.ts";
import { type Document, readDocument } from "../../src/sources/document.ts";
import { migrateText } from "../../src/plan/migrate-text.ts";
import { exitStatus } from "../../src/report/totals.ts";
import { languageOf, languages } from "../../src/sources/languages.ts";
import { outerEdit } from "../../src/sources/region.ts";
import { applyEdits, type Edit } from "../../src/sources/syntax.ts";
import { editsOf } from "../sources/region-law.ts";
import { flatRequest, layOut, layoutStyle, type Plain, respelled, wrapByHand } from "./generate.ts";
import { BARRED, type Holder, HOLDERS } from "./holders.ts";
import { SPELLINGS } from "./spellings.ts";
import { unwrapsTo } from "./unwrapped.ts";

const ALONE = cases(4);
const NESTED = cases(30);

/** A text with a request, the message that it says, and what its wrapper has to hold. */
interface Written {
  text: string;
  /** The name of a file that would hold it, as in `Holder`. */
  file: string;
  request: Plain;
  planned: unknown;
}

/** In any layout, but without what only a whole file can have. */
const inJson: fc.Arbitrary<Written> = fc.tuple(flatRequest, layoutStyle).map(([request, style]) => ({
  text: layOut(request, { ...style, bom: false, finalNewline: false }),
  file: "rule.json",
  request,
  planned: respelled(wrapByHand(request)["dispatch_rule"], style),
}));
const inYaml: fc.Arbitrary<Written> = flatRequest
  // JavaScript's objects put keys that are numbers first, and have no key `__proto__`.
  .filter((request) => !/"(\d+|__proto__)":/.test(JSON.stringify(request)))
  .map((request) => {
    const members = Object.entries(request).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
    const text = ["# it's", ...members].join("\n");
    return { text, file: "rule.yaml", request, planned: wrapByHand(request)["dispatch_rule"] };
  });

/** What stands around a text, from the inside to the outside: each holds the document of the one before. */
type Around = readonly (Holder & { name: string })[];

const NAMED: Around = Object.entries(HOLDERS).map(([name, holder]) => ({ ...holder, name }));

function around(file: string): fc.Arbitrary<Around> {
  const picks = fc.array(fc.nat(1000), { minLength: 2, maxLength: 4 });
  return picks.map((all) =>
    all.reduce<Around>((inner, pick) => {
      const held = inner.at(-1)?.file ?? file;
      const fitting = NAMED.filter(({ holds }) => holds.test(held));
      return [...inner, ...fitting.slice(pick % fitting.length).slice(0, 1)];
    }, []),
  );
}

/** The document that holds a text in all of them, and its name; undefined where one of them can't say it. */
async function documentOf(text: string, file: string, holders: Around) {
  let held = { text, file };
  for (const { write, read, file: name, tells } of holders) {
    const outer = write(held.text, held.file);
    if (tells?.test(held.text) === false || sameLines(await read(outer)) !== sameLines(held.text))
      return undefined;
    held = { text: outer, file: name };
  }
  return held;
}

const sameLines = (text: string): string => text.replaceAll("\r\n", "\n");

/** What other readers than ours make of the text in a document. */
async function meaning(document: string, file: string, holders: Around): Promise<Plain> {
  let text = document;
  for (const { read } of holders.toReversed()) text = await read(text);
  const value = file === "rule.yaml" ? parseYaml(text) : parseJson(text, [], { allowTrailingComma: true });
  return value as Plain;
}

/** jsonc-parser knows comments and trailing commas, but no `__proto__`. */
const withoutProto = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, inner: unknown) => (key === "__proto__" ? undefined : inner));

async function expectLaws(
  { text, file, request, planned }: Written,
  holders: Around,
  mark = "",
): Promise<void> {
  const outer = await documentOf(text, file, holders);
  fc.pre(outer !== undefined);
  const before = mark + outer.text;
  const { sites, newText = "nothing" } = await migrateText(outer.file, before);
  const found = sites.filter(({ outcome }) => outcome !== "not-create");
  const errors = found.flatMap(({ findings }) => findings.filter(({ severity }) => severity === "error"));
  const shown = { names: holders.map(({ name }) => name), before };
  expect({ ...shown, outcomes: found.map(({ outcome }) => outcome), errors }).toEqual({
    ...shown,
    outcomes: ["migrated"],
    errors: [],
  });

  // 4, 5: all that surrounds it is as it was; 8: it becomes what it becomes in a file of its own
  const alone = await migrateText(file, text);
  const expected = await documentOf(alone.newText ?? "nothing", file, holders);
  expect(newText).toBe(mark + expected?.text);
  expect(found[0]?.after).toEqual(alone.sites[0]?.after);

  // 1: it means what was planned
  const { dispatch_rule: info } = await meaning(newText.slice(mark.length), file, holders);
  expect(withoutProto(info)).toEqual(withoutProto(planned));

  // 2: a second migration changes nothing; 6: a check finds nothing
  const again = await migrateText(outer.file, newText);
  expect(again.newText).toBeUndefined();
  expect(exitStatus([again], true)).toBe(0);

  // 3: unwrapping it gives the first message back
  const wrapped = again.sites.filter(({ outcome }) => outcome === "already-wrapped");
  expect(wrapped.map((site) => unwrapsTo(site, request))).toEqual([true]);
}

/** A list with a request in it so often that no edit can hide that it is one, and edits of it. */
const edited = fc.boolean().chain((isLong) => {
  const often = '"rule":{"dispatch_rule":{}}, '.repeat(8);
  const text = isLong ? `[{\n  ${often}\n  "x": 1\n}]` : `[{${often}"x": 1}]`;
  return editsOf(text).map((edits) => ({
    text,
    // No language breaks the lines of a text that has but one.
    edits: edits.map((edit) =>
      isLong || "copy" in edit ? edit : { ...edit, text: edit.text.replaceAll("\n", " ") },
    ),
  }));
});

async function expectRegionLaw(text: string, edits: readonly Edit[], holders: Around): Promise<void> {
  fc.pre(!holders.some(({ never }) => never?.test(applyEdits(text, edits))));
  const outer = await documentOf(text, "rule.json", holders);
  fc.pre(outer !== undefined);
  const root = await readDocument(outer.file, outer.text);
  const way = wayTo(text, root);
  expect(way.length).toBeGreaterThanOrEqual(holders.length);

  let mapped = edits;
  const expected: string[] = [];
  for (const { region, document } of way.toReversed()) {
    expected.unshift(applyEdits(document.text, mapped));
    mapped = mapped.map((edit) => outerEdit(edit, region));
  }
  const again = await readDocument(outer.file, applyEdits(root.text, mapped));
  const after = wayTo(expected.at(-1) ?? "", again);
  expect(after.map(({ document }) => document.text)).toEqual(expected);
}

/** The regions on the way from a document to the one with this text; none if there is no such one. */
function wayTo(text: string, { inner }: Document): Document["inner"] {
  for (const one of inner) {
    const way = one.document.text.trimEnd() === text.trimEnd() ? [] : wayTo(text, one.document);
    if (way.length > 0 || one.document.text.trimEnd() === text.trimEnd()) return [one, ...way];
  }
  return [];
}

/** The holder with what it holds: JSON, or a document that holds that. */
function directly(holder: Around[number]): fc.Arbitrary<Around> {
  if (holder.holds.test("rule.json")) return fc.constant([holder]);
  const held = NAMED.filter(({ holds, file }) => holds.test("rule.json") && holder.holds.test(file));
  return fc.constantFrom(...held).map((inner) => [inner, holder]);
}

describe.each(NAMED)("$name", (holder) => {
  it("keeps laws 1 to 6 and 8", () =>
    fc.assert(fc.asyncProperty(inJson, directly(holder), fc.constantFrom("", "\uFEFF"), expectLaws), ALONE));

  it("keeps the law of regions: the outer text after mapped edits says exactly the edited inner text", () =>
    fc.assert(
      fc.asyncProperty(edited, directly(holder), ({ text, edits }, holders) =>
        expectRegionLaw(text, edits, holders),
      ),
      ALONE,
    ));
});

it("every language stands in a table, but for those in which requests are only pointed at", () => {
  const pointedAt =
    "typescript javascript go ruby rust kotlin java php csharp elixir dart terraform restructuredtext asciidoc batch elements unknown-text";
  const tried = [...NAMED, ...Object.values(SPELLINGS)].map(({ file }) => languageOf(file)?.id);
  expect([...new Set([...tried, ...pointedAt.split(" ")])].toSorted()).toEqual(
    languages.map(({ id }) => id).toSorted(),
  );
});

describe("two to four, one in the other", () => {
  const nested = fc
    .oneof({ weight: 3, arbitrary: inJson }, { weight: 1, arbitrary: inYaml })
    .chain((written) => fc.tuple(fc.constant(written), around(written.file)));

  it("keep laws 1 to 6 and 8", () =>
    fc.assert(
      fc.asyncProperty(nested, ([written, holders]) => expectLaws(written, holders)),
      NESTED,
    ));

  it("keep the law of regions, at every depth", () =>
    fc.assert(
      fc.asyncProperty(edited, around("rule.json"), ({ text, edits }, holders) =>
        expectRegionLaw(text, edits, holders),
      ),
      NESTED,
    ));

  it("and one in which nothing can be edited: a person is needed, and nothing is changed", () =>
    fc.assert(
      fc.asyncProperty(
        inJson.chain((written) =>
          fc
            .constantFrom(...Object.values(BARRED))
            .chain((barred) =>
              fc.tuple(
                fc.constant(barred.write(written.text, written.file)),
                fc.constant(barred.file),
                around(barred.file),
              ),
            ),
        ),
        async ([text, file, holders]) => {
          const outer = await documentOf(text, file, holders);
          fc.pre(outer !== undefined);
          const { sites, newText } = await migrateText(outer.file, outer.text);
          const outcomes = new Set(sites.map(({ outcome }) => outcome));
          outcomes.delete("not-create");
          expect({ ...outer, outcomes: [...outcomes], newText }).toEqual({
            ...outer,
            outcomes: ["needs-person"],
            newText: undefined,
          });
        },
      ),
      NESTED,
    ));
});
