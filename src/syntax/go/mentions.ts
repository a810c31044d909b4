import { requestField, WRAPPER } from "../../rule/fields.ts";
import type { Range } from "../source/tokens.ts";
import type { Mention } from "../syntax.ts";
import { pathsOf, textAt } from "./paths.ts";
import type { Given, Program, Variable } from "./program.ts";
import { fieldKey, type Shape, shapeOf, shapeOfValue } from "./shapes.ts";

/**
 * What a text does with files that it reads, embeds or writes by name: which keys it reads of what it parses, whether
 * it sends that to LiveKit, and which files it makes.
 */
export function fileMentions(program: Program): Mention[] {
  const mentions: Mention[] = [];
  const copied = new Set<number>();
  for (const name of ["ReadFile", "Open"]) {
    for (const index of program.placesOf(name)) {
      const [path] = program.itemsOf(index + 1);
      const call = program.callAt(index + 1);
      if (!path || !call) continue;
      const to = program.behind(index + 1);
      const files = (given: Given | undefined): string[] => pathsOf(program, path, given);
      mentions.push(...new Reader(program, files, copied).follow({ from: call.from, to, raw: true }));
    }
  }
  for (const [, file = "", name = ""] of program.text.matchAll(EMBEDS)) {
    const reader = new Reader(program, () => [`\${.}/${file}`], copied);
    mentions.push(...reader.followVariable({ name, owner: undefined }));
  }
  for (const name of ["WriteFile", "Encode", "Write", "WriteString"]) {
    for (const index of program.placesOf(name)) {
      if (!copied.has(index + 1)) mentions.push(...written(program, index + 1));
    }
  }
  return mentions.toSorted((a, b) => a.at.start - b.at.start);
}

const EMBEDS = /^\/\/go:embed[ \t]+(\S+\.\w+)[ \t]*\r?\n(?:var[ \t]+)?(\w+)[ \t]+(?:\[\]byte|string)\b/gm;

/** The file to which a call writes, and what: `os.WriteFile`, or a method of what `os.Create` gave. */
function writing(program: Program, bracket: number): { path: Range; what: Range } | undefined {
  const [first, second] = program.itemsOf(bracket);
  if (!first) return undefined;
  if (program.word(bracket - 1) === "WriteFile") return second && { path: first, what: second };
  const path = createdBy(program, { from: program.chainStart(bracket), to: bracket - 2 });
  return path && { path, what: first };
}

/** The path of the file behind `f`, `json.NewEncoder(f)`, `os.Create(…)`. */
function createdBy(program: Program, { from, to }: Range, depth = 0): Range | undefined {
  if (depth > 6) return undefined;
  const bracket = program.tokens[to - 1]?.pair ?? -1;
  const call = program.callAt(bracket);
  const [first] = program.itemsOf(bracket);
  if (call && first) {
    if (/^(Create|OpenFile)$/.test(call.name)) return first;
    return /^New(Encoder|Writer)$/.test(call.name) ? createdBy(program, first, depth + 1) : undefined;
  }
  const value = to === from + 1 ? program.setTo(program.variableAt(from)) : undefined;
  return value && createdBy(program, value, depth + 1);
}

/** What is said of a file that a call makes from what the text puts together. */
function written(program: Program, bracket: number): Mention[] {
  const found = writing(program, bracket);
  if (!found) return [];
  const isEncoded = program.word(bracket - 1) === "Encode";
  const keys = isEncoded ? keysOf(shapeOfValue(program, found.what)) : writtenKeys(program, found.what);
  if (!keys) return [];
  const at = program.spanOf({ from: bracket - 1, to: program.behind(bracket) });
  return pathsOf(program, found.path).map((file) => ({ does: "write", at, file, keys }));
}

/** The keys of what a text is made of: a literal, or the value that `Marshal` got. */
function writtenKeys(program: Program, { from, to }: Range, depth = 0): readonly string[] | undefined {
  if (depth > 6) return undefined;
  const literal = textAt(program, { from, to });
  if (literal !== undefined) return topKeys(literal);
  const bracket = program.tokens[to - 1]?.pair ?? -1;
  const call = program.callAt(bracket);
  const [first] = program.itemsOf(bracket);
  if (call && first) {
    if (MARSHALS.test(call.name)) return keysOf(shapeOfValue(program, first));
    return /^(append|byte|string|Bytes)$/.test(call.name)
      ? writtenKeys(program, first, depth + 1)
      : undefined;
  }
  const value = to === from + 1 ? program.setTo(program.variableAt(from)) : undefined;
  return value && writtenKeys(program, value, depth + 1);
}

const MARSHALS = /^Marshal(Indent)?$|^Format$/;

function topKeys(text: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? Object.keys(value) : undefined;
  } catch {
    return undefined;
  }
}

function keysOf(shape: Shape): readonly string[] | undefined {
  if (shape.kind === "struct") return [...shape.keys.values()];
  return shape.kind === "unknown" ? undefined : shape.keys;
}

/** An expression that has what a file holds. */
interface Carrier extends Range {
  /** The text of the file, a handle or a decoder, and not yet parsed. */
  raw: boolean;
  shape?: Shape;
  given?: Given | undefined;
}

type Found = Pick<Mention, "does" | "keys" | "to" | "sets"> & { at: Range; given: Given | undefined };

const MOST_STEPS = 1000;

/** Follows what a file holds outwards, from an expression to what is made of it. */
class Reader {
  readonly #program: Program;
  readonly #files: (given: Given | undefined) => string[];
  readonly #copies: Set<number>;
  readonly #open: Carrier[] = [];
  readonly #found: Found[] = [];
  /** What is set of a struct of the text, which matters only if that is written or sent. */
  readonly #ownSets: Found[] = [];
  #isHandedOn = false;
  #knowsWrapper = false;

  constructor(program: Program, files: (given: Given | undefined) => string[], copied: Set<number>) {
    this.#program = program;
    this.#files = files;
    this.#copies = copied;
  }

  follow(carrier: Carrier): Mention[] {
    this.#open.push(carrier);
    const seen = new Set<string>();
    for (let next = this.#open.pop(); next && seen.size < MOST_STEPS; next = this.#open.pop()) {
      const id = `${next.from} ${next.to} ${next.raw}`;
      if (seen.has(id)) continue;
      seen.add(id);
      this.#step(next);
    }
    return [...this.#found, ...(this.#isHandedOn ? this.#ownSets : [])]
      .filter(({ does }) => does !== "read" || !this.#knowsWrapper)
      .flatMap(({ at, given, ...mention }) =>
        this.#files(given).map((file) => ({ ...mention, at: this.#program.spanOf(at), file })),
      )
      .filter(({ file, to }) => file !== to);
  }

  followVariable(variable: Variable): Mention[] {
    const uses = this.#program.usesOf(variable).map((from) => ({ from, to: from + 1, raw: true }));
    const [first, ...others] = uses;
    this.#open.push(...others);
    return first ? this.follow(first) : [];
  }

  #read(at: Range, { given, shape }: Carrier, keys?: readonly string[], sets = false): void {
    if (keys?.some((key) => requestField(key) === WRAPPER)) this.#knowsWrapper = true;
    if (keys?.length === 0) return;
    const isOwn = shape?.kind === "struct" && sets;
    const found = isOwn ? this.#ownSets : this.#found;
    found.push({ does: "read", at, given, ...(keys && { keys }), ...(sets && { sets }) });
  }

  #named(variable: Variable, carrier: Omit<Carrier, "from" | "to">, since?: number): void {
    for (const from of this.#program.usesOf(variable, since))
      this.#open.push({ ...carrier, from, to: from + 1 });
  }

  /** Looks at what stands directly around an expression. */
  #step(carrier: Carrier): void {
    const program = this.#program;
    const { from, to, raw } = carrier;
    const on = (change: Partial<Carrier>): number => this.#open.push({ ...carrier, ...change });
    const [before, after] = [program.word(from - 1), program.word(to)];
    if (after === ".") return this.#member(carrier);
    if (after === "[" && !raw) {
      const close = program.tokens[to]?.pair ?? to;
      const key = program.tokens[to + 1]?.value;
      const keys = key === undefined || close !== to + 2 ? undefined : [key];
      return this.#read({ from, to: close + 1 }, carrier, keys, this.#isChanged(close + 1));
    }
    if (/^[&*]$/.test(before)) return void on({ from: from - 1 });
    const outer = program.tokens[from]?.outer ?? -1;
    const call = program.callAt(outer);
    if (before === "(" && after === ")" && !call) return void on({ from: from - 1, to: to + 1 });
    if (before === "range" && !raw) return this.#read(carrier, carrier);
    if (before === "=") {
      const [name] = program.assignedBy(from - 1);
      if (name !== undefined) this.#named(program.variableAt(name), carrier, name);
      return;
    }
    if (before === "return") return this.#returned(carrier);
    if (before === ":" && /^(DispatchRule|Replace)$/.test(program.word(from - 2))) {
      return void this.#found.push({ does: "update", at: carrier, given: carrier.given });
    }
    if (call && /^[(,]$/.test(before) && /^[),]$/.test(after)) this.#given(carrier, outer, call);
  }

  /** Whether what is looked up before this token, or something deep in it, is set. */
  #isChanged(end: number): boolean {
    const program = this.#program;
    let at = end;
    for (;;) {
      if (program.word(at) === "[" && !program.tokens[at]?.begins) at = program.behind(at);
      else if (program.word(at) === "." && program.word(at + 1) === "(") at = program.behind(at + 1);
      else if (program.word(at) === "." && program.word(at + 2) !== "(") at += 2;
      else break;
    }
    return /^([-+*/]?=|\+\+)$/.test(program.word(at));
  }

  #member(carrier: Carrier): void {
    const program = this.#program;
    const { from, to, raw, shape } = carrier;
    const name = program.word(to + 1);
    const isCall = program.word(to + 2) === "(";
    const end = isCall ? program.behind(to + 2) : to + 2;
    if (raw) {
      const [target] = isCall ? program.itemsOf(to + 2) : [];
      if (name === "Decode" && target) this.#parsed(target, { from, to: end }, carrier);
      return;
    }
    if (name === "" || program.word(to + 1) === "(") return void this.#open.push({ ...carrier, to: end });
    const key = shape?.kind === "struct" ? shape.keys.get(name) : fieldKey(name);
    if (key === undefined || requestField(key) === undefined) return;
    const sets = this.#isChanged(end);
    // What a struct of the text reads is said where it is filled.
    if (shape?.kind !== "struct" || sets) this.#read({ from, to: end }, carrier, [key], sets);
  }

  /** What a file is parsed into here. */
  #parsed(target: Range, at: Range, { given }: Carrier): void {
    const program = this.#program;
    const index = program.word(target.from) === "&" ? target.from + 1 : target.from;
    if (target.to !== index + 1) return;
    const variable = program.variableAt(index);
    const shape = shapeOf(program, variable);
    if (shape.kind === "message") {
      const does = shape.name === "SIPDispatchRuleInfo" ? "update" : "create";
      this.#found.push({ does, at, given });
      if (does === "update") return;
    }
    const carrier = { raw: false, shape, given };
    if (shape.kind === "struct") this.#read(at, { ...at, ...carrier }, [...shape.keys.values()]);
    const uses = program.usesOf(variable).filter((use) => use !== index);
    this.#open.push(...uses.map((from) => ({ ...carrier, from, to: from + 1 })));
  }

  #returned(carrier: Carrier): void {
    const program = this.#program;
    const func = program.functionAround(carrier.from);
    for (const bracket of func ? program.callsOf(func) : []) {
      const call = program.callAt(bracket);
      const to = program.behind(bracket);
      if (!call || !func) continue;
      this.#open.push({ ...carrier, from: call.from, to, given: { func, args: program.itemsOf(bracket) } });
    }
  }

  #given(carrier: Carrier, bracket: number, call: { from: number; name: string; callee: string }): void {
    const program = this.#program;
    const { from, to, raw, given, shape } = carrier;
    const whole = { from: call.from, to: program.behind(bracket) };
    const items = program.itemsOf(bracket);
    const index = items.findIndex((item) => item.from <= from && to <= item.to);
    const does = sentBy([call.callee, ...items.map((item) => program.slice(item).slice(0, 300))].join(" "));
    if (does) {
      this.#isHandedOn = true;
      return void this.#found.push({ does, at: carrier, given });
    }
    const funcs = program.functions.filter(({ name }) => name === call.name);
    for (const owner of funcs) {
      const name = owner.parameters[index]?.name;
      if (name !== undefined) this.#named({ name, owner }, carrier);
    }
    if (funcs.length > 0) return;
    if (WRITES.test(call.name)) return this.#copied(carrier, bracket);
    const [target, other] = [items[1], items.find((_, at) => at > 0 && at !== index)];
    if (raw) {
      if (/^(Unmarshal|UnmarshalStrict)$/.test(call.name) && target) this.#parsed(target, whole, carrier);
      else if (PASSES.test(call.name)) this.#open.push({ ...carrier, ...whole });
    } else if (MARSHALS.test(call.name)) this.#open.push({ ...carrier, ...whole, raw: true });
    else if (call.name === "delete") this.#read(whole, carrier, textsOf(program, other), true);
    else if (/^(Not)?Contains(Key)?f?$/.test(call.name)) this.#read(whole, carrier, textsOf(program, other));
    else if (/^(Not)?Equal(Values)?f?$|^DeepEqual$|^Diff$/.test(call.name)) {
      const compared = items.find((item, at) => at !== index && program.word(item.to - 1) === "}");
      this.#read(whole, carrier, compared && keysOf(shapeOfValue(program, compared)));
    } else if (!SHOWS.test(call.name) && shape?.kind !== "struct") this.#read(whole, carrier);
  }

  #copied({ from, to, given, shape }: Carrier, bracket: number): void {
    const found = writing(this.#program, bracket);
    if (!found || found.what.from > from) return;
    this.#isHandedOn = true;
    // A struct of the text has its own keys, whatever the file has.
    if (shape?.kind === "struct") return;
    this.#copies.add(bracket);
    for (const file of pathsOf(this.#program, found.path, given)) {
      this.#found.push({ does: "copy", at: { from, to }, given, to: file });
    }
  }
}

const WRITES = /^(WriteFile|Encode|Write|WriteString)$/;
const PASSES =
  /^(NewReader|NewBuffer|NewBufferString|NewDecoder|ReadAll|string|byte|Clone|TrimSpace|ExpandEnv|ReplaceAll)$/;
const SHOWS =
  /^((S|F)?[Pp]rint|Fatal|Log|Error|Info|Debug|Warn|Panic|Append|len|append|panic|TypeOf|Nil|NotNil|NotEmpty|Len)(f|ln|w)?$/;

function sentBy(words: string): "create" | "update" | undefined {
  if (/CreateSIPDispatchRule\b/.test(words)) return "create";
  return /UpdateSIPDispatchRule\b/.test(words) ? "update" : undefined;
}

function textsOf(program: Program, range: Range | undefined): string[] | undefined {
  const text = range && textAt(program, range);
  return text === undefined ? undefined : [text];
}
