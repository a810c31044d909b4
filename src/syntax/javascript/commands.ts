import { commandLines, mayHoldJson, saidInHole, verbsIn, type Words } from "../command-words.ts";
import { unknownAs } from "../source/paths.ts";
import type { Range } from "../source/tokens.ts";
import type { Region } from "../syntax.ts";
import { commandRegion } from "../words.ts";
import { pathsOf } from "./paths.ts";
import type { Given, Script } from "./script.ts";

/**
 * The `lk` commands that a text runs, as a string, a template or lists of words; several lines where it may be several
 * commands. Nothing in them is ever edited.
 */
export function commandsIn(script: Script): Region[] {
  const regions: Region[] = [];
  let end = 0;
  for (const [index, token] of script.tokens.entries()) {
    if (index < end || (token.kind !== "string" && token.kind !== "template")) continue;
    const found = listedAt(script, index) ?? writtenAt(script, index);
    if (!found) continue;
    const { at, lines } = found;
    end = at.to;
    const outer = {
      start: script.tokens[at.from]?.start ?? 0,
      end: script.tokens[at.to - 1]?.end ?? token.end,
    };
    const region = commandRegion([...new Set(lines)].join("\n"), outer);
    const call = script.callAt(token.outer);
    if (region) regions.push(call && SHOWS.test(call.callee) ? { ...region, shown: true } : region);
  }
  return regions;
}

/** What shows a text to a person. */
const SHOWS = /^(console|log|logger|process\.std(out|err))\.\w+$|^(alert|log)$|Error$/;

/** Where a command stands, and its lines. */
interface Found {
  at: Range;
  lines: string[];
}

const SENDS = /\b(lk|livekit-cli)\s[^]*\bdispatch|^\s*sip\s+dispatch(-rules?)?\s/;
const WORD = /^dispatch(-rules?)?$|^(create|update)-sip-dispatch-rule$/;
const MOST_WAYS = 16;

/** The calls by which a function with a command in it may run; undefined for any. */
function waysTo(script: Script, index: number): (Given | undefined)[] {
  const one = script.functionAround(index);
  const brackets = one ? script.callsOf(one) : [];
  return one && brackets.length > 0 && brackets.length <= MOST_WAYS
    ? brackets.map((bracket) => ({ function: one, args: script.itemsOf(bracket) }))
    : [undefined];
}

// Texts

/** The command that a string or template is, or begins: `"lk … " + path`. */
function writtenAt(script: Script, index: number): Found | undefined {
  const token = script.tokens[index];
  const first = { from: index, to: token?.kind === "template" ? token.pair + 1 : index + 1 };
  const operands = [first];
  while (script.word(operands.at(-1)?.to ?? 0) === "+") {
    const from = (operands.at(-1)?.to ?? 0) + 1;
    const to = operandEnd(script, from);
    if (to <= from) break;
    operands.push({ from, to });
  }
  const plain = operands.flatMap((range) => holesIn(script, range));
  const text = plain.map((hole) => hole.text).join("");
  if (!SENDS.test(text) || mayHoldJson(text)) return undefined;
  const lines = waysTo(script, index).flatMap((given) => {
    const verbs = plain.flatMap(({ range }) => (range ? verbsIn(pathsOf(script, range, given)) : []));
    return verbs.length > 0
      ? verbs.map((verb) => filled(script, plain, given, verb))
      : [filled(script, plain, given)];
  });
  return { at: { from: index, to: operands.at(-1)?.to ?? first.to }, lines };
}

/** The end of an operand of a sum. */
function operandEnd(script: Script, from: number): number {
  const end = script.endOf(from);
  let at = from;
  while (at < end && script.word(at) !== "+") at = script.behind(at);
  return at;
}

/** A piece of a text: what is written, or an expression that fills it. */
interface Hole {
  text: string;
  range?: Range;
}

function holesIn(script: Script, range: Range): Hole[] {
  const token = script.tokens[range.from];
  if (token?.kind === "string" && range.to === range.from + 1) return [{ text: token.value ?? "" }];
  if (token?.kind === "template" && token.pair === range.to - 1) {
    return (token.parts ?? []).map((part) =>
      typeof part === "string" ? { text: part } : { text: unknownAs(script.slice(part)), range: part },
    );
  }
  return [{ text: unknownAs(script.slice(range)), range }];
}

function filled(script: Script, holes: readonly Hole[], given: Given | undefined, verb?: string): string {
  const said = (some: readonly Hole[]): string => some.map(({ text }) => text).join("");
  return holes
    .map(({ text, range }, index) => {
      const texts = range ? pathsOf(script, range, given) : [];
      if (verb !== undefined && verbsIn(texts).includes(verb)) return verb;
      if (!range) return text;
      return saidInHole(texts, said(holes.slice(0, index)), said(holes.slice(index + 1))) ?? text;
    })
    .join("");
}

// Lists

/** The command of whose words a string is one: of a list with what is put beside it, or of the arguments of a call. */
function listedAt(script: Script, index: number): Found | undefined {
  if (!WORD.test(script.tokens[index]?.value ?? "")) return undefined;
  const bracket = script.tokens[index]?.outer ?? -1;
  if (script.word(bracket) !== "[" && !script.callAt(bracket)) return undefined;
  const lines = usesOf(script, bracket).flatMap((use) =>
    waysTo(script, use.from).flatMap((given) =>
      new Lists(script, given).of(use).flatMap((words) => commandLines(words)),
    ),
  );
  return lines.length > 0 ? { at: { from: index, to: index + 1 }, lines } : undefined;
}

/** The expressions that hold a list and all that is put beside it. */
function usesOf(script: Script, bracket: number, depth = 0): Range[] {
  const whole = { from: bracket, to: script.behind(bracket) };
  if (script.word(bracket) !== "[" || depth > 5) return [whole];
  const around = (from: number): Range[] =>
    script.word(from - 1) === "..." ? usesOf(script, script.tokens[from]?.outer ?? -1, depth + 1) : [];
  const spread = around(bracket);
  if (spread.length > 0) return spread;
  const declaration = script.declarationWith(bracket);
  if (!declaration) return [{ from: bracket, to: script.endOf(bracket) }];
  const loads = script.loadsOf(declaration).filter((load) => !isAdding(script, load));
  const uses = loads.flatMap((load) => {
    const wider = around(load);
    return wider.length > 0 ? wider : [{ from: load, to: Math.max(load + 1, concatEnd(script, load + 1)) }];
  });
  return uses.length > 0 ? uses : [whole];
}

function isAdding(script: Script, load: number): boolean {
  return script.word(load + 1) === "." && script.word(load + 2) === "push";
}

/** Behind `.concat(…)`, if that follows. */
function concatEnd(script: Script, at: number): number {
  return script.word(at) === "." && script.word(at + 1) === "concat" ? script.behind(at + 2) : at;
}

const MOST_LISTS = 8;

/** Reads lists of words. */
class Lists {
  readonly #script: Script;
  readonly #given: Given | undefined;
  #left = 100;

  constructor(script: Script, given: Given | undefined) {
    this.#script = script;
    this.#given = given;
  }

  /** What a list may be; none for what is no list that is known. */
  of({ from, to }: Range): Words[] {
    if (this.#left-- <= 0 || from >= to) return [];
    const script = this.#script;
    const close = script.tokens[from]?.pair ?? -1;
    const isList = script.word(from) === "[" || script.word(from) === "(";
    const end = isList ? close + 1 : from + 1;
    const beside =
      script.word(end) === "." && script.word(end + 1) === "concat" && end + 2 < to ? end + 2 : -1;
    const first = isList ? this.#together(script.itemsOf(from)) : this.#named(from, beside < 0 ? to : end);
    if (beside < 0) return first;
    const more = script.itemsOf(beside).map((item): Words[] => {
      const lists = this.of(item);
      return lists.length > 0 ? lists : [[pathsOf(script, item, this.#given)]];
    });
    return more.reduce(joined, first);
  }

  #together(items: readonly Range[]): Words[] {
    return items.reduce<Words[]>(
      (lists, item) => {
        if (this.#script.word(item.from) !== "...") {
          const isInner = this.#script.word(item.from) === "[";
          return joined(lists, isInner ? this.of(item) : [[pathsOf(this.#script, item, this.#given)]]);
        }
        const inner = this.of({ from: item.from + 1, to: item.to });
        return joined(lists, inner.length > 0 ? inner : [[["${}"]]]);
      },
      [[]],
    );
  }

  /** A name, or a text that is split. */
  #named(from: number, to: number): Words[] {
    const script = this.#script;
    const token = script.tokens[from];
    if (token?.kind === "string" || token?.kind === "template") {
      const text = { from, to: token.kind === "template" ? token.pair + 1 : from + 1 };
      if (script.word(text.to + 1) !== "split") return [];
      const texts = pathsOf(script, text, this.#given);
      return texts.map((said) =>
        said
          .trim()
          .split(/\s+/)
          .map((word) => [word]),
      );
    }
    if (token?.kind !== "name" || to !== from + 1) return [];
    const declaration = script.declarationOf(from);
    const { of, value } = declaration ?? {};
    const argument = of && this.#given?.function === of.function ? this.#given.args[of.index] : undefined;
    const written = argument ?? value;
    const lists = written ? this.of(written) : [];
    if (!declaration) return lists;
    const added = script.loadsOf(declaration).filter((load) => load < from && isAdding(script, load));
    return added.map((load) => this.#together(script.itemsOf(load + 3))).reduce(joined, lists);
  }
}

function joined(left: readonly Words[], right: readonly Words[]): Words[] {
  return left.flatMap((one) => right.map((other) => [...one, ...other])).slice(0, MOST_LISTS);
}
