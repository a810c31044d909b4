import { requestField, WRAPPER } from "../rule/fields.ts";
import type { ObjectValue, Span } from "../rule/value.ts";
import { type Position, positions } from "../sources/position.ts";
import { firstIndex } from "../sources/search.ts";
import type { Document } from "../sources/document.ts";
import { checkNamed } from "../checks/index.ts";

/** That requests of a source stay as they are: all of them, or the one whose rule has this name. */
export interface Silence {
  /** Why, in the words of whoever wants it. */
  reason: string;
  name?: string;
  /** The ids of the findings that are not to be said, where it is about these alone. */
  findings?: readonly string[];
}

/** Where a comment silences nothing: there is nothing that it is about, it gives no reason, or names no finding. */
export interface UnusedSilence extends Position {
  noReason?: true;
  /** A word in it that is the id of no finding. */
  unknown?: string;
}

const MARK =
  /sip-dispatch-ignore(?:[ \t]{1,9}([\w-]{1,60}(?:[ \t]{0,9},[ \t]{0,9}[\w-]{1,60}){0,19})(?=:))?(?::[ \t]*([^\r\n]*))?/gi;

/** How many lines below a comment the request may begin that it is about, if it does not stand in one. */
const FARTHEST = 3;

interface Comment extends Silence {
  at: Position;
  /** True if it stands at a request that needs no silence. */
  passed: boolean;
}

/** All silences of one source. A comment without a reason silences nothing. */
export class Silences {
  readonly #elsewhere: readonly Silence[];
  readonly #used = new Set<Silence>();
  readonly #comments: Comment[];

  /** `elsewhere` are those for the source that don't stand in its own comments. */
  constructor(root: Document, elsewhere: readonly Silence[]) {
    this.#elsewhere = elsewhere;
    const { text } = root;
    const place = positions(text);
    // Hardly any text has one, and to compile what reads it takes as long as to read a small file.
    this.#comments = [...(/sip-dispatch-ignore/i.test(text) ? text.matchAll(MARK) : [])]
      .filter(({ index }) => !isProse(root, index))
      .map(({ index, 1: ids, 2: written = "" }) => ({
        at: place(index),
        reason: reasonIn(written, isInString(text, index)),
        ...(ids !== undefined && {
          findings: ids
            .toLowerCase()
            .split(",")
            .map((id) => id.trim()),
        }),
        passed: false,
      }));
  }

  /** The silence of all that is said of the request, the unreadable part or the line at this place of a document. */
  about(document: Document, at: Span, name: string | null = null): Silence | undefined {
    const silences = [...this.#nextTo(document, at), ...this.#elsewhere.filter((one) => isOfName(one, name))];
    const silence = silences.find(({ findings }) => !findings);
    if (silence) this.#used.add(silence);
    return silence;
  }

  /** The silences of those of these findings that some silence at this place names. */
  ofFindings(
    document: Document,
    at: Span,
    ids: readonly string[],
    name: string | null = null,
  ): Map<string, Silence> {
    const silenced = new Map<string, Silence>();
    const here = this.#nextTo(document, at).filter(({ findings }) => findings);
    const elsewhere = this.#elsewhere.filter((one) => isOfName(one, name));
    for (const silence of [...here, ...elsewhere]) {
      for (const id of ids.filter((one) => silence.findings?.includes(one))) {
        silenced.set(id, silence);
        this.#used.add(silence);
      }
    }
    return silenced;
  }

  /** Sees to it that a comment about a request is not taken to be about the next one. */
  passOver(document: Document, at: Span): void {
    for (const comment of this.#nextTo(document, at)) {
      const isOfCode = comment.findings?.every((id) => checkNamed(id)?.ofLine) ?? false;
      comment.passed = !isOfCode;
    }
  }

  /** The comments with a reason that stand in what is at this place, or close above it. */
  #nextTo(document: Document, at: Span): Comment[] {
    const first = document.place(at.start).line;
    const last = document.place(at.end).line;
    const lineOf = (index: number): number => this.#comments[index]?.at.line ?? Infinity;
    const from = firstIndex(this.#comments.length, (index) => lineOf(index) >= first - FARTHEST);
    const to = firstIndex(this.#comments.length, (index) => lineOf(index) > last);
    return this.#comments
      .slice(from, to)
      .filter(
        (comment) =>
          comment.reason !== "" && (comment.at.line >= first || !(comment.passed || this.#used.has(comment))),
      );
  }

  /** Which silences from elsewhere were about something, and where comments stand that were not: a part of a result. */
  usage(): { usedSilences?: Silence[]; unusedSilences?: UnusedSilence[] } {
    const unused = this.#comments.flatMap((comment): UnusedSilence[] => {
      const { at, reason, findings = [] } = comment;
      if (reason === "") return [{ ...at, noReason: true }];
      const unknown = findings.filter((id) => !checkNamed(id));
      if (unknown.length > 0) return unknown.map((id) => ({ ...at, unknown: id }));
      return this.#used.has(comment) ? [] : [at];
    });
    const usedSilences = this.#elsewhere.filter((one) => this.#used.has(one));
    return {
      ...(usedSilences.length > 0 && { usedSilences }),
      ...(unused.length > 0 && { unusedSilences: unused }),
    };
  }
}

function isOfName({ name }: Silence, wanted: string | null): boolean {
  return name === undefined || name === wanted;
}

/** The words up to the end of the comment, or of the string in which they stand. */
function reasonIn(written: string, inString: boolean): string {
  const end = inString ? /"|$/ : /-->|\*\/|$/;
  return written.slice(0, end.exec(written)?.index).trim();
}

/** Tells whether a place in a line stands behind an odd number of quotes. */
function isInString(text: string, at: number): boolean {
  const line = text.slice(Math.max(text.lastIndexOf("\n", at) + 1, at - LOOKED_BACK), at);
  return (line.match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1;
}

/** Tells whether a place of a page is neither in a comment nor in one of its regions. */
function isProse({ syntaxId, text, inner }: Document, at: number): boolean {
  if (syntaxId !== "markdown" && syntaxId !== "mdx") return false;
  const before = text.slice(Math.max(0, at - LOOKED_BACK), at);
  const isIn = (opens: string, closes: string): boolean =>
    before.lastIndexOf(opens) > before.lastIndexOf(closes);
  if (isIn("<!--", "-->") || isIn("{/*", "*/}")) return false;
  return !inner.some(({ region }) => region.toOuter(0) <= at && at <= region.toOuter(region.text.length));
}

const LOOKED_BACK = 1000;

/** The name that a request, flat or wrapped, gives its rule; null where it can't be told. */
export function ruleName(request: ObjectValue): string | null {
  for (const { key, value } of request.members) {
    const field = requestField(key);
    if (field === "name" && value.kind === "string") return value.value;
    if (field === WRAPPER && value.kind === "object") return ruleName(value);
  }
  return null;
}
