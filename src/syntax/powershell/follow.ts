import type { Span } from "../../rule/value.ts";
import { mentionsOf } from "../shell/call.ts";
import { OWN_FOLDER } from "../shell/expand.ts";
import { inWrapper, joined, NOTHING, type Stream, textsOf } from "../shell/stream.ts";
import type { Mention, Notice, Region } from "../syntax.ts";
import { bareAmong, opensBare, TAKES_BARE } from "./bare.ts";
import { Code, LONGEST, LONGEST_CODE } from "./code.ts";
import { doneBy, nameOf } from "./commands.ts";
import { accessAt, accessesIn, fieldKey } from "./keys.ts";
import type { StringToken, Token } from "./lex.ts";
import { isRedirection, redirectedTo } from "./redirections.ts";
import { EMPTY, readIn, type Value, type Word, writtenTo } from "./value.ts";

/** What the commands of a script do, each once, and which of them are wrong. */
export function follow(code: Code, regions: readonly Region[]): { mentions: Mention[]; notices: Notice[] } {
  const follower = new Follower(code, regions);
  follower.followAll();
  return follower;
}

const DEEPEST = 20;

class Follower {
  /** The commands that are wrong. */
  readonly notices: Notice[] = [];
  readonly mentions: Mention[] = [];
  readonly #code: Code;
  /** The regions that its strings are, by where these begin. */
  readonly #starts: ReadonlyMap<number, number>;
  readonly #variables: Map<string, Value>;
  /** What the functions of the script give that are called without arguments. */
  readonly #functions: Map<string, Value>;
  #depth = 0;
  /** How many strings the text stands in. */
  readonly #inStrings: number;

  /** `within` is the script of which this is code in a string. */
  constructor(code: Code, regions: readonly Region[], within?: Follower) {
    this.#variables = within ? within.#variables : new Map<string, Value>();
    this.#functions = within ? within.#functions : new Map<string, Value>();
    this.#inStrings = within ? within.#inStrings + 1 : 0;
    this.#code = code;
    this.#starts = new Map(regions.map((region, index) => [region.toOuter(0), index]));
  }

  /** Blocks are followed as if they stood without their braces. */
  followAll(): void {
    const code = this.#code;
    let from = 0;
    let deep = 0;
    let owner: { name: string; deep: number } | undefined;
    for (let at = 0; at <= code.tokens.length; at++) {
      const close = code.closing.get(at);
      if (close !== undefined) {
        const isOfFunction = IS_FUNCTION.test(code.written(at - 2));
        if (isOfFunction || /^param$/i.test(code.written(at - 1))) this.#defaults(at + 1, close);
        at = close;
      } else if (at === code.tokens.length || code.ends(at)) {
        const isFunction = IS_FUNCTION.test(code.written(from)) && code.mark(at) === "{";
        if (isFunction) owner = { name: code.written(from + 1).toLowerCase(), deep };
        this.#reads(from, at);
        const value = this.#pipeline(/^return$/i.test(code.written(from)) ? from + 1 : from, at);
        if (owner && value.holds.origins.length > 0) this.#functions.set(owner.name, value);
        if (code.mark(at) === "{") deep++;
        if (code.mark(at) === "}" && --deep <= (owner?.deep ?? -1)) owner = undefined;
        from = at + 1;
      }
    }
  }

  /** `param([string]$File = "rule.json")` */
  #defaults(from: number, to: number): void {
    const code = this.#code;
    for (let at = from; at < to; at++) {
      if (code.mark(at + 1) !== "=" || !code.written(at).startsWith("$")) continue;
      let end = at + 2;
      while (end < to && code.mark(end) !== "," && code.tokens[end]?.kind !== "newline")
        end = (code.closing.get(end) ?? end) + 1;
      this.#pipeline(at, end);
      at = end;
    }
  }

  /** Takes note of the keys that are reached for in what variables hold. */
  #reads(from: number, to: number): void {
    for (const { variable, at, key, sets } of accessesIn(this.#code, from, to)) {
      const value = this.#variables.get(variable) ?? EMPTY;
      this.mentions.push(...readIn(value, { at, keys: key === undefined ? undefined : [key], sets }));
    }
  }

  #pipeline(start: number, to: number): Value {
    const code = this.#code;
    let from = start;
    const cast = code.mark(from) === "[" ? code.closing.get(from) : undefined;
    if (cast !== undefined && code.written(cast + 1).startsWith("$")) from = cast + 1;
    const [, name] = /^\$(?:script:|global:|local:)?(\w+)$/i.exec(code.written(from)) ?? [];
    // `foreach ($file in Get-ChildItem rules/*.json)`
    const isBare = TAKES_BARE.test(/^\$\w+\.(\w+)$/.exec(code.written(from))?.[1] ?? "");
    const isPut = isBare && code.mark(from + 1) === "=";
    const isSet = name !== undefined && (code.mark(from + 1) === "=" || /^in$/i.test(code.written(from + 1)));
    if (isSet || isPut) from += 2;
    let value = EMPTY;
    for (let at = from; at <= to; at++) {
      const close = code.closing.get(at);
      if (close !== undefined && close < to) at = close;
      else if (at === to || code.mark(at) === "|") {
        value = this.#command(from, at, value);
        from = at + 1;
      }
    }
    if (isSet) this.#variables.set(name.toLowerCase(), value);
    if (isPut) this.#wraps(value.holds, code.spanOf(start, start));
    return value;
  }

  #command(from: number, to: number, input: Value): Value {
    const words = this.#arguments(from, to);
    const plain = words.filter((_, index) => !isRedirection(words, index));
    const bare = bareAmong(plain);
    for (const word of bare) this.#wraps(word.holds, word);
    const args = plain.map((word) => (bare.has(word) ? { ...word, holds: inWrapper(word.holds) } : word));
    const [first, ...rest] = args;
    if (!first) return EMPTY;
    const at = { start: first.start, end: args.at(-1)?.end ?? first.end };
    const own = rest.length === 0 ? this.#functions.get(nameOf(args)) : undefined;
    if (own) return own;
    const { mentions, gives, notice, each } = doneBy(args, input, at);
    this.mentions.push(...mentions);
    if (notice) this.notices.push(notice);
    for (const file of redirectedTo(words)) this.mentions.push(...writtenTo(file, gives, at));
    if (each) {
      this.#variables.set("_", each);
      if (this.#depth > 0) this.#reads(from, to);
    }
    return gives;
  }

  /** The words of a command; what stands side by side is one. */
  #arguments(from: number, to: number): Word[] {
    const code = this.#code;
    const args: Word[] = [];
    for (let at = from; at < to; at++) {
      const token = code.tokens[at];
      if (!token || token.kind === "newline" || /^[,=\])]$/.test(code.mark(at))) continue;
      const close = code.closing.get(at);
      const value = close === undefined ? this.#valueOf(token) : this.#called(at, Math.min(close, to));
      if (value.parsed && close !== undefined) {
        const access = accessAt(code, close, "");
        const keys = access?.key === undefined ? undefined : [access.key];
        if (access) this.mentions.push(...readIn(value, { ...access, keys }));
      }
      const end = code.tokens[close ?? at]?.end ?? token.end;
      if (close !== undefined) at = close;
      if (token.kind === "word" && /^[&.]$/.test(code.written(at)) && args.length === 0) continue;
      const last = args.at(-1);
      if (last?.end === token.start) {
        const texts = last.texts.flatMap((one) => value.texts.map((text) => one + text)).slice(0, 8);
        const { start } = last;
        const isCast = code.text[start] === "[" && last.texts[0] === "";
        const holds = joined([last.holds, value.holds]);
        args[args.length - 1] = { ...(isCast && value), start, end, texts, holds };
      } else args.push({ start: token.start, end, ...value });
    }
    return args;
  }

  /** `[IO.File]::ReadAllText($path)` and its like, or the value of any other bracket. */
  #called(open: number, close: number): Value {
    const [, does] = /^::(read|write)all(?:text|lines)$/i.exec(this.#code.written(open - 1)) ?? [];
    if (does === undefined) return this.#bracket(open, close);
    const [path, text] = this.#arguments(open + 1, close);
    if (does.toLowerCase() === "read") return { ...EMPTY, holds: textsOf(path?.texts ?? []) };
    const at = this.#code.spanOf(open, close);
    for (const to of path?.texts ?? []) this.mentions.push(...writtenTo(to, text ?? EMPTY, at));
    return EMPTY;
  }

  #bracket(open: number, close: number): Value {
    if (this.#code.mark(open) === "[" || this.#depth >= DEEPEST) return EMPTY;
    if (this.#code.mark(open) === "@{") return this.#hashtable(open, close);
    this.#depth++;
    const value = this.#pipeline(open + 1, close);
    this.#depth--;
    return value;
  }

  /** A hashtable, and what it puts into a wrapper or a request for an update: `@{ dispatch_rule = $rule }`. */
  #hashtable(open: number, close: number): Value {
    const code = this.#code;
    const keys: string[] = [];
    for (let at = open + 1; at < close; at++) {
      const inner = code.closing.get(at);
      if (inner !== undefined) at = inner;
      if (code.mark(at + 1) !== "=") continue;
      const key = code.written(at).replaceAll(/^["']|["']$/g, "");
      keys.push(fieldKey(key));
      if (!TAKES_BARE.test(key)) continue;
      let end = at + 2;
      for (; end < close && !code.ends(end); end++) end = code.closing.get(end) ?? end;
      this.#depth++;
      const { holds } = this.#pipeline(at + 2, end);
      this.#depth--;
      this.#wraps(holds, code.spanOf(at, end - 1));
      at = end;
    }
    const made = code.spanOf(open, close);
    return { ...EMPTY, holds: { origins: [{ made }], names: [] }, made: { at: made, keys } };
  }

  /** What is put into a wrapper is a bare rule, and has to stay one. */
  #wraps(bare: Stream, { start, end }: Span): void {
    this.mentions.push(...mentionsOf(bare, { does: "update", at: { start, end } }));
  }

  #valueOf(token: Token): Value {
    const region = token.kind === "string" ? this.#starts.get(token.inside.start) : undefined;
    const holds = region === undefined ? NOTHING : { origins: [{ region }], names: [], alike: true };
    const { start, end } = token.kind === "string" ? token.inside : token;
    const written = this.#code.text.slice(start, Math.min(end, start + LONGEST));
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
      const code = new Code(this.#code.text.slice(start + 2, end - 1));
      const inner = new Follower(code, [], this);
      const { holds } = inner.#pipeline(0, code.tokens.length);
      // Where a hashtable stands that is made in a string, is not known outside of it.
      const origins = holds.origins.filter((origin) => !("made" in origin));
      const known = inner.mentions.filter(({ made }) => !made);
      const outerSpan = ({ start: from, end: to }: Span): Span => ({
        start: from + start + 2,
        end: to + start + 2,
      });
      for (const mention of known) {
        this.mentions.push({ ...mention, at: outerSpan(mention.at) });
      }
      for (const notice of inner.notices) {
        if (notice.code !== "delete-refuses-id") continue;
        this.notices.push({ ...notice, at: outerSpan(notice.at), ids: notice.ids.map(outerSpan) });
      }
      const before = this.#code.text.slice(Math.max(inside.start, start - LONGEST), start);
      if (opensBare(before)) this.#wraps({ ...holds, origins }, { start, end });
    }
  }
}

const IS_FUNCTION = /^(function|filter)$/i;
const DEEPEST_CODE = 4;
const VARIABLE = /\$\{?(?:env:|script:|global:|local:)?(\w+)\}?/gi;

/** `.\sip\rule.json` as it is known elsewhere. An escape is no folder. */
function asPath(said: string): string {
  return said.replaceAll("\\", "/");
}
