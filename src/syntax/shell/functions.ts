import type { Blocks } from "./blocks.ts";
import type { Argument } from "./expand.ts";
import type { Command } from "./script.ts";
import { NOTHING } from "./stream.ts";

/** The commands of a function, from one of a list on to another. */
export interface FunctionBody {
  list: readonly Command[];
  from: number;
  to: number;
  called: boolean;
}

/** What a function is given that is followed for other scripts. */
export const GIVEN: readonly Argument[] = [1, 2, 3, 4].map((index) => ({
  start: 0,
  end: 0,
  texts: [`\${${index}}`],
  holds: NOTHING,
}));

/** The function that is defined at a command, and the index of its last one; undefined where none is. */
export function functionAt(
  list: readonly Command[],
  index: number,
  { closers }: Blocks,
): { name: string; body: FunctionBody; last: number } | undefined {
  const command = list[index];
  const name = command?.defines;
  if (!command || name === undefined) return undefined;
  const start = command.keywords.includes("{") ? index : index + 1;
  const first = list[start];
  const inner = start > index && first?.inner;
  if (inner) return { name, body: { list: inner, from: 0, to: inner.length, called: false }, last: start };
  const isBlock = first?.keywords[0] === "{" || start === index;
  const [end] = isBlock ? (closers.get(start) ?? []) : [];
  return end === undefined
    ? undefined
    : { name, body: { list, from: start, to: end, called: false }, last: end };
}
