import type { Use } from "../evidence/evidence.ts";
import type { Said } from "./check.ts";
import type { Given } from "./facts.ts";
import { placesInWords } from "./places.ts";

/**
 * Says that `lk` refuses something in what it is given, in words such as `a comment`; nothing where lines use it and none
 * gives it to `lk` as it stands. Certain where a line does so, and none makes something else of it on the way.
 */
export function refusedByLk(
  { known: { creates, updates, changes } }: Given,
  what: string,
  isTakenOut: (use: Use) => boolean = () => false,
): Pick<Said, "message" | "certainty">[] {
  const uses = [...creates, ...updates];
  const given = uses.filter((use) => use.byLk === true && !isTakenOut(use));
  if (given.length === 0)
    return uses.length > 0
      ? []
      : [{ message: `\`lk\` refuses ${what}, if it is given this as it stands`, certainty: "likely" }];
  const message = `\`lk\` is given this (${placesInWords(given)}), and refuses ${what} in it`;
  return [{ message, ...(changes.length > 0 && { certainty: "likely" }) }];
}
