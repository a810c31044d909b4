import { requestField } from "../../rule/fields.ts";
import { type Carrier as CarrierOf, FileTrail, type Passing, passing } from "../source/file-trail.ts";
import type { Range } from "../source/tokens.ts";
import type { Mention } from "../syntax.ts";
import { pathsOf, textAt } from "./paths.ts";
import type { Func, Given, Program, Variable } from "./program.ts";
import { fieldKey, keysOf, type Shape, shapeOf, shapeOfValue } from "./shapes.ts";
import { MARSHALS, WRITERS, writing } from "./written.ts";

/** An expression that has what a file holds, and as what, where it is parsed. */
interface Carrier extends CarrierOf<Func> {
  shape?: Shape;
}

/**
 * What a text does with what a file holds, from the expressions that read it outwards. `filesOf` names the file; `copied`
 * takes the brackets of the calls that write it elsewhere.
 */
export function followFile(
  program: Program,
  filesOf: (given: Given | undefined) => string[],
  starts: readonly Carrier[],
  copied: Set<number>,
): Mention[] {
  return new Follower(program, new FileTrail(program, filesOf), copied).follow(starts);
}

class Follower {
  readonly #program: Program;
  readonly #trail: FileTrail<Func, Carrier>;
  readonly #copied: Set<number>;
  /** What is set of a struct of the text, which matters only if that is written or sent. */
  readonly #ownSets: (() => void)[] = [];
  #isHandedOn = false;

  constructor(program: Program, trail: FileTrail<Func, Carrier>, copied: Set<number>) {
    this.#program = program;
    this.#trail = trail;
    this.#copied = copied;
  }

  follow(starts: readonly Carrier[]): Mention[] {
    for (const start of starts) this.#trail.on(start);
    this.#trail.follow((carrier) => this.#step(carrier));
    if (this.#isHandedOn) for (const set of this.#ownSets) set();
    return this.#trail.mentions();
  }

  #named(variable: Variable, carrier: Carrier, since?: number): void {
    for (const from of this.#program.usesOf(variable, since))
      this.#trail.on({ ...carrier, from, to: from + 1 });
  }

  /** Looks at what stands directly around an expression. */
  #step(carrier: Carrier): void {
    const program = this.#program;
    const { from, to, raw } = carrier;
    const on = (change: Range): void => this.#trail.on({ ...carrier, ...change });
    const [before, after] = [program.word(from - 1), program.word(to)];
    if (after === ".") return this.#member(carrier);
    if (after === "[" && !raw) {
      const end = program.behind(to);
      const key = program.tokens[to + 1]?.value;
      const keys = key === undefined || end !== to + 3 ? undefined : [key];
      return this.#trail.read({ from, to: end }, carrier, keys, this.#isChanged(end));
    }
    if (/^[&*]$/.test(before)) return on({ from: from - 1, to });
    if (before === "(" && after === ")" && !program.callAt(from - 1))
      return on({ from: from - 1, to: to + 1 });
    if (before === "range" && !raw) return this.#trail.read(carrier, carrier);
    if (before === "=") {
      const [name] = program.assignedBy(from - 1);
      if (name !== undefined) this.#named(program.variableAt(name), carrier, name);
      return;
    }
    if (before === "return") return this.#trail.returned(carrier);
    if (before === ":" && /^(DispatchRule|Replace)$/.test(program.word(from - 2))) {
      return this.#trail.said("update", carrier, carrier);
    }
    const call = passing(program, carrier);
    if (call) this.#given(carrier, call);
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
    const at = { from, to: isCall ? program.behind(to + 2) : to + 2 };
    if (raw) {
      const [target] = isCall ? program.itemsOf(to + 2) : [];
      if (name === "Decode" && target) this.#parsed(target, at, carrier);
      return;
    }
    if (name === "" || program.word(to + 1) === "(") return this.#trail.on({ ...carrier, ...at });
    const isOwn = shape?.kind === "struct";
    const key = isOwn ? shape.keys.get(name) : fieldKey(name);
    if (key === undefined || requestField(key) === undefined) return;
    const sets = this.#isChanged(at.to);
    // What a struct of the text reads is said where it is filled.
    if (!isOwn) this.#trail.read(at, carrier, [key], sets);
    else if (sets) this.#ownSets.push(() => this.#trail.read(at, carrier, [key], true));
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
      this.#trail.said(does, at, { given });
      if (does === "update") return;
    }
    if (shape.kind === "struct") this.#trail.read(at, { given }, [...shape.keys.values()]);
    for (const from of program.usesOf(variable)) {
      if (from !== index) this.#trail.on({ from, to: from + 1, raw: false, shape, given });
    }
  }

  #given(carrier: Carrier, call: Passing): void {
    const program = this.#program;
    const trail = this.#trail;
    const { raw, shape } = carrier;
    const { items, index, whole, name } = call;
    const does = sentBy([call.callee, ...items.map((item) => program.slice(item).slice(0, 300))].join(" "));
    if (does) {
      this.#isHandedOn = true;
      return trail.said(does, carrier, carrier);
    }
    const funcs = program.functions.filter((func) => func.name === name);
    for (const owner of funcs) {
      const parameter = owner.parameters[index];
      if (parameter) this.#named({ name: parameter.name, owner }, carrier);
    }
    if (funcs.length > 0) return;
    if (WRITERS.includes(name)) return this.#written(carrier, call.bracket);
    const [target, other] = [items[1], items.find((_, at) => at > 0 && at !== index)];
    if (raw) {
      if (/^(Unmarshal|UnmarshalStrict)$/.test(name) && target) this.#parsed(target, whole, carrier);
      else if (PASSES.test(name)) trail.on({ ...carrier, ...whole });
    } else if (MARSHALS.test(name)) trail.on({ ...carrier, ...whole, raw: true });
    else if (name === "delete") trail.read(whole, carrier, textsOf(program, other), true);
    else if (/^(Not)?Contains(Key)?f?$/.test(name)) trail.read(whole, carrier, textsOf(program, other));
    else if (/^(Not)?Equal(Values)?f?$|^DeepEqual$|^Diff$/.test(name)) {
      const compared = items.find((item, at) => at !== index && program.word(item.to - 1) === "}");
      trail.read(whole, carrier, compared && keysOf(shapeOfValue(program, compared)));
    } else if (!SHOWS.test(name) && shape?.kind !== "struct") trail.read(whole, carrier);
  }

  /** It is written to another file, or the same. */
  #written(carrier: Carrier, bracket: number): void {
    const found = writing(this.#program, bracket);
    if (!found || found.what.from > carrier.from) return;
    this.#isHandedOn = true;
    // A struct of the text has its own keys, whatever the file has.
    if (carrier.shape?.kind === "struct") return;
    this.#copied.add(bracket);
    for (const file of pathsOf(this.#program, found.path, carrier.given)) {
      this.#trail.said("copy", carrier, carrier, file);
    }
  }
}

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
