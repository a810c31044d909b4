import { advice, complaint } from "../report/error-text.ts";
import { sentence } from "../report/outcome-words.ts";
import type { Unusable } from "../sources/unreadable.ts";
import { print } from "./output.ts";

/** Says a sentence on standard error in the name of the program, and below it what to do. */
export function say(message: string, next?: string): void {
  print(2, complaint("sip-dispatch", message) + (next === undefined ? "" : advice(next)));
}

/** Says where and why something can't be used, and what to do, a paragraph each. */
export function complainOf(unusable: readonly Unusable[]): void {
  for (const { path, line, column, message, next } of unusable) {
    const place = line === undefined ? path : `${path}:${line}:${column ?? 1}`;
    print(2, complaint(place, sentence(message), next));
  }
}
