import type { Call } from "../source/file-trail.ts";
import { type Token, Tokens } from "../source/tokens.ts";

/** A text in tokens, with where its expressions begin and end. */
export class Expressions extends Tokens {
  /** Whether a name is a key of an object: `name:` behind a brace or a comma. */
  isKey(index: number): boolean {
    return this.word(index + 1) === ":" && /^[{,]$/.test(this.word(index - 1));
  }

  /** Where the expression ends that begins at a token. */
  endOf(from: number): number {
    let at = from;
    for (let steps = 0; at < this.tokens.length && steps < LONGEST; steps++) {
      const token = this.tokens[at];
      if (!token || (token.kind === "mark" && /^[,;)\]}`]$/.test(token.text))) break;
      if (at > from && token.begins && !isJoint(token) && !isJoint(this.tokens[at - 1])) break;
      at = this.behind(at);
    }
    return Math.min(at, this.tokens.length);
  }

  /** Where a chain begins that ends before this token: `fs.promises` before `.readFile`. */
  chainStart(before: number): number {
    let at = before;
    for (;;) {
      const previous = this.tokens[at - 1];
      if (!previous) return at;
      if (/^[)\]]$/.test(previous.text) && previous.kind === "mark" && previous.pair >= 0) at = previous.pair;
      else if (previous.text === ">" && previous.kind === "mark") {
        const opening = this.#typeStart(at - 1);
        if (opening === undefined) return at;
        at = opening;
        continue;
      } else if (previous.kind === "name" && !KEYWORD.test(previous.text)) at--;
      else return at;
      const joint = this.word(at - 1);
      if (joint === "." || joint === "?.") at--;
      else if (!/^[([]$/.test(this.word(at)) || !this.isCallee(at - 1)) {
        while (this.word(at - 1) === "new") at--;
        return at;
      }
    }
  }

  /** `<Foo>` of `load<Foo>(…)`. */
  #typeStart(end: number): number | undefined {
    for (let at = end - 1, deep = 1; at > end - 60 && at > 0; at--) {
      if (this.word(at) === ">") deep++;
      if (this.word(at) === "<" && --deep === 0) return at;
      if (/^[;(){}]$/.test(this.word(at))) return undefined;
    }
    return undefined;
  }

  /** Whether what ends with a token may be called. */
  isCallee(index: number): boolean {
    const token = this.tokens[index];
    return (
      token !== undefined &&
      ((token.kind === "name" && !KEYWORD.test(token.text)) || /^[)\]]$/.test(this.word(index)))
    );
  }

  /** The call whose arguments stand in this bracket. */
  callAt(bracket: number): Call | undefined {
    if (this.word(bracket) !== "(") return undefined;
    const before = this.word(bracket - 1) === ">" ? (this.#typeStart(bracket - 1) ?? bracket) : bracket;
    if (!this.isCallee(before - 1)) return undefined;
    const from = this.chainStart(bracket);
    return { from, name: this.word(before - 1), callee: this.slice({ from, to: before }) };
  }
}

/** How many tokens and brackets an expression has at most. */
const LONGEST = 2000;
/** Names that are none of a value. */
export const KEYWORD =
  /^(return|typeof|case|in|of|do|else|void|delete|await|yield|throw|new|if|while|for|switch|catch|const|let|var|function|async|export|default|as|extends|instanceof)$/;

/** Whether an expression goes on over a line break at this token. */
function isJoint(token: Token | undefined): boolean {
  if (!token) return false;
  if (token.kind === "mark") return !/^[)\]}`{]$/.test(token.text);
  return token.kind === "name" && /^(as|in|of|instanceof|satisfies|await|new|typeof)$/.test(token.text);
}
