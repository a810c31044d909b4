import { requestField, WRAPPER } from "../../rule/fields.ts";
import type { Span } from "../../rule/value.ts";
import type { Argument } from "../shell/expand.ts";
import { mentionsOf } from "../shell/call.ts";
import { NOTHING } from "../shell/stream.ts";
import type { Mention } from "../syntax.ts";

/** What an expression says, and whose text it is. */
export interface Value extends Pick<Argument, "texts" | "holds"> {
  /** Whether it is no text but the objects that `ConvertFrom-Json` makes of that. */
  parsed?: boolean;
  /** The hashtable that it is, or that it is the JSON of. */
  made?: { at: Span; keys: readonly string[] };
}

export const EMPTY: Value = { texts: [""], holds: NOTHING };

/** A word of a command, with its value. */
export type Word = Argument & Value;

/** That keys of a value are read or set; undefined where they can't be told. Nothing of one that is not parsed. */
export function readIn(
  { parsed, holds }: Value,
  { at, keys, sets = false }: { at: Span; keys: readonly string[] | undefined; sets?: boolean },
): Mention[] {
  if (!parsed || keys?.length === 0) return [];
  return mentionsOf(holds, { does: "read", at, ...(keys && { keys }), ...(sets && { sets }) });
}

/** Whether a mention asks for the wrapper. */
export function asksForWrapper({ does, keys = [] }: Mention): boolean {
  return does === "read" && keys.some((key) => requestField(key) === WRAPPER);
}

/** That what a value holds goes to a file, or that this is made anew of what the script puts together. */
export function writtenTo(file: string, { holds, made }: Value, at: Span): Mention[] {
  const { alike } = holds;
  return [
    ...mentionsOf(holds, { does: "copy", at, to: file, ...(alike && { alike }) }),
    ...(made ? [{ does: "write" as const, at, file, keys: made.keys, made: made.at }] : []),
  ];
}
