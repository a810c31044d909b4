import { numberEvidence } from "../routing/known-trunks.ts";
import { type Expression, isAny, type NumberList } from "../routing/rule-routing.ts";
import type { ChosenFilter } from "../checks/chosen-filter.ts";
import type { MigrateOptions } from "../config/options.ts";

/** The filter; or, where a person has to choose it, which numbers the known trunks have on either side. */
export type FilterChoice =
  | ChosenFilter
  | { filter: undefined; mixed: { allowed: readonly string[]; own: readonly string[] } };

/**
 * An option decides, then the known trunks, then the documented meaning: called numbers. A list that is there and empty
 * filters nothing under either name, and keeps its own: every server and library that knows the wrapper knows it there.
 */
export function chooseFilter(
  numbers: NumberList,
  trunkIds: NumberList,
  options: MigrateOptions,
  isWritten: boolean,
): FilterChoice {
  if (options.inboundNumbersAs) return { filter: options.inboundNumbersAs, because: "option" };
  if (isAny(numbers)) return { filter: isWritten ? "inbound_numbers" : "numbers", because: "no-numbers" };
  const written = allWritten(numbers);
  const likely = written ? likelyFilter(written, options) : {};
  const { knownTrunks: trunks } = options;
  if (!trunks) return { filter: "numbers", because: "default", ...likely };
  if (!written) return { filter: "numbers", because: "unknown-to-trunks", trunks, ...likely };

  // A rule whose trunks are only known when it is created may be on any of them.
  const evidence = numberEvidence(written, allWritten(trunkIds) ?? [], trunks);
  switch (evidence.verdict) {
    case "numbers":
    case "inbound_numbers":
      return {
        filter: evidence.verdict,
        because: "known-trunks",
        otherwise: evidence.otherwise,
        trunks: evidence.trunks,
      };
    case "unknown":
      return {
        filter: "numbers",
        because: "unknown-to-trunks",
        unknown: evidence.unknown,
        otherwise: evidence.otherwise,
        trunks,
        ...likely,
      };
    case "mixed":
      return { filter: undefined, mixed: evidence };
  }
}

/** Returns the filter that trunks speak for whose ids are not known: the rule may be on any of them, or on none. */
function likelyFilter(
  numbers: readonly string[],
  { unlistedTrunks = [] }: MigrateOptions,
): Pick<ChosenFilter, "likely"> {
  if (unlistedTrunks.length === 0) return {};
  const evidence = numberEvidence(numbers, [], unlistedTrunks);
  if (evidence.verdict !== "numbers" && evidence.verdict !== "inbound_numbers") return {};
  return { likely: { filter: evidence.verdict, trunks: evidence.trunks } };
}

/** The items, if every one of them is known. */
function allWritten(list: NumberList): string[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const known = list.filter((item): item is Exclude<typeof item, Expression> => typeof item === "string");
  return known.length === list.length ? known : undefined;
}
