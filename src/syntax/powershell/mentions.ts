import type { Span } from "../../rule/value.ts";
import type { Argument } from "../shell/expand.ts";
import { mentionsOf } from "../shell/call.ts";
import { opensWrapper, OWN_FOLDER } from "../shell/expand.ts";
import { sentIn } from "../shell/send.ts";
import { changed, joined, NOTHING, type Stream, textsOf } from "../shell/stream.ts";
import type { Mention, Region } from "../syntax.ts";
import type { Token } from "./lex.ts";

/** What is worth following a script for. */
const SPEAKS = /sip[^a-z0-9]{1,8}dispatch|SIPDispatchRule|set-content|out-file|copy-item/i;

/**
 * What a script does with requests in files, and in its own strings: each command of each statement once, in the order
 * of the text. `code` are its tokens without comments.
 */
export function mentionsIn(text: string, code: readonly Token[], regions: readonly Region[]): Mention[] {
  if (!SPEAKS.test(text)) return [];
  const follower = new Follower(text, code, regions);
  follower.followAll();
  return follower.mentions;
}

/** What an expression says, and whose text it is. */
type Value = Pick<Argument, "texts" | "holds">;

const EMPTY: Value = { texts: [""], holds: NOTHING };
const DEEPEST = 20;

class Follower {
  readonly mentions: Mention[] = [];
  readonly #text: string;
  readonly #code: readonly Token[];
  readonly #starts: ReadonlyMap<number, number>;
  readonly #variables = new Map<string, Value>();
  readonly #closing: ReadonlyMap<number, number>;
  #depth = 0;

  constructor(text: string, code: readonly Token[], regions: readonly Region[]) {
    this.#text = text;
    this.#code = code;
    this.#starts = new Map(regions.map((region, index) => [region.toOuter(0), index]));
    this.#closing = closingIn(code);
  }

  /** Blocks are followed as if they stood without their braces. */
  followAll(): void {
    let from = 0;
    for (let at = 0; at <= this.#code.length; at++) {
      const close = this.#closing.get(at);
      if (close !== undefined) at = close;
      else if (at === this.#code.length || this.#ends(at)) {
        this.#pipeline(from, at);
        from = at + 1;
      }
    }
  }

  #mark(index: number): string {
    const token = this.#code[index];
    return token?.kind === "mark" ? token.mark : "";
  }

  #ends(index: number): boolean {
    if (/^[;{}]$/.test(this.#mark(index))) return true;
    if (this.#code[index]?.kind !== "newline") return false;
    return this.#mark(index - 1) !== "|" && this.#mark(index + 1) !== "|";
  }

  #pipeline(start: number, to: number): Value {
    let from = start;
    const [, name] = /^\$(?:script:|global:|local:)?(\w+)$/i.exec(this.#written(from)) ?? [];
    const isSet = name !== undefined && this.#mark(from + 1) === "=";
    if (isSet) from += 2;
    let value = EMPTY;
    for (let at = from; at <= to; at++) {
      const close = this.#closing.get(at);
      if (close !== undefined && close < to) at = close;
      else if (at === to || this.#mark(at) === "|") {
        value = this.#command(from, at, value.holds);
        from = at + 1;
      }
    }
    if (isSet) this.#variables.set(name.toLowerCase(), value);
    return value;
  }

  #written(index: number): string {
    const token = this.#code[index];
    return token ? this.#text.slice(token.start, Math.min(token.end, token.start + LONGEST)) : "";
  }

  #command(from: number, to: number, input: Stream): Value {
    const args = this.#arguments(from, to);
    const [first, ...rest] = args;
    if (!first) return EMPTY;
    const at = { start: first.start, end: args.at(-1)?.end ?? first.end };
    const name = (first.texts[0] ?? "").toLowerCase();
    const files = this.#redirected(rest);
    const value = this.#done(name, args, input, at);
    for (const file of files) this.#copy(value.holds, file, at);
    return value;
  }

  #done(name: string, args: readonly Argument[], input: Stream, at: Span): Value {
    const [first, ...rest] = args;
    const sent = sentIn(args.map(withFile), { at, args, input }, (file) => file);
    if (sent) {
      this.mentions.push(...sent.mentions);
      return { ...EMPTY, holds: sent.prints };
    }
    const plain = positional(rest);
    switch (name) {
      case "get-content":
      case "gc":
      case "cat":
      case "type":
        return { ...EMPTY, holds: textsOf(plain.flatMap(({ texts }) => texts)) };
      case "set-content":
      case "add-content":
      case "out-file":
      case "tee-object": {
        const [file, value] = plain;
        const from = joined([input, ...(value ? [value.holds] : [])]);
        for (const to of file?.texts ?? []) this.#copy(from, to, at);
        return { ...EMPTY, holds: from };
      }
      case "copy-item":
      case "move-item":
      case "copy":
      case "cp":
      case "mv": {
        const [from, to] = plain;
        for (const file of to?.texts ?? []) this.#copy(textsOf(from?.texts ?? []), file, at);
        return EMPTY;
      }
      case "join-path":
        return { ...EMPTY, texts: [plain.map(({ texts: [text = ""] }) => text).join("/")] };
      default:
        if (rest.length === 0 && first && input.origins.length === 0) return first;
        return { ...EMPTY, holds: changed(joined([input, ...args.map(({ holds }) => holds)])) };
    }
  }

  #copy({ origins, alike }: Stream, to: string, at: Span): void {
    for (const origin of origins) {
      this.mentions.push({ does: "copy", at, ...origin, to, ...(alike && { alike }) });
    }
  }

  /** The files behind `>`. */
  #redirected(args: readonly Argument[]): string[] {
    return args.flatMap(({ texts: [text = ""] }, index) => {
      if (/^>{1,2}$/.test(text)) return args[index + 1]?.texts ?? [];
      return /^>{1,2}[^>&]/.test(text) ? text.replace(/^>+/, "") : [];
    });
  }

  /** The words of a command; what stands side by side is one. */
  #arguments(from: number, to: number): Argument[] {
    const args: Argument[] = [];
    for (let at = from; at < to; at++) {
      const token = this.#code[at];
      if (!token || token.kind === "newline" || /^[,=\])]$/.test(this.#mark(at))) continue;
      const close = this.#closing.get(at);
      const value = close === undefined ? this.#valueOf(token) : this.#bracket(at, Math.min(close, to));
      const end = this.#code[close ?? at]?.end ?? token.end;
      if (close !== undefined) at = close;
      if (token.kind === "word" && /^[&.]$/.test(this.#written(at)) && args.length === 0) continue;
      const last = args.at(-1);
      if (last?.end === token.start) {
        const texts = last.texts.flatMap((one) => value.texts.map((text) => one + text)).slice(0, 8);
        args[args.length - 1] = { ...last, end, texts, holds: joined([last.holds, value.holds]) };
      } else args.push({ start: token.start, end, ...value });
    }
    return args;
  }

  #bracket(open: number, close: number): Value {
    if (this.#mark(open) === "[" || this.#depth >= DEEPEST) return EMPTY;
    if (this.#mark(open) === "@{") {
      this.#hashtable(open, close);
      return EMPTY;
    }
    this.#depth++;
    const value = this.#pipeline(open + 1, close);
    this.#depth--;
    return value;
  }

  /** What a hashtable puts into a wrapper: `@{ dispatch_rule = $rule }`. */
  #hashtable(open: number, close: number): void {
    for (let at = open + 1; at < close; at++) {
      const inner = this.#closing.get(at);
      if (inner !== undefined) at = inner;
      if (this.#mark(at + 1) !== "=" || !WRAPPER.test(this.#written(at))) continue;
      let end = at + 2;
      for (; end < close && !this.#ends(end); end++) end = this.#closing.get(end) ?? end;
      this.#depth++;
      const { holds } = this.#pipeline(at + 2, end);
      this.#depth--;
      this.#wraps(holds, { start: this.#code[at]?.start ?? 0, end: this.#code[end - 1]?.end ?? 0 });
      at = end;
    }
  }

  /** What is put into a wrapper is a bare rule, and has to stay one. */
  #wraps(bare: Stream, at: Span): void {
    this.mentions.push(...mentionsOf(bare, { does: "update", at }));
  }

  #valueOf(token: Token): Value {
    const region = token.kind === "string" ? this.#regionIn(token) : undefined;
    const holds = region === undefined ? NOTHING : { origins: [{ region }], names: [], alike: true };
    const { start, end } = token.kind === "string" ? token.inside : token;
    const written = this.#text.slice(start, Math.min(end, start + LONGEST));
    if (token.kind === "string" && !token.expandable) return { texts: [asPath(written)], holds };
    const whole = /^\$(?:script:|global:|local:)?(\w+)$/i.exec(written)?.[1];
    const variable = whole === undefined ? undefined : this.#variables.get(whole.toLowerCase());
    if (variable) return { texts: variable.texts, holds: joined([holds, variable.holds]) };
    const said = written.replaceAll(VARIABLE, (_, name: string, index: number) => {
      if (/^PSScriptRoot$/i.test(name)) return OWN_FOLDER;
      const inside = this.#variables.get(name.toLowerCase());
      const known = inside?.texts[0];
      if (inside && opensWrapper(written.slice(0, index).replaceAll("`", "")))
        this.#wraps(inside.holds, token);
      return known === undefined || known === "" ? `\${${name}}` : known;
    });
    return { texts: [asPath(said)], holds };
  }

  /** The region that a string is. */
  #regionIn({ inside }: Token & { kind: "string" }): number | undefined {
    return this.#starts.get(inside.start);
  }
}

const LONGEST = 300;
const VARIABLE = /\$\{?(?:env:|script:|global:|local:)?(\w+)\}?/gi;
const WRAPPER = /^["']?dispatch_?rule["']?$/i;

/** `.\sip\rule.json` as it is known elsewhere. An escape is no folder. */
function asPath(said: string): string {
  return said.replaceAll("\\", "/");
}

/** Options that take a value which is not what a command is about. */
const VALUED =
  /^-(encoding|delimiter|totalcount|tail|readcount|width|filter|include|exclude|erroraction|ea)$/i;

/** The arguments that are no options, and the values of those that only say which argument they are. */
function positional(args: readonly Argument[]): Argument[] {
  return args.filter(({ texts: [text = ""] }, index) => {
    const [before = ""] = args[index - 1]?.texts ?? [];
    return (
      !/^-[a-z]/i.test(text) && !text.startsWith(">") && !/^>{1,2}$/.test(before) && !VALUED.test(before)
    );
  });
}

/** `-InFile rule.json` brings the text of the file. */
function withFile(arg: Argument, index: number, args: readonly Argument[]): Argument {
  const isFile = /^-infile$/i.test(args[index - 1]?.texts[0] ?? "");
  return isFile ? { ...arg, holds: textsOf(arg.texts) } : arg;
}

/** Where each bracket closes, but for those of blocks. */
function closingIn(code: readonly Token[]): Map<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (const [index, token] of code.entries()) {
    if (token.kind !== "mark") continue;
    if (/[([{]$/.test(token.mark)) open.push(index);
    if (!/^[)\]}]$/.test(token.mark)) continue;
    const opened = open.pop();
    const mark = opened === undefined ? undefined : code[opened];
    if (opened !== undefined && mark?.kind === "mark" && mark.mark !== "{") closing.set(opened, index);
  }
  return closing;
}
