import type { Span } from "../../rule/value.ts";
import type { Mention } from "../syntax.ts";
import type { Argument } from "./expand.ts";
import type { Stream } from "./stream.ts";

/** A program with what it is given. */
export interface Call {
  at: Span;
  args: readonly Argument[];
  /** What it reads from its input. */
  input: Stream;
}

/** The name of a file, as it is written, with the folder in which the script is. */
export type PathOf = (name: string) => string;

/** What is said of each origin of a stream. */
export function mentionsOf({ origins }: Stream, said: Pick<Mention, "does" | "at" | "keys">): Mention[] {
  return origins.map((origin) => ({ ...said, ...origin }));
}
