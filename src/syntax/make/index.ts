import { linesOf } from "../lines.ts";
import { recipeRegion } from "../recipe.ts";
import type { Region, Syntax } from "../syntax.ts";
import { mayHoldRequest } from "../trigger.ts";
import { automaticFor, REFERENCE, Variables } from "./variables.ts";

/**
 * Makefiles. Each line of a recipe, with those that it goes on with, is a region: make runs it in a shell of its own.
 * `$$` is the shell's `$`; variables, functions of names, `$@`, `$<`, `$^` and `$*` are put in.
 */
export const make: Syntax = {
  read(text, isWorth = mayHoldRequest) {
    const lines = linesOf(text, { start: text.startsWith("\uFEFF") ? 1 : 0, end: text.length });
    const variables = new Variables();
    for (const { start, end } of lines) if (text[start] !== "\t") variables.read(text.slice(start, end));
    const regions: Region[] = [];
    for (let index = 0; index < lines.length; index++) {
      const { start, end } = lines[index] ?? { start: 0, end: 0 };
      const said = text.slice(start, end);
      const [, targets, needs, command] = said.startsWith("\t") ? [] : (RULE.exec(said) ?? []);
      if (targets !== undefined) {
        variables.begin(new Map());
        variables.begin(automaticFor(variables.expand(targets), variables.expand(needs ?? "")));
      }
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
        replaced: REFERENCE,
        by: (found) => variables.saidBy(found),
        encode: (added) => added.replaceAll("$", "$$$$").replaceAll("\n", "\n\t"),
      });
      if (!region) continue;
      const names = variables.names(region.text);
      const values = [...names.values()].flat().join(" ");
      if (isWorth(region.text) || (values !== "" && isWorth(values))) regions.push({ ...region, names });
    }
    return { sites: [], regions, problems: [], comments: [], refused: [] };
  },
  wrap: () => [],
};

const RULE = /^([^\t#:=][^:=#]*)::?(?![:=])([^;=#]*)(?:;\s*(.*))?$/;
