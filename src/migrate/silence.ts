import { requestField, WRAPPER } from "../rule/fields.ts";
import type { ObjectValue, Span } from "../rule/value.ts";
import { type Position, positions } from "../syntax/position.ts";
import type { Document } from "./document.ts";
import type { SiteResult, SourceResult } from "./outcome.ts";

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

const MARK = /sip-dispatch-ignore(?::[ \t]*([^\r\n]*))?/g;

/** How many lines below a comment the request may begin that it is about, if it does not stand in one. */
const FARTHEST = 3;

/** All silences of one source. A comment without a reason silences nothing. */
export class Silences {
  readonly #elsewhere: SilencedElsewhere;
  readonly #comments: (Silence & { at: Position; used: boolean })[];

  constructor(text: string, elsewhere: SilencedElsewhere) {
    this.#elsewhere = elsewhere;
    const place = positions(text);
    this.#comments = [...text.matchAll(MARK)].map((match) => ({
      at: place(match.index),
      reason: (match[1] ?? "").replace(/\s*(-->|\*\/|",?)\s*$/, "").trim(),
      used: false,
    }));
  }

  /** The silence that is about the request, or the unreadable part, at this place of a document. */
  about(document: Document, at: Span, name?: string): Silence | undefined {
    const first = document.place(at.start).line;
    const last = document.place(at.end).line;
    const comment = this.#comments.find(({ at: { line }, reason, used }) => {
      if (reason === "" || line > last) return false;
      return line >= first || (!used && line >= first - FARTHEST);
    });
    if (comment) {
      comment.used = true;
      return comment;
    }
    const other = this.#elsewhere.silences.find((one) => one.name === undefined || one.name === name);
    if (other) this.#elsewhere.silenced(other);
    return other;
  }

  /** Where comments stand that were about nothing, as a part of the source's result. */
  unused(): Pick<SourceResult, "unusedSilences"> {
    const unused = this.#comments.filter(({ used }) => !used).map(({ at }) => at);
    return unused.length > 0 ? { unusedSilences: unused } : {};
  }
}

/** The name that a request, flat or wrapped, gives its rule. */
export function ruleName(request: ObjectValue): string | undefined {
  for (const { key, value } of request.members) {
    const field = requestField(key);
    if (field === "name" && value.kind === "string") return value.value;
    if (field === WRAPPER && value.kind === "object") return ruleName(value);
  }
  return undefined;
}

/** The result of a site that is left alone because somebody said so. */
export function silencedResult(result: SiteResult, { reason }: Silence): SiteResult {
  const { line, column } = result;
  return {
    ...result,
    outcome: "silenced",
    reason: "silenced",
    applicability: "safe",
    moves: [],
    after: result.before,
    routing: null,
    findings: [{ id: "silenced", severity: "note", line, column, message: reason }],
  };
}
