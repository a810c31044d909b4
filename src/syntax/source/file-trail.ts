import { requestField, WRAPPER } from "../../rule/fields.ts";
import type { Mention } from "../syntax.ts";
import type { Range, Tokens } from "./tokens.ts";

/** The call by which a function of the text came to run. */
export interface Given<Func> {
  function: Func;
  args: readonly Range[];
}

/** An expression that has what a file holds. */
export interface Carrier<Func> extends Range {
  /** Whether it is the text of the file, a handle or a decoder, and not yet parsed. */
  raw: boolean;
  /** The call by which it came to have it, where that may matter for which file it is. */
  given?: Given<Func> | undefined;
}

/** What the trail has to know of a language: its functions, and where they are called. */
export interface Calls<Func> extends Tokens {
  /** The function in whose body a token stands. */
  functionAround(index: number): Func | undefined;
  /** The brackets of the calls of a function. */
  callsOf(func: Func): readonly number[];
  /** The call whose arguments stand in this bracket: where it begins, its name, and all of what is called. */
  callAt(bracket: number): Call | undefined;
}

export interface Call {
  from: number;
  name: string;
  callee: string;
}

/** A call, and which of its arguments an expression is. */
export interface Passing extends Call {
  bracket: number;
  items: readonly Range[];
  index: number;
  /** All of the call. */
  whole: Range;
}

/** The call that gets an expression as one of its arguments, as it is. */
export function passing<Func>(text: Calls<Func>, { from, to }: Range): Passing | undefined {
  const bracket = text.tokens[from]?.outer ?? -1;
  const call = text.callAt(bracket);
  if (!call || !/^[(,]$/.test(text.word(from - 1)) || !/^[),]$/.test(text.word(to))) return undefined;
  const items = text.itemsOf(bracket);
  const index = items.findIndex((item) => item.from <= from && to <= item.to);
  return { ...call, bracket, items, index, whole: { from: call.from, to: text.behind(bracket) } };
}

type Found<Func> = Pick<Mention, "does" | "keys" | "to" | "sets"> & { at: Range } & Pick<
    Carrier<Func>,
    "given"
  >;

/** In a text that people write, what was read goes through a few names. */
const MOST_STEPS = 1000;

/**
 * Where what a file holds goes in a text, from the expression that reads it outwards, and what is said of the file on the
 * way. Which expressions have it next, and what is done with it, is the language's to tell: it is asked once of each.
 */
export class FileTrail<Func, Held extends Carrier<Func> = Carrier<Func>> {
  readonly #text: Calls<Func>;
  readonly #filesOf: (given: Given<Func> | undefined) => readonly string[];
  readonly #open: Held[] = [];
  readonly #found: Found<Func>[] = [];
  /** Whether the code asks for the wrapper, so that it knows both forms. */
  #knowsWrapper = false;

  /** `filesOf` names the file, or those that it may be, as a mention does. */
  constructor(text: Calls<Func>, filesOf: (given: Given<Func> | undefined) => readonly string[]) {
    this.#text = text;
    this.#filesOf = filesOf;
  }

  /** This expression has it too. */
  on(carrier: Held): void {
    this.#open.push(carrier);
  }

  /** The function around this expression returns it. */
  returned(carrier: Held): void {
    const text = this.#text;
    const owner = text.functionAround(carrier.from);
    for (const bracket of owner ? text.callsOf(owner) : []) {
      const call = text.callAt(bracket);
      if (!call || !owner) continue;
      const given = { function: owner, args: text.itemsOf(bracket) };
      this.on({ ...carrier, from: call.from, to: text.behind(bracket), given });
    }
  }

  /** It is sent, put into a wrapper, or written to the file `to`. */
  said(does: "create" | "update" | "copy", at: Range, { given }: Pick<Held, "given">, to?: string): void {
    this.#found.push({ does, at, given, ...(to !== undefined && { to }) });
  }

  /** Keys of it are read or set; undefined where it can't be told which, none where these are of no request. */
  read(at: Range, { given }: Pick<Held, "given">, keys?: readonly string[], sets = false): void {
    if (keys?.some((key) => requestField(key) === WRAPPER)) this.#knowsWrapper = true;
    if (keys?.length === 0) return;
    this.#found.push({ does: "read", at, given, ...(keys && { keys }), ...(sets && { sets }) });
  }

  /** Asks what stands around each expression that has it, until there is no more. */
  follow(step: (carrier: Held) => void): void {
    const seen = new Set<string>();
    for (let next = this.#open.pop(); next && seen.size < MOST_STEPS; next = this.#open.pop()) {
      const id = `${next.from} ${next.to} ${next.raw}`;
      if (seen.has(id)) continue;
      seen.add(id);
      step(next);
    }
  }

  /** The mentions of the file; without what is read by code that knows both forms. */
  mentions(): Mention[] {
    return this.#found
      .filter(({ does }) => does !== "read" || !this.#knowsWrapper)
      .flatMap(({ at, given, ...mention }) =>
        this.#filesOf(given).map((file) => ({ ...mention, at: this.#text.spanOf(at), file })),
      )
      .filter(({ file, to }) => file !== to);
  }
}
