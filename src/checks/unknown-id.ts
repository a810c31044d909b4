import { nearest } from "../rule/suggestion.ts";
import { ALL_CHECKS } from "./index.ts";

/** Says that there is no finding with this id, and which one may have been meant; a sentence without its end. */
export function noFinding(id: string): string {
  const near = nearest(
    id,
    ALL_CHECKS.map((check) => check.id),
  );
  return `there is no finding \`${id}\`${near === undefined ? "" : `; did you mean \`${near}\`?`}`;
}
