import type { Span } from "../../rule/value.ts";
import type { Argument } from "../shell/expand.ts";
import { mentionsOf } from "../shell/call.ts";
import { opensWrapper, OWN_FOLDER } from "../shell/expand.ts";
import { inWrapper, joined, NOTHING, type Stream, textsOf } from "../shell/stream.ts";
import type { Mention, Notice, Region } from "../syntax.ts";
import { doneBy, nameOf } from "./commands.ts";
import { accessAt, accessesIn, closingIn, fieldKey } from "./keys.ts";
import { lex, type StringToken, type Token } from "./lex.ts";
import { asksForWrapper, EMPTY, readIn, type Value, type Word, writtenTo } from "./value.ts";

/** What is worth following a script for. */
const SPEAKS =
  /sip[^a-z0-9]{1,8}dispatch|SIPDispatchRule|set-content|out-file|copy-item|convertfrom-json|writealltext/i;

/**
 * What a script does with requests in files, and in its own strings: each command of each statement once, in the order
 * of the text; and which of its commands are wrong. `code` are its tokens without comments.
 */
export function mentionsIn(
  text: string,
  code: readonly Token[],
  regions: readonly Region[],
): { mentions: Mention[]; notices: Notice[] } {
  if (!SPEAKS.test(text)) return { mentions: [], notices: [] };
  const follower = new Follower(text, code, regions);
  follower.followAll();
  return { mentions: follower.said(), notices: follower.notices };
}

const DEEPEST = 20;

class Follower {
  /** The commands that are wrong. */
  readonly notices: Notice[] = [];
  readonly #mentions: Mention[] = [];
  readonly #text: string;
  readonly #code: readonly Token[];
  readonly #starts: ReadonlyMap<number, number>;
  readonly #variables: Map<string, Value>;
  readonly #closing: ReadonlyMap<number, number>;
  /** What the functions of the script give that are called without arguments. */
  readonly #functions: Map<string, Value>;
  #depth = 0;
  /** How many strings the text stands in. */
  readonly #inStrings: number;

  /** `within` is the script of which the text is code in a string. */
  constructor(text: string, code: readonly Token[], regions: readonly Region[], within?: Follower) {
    this.#variables = within ? within.#variables : new Map<string, Value>();
    this.#functions = within ? within.#functions : new Map<string, Value>();
    this.#inStrings = within ? within.#inStrings + 1 : 0;
    this.#text = text;
    this.#code = code;
    this.#starts = new Map(regions.map((region, index) => [region.toOuter(0), index]));
    this.#closing = closingIn(code);
  }

  /** The mentions in the order of the text, without those of lines that know both forms. */
  said(): Mention[] {
    const known = new Set(this.#mentions.filter(asksForWrapper).flatMap(({ file }) => file ?? []));
    return this.#mentions
      .filter(({ does, file }) => does !== "read" || file === undefined || !known.has(file))
      .toSorted((a, b) => a.at.start - b.at.start);
  }

  /** Blocks are followed as if they stood without their braces. */
  followAll(): void {
    let from = 0;
    let deep = 0;
    let owner: { name: string; deep: number } | undefined;
    for (let at = 0; at <= this.#code.length; at++) {
      const close = this.#closing.get(at);
      if (close !== undefined) {
        const isOfFunction = IS_FUNCTION.test(this.#written(at - 2));
        if (isOfFunction || /^param$/i.test(this.#written(at - 1))) this.#defaults(at + 1, close);
        at = close;
      } else if (at === this.#code.length || this.#ends(at)) {
        const isFunction = IS_FUNCTION.test(this.#written(from)) && this.#mark(at) === "{";
        if (isFunction) owner = { name: this.#written(from + 1).toLowerCase(), deep };
        this.#reads(from, at);
        const value = this.#pipeline(/^return$/i.test(this.#written(from)) ? from + 1 : from, at);
        if (owner && value.holds.origins.length > 0) this.#functions.set(owner.name, value);
        if (this.#mark(at) === "{") deep++;
        if (this.#mark(at) === "}" && --deep <= (owner?.deep ?? -1)) owner = undefined;
        from = at + 1;
      }
    }
  }

  /** `param([string]$File = "rule.json")` */
  #defaults(from: number, to: number): void {
    for (let at = from; at < to; at++) {
      if (this.#mark(at + 1) !== "=" || !this.#written(at).startsWith("$")) continue;
      let end = at + 2;
      while (end < to && this.#mark(end) !== "," && this.#code[end]?.kind !== "newline")
        end = (this.#closing.get(end) ?? end) + 1;
      this.#pipeline(at, end);
      at = end;
    }
  }

  /** Takes note of the keys that are reached for in what variables hold. */
  #reads(from: number, to: number): void {
    const code = { text: this.#text, tokens: this.#code, closing: this.#closing };
    for (const { variable, at, key, sets } of accessesIn(code, from, to)) {
      const value = this.#variables.get(variable) ?? EMPTY;
      this.#mentions.push(...readIn(value, { at, keys: key === undefined ? undefined : [key], sets }));
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
    const cast = this.#mark(from) === "[" ? this.#closing.get(from) : undefined;
    if (cast !== undefined && this.#written(cast + 1).startsWith("$")) from = cast + 1;
    const [, name] = /^\$(?:script:|global:|local:)?(\w+)$/i.exec(this.#written(from)) ?? [];
    // `foreach ($file in Get-ChildItem rules/*.json)`
    const isBare = TAKES_BARE.test(/^\$\w+\.(\w+)$/.exec(this.#written(from))?.[1] ?? "");
    const isPut = isBare && this.#mark(from + 1) === "=";
    const isSet =
      name !== undefined && (this.#mark(from + 1) === "=" || /^in$/i.test(this.#written(from + 1)));
    if (isSet || isPut) from += 2;
    let value = EMPTY;
    for (let at = from; at <= to; at++) {
      const close = this.#closing.get(at);
      if (close !== undefined && close < to) at = close;
      else if (at === to || this.#mark(at) === "|") {
        value = this.#command(from, at, value);
        from = at + 1;
      }
    }
    if (isSet) this.#variables.set(name.toLowerCase(), value);
    if (isPut) this.#wraps(value.holds, this.#code[start] ?? { start: 0, end: 0 });
    return value;
  }

  #written(index: number): string {
    const token = this.#code[index];
    return token ? this.#text.slice(token.start, Math.min(token.end, token.start + LONGEST)) : "";
  }

  #command(from: number, to: number, input: Value): Value {
    const words = this.#arguments(from, to);
    const args = this.#wrapped(words.filter((_, index) => !isRedirection(words, index)));
    const [first, ...rest] = args;
    if (!first) return EMPTY;
    const at = { start: first.start, end: args.at(-1)?.end ?? first.end };
    const own = rest.length === 0 ? this.#functions.get(nameOf(args)) : undefined;
    if (own) return own;
    const { mentions, gives, notice, each } = doneBy(args, input, at);
    this.#mentions.push(...mentions);
    if (notice) this.notices.push(notice);
    for (const file of this.#redirected(words)) this.#mentions.push(...writtenTo(file, gives, at));
    if (each) {
      this.#variables.set("_", each);
      if (this.#depth > 0) this.#reads(from, to);
    }
    return gives;
  }

  /** The words, with those in wrappers that strings put around them: `'{"dispatch_rule":' + $rule`, and with `-f`. */
  #wrapped(words: readonly Word[]): Word[] {
    const said = words.map(({ texts: [text = ""] }) => text);
    const format = said.findIndex((text) => /^-f$/i.test(text));
    const filled = [...(said[format - 1] ?? "").matchAll(/\{(\d{1,2})\}/g)]
      .filter(({ input, index }) => opensBare(input.slice(0, index)))
      .map(({ 1: place }) => format + 1 + Number(place));
    return words.map((word, index) => {
      const before = said[index - 1] === "+" ? said[index - 2] : said[index - 1];
      if (word.holds.origins.length === 0) return word;
      if (!filled.includes(index) && !opensBare(before ?? "")) return word;
      this.#wraps(word.holds, word);
      return { ...word, holds: inWrapper(word.holds) };
    });
  }

  /** The files behind `>`. */
  #redirected(args: readonly Argument[]): string[] {
    return args.flatMap(({ texts: [text = ""] }, index) => {
      if (/^>{1,2}$/.test(text)) return args[index + 1]?.texts ?? [];
      return /^>{1,2}[^>&]/.test(text) ? text.replace(/^>+/, "") : [];
    });
  }

  /** The words of a command; what stands side by side is one. */
  #arguments(from: number, to: number): Word[] {
    const args: Word[] = [];
    for (let at = from; at < to; at++) {
      const token = this.#code[at];
      if (!token || token.kind === "newline" || /^[,=\])]$/.test(this.#mark(at))) continue;
      const close = this.#closing.get(at);
      const value = close === undefined ? this.#valueOf(token) : this.#called(at, Math.min(close, to));
      if (value.parsed && close !== undefined) {
        const code = { text: this.#text, tokens: this.#code, closing: this.#closing };
        const access = accessAt(code, close, "");
        const keys = access?.key === undefined ? undefined : [access.key];
        if (access) this.#mentions.push(...readIn(value, { ...access, keys }));
      }
      const end = this.#code[close ?? at]?.end ?? token.end;
      if (close !== undefined) at = close;
      if (token.kind === "word" && /^[&.]$/.test(this.#written(at)) && args.length === 0) continue;
      const last = args.at(-1);
      if (last?.end === token.start) {
        const texts = last.texts.flatMap((one) => value.texts.map((text) => one + text)).slice(0, 8);
        const { start } = last;
        const isCast = this.#text[start] === "[" && last.texts[0] === "";
        const holds = joined([last.holds, value.holds]);
        args[args.length - 1] = { ...(isCast && value), start, end, texts, holds };
      } else args.push({ start: token.start, end, ...value });
    }
    return args;
  }

  /** `[IO.File]::ReadAllText($path)` and its like, or the value of any other bracket. */
  #called(open: number, close: number): Value {
    const [, does] = /^::(read|write)all(?:text|lines)$/i.exec(this.#written(open - 1)) ?? [];
    if (does === undefined) return this.#bracket(open, close);
    const [path, text] = this.#arguments(open + 1, close);
    if (does.toLowerCase() === "read") return { ...EMPTY, holds: textsOf(path?.texts ?? []) };
    const at = { start: this.#code[open]?.start ?? 0, end: this.#code[close]?.end ?? 0 };
    for (const to of path?.texts ?? []) this.#mentions.push(...writtenTo(to, text ?? EMPTY, at));
    return EMPTY;
  }

  #bracket(open: number, close: number): Value {
    if (this.#mark(open) === "[" || this.#depth >= DEEPEST) return EMPTY;
    if (this.#mark(open) === "@{") return this.#hashtable(open, close);
    this.#depth++;
    const value = this.#pipeline(open + 1, close);
    this.#depth--;
    return value;
  }

  /** A hashtable, and what it puts into a wrapper or a request for an update: `@{ dispatch_rule = $rule }`. */
  #hashtable(open: number, close: number): Value {
    const keys: string[] = [];
    for (let at = open + 1; at < close; at++) {
      const inner = this.#closing.get(at);
      if (inner !== undefined) at = inner;
      if (this.#mark(at + 1) !== "=") continue;
      const key = this.#written(at).replaceAll(/^["']|["']$/g, "");
      keys.push(fieldKey(key));
      if (!TAKES_BARE.test(key)) continue;
      let end = at + 2;
      for (; end < close && !this.#ends(end); end++) end = this.#closing.get(end) ?? end;
      this.#depth++;
      const { holds } = this.#pipeline(at + 2, end);
      this.#depth--;
      this.#wraps(holds, { start: this.#code[at]?.start ?? 0, end: this.#code[end - 1]?.end ?? 0 });
      at = end;
    }
    const made = { start: this.#code[open]?.start ?? 0, end: this.#code[close]?.end ?? 0 };
    return { ...EMPTY, holds: { origins: [{ made }], names: [] }, made: { at: made, keys } };
  }

  /** What is put into a wrapper is a bare rule, and has to stay one. */
  #wraps(bare: Stream, at: Span): void {
    this.#mentions.push(...mentionsOf(bare, { does: "update", at }));
  }

  #valueOf(token: Token): Value {
    const region = token.kind === "string" ? this.#regionIn(token) : undefined;
    const holds = region === undefined ? NOTHING : { origins: [{ region }], names: [], alike: true };
    const { start, end } = token.kind === "string" ? token.inside : token;
    const written = this.#text.slice(start, Math.min(end, start + LONGEST));
    if (token.kind === "string" && !token.expandable) return { texts: [asPath(written)], holds };
    const [, whole, property] =
      /^\$(?:script:|global:|local:)?(\w+)(\.(?:FullName|Path|Name))?$/i.exec(written) ?? [];
    const variable = whole === undefined ? undefined : this.#variables.get(whole.toLowerCase());
    if (variable && (property === undefined || variable.texts[0] !== "")) {
      return { ...variable, holds: joined([holds, variable.holds]) };
    }
    if (token.kind === "string") this.#codesIn(token);
    const said = written.replaceAll(VARIABLE, (_, name: string, index: number) => {
      if (/^PSScriptRoot$/i.test(name)) return OWN_FOLDER;
      const inside = this.#variables.get(name.toLowerCase());
      const known = inside?.texts[0];
      if (inside && opensBare(written.slice(0, index))) this.#wraps(inside.holds, token);
      return known === undefined || known === "" ? `\${${name}}` : known;
    });
    return { texts: [asPath(said)], holds };
  }

  /** Follows the code in a string, and what that puts into a wrapper there. */
  #codesIn({ inside, codes }: StringToken): void {
    if (this.#inStrings >= DEEPEST_CODE) return;
    for (const { start, end } of codes) {
      if (end - start > LONGEST_CODE) continue;
      const text = this.#text.slice(start + 2, end - 1);
      const tokens = lex(text).tokens.filter(({ kind }) => kind !== "comment");
      const inner = new Follower(text, tokens, [], this);
      const { holds } = inner.#pipeline(0, tokens.length);
      // Where a hashtable stands that is made in a string, is not known outside of it.
      const origins = holds.origins.filter((origin) => !("made" in origin));
      const known = inner.#mentions.filter(({ made }) => !made);
      const outerSpan = ({ start: from, end: to }: Span): Span => ({
        start: from + start + 2,
        end: to + start + 2,
      });
      for (const mention of known) {
        this.#mentions.push({ ...mention, at: outerSpan(mention.at) });
      }
      for (const notice of inner.notices) {
        if (notice.code !== "delete-refuses-id") continue;
        this.notices.push({ ...notice, at: outerSpan(notice.at), ids: notice.ids.map(outerSpan) });
      }
      const before = this.#text.slice(Math.max(inside.start, start - LONGEST), start);
      if (opensBare(before)) this.#wraps({ ...holds, origins }, { start, end });
    }
  }

  /** The region that a string is. */
  #regionIn({ inside }: Token & { kind: "string" }): number | undefined {
    return this.#starts.get(inside.start);
  }
}

/** Whether a word is a `>`, or the file behind it. */
function isRedirection(words: readonly Argument[], index: number): boolean {
  const [before, word] = [words[index - 1], words[index]].map((one) => one?.texts[0] ?? "");
  return /^>{1,2}$/.test(before ?? "") || /^>{1,2}(?!&)/.test(word ?? "");
}

const IS_FUNCTION = /^(function|filter)$/i;
const LONGEST = 300;
const LONGEST_CODE = 2000;
const DEEPEST_CODE = 4;
const VARIABLE = /\$\{?(?:env:|script:|global:|local:)?(\w+)\}?/gi;
/** The fields of requests of which the value is a bare rule: CreateSIPDispatchRuleRequest, UpdateSIPDispatchRuleRequest. */
const TAKES_BARE = /^(dispatch_?rule|replace)$/i;
const OPENS_REPLACE = /["']replace["']\s{0,9}:\s{0,9}$/;

/** Whether what comes next in a string is a bare rule, by its place in a request. */
function opensBare(before: string): boolean {
  const plain = before.slice(-LONGEST).replaceAll("`", "");
  return opensWrapper(plain) || OPENS_REPLACE.test(plain.slice(-50));
}

/** `.\sip\rule.json` as it is known elsewhere. An escape is no folder. */
function asPath(said: string): string {
  return said.replaceAll("\\", "/");
}
