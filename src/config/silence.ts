import { requestField, WRAPPER } from "../rule/fields.ts";
import type { ObjectValue, Span } from "../rule/value.ts";
import { type Position, positions } from "../sources/position.ts";
import type { Document } from "../sources/document.ts";

/** That requests of a source stay as they are: all of them, or the one whose rule has this name. */
export interface Silence {
  /** Why, in the words of whoever wants it. */
  reason: string;
  name?: string;
}

/** What is to be left alone in a source, beside what its own comments say. */
export interface SilencedElsewhere {
  silences: readonly Silence[];
  /** Is told of every one of them that was about something. */
  silenced: (silence: Silence) => void;
}

/** Where a comment silences nothing, because there is nothing that it is about, or because it gives no reason. */
export interface UnusedSilence {
  line: number;
  column: number;
  noReason?: true;
}

const MARK = /sip-dispatch-ignore(?::[ \t]*([^\r\n]*))?/gi;

/** How many lines below a comment the request may begin that it is about, if it does not stand in one. */
const FARTHEST = 3;

interface Comment extends Silence {
  at: Position;
  used: boolean;
  /** Whether it stands at a request that needs no silence. */
  passed: boolean;
}

/** All silences of one source. A comment without a reason silences nothing. */
export class Silences {
  readonly #elsewhere: SilencedElsewhere;
  readonly #comments: Comment[];

  constructor(root: Document, elsewhere: SilencedElsewhere) {
    this.#elsewhere = elsewhere;
    const { text } = root;
    const place = positions(text);
    this.#comments = [...text.matchAll(MARK)]
      .filter(({ index }) => !isProse(root, index))
      .map(({ index, 1: written = "" }) => ({
        at: place(index),
        reason: reasonIn(written, isInString(text, index)),
        used: false,
        passed: false,
      }));
  }

  /** The silence that is about the request, or the unreadable part, at this place of a document. */
  about(document: Document, at: Span, name?: string): Silence | undefined {
    const comment = this.#nextTo(document, at);
    if (comment) {
      comment.used = true;
      return comment;
    }
    const other = this.#elsewhere.silences.find((one) => one.name === undefined || one.name === name);
    if (other) this.#elsewhere.silenced(other);
    return other;
  }

  /** Sees to it that a comment about a request that needs none is not taken to be about the next one. */
  passOver(document: Document, at: Span): void {
    const comment = this.#nextTo(document, at);
    if (comment) comment.passed = true;
  }

  #nextTo(document: Document, at: Span): Comment | undefined {
    const first = document.place(at.start).line;
    const last = document.place(at.end).line;
    return this.#comments.find(({ at: { line }, reason, used, passed }) => {
      if (reason === "" || line > last) return false;
      return line >= first || (!used && !passed && line >= first - FARTHEST);
    });
  }

  /** Where comments stand that were about nothing, as a part of the source's result. */
  unused(): { unusedSilences?: UnusedSilence[] } {
    const unused = this.#comments
      .filter(({ used }) => !used)
      .map(({ at, reason }): UnusedSilence => (reason === "" ? { ...at, noReason: true } : at));
    return unused.length > 0 ? { unusedSilences: unused } : {};
  }
}

/** The words up to the end of the comment, or of the string in which they stand. */
function reasonIn(written: string, inString: boolean): string {
  const end = inString ? /"|$/ : /-->|\*\/|$/;
  return written.slice(0, end.exec(written)?.index).trim();
}

/** Whether a place in a line stands behind an odd number of quotes. */
function isInString(text: string, at: number): boolean {
  const line = text.slice(Math.max(text.lastIndexOf("\n", at) + 1, at - LOOKED_BACK), at);
  return (line.match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1;
}

/** Whether a place of a page is neither in a comment nor in one of its regions. */
function isProse({ syntaxId, text, inner }: Document, at: number): boolean {
  if (syntaxId !== "markdown" && syntaxId !== "mdx") return false;
  const before = text.slice(Math.max(0, at - LOOKED_BACK), at);
  const isIn = (opens: string, closes: string): boolean =>
    before.lastIndexOf(opens) > before.lastIndexOf(closes);
  if (isIn("<!--", "-->") || isIn("{/*", "*/}")) return false;
  return !inner.some(({ region }) => region.toOuter(0) <= at && at <= region.toOuter(region.text.length));
}

const LOOKED_BACK = 1000;

/** The name that a request, flat or wrapped, gives its rule. */
export function ruleName(request: ObjectValue): string | undefined {
  for (const { key, value } of request.members) {
    const field = requestField(key);
    if (field === "name" && value.kind === "string") return value.value;
    if (field === WRAPPER && value.kind === "object") return ruleName(value);
  }
  return undefined;
}
