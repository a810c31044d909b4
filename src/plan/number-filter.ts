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
  if (!options.knownTrunks) return { filter: "numbers", because: "default" };
  const written = allWritten(numbers);
  const ids = allWritten(trunkIds);
  if (!written || !ids) return { filter: "numbers", because: "unknown-to-trunks" };

  const evidence = numberEvidence(written, ids, options.knownTrunks);
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
      };
    case "mixed":
      return { filter: undefined, mixed: evidence };
  }
}

/** The items, if every one of them is known. */
function allWritten(list: NumberList): string[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const known = list.filter((item): item is Exclude<typeof item, Expression> => typeof item === "string");
  return known.length === list.length ? known : undefined;
}
