import { requestField, WRAPPER } from "../../rule/fields.ts";
import type { KeyPath } from "../syntax.ts";
import type { JqToken } from "./jq-tokens.ts";

/** What a simple program does. */
export interface SimpleJq {
  paths: KeyPath[];
  sets: boolean;
  prints: "request" | "part";
}

/** What an expression is: the whole input, changed or not; a path into it; or anything that is made of such. */
type Kind = "whole" | "path" | "value";

/** Thrown inside of the reader only: the program is not simple. */
class NotSimple extends Error {}

/**
 * Reads a program as jq's grammar has it (src/parser.y of jq 1.7: `|` binds least, then `,`, `//`, assignments, the
 * other operators), as long as it looks at its input by paths alone. Behind a path and a `|` the input is another, so
 * that what stands there is of no interest.
 */
export class JqReader {
  readonly #program: string;
  readonly #tokens: readonly JqToken[];
  readonly #paths: KeyPath[] = [];
  #at = 0;
  #depth = 0;
  #sets = false;

  constructor(program: string, tokens: readonly JqToken[]) {
    this.#program = program;
    this.#tokens = tokens;
  }

  /** What the program does; undefined for one that is not simple, or that knows both forms. */
  read(): SimpleJq | undefined {
    try {
      const kind = this.#pipe();
      if (this.#at < this.#tokens.length) return undefined;
      const knowsWrapper = this.#paths.some(({ keys: [key = ""] }) => requestField(key) === WRAPPER);
      const isMixed = knowsWrapper && this.#paths.some(({ keys: [key = ""] }) => isFlat(key));
      if (isMixed) return undefined;
      return { paths: this.#paths, sets: this.#sets, prints: kind === "whole" ? "request" : "part" };
    } catch (error) {
      if (error instanceof NotSimple) return undefined;
      throw error;
    }
  }

  #is(...texts: readonly string[]): boolean {
    const token = this.#tokens[this.#at];
    return token?.kind === "mark" && texts.includes(token.text);
  }

  #take(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#at++;
    return true;
  }

  #pipe(): Kind {
    if (++this.#depth > DEEPEST) throw new NotSimple();
    let kind = this.#list();
    while (this.#take("|")) {
      if (kind === "whole") kind = this.#list();
      else this.#skip();
    }
    this.#depth--;
    return kind;
  }

  /** Goes to the end of what the brackets around it hold. */
  #skip(): void {
    let depth = 0;
    for (let token = this.#tokens[this.#at]; token; token = this.#tokens[++this.#at]) {
      if (token.kind === "name" && /^inputs?$/.test(token.text)) throw new NotSimple();
      if (token.kind !== "mark") continue;
      if (/^[([{]$/.test(token.text)) depth++;
      if (/^[)\]}]$/.test(token.text) && --depth < 0) return;
    }
  }

  #list(): Kind {
    return this.#chain([","], () => this.#chain(["//"], () => this.#assignment()));
  }

  /** Operands between these operators; the whole input is no operand. */
  #chain(operators: readonly string[], operand: () => Kind): Kind {
    const kind = operand();
    if (!this.#is(...operators)) return kind;
    let isWhole = kind === "whole";
    while (this.#is(...operators)) {
      this.#at++;
      if (operand() === "whole") isWhole = true;
    }
    if (isWhole) throw new NotSimple();
    return "value";
  }

  #assignment(): Kind {
    const left = this.#operation();
    const operator = this.#tokens[this.#at];
    if (operator?.kind !== "mark" || !ASSIGNS.test(operator.text)) return left;
    if (left !== "path") throw new NotSimple();
    this.#at++;
    this.#sets = true;
    if (operator.text === "|=") this.#skipOperand();
    else if (this.#operation() === "whole") throw new NotSimple();
    return "whole";
  }

  /** The right side of `|=`, whose input is the old value. */
  #skipOperand(): void {
    let depth = 0;
    for (let token = this.#tokens[this.#at]; token; token = this.#tokens[++this.#at]) {
      if (token.kind === "name" && /^(inputs?|as)$/.test(token.text)) throw new NotSimple();
      if (token.kind !== "mark") continue;
      if (depth === 0 && /^([,|)\]}]|\/\/)$/.test(token.text)) return;
      if (/^[([{]$/.test(token.text)) depth++;
      if (/^[)\]}]$/.test(token.text)) depth--;
    }
  }

  #operation(): Kind {
    return this.#chain(["==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%"], () => this.#term());
  }

  #term(): Kind {
    if (this.#take("-")) return this.#term() === "whole" ? this.#fail() : "value";
    const token = this.#tokens[this.#at];
    if (!token) throw new NotSimple();
    this.#at++;
    if (token.kind === "field") return this.#path(token.start, token, token.text);
    if (token.kind === "name" && token.text === "del") return this.#deletion();
    if (token.kind === "name" && !CONSTANTS.test(token.text)) throw new NotSimple();
    if (token.kind !== "mark") return this.#behind("value");
    switch (token.text) {
      case ".":
        return this.#is("[") ? this.#indexed(token) : "whole";
      case "(": {
        const kind = this.#pipe();
        this.#close(")");
        return kind === "whole" ? "whole" : this.#behind("value");
      }
      case "[":
        if (!this.#is("]") && this.#pipe() === "whole") throw new NotSimple();
        this.#close("]");
        return this.#behind("value");
      default:
        throw new NotSimple();
    }
  }

  #fail(): never {
    throw new NotSimple();
  }

  #close(bracket: string): void {
    if (!this.#take(bracket)) throw new NotSimple();
  }

  /** What follows an expression that is no path from the top: `$ENV.NAME`, `[…][0]`. */
  #behind(kind: Kind): Kind {
    this.#suffixes([]);
    return kind;
  }

  /** `.["name"]`. What is no string there is an item of a list, or each of them. */
  #indexed({ start }: JqToken): Kind {
    const [open, key, close] = this.#tokens.slice(this.#at, this.#at + 3);
    if (!open || key?.kind !== "string" || key.text.includes("\\") || close?.text !== "]")
      throw new NotSimple();
    this.#at += 3;
    return this.#path(start, { start: open.start - 1, end: close.end }, key.text);
  }

  /** `before` is where the first key stands, with the dot before it. */
  #path(start: number, before: { start: number; end: number }, key: string): Kind {
    const keys = [key];
    this.#suffixes(keys);
    const end = this.#tokens[this.#at - 1]?.end ?? before.end;
    this.#paths.push({ at: { start, end }, first: { start: before.start + 1, end: before.end }, keys });
    return "path";
  }

  #suffixes(keys: string[]): void {
    for (;;) {
      const token = this.#tokens[this.#at];
      if (token?.kind === "field" && isAttached(this.#program, token)) {
        keys.push(token.text);
        this.#at++;
      } else if (this.#is("?")) this.#at++;
      else if (this.#is("[")) this.#index(keys);
      else if (this.#is(".") && this.#tokens[this.#at + 1]?.text === "[") this.#at++;
      else return;
    }
  }

  /** `[]`, `[0]`, `[1:]`, `["name"]` */
  #index(keys: string[]): void {
    const end = this.#tokens.findIndex((token, index) => index > this.#at && token.text === "]");
    const inside = this.#tokens.slice(this.#at + 1, end);
    const [only] = inside;
    const isName = inside.length === 1 && only?.kind === "string";
    const isNumbers = inside.every(({ kind, text }) => kind === "number" || /^[-:]$/.test(text));
    if (end < 0 || (!isName && !isNumbers)) throw new NotSimple();
    if (isName) keys.push(only.text);
    this.#at = end + 1;
  }

  #deletion(): Kind {
    this.#close("(");
    do {
      if (this.#term() !== "path") throw new NotSimple();
    } while (this.#take(","));
    this.#close(")");
    this.#sets = true;
    return "whole";
  }
}

const DEEPEST = 30;
const ASSIGNS = /^([-+*/%|]|\/\/)?=$/;
const CONSTANTS = /^(null|true|false|empty|now|env)$/;

function isFlat(key: string): boolean {
  const field = requestField(key);
  return field !== undefined && field !== WRAPPER;
}

/** Whether a field goes on with what stands directly before it. */
function isAttached(program: string, { start }: JqToken): boolean {
  return start > 0 && !/\s/.test(program[start - 1] ?? "");
}

/** Whether a field begins a path, and does not go on with what stands before it. */
export function isPath(before: JqToken | undefined, { start }: JqToken): boolean {
  const goesOn =
    before !== undefined && before.end === start && !/^([([{,:;|+\-*/%<>=]|.*=|\/\/)$/.test(before.text);
  return !goesOn;
}
