import type { Place } from "../evidence/verdict.ts";
import { counted } from "../rule/count-words.ts";

/** Of more lines the first are enough to see what is meant; the report for programs has them all. */
const MOST_PLACES = 6;

/** Lines of files, as a sentence names them. */
export function placesInWords(places: readonly Place[]): string {
  const shown = places.slice(0, MOST_PLACES).map(({ path, line }) => `${path}:${line}`);
  const more = places.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${counted(more, "other line")}` : shown.join(", ");
}

/**
 * A clause on lines of which some create rules with a request as it is, and some use it as a bare rule: they update with
 * it, or put the wrapper around it. One line may do either.
 */
export function createdAndBare(places: readonly Place[]): string {
  const where = placesInWords(places);
  return places.length === 1
    ? `one line may create rules with this request as it is, and may use it as a bare rule (${where})`
    : `of the lines that use this request (${where}) some create rules with it as it is, and others use it as a bare rule`;
}
