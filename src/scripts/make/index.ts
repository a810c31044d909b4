import type { Span } from "../../rule/value.ts";
import { linesOf } from "../../sources/lines.ts";
import { noValues, takeValue, readingOf } from "../variable-values.ts";
import { recipeRegion } from "../recipe.ts";
import { putIn } from "../../sources/put-in.ts";
import type { Region, Syntax } from "../../sources/syntax.ts";
import { mayHoldRequest } from "../../sources/trigger.ts";
import { definitionsIn } from "./definitions.ts";
import { automaticFor, REFERENCE, Variables } from "./variables.ts";

/**
 * Makefiles. The values of variables that hold a request are regions, and stand for themselves where they are used. Each
 * line of a recipe, with those that it goes on with, is a region: make runs it in a shell of its own.
 * So is what `$(shell …)` runs. `$$` is the shell's `$`; variables, functions of names, `$@`, `$<`, `$^` and `$*` are
 * put in.
 */
export const make: Syntax = {
  read(text, isWorth = mayHoldRequest) {
    const lines = linesOf(text, { start: text.startsWith("\uFEFF") ? 1 : 0, end: text.length });
    const variables = new Variables();
    const definitions = definitionsIn(text, lines);
    const values = noValues();
    const held: Span[] = [];
    let next = 0;
    for (const { isDefine, ...definition } of definitions) {
      const value = { ...definition, by: standsFor, ...(isDefine ? KEPT : JOINED) };
      if (!takeValue(text, value, isWorth, values)) continue;
      variables.hold(definition.name);
      held.push(definition.at);
    }
    for (const { start, end } of lines) if (text[start] !== "\t") variables.read(text.slice(start, end));
    const regions: Region[] = [];
    // Each line runs by itself, and what one writes another changes.
    const isRead = isWorth(text);
    const add = (label: string, commands: readonly Span[]): void => {
      const region = recipeRegion(text, {
        label,
        lines: commands,
        replaced: REFERENCE,
        by: (found) => variables.saidBy(found),
        encode: (added) => added.replaceAll("$", "$$$$").replaceAll("\n", "\n\t"),
      });
      if (region && (isRead || isWorth(region.text))) regions.push(region);
    };
    for (let index = 0; index < lines.length; index++) {
      const line = lines[index] ?? { start: 0, end: 0 };
      while ((held[next]?.end ?? Infinity) <= line.start) next++;
      if ((held[next]?.start ?? Infinity) <= line.start) continue;
      const said = text.slice(line.start, line.end);
      const [, targets, needs, command] = said.startsWith("\t") ? [] : (RULE.exec(said) ?? []);
      if (targets !== undefined) {
        variables.begin(new Map());
        variables.begin(automaticFor(variables.expand(targets), variables.expand(needs ?? "")));
      }
      let own = [line];
      if (said.startsWith("\t") || command !== undefined) {
        const mark = said.length - (command ?? said.replace(/^[\t ]*[-@+\s]*/, "")).length;
        own = [{ start: line.start + mark, end: line.end }];
        while (isContinued(text, own.at(-1)?.end ?? 0)) {
          const more = lines[++index];
          if (!more) break;
          own.push({ start: more.start + (text[more.start] === "\t" ? 1 : 0), end: more.end });
        }
        add("recipe", own);
      }
      for (const called of own.flatMap((one) => shellCalls(text, one))) add("shell", [called]);
    }
    return readingOf(values, regions);
  },
  wrap: () => [],
};

/** How the lines of a `define` are written, and those of a value. */
const encode = (added: string): string => added.replaceAll("$", "$$$$");
const KEPT = { replaced: REFERENCE, encode };
const JOINED = {
  replaced: new RegExp(String.raw`\\#|${REFERENCE.source}`, "g"),
  encode: (added: string) => encode(added).replaceAll("#", String.raw`\#`),
  joint: " ",
};

/** Returns what stands in a value for what make puts in. */
function standsFor(written: string): string {
  if (written === "$$" || written === String.raw`\#`) return written.slice(1);
  return putIn(written);
}

const RULE = /^([^\t#:=][^:=#]*)::?(?![:=])([^;=#]*)(?:;\s*(.*))?$/;

function isContinued(text: string, end: number): boolean {
  return /(^|[^\\])(\\\\)*\\$/.test(text.slice(Math.max(0, end - 100), end));
}

/** The commands of each `$(shell …)` on a line. */
function shellCalls(text: string, { start, end }: Span): Span[] {
  const line = text.slice(start, end);
  if (!line.includes("$(shell") || line.startsWith("#")) return [];
  return [...line.matchAll(REFERENCE)].flatMap(({ 0: written, index }) => {
    const [before] = /^\$\(shell\s+/.exec(written) ?? [];
    if (before === undefined) return [];
    return [{ start: start + index + before.length, end: start + index + written.length - 1 }];
  });
}
