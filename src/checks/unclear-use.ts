import { distinct, type Known } from "../evidence/verdict.ts";
import { barrierCheck } from "./check.ts";
import { placesInWords } from "./places.ts";

export const unclearUse = barrierCheck({
  id: "unclear-use",
  title: "A line may update a rule with the request, and none creates one",
  why: "A bare rule for `update` has the same keys as a flat request, and must not be wrapped.",
  /** The lines that may update with it. */
  say: ({ unclear }: Pick<Known, "unclear">) => {
    const isAny = unclear.every((one) => one.isAny);
    const places = placesInWords(distinct(unclear));
    const among = Math.max(...unclear.map((one) => one.among ?? 0));
    const what = isAny
      ? "files that are not known here"
      : among > 1
        ? `one of ${among} files`
        : "this file, as it seems";
    const which = !isAny && among > 1 ? "; which one can't be told" : "";
    const create = isAny ? "name the file or use `--assume create`" : "use `--assume create`";
    return {
      message: `rules are updated with ${what} (${places})${which}, and no line creates one with this request`,
      next: `If it is for create, ${create}; if it is for update, leave it as it is.`,
    };
  },
});
