import type { Span } from "../rule/value.ts";

/** A statement about the example that follows: that it is printed by something, the old way, or the new one. */
export type Judgement = "printed" | "old" | "new";

/**
 * Returns what a paragraph or a comment says of what it stands before: its last sentence, if that ends in a colon or is
 * as short as a label.
 */
export function judgedAs(words: string): Judgement | undefined {
  const plain = words.replaceAll(/<[^<>]*>/g, " ").replaceAll(/[*_#]+|^\W*?(?=[\p{L}\p{So}])/gu, "");
  const sentence = (plain.split(/(?<=[.!?])\s+/).at(-1) ?? "").trim();
  const isLabel = sentence.split(/\s+/).length <= MOST_OF_LABEL;
  if (!isLabel && !sentence.endsWith(":")) return undefined;
  if (NEW.test(sentence)) return "new";
  if (OLD.test(sentence) || OLD_LABEL.test(sentence)) return "old";
  return PRINTED.test(sentence) && !/[.!?]$/.test(sentence) ? "printed" : undefined;
}

/**
 * Tells whether the comment behind a command, or the one on the line above it, says that it is the old or the wrong way:
 * `# WRONG: it takes ids as arguments`. `at` is where something of the command stands.
 */
export function isCommentedAsOld(text: string, { start, end }: Span): boolean {
  const [behind = ""] = text.slice(end, end + LONGEST).split(/[\r\n]/, 1);
  const before = text.slice(Math.max(0, start - LONGEST), start).split(/\r?\n/);
  const above = before.length > 1 ? (before.at(-2) ?? "") : "";
  const comments = [/\s#+\s*(\S.*)$/.exec(behind)?.[1], /^\s*#+\s*([^!\s].*)$/.exec(above)?.[1]];
  return comments.some((comment) => comment !== undefined && isOld(comment));
}

const LONGEST = 1000;

/** Tells whether a comment is a label that says so; what follows a colon or a dash is its reason. */
function isOld(comment: string): boolean {
  const [label = ""] = comment.split(/:\s|\s[-–—]+\s|,\s/, 1);
  return judgedAs(comment) === "old" || judgedAs(label) === "old";
}

/** How many words a label has at most. */
const MOST_OF_LABEL = 6;

const PRINTED =
  /\b(?:outputs?|responses?|repl(?:y|ies))\b|\b(?:prints?|returns?|answers?|responds)\b[^.]{0,40}:$/i;

const NEW =
  /^\W*(?:after|now|new|right|correct|good|better)\b|\b(?:instead|new (?:form|format|one|shape|style|syntax|way))\b|✅|👍/i;

const OLD = new RegExp(
  [
    String.raw`\b(?:deprecated|legacy|obsolete|outdated|previously|formerly)\b`,
    String.raw`\b(?:old|older|former|previous|flat)[ -](?:form|format|layout|schema|shape|structure|style|syntax|version|way)\b`,
    String.raw`\bused to (?:be|have|look|read|send|write)\b`,
    String.raw`\bno longer (?:accepted|supported|valid|works?)\b`,
    String.raw`\b(?:do not|don['’]t|never) (?:copy|do|send|try|use|write)\b`,
    "❌|🚫|👎|✗|✘",
  ].join("|"),
  "i",
);

/** A label that is about the block and nothing else: `Before:`, `Wrong`, `Old request (deprecated)`. */
const OLD_LABEL =
  /^\W*(?:the )?(?:avoid|bad|before|broken|don['’]ts?|incorrect|invalid|old|wrong)(?: (?:code|example|file|json|request|rule|the migration|migrating|migration|upgrading)| ?\([^)]*\))*\W*$/i;
