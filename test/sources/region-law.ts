import fc from "fast-check";
import { expect } from "vitest";
import { outerEdit } from "../../src/sources/region.ts";
import { applyEdits, type Edit, type Region, type Syntax } from "../../src/sources/syntax.ts";

/** What a migration writes: keys, brackets, spaces, line breaks; never a line that closes the region. */
const newText = fc
  .array(fc.constantFrom('"dispatch_rule"', ": ", "{", "}", ",", "\n", "  ", '"ST_1"', "[", "]", "x"), {
    maxLength: 5,
  })
  .map((pieces) => pieces.join(""));

/**
 * Edits of a text as languages make them: what they put in and take out stands inside the outermost brackets, and
 * no line break is put first or last, nor one taken out.
 */
export function editsOf(text: string): fc.Arbitrary<Edit[]> {
  const from = text.indexOf("{") + 1;
  const to = Math.max(text.lastIndexOf("}"), from);
  const offset = fc.integer({ min: from, max: to });
  const span = fc.tuple(offset, fc.nat(6)).map(([start, length]) => {
    const line = text.slice(start, Math.min(start + length, to)).split(/[\r\n]/, 1)[0] ?? "";
    return { start, end: start + line.length };
  });
  const copied = span.map((copy): Edit => ({ start: from, end: from, copy }));
  const inserted = fc.tuple(offset, newText).map(([start, put]): Edit => ({ start, end: start, text: put }));
  const removed = span.map((one): Edit => ({ ...one, text: "" }));
  return fc
    .tuple(
      fc.array(copied, { maxLength: 1 }),
      fc.array(inserted, { maxLength: 3 }),
      fc.array(removed, { maxLength: 1 }),
    )
    .map(([copies, insertions, removals]) => [
      ...copies,
      ...insertions.filter(
        (edit) => !removals.some(({ start, end }) => start < edit.start && edit.start < end),
      ),
      ...removals,
    ]);
}

/**
 * The law of every region: reading the outer text again after the mapped edits gives exactly the edited inner text.
 * `found` picks the region; the trigger words must stand in a part that no edit can hit, or in all of it.
 */
export function expectRegionLaw(
  syntax: Syntax,
  text: string,
  edits: readonly Edit[],
  found: (regions: Region[]) => Region | undefined = ([first]) => first,
): void {
  const region = found(syntax.read(text).regions);
  if (!region) throw new Error(`no region in ${JSON.stringify(text)}`);
  const newOuter = applyEdits(
    text,
    edits.map((edit) => outerEdit(edit, region)),
  );
  expect(found(syntax.read(newOuter).regions)?.text).toBe(applyEdits(region.text, edits));
}
