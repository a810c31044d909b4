import { lkCommand, lkTargets } from "../../rule/lk-command.ts";
import { asText, knownText, templateText } from "../../sources/partly-known.ts";
import { outerSpan } from "../../sources/region.ts";
import type { Region } from "../../sources/syntax.ts";
import { sendFact, type Fact } from "../../sources/fact.ts";

/** Code within a paragraph, also over line breaks; not a fence. */
const CODE = /(?<![`\\])(`{1,2})(?!`)((?:[^`\r\n]|\r?\n(?![ \t]{0,400}\r?\n)){1,400})\1(?!`)/g;
const LK = /\blk\b[^`]*\bsip\b/;

/** Returns what the commands in the sentences of a page do with files: "run `lk sip dispatch update … rule.json`". */
export function commandsIn(text: string, regions: readonly Region[]): Fact[] {
  if (!LK.test(text)) return [];
  const blocks = regions.map(outerSpan);
  let next = 0;
  return [...text.matchAll(CODE)].flatMap(({ index, 1: ticks = "", 2: code = "" }): Fact[] => {
    while ((blocks[next]?.end ?? Infinity) <= index) next++;
    if ((blocks[next]?.start ?? Infinity) <= index || !LK.test(code)) return [];
    const start = index + ticks.length;
    const at = { start, end: start + code.length };
    const words = code.split(/\s+/).filter((word) => word !== "");
    const command = lkCommand(words);
    const verb = command?.verb;
    const said =
      command && (verb === "create" || verb === "update")
        ? lkTargets(words, command).targets.map((target) =>
            sendFact(at, verb, { file: templateText(words[target] ?? "", VARIABLE) }),
          )
        : [];
    const isTold = said.some(({ paths }) => paths.some((path) => /\.\w+$/.test(asText(path))));
    const file = isTold || !UPDATE.test(code) ? undefined : besides(text, index, at.end);
    return file === undefined ? said : [sendFact(at, "update", { file: knownText(file) })];
  });
}

/** A variable of a shell. */
const VARIABLE = /\$\{?\w+\}?/g;
const UPDATE = /\bsip\s+dispatch(?:-rule)?\s+update\b/;
const NAMES = /`((?:[\w.-]+\/){0,8}[\w.-]+\.(?:jsonc?|ya?ml))`/g;
/** Words of a line that speaks of something else, too, or against it. */
const OTHERWISE = /\bcreat|\bnew\b|\bnot\b|n['’]t\b|\bnever\b|\binstead\b|\bno longer\b/i;

/**
 * The file that a line with a command names beside it, if it is the only one: "`lk sip dispatch update FILE` with
 * `rule.json`".
 */
function besides(text: string, start: number, end: number): string | undefined {
  const before =
    text
      .slice(Math.max(0, start - LONGEST), start)
      .split(/[\r\n]/)
      .at(-1) ?? "";
  const [behind = ""] = text.slice(end, end + LONGEST).split(/[\r\n]/, 1);
  const line = `${before} ${behind}`;
  const [file, other] = new Set(Array.from(line.matchAll(NAMES), ([, name]) => name));
  return other !== undefined || OTHERWISE.test(line) ? undefined : file;
}

const LONGEST = 500;
