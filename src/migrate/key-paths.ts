import { requestField, WRAPPER } from "../rule/fields.ts";
import type { Rewrite } from "../syntax/syntax.ts";

/** Whether a path of keys leads into a request by one of its flat fields. */
export function isFlatPath([first = ""]: readonly string[]): boolean {
  const field = requestField(first);
  return field !== undefined && field !== WRAPPER;
}

/** The path by which the wrapper has what a flat path leads to, once `inbound_numbers` are this filter. */
export function pathInWrapper(path: readonly string[], filter: Rewrite["filter"]): string[] {
  const [first = "", ...deeper] = path;
  return [requestField(first) === "inbound_numbers" && filter === "numbers" ? filter : first, ...deeper];
}
