import { isAnnotation } from "../rule/annotations.ts";
import type { ProblemOf } from "../rule/problem.ts";
import { reasonCheck, type Said } from "./check.ts";
import { ofGiven } from "./command-line.ts";
import type { Given } from "./facts.ts";
import { refusedByLk } from "./given-to-lk.ts";
import { codeWords } from "./words.ts";

/** `lk` reads strict JSON in which every key is known, in every version: livekit-cli cmd/lk/proto.go. */
export const commentRefused = reasonCheck({
  id: "comment-refused",
  title: "`lk` refuses a comment that is written as a field",
  why: "`lk` knows no field such as `_comment`, at any depth, and refuses the whole file for it; the server's HTTP interface ignores it.",
  ...ofGiven(commentsIn),
  /** One that stands deeper than at the top, where none is taken out. */
  say: ({ key, path }: ProblemOf<"unknown-field">): Said & { next: string } => ({
    message: `\`${path === "" ? key : `${path}.${key}`}\` is a comment for people, and \`lk\` refuses it`,
    next: "Move it to the top of the file, where `sip-dispatch convert` leaves it out, or delete it.",
  }),
});

/** Tells whether a field that is unknown is a comment. */
export function isComment({ key }: { key: string }): boolean {
  return /^(?:_(?!_)|\$)/.test(key);
}

/** What is said of the comments at the top, unless every line that gives it to `lk` takes them out, or none does. */
function commentsIn(given: Given, strict: () => string): Said[] {
  const { document, site } = given;
  const comments = site.request.members.filter(({ key }) => isAnnotation(key));
  const [first] = comments;
  if (!first) return [];
  const keys = codeWords([...new Set(comments.map(({ key }) => key))]);
  const place = document.place(first.at.start);
  const next = strict();
  return refusedByLk(given, keys, ({ isStripped }) => isStripped).map((said) => ({ ...said, next, place }));
}
