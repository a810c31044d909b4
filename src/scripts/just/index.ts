import type { Span } from "../../rule/value.ts";
import { noValues, takeValue, readingOf } from "../variable-values.ts";
import { linesOf } from "../../sources/lines.ts";
import { recipeRegion } from "../recipe.ts";
import { putIn } from "../../sources/put-in.ts";
import { languageOf } from "../../sources/languages.ts";
import type { Region, Syntax } from "../../sources/syntax.ts";
import { mayHoldRequest } from "../../sources/trigger.ts";
import { stringsFrom } from "./strings.ts";

/**
 * Justfiles. Each line of a recipe is a region, as it runs in a shell of its own; a recipe with a `#!` line is one
 * script. Variables that are set once are put in for `{{name}}`, but for strings that hold a request, which are regions.
 */
export const just: Syntax = {
  read(text, isWorth = mayHoldRequest) {
    const lines = linesOf(text, { start: text.startsWith("\uFEFF") ? 1 : 0, end: text.length });
    const constants = new Map<string, string | undefined>();
    const values = noValues();
    const put = { replaced: EXPRESSION, by: (found: string) => saidBy(found, constants) };
    const recipes: Span[][] = [];
    let body: Span[] | undefined;
    let end = 0;
    for (const line of lines) {
      if (line.start < end) continue;
      const said = text.slice(line.start, line.end);
      if (/^[ \t]/.test(said) || said === "") {
        body?.push(line);
        continue;
      }
      const [, name, , value] = ASSIGNMENT.exec(said) ?? [];
      if (name !== undefined && value !== undefined)
        constants.set(name, constants.has(name) || value.length > LONGEST_NAME ? undefined : value);
      const statement = stringsFrom(text, line.start, put);
      for (const { start, end: stop, ...literal } of statement.literals) {
        const isHeld = takeValue(text, { ...literal, lines: [{ start, end: stop }] }, isWorth, values);
        if (isHeld) constants.set(literal.name, undefined);
      }
      end = statement.end;
      body = HEADER.test(said) ? [] : undefined;
      if (body) recipes.push(body);
    }
    // Each line runs by itself, and what one writes another changes.
    const isRead = isWorth(text);
    const regions = recipes.flatMap((recipe) =>
      commandsIn(text, recipe).flatMap((command): Region[] => {
        const region = recipeRegion(text, {
          label: "recipe",
          lines: command,
          ...put,
          encode: (added) => added.replaceAll("{{", "{{{{").replaceAll("\n", `\n${indentOf(text, command)}`),
        });
        return region && (isRead || isWorth(region.text)) ? [region] : [];
      }),
    );
    return readingOf(values, regions);
  },
  wrap: () => [],
};

/** Four braces say two; two begin an expression. */
function saidBy(found: string, constants: ReadonlyMap<string, string | undefined>): string {
  if (found === "{{{{") return "{{";
  const name = found.slice(2, -2).trim();
  return constants.get(name) ?? putIn(name);
}

/** What is longer is no name of a file. */
const LONGEST_NAME = 200;
const EXPRESSION = /\{\{\{\{|\{\{[^{}\r\n]{1,300}\}\}/g;
const ASSIGNMENT = /^(?:export +)?([\w-]+) *:= *(["'])([^"'\\]*)\2 *(?:#.*)?$/;
const HEADER = /^@?[\w-][^:]*:(?!=)/;

/** The commands of a recipe: its lines, joined where one goes on with the next, or all of them as one script. */
function commandsIn(text: string, recipe: readonly Span[]): Span[][] {
  const [first] = recipe;
  const written = first ? text.slice(first.start, first.end).trim() : "";
  const indent = /^[ \t]*/.exec(text.slice(first?.start, first?.end))?.[0].length ?? 0;
  const without = ({ start, end }: Span): Span => ({ start: Math.min(start + indent, end), end });
  if (written.startsWith("#!")) {
    return languageOf("", written)?.id === "shell" ? [recipe.slice(1).map(without)] : [];
  }
  const commands: Span[][] = [];
  let goesOn = false;
  for (const line of recipe.map(without)) {
    const said = text.slice(line.start, line.end);
    const mark = goesOn ? 0 : (/^\s*[@-]*/.exec(said)?.[0].length ?? 0);
    const rest = { start: line.start + mark, end: line.end };
    if (goesOn) commands.at(-1)?.push(rest);
    else commands.push([rest]);
    goesOn = said.endsWith("\\");
  }
  return commands;
}

function indentOf(text: string, [first]: readonly Span[]): string {
  const start = first ? text.lastIndexOf("\n", first.start - 1) + 1 : 0;
  return /^[ \t]*/.exec(text.slice(start, start + 100))?.[0] ?? "";
}
