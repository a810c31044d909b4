import { asText, withoutFront } from "../../sources/partly-known.ts";
import { ASSIGNMENT, type ShellCommand, valueOf } from "./words.ts";
import type { Values } from "../bindings.ts";

/** The names that a command gives a value, which is taken in. */
export function* boundBy({ words, keywords }: ShellCommand, values: Values): Generator<string> {
  const [first, second] = words;
  // make takes variables among its words.
  const isDeclared = /^(?:local|declare|export|readonly|typeset|g?make)$/.test(first?.text ?? "");
  for (const [index, word] of words.entries()) {
    const raw = asText(word.said);
    const [written] = ASSIGNMENT.exec(raw) ?? [];
    if (written === undefined) {
      if (isDeclared || index === 0) continue;
      break;
    }
    const name = /^\w+/.exec(raw)?.[0] ?? "";
    const value = raw === written ? undefined : valueOf(word);
    values.set(name, value && withoutFront(value, ASSIGNMENT));
    yield name;
  }
  if (first?.text === "for" || first?.text === "select") {
    const name = second?.text ?? "";
    const list = words.slice(3);
    for (const word of list) values.set(name, valueOf(word));
    if (list.length === 0) values.set(name, undefined);
    yield name;
  }
  const reads = words.findIndex(({ text }) => /^(?:read|mapfile|readarray)$/.test(text));
  if (reads >= 0 && (reads === 0 || keywords.length > 0)) {
    for (const { text } of words.slice(reads + 1)) {
      if (!/^[A-Za-z_]\w*$/.test(text)) continue;
      values.give(text);
      yield text;
    }
  }
}
