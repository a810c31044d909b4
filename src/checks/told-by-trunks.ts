import { isAny } from "../routing/rule-routing.ts";
import type { ChosenFilter } from "./chosen-filter.ts";
import { check, type Said } from "./check.ts";
import { filesInWords, numbersInWords } from "./words.ts";

export const toldByTrunks = check({
  id: "told-by-trunks",
  severity: "note",
  title: "What the known trunks say about the numbers",
  why: "Own numbers of a trunk are called numbers, and its allowed numbers are callers.",
  isAboutMigration: true,
  routing: "beside-table",
  ofMigrated: ({ routing: { server }, choice }) => {
    if (isAny(server.callingNumbers)) return [];
    const { filter, because, trunks = [], unknown, likely } = choice;
    const from = filesInWords(trunks);
    if (because === "known-trunks") {
      const ids = [...new Set(trunks.map(({ id }) => id))];
      const isOne = ids.length === 1;
      const which = `the known ${isOne ? "trunk" : "trunks"} ${numbersInWords(ids)}`;
      const message =
        filter === "numbers"
          ? `own numbers: ${which} ${isOne ? "has" : "have"} them${from}`
          : `callers: ${which} ${isOne ? "allows" : "allow"} them${from}`;
      return [{ message }];
    }
    if (likely) return [likelySaid(likely)];
    if (because !== "unknown-to-trunks") return [];
    const which = unknown ? numbersInWords([...unknown]) : "its numbers";
    const message = `the known trunks${from} do not know ${which}, so it is assumed that this rule's numbers are called numbers`;
    return [{ message, severity: "warning" }];
  },
});

function likelySaid({ filter, trunks }: NonNullable<ChosenFilter["likely"]>): Said {
  const from = filesInWords(trunks);
  const trunk = "a trunk of which only the request that creates it is known";
  if (filter === "numbers")
    return { message: `likely own numbers: ${trunk} has them${from}`, certainty: "likely" };
  return {
    message: `likely callers: ${trunk} allows them${from}`,
    severity: "warning",
    certainty: "likely",
    next: "If they are callers, `--inbound-numbers-as inbound_numbers` keeps them so.",
  };
}
