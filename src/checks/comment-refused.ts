import type { Known } from "../evidence/verdict.ts";
import { isAnnotation } from "../rule/annotations.ts";
import type { ProblemOf } from "../rule/problem.ts";
import type { Document } from "../sources/document.ts";
import type { Site } from "../sources/syntax.ts";
import { check, type Said } from "./check.ts";
import { convertCommand, type Decided } from "./command-line.ts";
import { placesInWords } from "./places.ts";
import { codeWords } from "./words.ts";

/** A request or a rule that people may write comments into. */
interface Commented {
  path: string;
  document: Document;
  site: Site;
  known: Known;
}

/** `lk` reads strict JSON in which every key is known, in every version: livekit-cli cmd/lk/proto.go. */
export const commentRefused = check({
  id: "comment-refused",
  severity: "warning",
  title: "`lk` refuses a comment that is written as a field",
  why: "`lk` knows no field such as `_comment`, at any depth, and refuses the whole file for it; the server's HTTP interface ignores it.",
  isReason: true,
  ofMigrated: (request) =>
    commentsIn(request, "wrapped", { filter: request.choice.filter, bound: request.named }),
  ofWrapped: (request) => commentsIn(request, "wrapped"),
  ofRule: (rule) =>
    rule.form === "listed" ? [] : commentsIn(rule, rule.form === "info" ? "info" : "wrapped"),
  /** One that stands deeper than at the top, where none is taken out. */
  say: ({ key, path }: ProblemOf<"unknown-field">): Said & { next: string } => ({
    message: `\`${path === "" ? key : `${path}.${key}`}\` is a comment for people, and \`lk\` refuses it`,
    severity: "error",
    next: "Move it to the top of the file, where `sip-dispatch convert` leaves it out, or delete it.",
  }),
});

/** Tells whether a field that is unknown is a comment. */
export function isComment({ key }: { key: string }): boolean {
  return /^(?:_(?!_)|\$)/.test(key);
}

/** What is said of the comments at the top, unless every line that gives it to `lk` takes them out, or none does. */
function commentsIn(
  { path, document, site, known: { creates, updates, changes } }: Commented,
  to: "wrapped" | "info",
  decided: Decided = {},
): Said[] {
  const comments = site.request.members.filter(({ key }) => isAnnotation(key));
  const [first] = comments;
  const uses = [...creates, ...updates];
  const read = uses.filter(({ byLk, isStripped }) => byLk === true && !isStripped);
  if (!first || (uses.length > 0 && read.length === 0)) return [];
  const keys = codeWords([...new Set(comments.map(({ key }) => key))]);
  const { given, line } = convertCommand(path, document, site, to, decided);
  const verb = to === "info" ? "update --id SDR_…" : "create";
  return [
    {
      place: document.place(first.at.start),
      message:
        read.length > 0
          ? `\`lk\` is given this (${placesInWords(read)}), and refuses ${keys} in it`
          : `\`lk\` refuses ${keys}, if it is given this as it stands`,
      next: `${given}\`${line} | lk sip dispatch ${verb} -\` gives it strict JSON (lk 2.14.0 or newer).`,
      // What a line makes of it on the way may be without them.
      ...((read.length === 0 || changes.length > 0) && { certainty: "likely" as const }),
    },
  ];
}
