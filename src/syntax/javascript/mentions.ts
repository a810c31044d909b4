import { requestField, WRAPPER } from "../../rule/fields.ts";
import type { Mention } from "../syntax.ts";
import { pathsOf } from "./paths.ts";
import type { Declaration } from "./declarations.ts";
import type { Given, Script } from "./script.ts";
import type { Range } from "../source/tokens.ts";

/**
 * What a text does with files that it reads, imports or writes by name: which keys it reads of what it parses, whether
 * it sends that to LiveKit, and which files it makes.
 */
export function fileMentions(script: Script): Mention[] {
  const mentions: Mention[] = [];
  const copied = new Set<number>();
  for (const [bracket, { text, kind }] of script.tokens.entries()) {
    if (text !== "(" || kind !== "mark") continue;
    const name = script.word(bracket - 1) === ">" ? "" : script.word(bracket - 1);
    if (!OPENS.test(name)) continue;
    const [path] = script.itemsOf(bracket);
    const call = script.callAt(bracket) ?? { from: bracket - 1, callee: name };
    const isModule = name === "require" || name === "import";
    if (!path || !isOpening(script, name, call.callee, path)) continue;
    const raw = !isModule && !/json|config|fixture/i.test(name);
    const reader = new Reader(script, path, isModule, copied);
    mentions.push(...reader.follow({ from: call.from, to: script.behind(bracket), raw }));
  }
  for (const declaration of script.imports()) {
    const { value } = declaration;
    if (!value || !isData(script.tokens[value.from]?.value ?? "")) continue;
    mentions.push(...new Reader(script, value, true, copied).followImport(declaration));
  }
  for (const [bracket, { text, kind }] of script.tokens.entries()) {
    if (text !== "(" || kind !== "mark" || copied.has(bracket)) continue;
    if (COPIES.test(script.word(bracket - 1))) mentions.push(...filesCopied(script, bracket));
    if (WRITES.test(script.word(bracket - 1))) mentions.push(...written(script, bracket));
  }
  return mentions.toSorted((a, b) => a.at.start - b.at.start);
}

const OPENS =
  /^(readFile(Sync)?|readTextFile(Sync)?|readJson(Sync)?|readJSON(Sync)?|file|require|import|(load|read)[A-Z]\w*)$/;
const COPIES =
  /^(copyFile(Sync)?|copy(Sync)?|cp(Sync)?|rename(Sync)?|move(Sync)?|link(Sync)?|symlink(Sync)?)$/;
const WRITES =
  /^(writeFile(Sync)?|writeTextFile(Sync)?|write|writeJson(Sync)?|writeJSON(Sync)?|outputJson(Sync)?|outputFile(Sync)?)$/;

/** Whether a call opens a file: the well-known ones, or one from elsewhere that is called so and given a file's name. */
function isOpening(script: Script, name: string, callee: string, path: Range): boolean {
  if (name === "file") return callee === "Bun.file";
  if (/^(readFile|readTextFile|readJson|readJSON)(Sync)?$/.test(name)) return true;
  const isNamed = pathsOf(script, path).some(isData);
  return isNamed && (name === "require" || name === "import" || script.functionsNamed(name).length === 0);
}

function isData(path: string): boolean {
  return /\.(json[c5]?|ya?ml)$/i.test(path);
}

/** The path that a module's name means: one that begins with a dot is beside the text. */
function moduleFile(path: string): string | undefined {
  if (!isData(path)) return undefined;
  return path.startsWith(".") ? `\${.}/${path}` : path;
}

/** What is said of a file that a call copies, or gives another name: `fs.copyFileSync(a, b)`. */
function filesCopied(script: Script, bracket: number): Mention[] {
  const [from, to] = script.itemsOf(bracket);
  if (!from || !to) return [];
  const at = script.spanOf({ from: bracket - 1, to: script.behind(bracket) });
  return pathsOf(script, from)
    .filter(isData)
    .flatMap((file) =>
      pathsOf(script, to).map((name) => ({ does: "copy", at, file, to: name, alike: true })),
    );
}

/** What is said of a file that a call makes from what the text puts together. */
function written(script: Script, bracket: number): Mention[] {
  const [path, first] = script.itemsOf(bracket);
  if (!path || !first) return [];
  const isJson = /json/i.test(script.word(bracket - 1));
  const payload = isJson ? first : stringified(script, first);
  if (!payload) return [];
  const keys = objectKeys(script, payload);
  const at = script.spanOf({ from: bracket - 1, to: script.behind(bracket) });
  return pathsOf(script, path).map((file) => ({ does: "write", at, file, ...(keys && { keys }) }));
}

/** What `JSON.stringify` makes a text of, perhaps by way of a name. */
function stringified(script: Script, range: Range): Range | undefined {
  const text = script.slice(range);
  if (text.length < 100 && /^\w+$/.test(text)) {
    const value = script.declarationOf(range.from)?.value;
    return value && !/^\w+$/.test(script.slice(value)) ? stringified(script, value) : undefined;
  }
  for (let at = range.from; at < range.to; at++) {
    if (script.word(at) === "stringify" && script.word(at + 1) === "(") return script.itemsOf(at + 1)[0];
  }
  return undefined;
}

/** The keys of an object that is written here, or that a name stands for; undefined where they can't be told. */
function objectKeys(script: Script, range: Range): string[] | undefined {
  const named = range.to === range.from + 1 ? script.declarationOf(range.from)?.value : undefined;
  const { from } = named ?? range;
  if (script.word(from) !== "{") return undefined;
  return script
    .itemsOf(from)
    .flatMap((item) => script.tokens[item.from]?.value ?? (script.word(item.from) || []));
}

/** An expression that has what a file holds. */
interface Carrier extends Range {
  /** The text of the file, or a handle, and not yet parsed. */
  raw: boolean;
  given?: Given | undefined;
}

const MOST_STEPS = 1000;
const PARSES_SCHEMA = /^(safeParse|parse|parseAsync|safeParseAsync|validate|validateSync|assert|check)$/;
const CHANGES = /^(push|unshift|splice|pop|shift|sort|reverse|fill)$/;

/** Follows what a file holds outwards, from an expression to what is made of it. */
class Reader {
  readonly #script: Script;
  readonly #path: Range;
  readonly #isModule: boolean;
  readonly #copies: Set<number>;
  readonly #open: Carrier[] = [];
  readonly #found: (Pick<Mention, "does" | "keys" | "to" | "sets"> & {
    at: Range;
    given: Given | undefined;
  })[] = [];
  #knowsWrapper = false;

  constructor(script: Script, path: Range, isModule: boolean, copies: Set<number>) {
    this.#script = script;
    this.#path = path;
    this.#isModule = isModule;
    this.#copies = copies;
  }

  follow(carrier: Carrier): Mention[] {
    this.#open.push(carrier);
    return this.#followAll();
  }

  /** What is imported: the whole file, or one key of it. */
  followImport(declaration: Declaration): Mention[] {
    const { at, key } = declaration;
    if (key !== undefined && key !== "default") this.#read({ from: at, to: at + 1 }, undefined, [key]);
    else this.#named(declaration, { raw: false });
    return this.#followAll();
  }

  #followAll(): Mention[] {
    const seen = new Set<string>();
    for (let next = this.#open.pop(); next && seen.size < MOST_STEPS; next = this.#open.pop()) {
      const id = `${next.from} ${next.to} ${next.raw}`;
      if (seen.has(id)) continue;
      seen.add(id);
      this.#step(next);
    }
    return this.#found
      .filter(({ does }) => does !== "read" || !this.#knowsWrapper)
      .flatMap(({ at, given, ...mention }) =>
        this.#files(given).map((file) => ({ ...mention, at: this.#script.spanOf(at), file })),
      )
      .filter(({ file, to }) => file !== to);
  }

  #files(given: Given | undefined): string[] {
    const paths = pathsOf(this.#script, this.#path, given);
    return this.#isModule ? paths.flatMap((path) => moduleFile(path) ?? []) : paths;
  }

  #read(at: Range, given: Given | undefined, keys?: readonly string[], sets = false): void {
    if (keys?.some((key) => requestField(key) === WRAPPER)) this.#knowsWrapper = true;
    if (keys?.length === 0) return;
    this.#found.push({ does: "read", at, given, ...(keys && { keys }), ...(sets && { sets }) });
  }

  /** Whether what is looked up here, or something deep in it, is set, deleted or changed in place. */
  #isChanged({ from, to }: Range): boolean {
    const script = this.#script;
    if (script.word(from - 1) === "delete") return true;
    let at = to;
    for (;;) {
      const next = script.word(at);
      if (next === "!" && /^[.[=]$/.test(script.word(at + 1))) at++;
      else if (next === "." && script.word(at + 2) !== "(") at += 2;
      else if (next === "[" && !script.tokens[at]?.begins) at = script.behind(at);
      else break;
    }
    if (script.word(at) === "." || script.word(at) === "?.") return CHANGES.test(script.word(at + 1));
    const isDoubled = /^([?|&]{2}|\*\*|<<|>>)$/.test(script.word(at)) && script.word(at + 1) === "=";
    return isDoubled || /^([-+*/%|&?]|\?\?|\|\||&&)?=$/.test(script.word(at));
  }

  #named(declaration: Declaration, { raw, given }: Pick<Carrier, "raw" | "given">): void {
    for (const load of this.#script.loadsOf(declaration))
      this.#open.push({ from: load, to: load + 1, raw, given });
  }

  /** Looks at what stands directly around an expression. */
  #step(carrier: Carrier): void {
    const script = this.#script;
    const { from, to, raw, given } = carrier;
    const on = (change: Partial<Carrier>): number => this.#open.push({ ...carrier, ...change });
    const [before, after] = [script.word(from - 1), script.word(to)];

    if (after === "!" && /^(\.|\[|\))$/.test(script.word(to + 1))) return void on({ to: to + 1 });
    if (after === "as" || after === "satisfies") return void on({ to: this.#afterType(to) });
    if (after === "." || after === "?.") return this.#member(carrier);
    if (after === "[" && !script.tokens[to]?.begins) {
      if (raw) return;
      const [item] = script.itemsOf(to);
      const key = item && item.to === item.from + 1 ? this.#keyOf(item.from) : undefined;
      const end = script.behind(to);
      const keys = key === undefined ? undefined : [key];
      return this.#read({ from, to: to + 1 }, given, keys, this.#isChanged({ from, to: end }));
    }
    if (before === "await") return void on({ from: from - 1 });
    if (before === "in" && !/^(const|let|var)$/.test(script.word(from - 3))) {
      const key = this.#keyOf(from - 2);
      return this.#read({ from: from - 2, to }, given, key === undefined ? undefined : [key]);
    }
    if (before === "of" || before === "in") return raw ? undefined : this.#read({ from, to }, given);
    const outer = script.tokens[from]?.outer ?? -1;
    if (before === "(" && after === ")" && !script.callAt(from - 1))
      return void on({ from: from - 1, to: to + 1 });
    if (/^(\?\?|\|\|)$/.test(after) || /^(\?\?|\|\|)$/.test(before)) {
      const start = /^(\?\?|\|\|)$/.test(before) ? this.#operandStart(from) : from;
      return void on({ from: start, to: script.endOf(to) });
    }
    if (before === "=") return this.#assigned(carrier);
    if (before === "return" || before === "=>") return this.#returned(carrier);
    if (before === "...") return raw ? undefined : this.#spread(carrier, outer);
    if (before === ":" && script.isKey(from - 2)) return this.#putUnder(this.#keyOf(from - 2) ?? "", carrier);
    if (before === ":" && script.tokens[from - 2]?.kind === "string") {
      return this.#putUnder(this.#keyOf(from - 2) ?? "", carrier);
    }
    const call = script.callAt(outer);
    if (call && /^[(,]$/.test(before) && /^[),]$/.test(after)) return this.#given(carrier, outer, call);
    if (script.word(outer) === "{" && /^[{,]$/.test(before) && /^[,}]$/.test(after)) {
      this.#putUnder(script.word(from), carrier);
    }
  }

  /** What a string, or the name of one, says. */
  #keyOf(index: number): string | undefined {
    const script = this.#script;
    const token = script.tokens[index];
    if (token?.kind === "string") return token.value;
    if (token?.kind !== "name") return undefined;
    if (script.isKey(index)) return token.text;
    const value = script.declarationOf(index)?.value;
    return value && value.to === value.from + 1 ? script.tokens[value.from]?.value : undefined;
  }

  #afterType(from: number): number {
    let at = from + 1;
    while (
      at < from + 100 &&
      at < this.#script.tokens.length &&
      !/^([,;)}\]=]|\?\?|\|\||)$/.test(this.#script.word(at))
    ) {
      if (this.#script.tokens[at]?.begins) break;
      at = this.#script.behind(at);
    }
    return at;
  }

  #operandStart(from: number): number {
    return this.#script.chainStart(from - 1);
  }

  #member(carrier: Carrier): void {
    const script = this.#script;
    const { from, to, raw, given } = carrier;
    const name = script.word(to + 1);
    const isCall = script.word(to + 2) === "(";
    const end = isCall ? script.behind(to + 2) : to + 2;
    if (raw) {
      if (!isCall) return;
      if (/^(toString|trim|text|replace|replaceAll)$/.test(name)) this.#open.push({ ...carrier, to: end });
      else if (name === "json") this.#open.push({ ...carrier, to: end, raw: false });
      else if (name === "then") this.#then(carrier, to + 2, end);
      return;
    }
    if (name === "then" && isCall) return this.#then(carrier, to + 2, end);
    if (name === "default" && this.#isModule) return void this.#open.push({ ...carrier, to: to + 2 });
    if (isCall) {
      const [argument] = script.itemsOf(to + 2);
      const key = name === "hasOwnProperty" && argument ? this.#keyOf(argument.from) : undefined;
      return this.#read({ from, to: end }, given, key === undefined ? undefined : [key]);
    }
    this.#read({ from, to: end }, given, [name], this.#isChanged({ from, to: end }));
  }

  /** `.then(JSON.parse)`, `.then((text) => …)` */
  #then(carrier: Carrier, bracket: number, end: number): void {
    const script = this.#script;
    const [argument] = script.itemsOf(bracket);
    if (!argument) return;
    if (script.slice(argument) === "JSON.parse")
      return void this.#open.push({ ...carrier, to: end, raw: false });
    const one = script.functions.find(
      ({ parameters }) =>
        parameters >= argument.from && parameters < argument.to && parameters <= argument.from + 1,
    );
    if (!one) return;
    this.#parameter(one.parameters, 0, carrier);
    if (script.word(one.body.from) !== "{") this.#open.push({ ...carrier, ...one.body });
  }

  #parameter(parameters: number, index: number, carrier: Carrier): void {
    const script = this.#script;
    const item = script.word(parameters) === "(" ? script.itemsOf(parameters)[index] : undefined;
    const at = item?.from ?? parameters;
    if (script.word(at) === "{") return this.#takenApart(at, carrier);
    const declaration = script.declarationAt(at);
    if (declaration) this.#named(declaration, carrier);
  }

  /** `{ trunk_ids, rule: r }` on the left, or as a parameter. */
  #takenApart(bracket: number, { raw, given }: Carrier): void {
    if (raw) return;
    const script = this.#script;
    const items = script.itemsOf(bracket);
    const whole = this.#isModule ? items.find(({ from }) => script.word(from) === "default") : undefined;
    if (whole && script.word(whole.from + 1) === ":") {
      const declaration = script.declarationAt(whole.from + 2);
      return declaration && this.#named(declaration, { raw, given });
    }
    const keys = items.flatMap(
      ({ from }) => script.tokens[from]?.value ?? (script.word(from) === "..." ? [] : script.word(from)),
    );
    this.#read({ from: bracket, to: script.behind(bracket) }, given, keys);
  }

  #assigned(carrier: Carrier): void {
    const script = this.#script;
    const { from } = carrier;
    const left = script.tokens[from - 2];
    if (left?.kind === "mark" && left.text === "}") return this.#takenApart(left.pair, carrier);
    const declaration = this.#declaredBefore(from - 1);
    if (declaration) return this.#named(declaration, carrier);
    if (left?.kind !== "name") return;
    const start = script.chainStart(from - 1);
    const whole = script.slice({ from: start, to: from - 1 });
    if (!whole.includes(".")) {
      const plain = script.declarationOf(from - 2);
      return plain && this.#named(plain, carrier);
    }
    // `this.config = …` and later `this.config.name`
    const length = from - 1 - start;
    for (const index of script.named(left.text)) {
      const same = { from: index - length + 1, to: index + 1 };
      if (index !== from - 2 && script.slice(same) === whole) this.#open.push({ ...carrier, ...same });
    }
  }

  /** The declaration that ends with this `=`, also behind a type. */
  #declaredBefore(equals: number): Declaration | undefined {
    const script = this.#script;
    for (let at = equals - 1; at > equals - 40 && at >= 0; at--) {
      const declaration = script.declarationAt(at);
      if (declaration)
        return declaration.value?.from === equals + 1 && declaration.key === undefined
          ? declaration
          : undefined;
      if (/^[;(]$/.test(script.word(at))) return undefined;
    }
    return undefined;
  }

  #returned(carrier: Carrier): void {
    const script = this.#script;
    const owner = script.functionAround(carrier.from);
    if (!owner) return;
    for (const bracket of script.callsOf(owner)) {
      const call = script.callAt(bracket);
      const given = { function: owner, args: script.itemsOf(bracket) };
      const to = script.behind(bracket);
      if (call) this.#open.push({ from: call.from, to, raw: carrier.raw, given });
    }
  }

  #spread(carrier: Carrier, outer: number): void {
    const script = this.#script;
    if (script.word(outer) !== "{") return this.#read(carrier, carrier.given);
    const items = script.itemsOf(outer).filter(({ from }) => script.word(from) !== "...");
    const beside = items.map(({ from }) => script.tokens[from]?.value ?? script.word(from));
    this.#read(
      carrier,
      carrier.given,
      beside.filter((key) => requestField(key) !== undefined),
      true,
    );
    this.#open.push({ ...carrier, from: outer, to: script.behind(outer) });
  }

  /** Under these keys LiveKit wants a bare rule. */
  #putUnder(key: string, { from, to, given }: Carrier): void {
    if (/^(dispatch_?rule|replace)$/i.test(key))
      this.#found.push({ does: "update", at: { from, to }, given });
    // What it is the body of is said by the call around it.
    const outer = this.#script.tokens[from]?.outer ?? -1;
    const bracket = this.#script.tokens[outer]?.outer ?? -1;
    const call = /^(body|data|json)$/.test(key) ? this.#script.callAt(bracket) : undefined;
    if (call) this.#sent(bracket, call.callee, { from, to, given });
  }

  #sent(bracket: number, callee: string, { from, to, given }: Range & { given: Given | undefined }): boolean {
    const script = this.#script;
    const words = [callee, ...script.itemsOf(bracket).flatMap((item) => this.#wordsOf(item))].join(" ");
    const does = /CreateSIPDispatchRule/.test(words)
      ? "create"
      : /UpdateSIPDispatchRule|SIPDispatchRuleInfo|\bupdateSipDispatchRule/.test(words)
        ? "update"
        : undefined;
    if (does) this.#found.push({ does, at: { from, to }, given });
    return does !== undefined;
  }

  #wordsOf(item: Range): string[] {
    const script = this.#script;
    if (script.word(item.from) === "{") return [];
    const value = item.to === item.from + 1 ? script.declarationOf(item.from)?.value : undefined;
    const isShort = value && value.to - value.from < 20 && script.word(value.from) !== "{";
    return [script.slice(item).slice(0, 300), ...(isShort ? [script.slice(value)] : [])];
  }

  #given(carrier: Carrier, bracket: number, call: { from: number; name: string; callee: string }): void {
    const script = this.#script;
    const { from, to, raw, given } = carrier;
    const whole = { from: call.from, to: script.behind(bracket) };
    const items = script.itemsOf(bracket);
    const index = items.findIndex((item) => item.from <= from && to <= item.to);
    if (WRITES.test(call.name) && index > 0) return this.#copied(carrier, bracket, items[0]);
    const isSent = this.#sent(bracket, call.callee, { from, to, given });
    if (raw) {
      const parses = /^(JSON5?\.parse|YAML\.parse|yaml\.(load|parse)|parse|load)$/.test(call.callee);
      if (parses || call.name === "String") this.#open.push({ ...carrier, ...whole, raw: !parses });
    } else if (call.name === "stringify") {
      return void this.#open.push({ ...carrier, ...whole, raw: true });
    } else if (/^(structuredClone|freeze|assign|cloneDeep)$/.test(call.name)) {
      return void this.#open.push({ ...carrier, ...whole });
    }
    const functions =
      call.callee === call.name || call.callee.startsWith("this.") ? script.functionsNamed(call.name) : [];
    for (const one of functions) this.#parameter(one.parameters, index, carrier);
    if (raw || isSent || functions.length > 0) return;
    if (call.name === "expect") return this.#expected(carrier, whole.to);
    if (/^(deepEqual|deepStrictEqual|equal|strictEqual|notDeepEqual)$/.test(call.name)) {
      const other = items.find((_, at) => at !== index);
      return this.#read({ from, to }, given, other && objectKeys(script, other));
    }
    if (!/^(log|info|warn|error|debug|dir|table|isArray|fromJson|inspect|push|Boolean)$/.test(call.name)) {
      this.#read({ from, to }, given, this.#schemaKeys(call));
    }
  }

  /** The keys of `z.object({ … })`, where a call is of a method of such a schema. */
  #schemaKeys({ from, name }: { from: number; name: string }): string[] | undefined {
    const script = this.#script;
    const schema = PARSES_SCHEMA.test(name) ? script.declarationOf(from)?.value : undefined;
    for (let at = schema?.from ?? 0; at < (schema?.to ?? 0); at++) {
      if (!/^(strict|loose)?[oO]bject$/.test(script.word(at)) || script.word(at + 1) !== "(") continue;
      const [object] = script.itemsOf(at + 1);
      return object && objectKeys(script, object);
    }
    return undefined;
  }

  /** `expect(rule).toEqual({ … })`, `expect(rule).toHaveProperty("name")` */
  #expected({ from, given }: Carrier, end: number): void {
    const script = this.#script;
    let at = end;
    while (script.word(at) === "." && script.word(at + 2) === ".") at += 2;
    const [argument] = script.itemsOf(at + 2);
    if (script.word(at) !== "." || script.word(at + 2) !== "(" || !argument) return;
    const key = script.word(at + 1) === "toHaveProperty" ? this.#keyOf(argument.from) : undefined;
    this.#read({ from, to: at + 2 }, given, key === undefined ? objectKeys(script, argument) : [key]);
  }

  #copied(carrier: Carrier, bracket: number, path: Range | undefined): void {
    this.#copies.add(bracket);
    for (const to of path ? pathsOf(this.#script, path, carrier.given) : []) {
      this.#found.push({ does: "copy", at: carrier, given: carrier.given, to });
    }
  }
}
