import { linesOf } from "../lines.ts";
import { Constants, recipeRegion, unknown } from "../recipe.ts";
import type { Region, Syntax } from "../syntax.ts";
import { mayHoldRequest } from "../trigger.ts";

/**
 * Makefiles. Each line of a recipe, with those that it goes on with, is a region: make runs it in a shell of its own.
 * `$$` is the shell's `$`; variables that are set once, `$@`, `$<` and `$^` are put in.
 */
export const make: Syntax = {
  read(text, isWorth = mayHoldRequest) {
    const lines = linesOf(text, { start: text.startsWith("\uFEFF") ? 1 : 0, end: text.length });
    const constants = constantsIn(lines.map(({ start, end }) => text.slice(start, end)));
    const expand = (written: string): string =>
      written.replaceAll(REPLACED, (found) => constants.get(nameIn(found)) ?? found);
    const regions: Region[] = [];
    let automatic = new Map<string, string>();
    for (let index = 0; index < lines.length; index++) {
      const { start, end } = lines[index] ?? { start: 0, end: 0 };
      const said = text.slice(start, end);
      const [, targets, needs, command] = said.startsWith("\t") ? [] : (RULE.exec(said) ?? []);
      if (targets !== undefined) automatic = automaticFor(expand(targets), expand(needs ?? ""));
      if (!said.startsWith("\t") && command === undefined) continue;
      const mark =
        command === undefined
          ? (/^[\t ]*[-@+\s]*/.exec(said)?.[0].length ?? 0)
          : said.length - command.length;
      const recipe = [{ start: start + mark, end }];
      while (
        /(^|[^\\])(\\\\)*\\$/.test(
          text.slice(Math.max(0, (recipe.at(-1)?.end ?? 0) - 100), recipe.at(-1)?.end),
        )
      ) {
        const next = lines[++index];
        if (!next) break;
        recipe.push({ start: next.start + (text[next.start] === "\t" ? 1 : 0), end: next.end });
      }
      const region = recipeRegion(text, {
        label: "recipe",
        lines: recipe,
        replaced: REPLACED,
        by: (found) => saidBy(found, constants, automatic),
        encode: (added) => added.replaceAll("$", "$$$$").replaceAll("\n", "\n\t"),
      });
      if (region && isWorth(region.text)) regions.push(region);
    }
    return { sites: [], regions, problems: [], comments: [], refused: [] };
  },
  wrap: () => [],
};

const REPLACED = /\$(?:\$|\((?:[^()\r\n]|\([^()\r\n]*\)){1,300}\)|\{[^{}\r\n]{1,300}\}|[\w@<^*+?%|])/g;
const ASSIGNMENT = /^ *(?:export +|override +)*([\w.-]+) *(:{1,3}=|\?=|=) *([^#]*)/;
const RULE = /^([^\t#:=][^:=#]*)::?(?![:=])([^;=#]*)(?:;\s*(.*))?$/;

/** The name of a file. Where it is only a default, the shell is told so. */
const FILE = /^[\w./-]*\.\w+$/;
const DEFAULT = /\$\{_\w+_:-[\w./-]+\}/g;

function constantsIn(lines: readonly string[]): Constants {
  const constants = new Constants();
  for (const line of lines) {
    const [, name, operator, value] = line.length < 1000 ? (ASSIGNMENT.exec(line) ?? []) : [];
    if (name === undefined || value === undefined) continue;
    const known = value.trim().replaceAll(REPLACED, (found) => constants.get(nameIn(found)) ?? found);
    const isDefault = operator === "?=" && FILE.test(known);
    constants.set(name, isDefault ? unknown(name).replace("}", `:-${known}}`) : known);
  }
  return constants;
}

/** What a piece of a recipe is to the shell. */
function saidBy(found: string, constants: Constants, automatic: ReadonlyMap<string, string>): string {
  if (found === "$$") return "$";
  const name = nameIn(found);
  const value = automatic.get(name) ?? constants.get(name);
  return value === undefined || value.replaceAll(DEFAULT, "").includes("$") ? unknown(name) : value;
}

function nameIn(found: string): string {
  return /^\$[({]/.test(found) ? found.slice(2, -1) : found.slice(1);
}

/** `$@`, `$<` and `$^`. In a rule with a pattern `%` stands for any name. */
function automaticFor(targets: string, needs: string): Map<string, string> {
  const names = (list: string): string[] => list.replaceAll("%", "*").split(/\s+/).filter(Boolean);
  const [target, ...others] = names(targets);
  const all = names(needs);
  const [first] = all;
  return new Map([
    ...(target !== undefined && others.length === 0 ? ([["@", target]] as const) : []),
    ...(first === undefined
      ? []
      : ([
          ["<", first],
          ["^", all.join(" ")],
        ] as const)),
  ]);
}
