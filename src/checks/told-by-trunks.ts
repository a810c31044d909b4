import { isAny } from "../routing/rule-routing.ts";
import { check } from "./check.ts";
import { numbersInWords } from "./words.ts";

export const toldByTrunks = check({
  id: "told-by-trunks",
  severity: "note",
  title: "What the known trunks say about the numbers",
  why: "Own numbers of a trunk are called numbers, and its allowed numbers are callers.",
  isAboutMigration: true,
  routing: "beside-table",
  namesTrunksFile: true,
  ofMigrated: ({ routing: { server }, choice }) => {
    if (isAny(server.callingNumbers)) return [];
    const { filter, because, trunks = [], unknown } = choice;
    if (because === "known-trunks") {
      const isOne = trunks.length === 1;
      const which = `the known ${isOne ? "trunk" : "trunks"} ${numbersInWords([...trunks])}`;
      const message =
        filter === "numbers"
          ? `own numbers: ${which} ${isOne ? "has" : "have"} them`
          : `callers: ${which} ${isOne ? "allows" : "allow"} them`;
      return [{ message }];
    }
    if (because !== "unknown-to-trunks") return [];
    const which = unknown ? numbersInWords([...unknown]) : "its numbers";
    const message = `the known trunks do not know ${which}, so that this rule's numbers are called numbers is assumed`;
    return [{ message, severity: "warning" }];
  },
});
