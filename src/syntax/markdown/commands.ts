import type { Span } from "../../rule/value.ts";
import { shell } from "../shell/index.ts";
import type { Mention, Region } from "../syntax.ts";

/** Code within a paragraph, also over line breaks; not a fence. */
const CODE = /(?<![`\\])(`{1,2})(?!`)((?:[^`\r\n]|\r?\n(?![ \t]{0,400}\r?\n)){1,400})\1(?!`)/g;
const LK = /\blk\b[^`]*\bsip\b/;

/** What the commands in the sentences of a page do with files: "run `lk sip dispatch update … rule.json`". */
export function commandsIn(text: string, regions: readonly Region[]): Mention[] {
  if (!LK.test(text)) return [];
  const blocks = regions.map((region): Span => {
    return { start: region.toOuter(0), end: region.toOuter(region.text.length) };
  });
  let next = 0;
  return [...text.matchAll(CODE)].flatMap(({ index, 1: ticks = "", 2: code = "" }): Mention[] => {
    while ((blocks[next]?.end ?? Infinity) <= index) next++;
    if ((blocks[next]?.start ?? Infinity) <= index || !LK.test(code)) return [];
    const start = index + ticks.length;
    const oneLine = code.replaceAll(/[\r\n]/g, " ");
    return (shell.read(oneLine, () => true).mentions ?? []).flatMap(({ does, file, at }): Mention[] =>
      file !== undefined && (does === "create" || does === "update")
        ? [{ does, file, at: { start: start + at.start, end: start + at.end } }]
        : [],
    );
  });
}
