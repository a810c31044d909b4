import { isWrapperKey } from "./keys.ts";
import { isMeant, meantOnPage, writersIn } from "./page-scopes.ts";
import { WRAPPER } from "../rule/fields.ts";
import { type Block, PART, type PlacedStatement } from "./statement.ts";
import type { Fact, HeldPlace, Sending } from "../sources/fact.ts";
import type { Path } from "../sources/partly-known.ts";

/** The uses that a program makes of one thing: a file that it names, or a request that is written in it. */
export interface Flow {
  /** The lines that create or update rules with it. */
  sends: SendingLine[];
  /** The lines that look at keys, lines or patterns of what then goes on: to LiveKit, a file, or who knows where. */
  changes: KeyUse[];
  /** The lines that look at keys, and what they see goes no further. */
  reads: KeyUse[];
  /** The files that get it as it is. */
  copies: Path[];
  /** The functions that get its content. */
  calls: Set<string>;
  /** The steps that send it, or what is made of it. */
  steps: Set<Fact>;
  /** The paths in the steps that get its content: programs among them are given that. */
  beside: Set<Path>;
}

export interface SendingLine {
  does: Sending["does"];
  line: number;
  lastLine: number;
  flags: Sending["flags"];
  /** True if its annotations were taken out before. */
  isStripped: boolean;
  byLk?: true;
}

/** A line that looks at keys of a request; what they are, as it is said to a person. */
export interface KeyUse {
  line: number;
  keys: readonly string[];
}

/** The beginning of a flow. */
export interface Start {
  /** The paths that name the thing, of those in the index. */
  paths?: ReadonlySet<Path>;
  /** Where it is written: `heldKey`. */
  held?: string;
  /** A name that holds its content. */
  name?: string;
  /** The functions of which others get what they return. */
  returns?: ReadonlySet<string>;
  /** True if a text stands in string values of the request alone, so that replacing it moves no field. */
  isInValues: (text: string) => boolean;
}

/** A step of a statement of a program. */
interface Stop {
  statement: PlacedStatement;
  index: number;
  /** The name by which it gets the content, if it is not read or piped there. */
  name?: string;
  /** True if the content is the value of a wrapper by then. */
  isWrapped?: boolean;
}

/** The steps of a program by what stands in them. */
export interface FlowIndex {
  uses: ReadonlyMap<string, readonly Stop[]>;
  paths: ReadonlyMap<Path, readonly Stop[]>;
  held: ReadonlyMap<string, readonly Stop[]>;
  /** The steps that give a name, or a file, something: in shells, where texts are put together so. */
  givers: ReadonlyMap<string | Path, readonly Stop[]>;
  /** On a page: the lines that write or show a file, in their order. */
  writers?: ReadonlyMap<Path, readonly number[]>;
}

/** One word for something that is written in a document. */
export function heldKey(document: string, held: HeldPlace): string {
  return "site" in held ? `${document}@${held.site}` : `${document}#${held.region}`;
}

/** The index of a program's statements. */
export function indexOf(statements: readonly PlacedStatement[], isOfPage = false): FlowIndex {
  const index = {
    uses: new Map<string, Stop[]>(),
    paths: new Map<Path, Stop[]>(),
    held: new Map<string, Stop[]>(),
    givers: new Map<string | Path, Stop[]>(),
  };
  const add = <Key>(map: Map<Key, Stop[]>, key: Key, stop: Stop): void => {
    const known = map.get(key);
    if (known) known.push(stop);
    else map.set(key, [stop]);
  };
  for (const statement of statements) {
    for (const [at, step] of statement.steps.entries()) {
      const stop = { statement, index: at };
      for (const name of new Set(step.uses)) add(index.uses, name, stop);
      for (const path of new Set(step.paths)) add(index.paths, path, stop);
      const isLast = at === statement.steps.length - 1;
      const given = statement.isShell
        ? [...step.binds, ...step.writes, ...(isLast ? statement.captured : [])]
        : [];
      for (const name of new Set(given)) add(index.givers, name, stop);
      for (const held of step.holds) add(index.held, heldKey(statement.document, held), stop);
    }
  }
  return isOfPage ? { ...index, writers: writersIn(statements) } : index;
}

/** The steps that name a copy that is made on some lines. */
function stopsOf({ paths, writers }: FlowIndex, path: Path, lines?: ReadonlySet<number>): readonly Stop[] {
  const stops = paths.get(path) ?? [];
  return lines && writers ? meantOnPage(stops, writers.get(path) ?? [], lines) : stops;
}

/** A step that gets the content, and whether that is written in it. */
interface Entry extends Stop {
  isHeld: boolean;
}

/** Follows something through the statements of a program. Everything that a name has ever been given counts. */
export function follow(index: FlowIndex, start: Start): Flow {
  const flow: Flow = {
    sends: [],
    changes: [],
    reads: [],
    copies: [],
    steps: new Set(),
    beside: new Set(),
    calls: new Set(),
  };
  const copies = new Copies();
  const seen = new Set<Fact>();
  const followed = new Set<Fact>();
  const open: Entry[] = [
    ...(index.held.get(start.held ?? "") ?? []).map((stop) => ({ ...stop, isHeld: true })),
    ...(index.uses.get(start.name ?? "") ?? []).map((stop) => ({ ...stop, isHeld: false })),
  ];
  for (let isNew = true; isNew;) {
    open.push(...entriesOf(index, [...(start.paths ?? []), ...copies.paths.keys()], seen, copies));
    isNew = open.length > 0;
    for (const entry of open.splice(0)) {
      const step = entry.statement.steps[entry.index];
      // Whatever comes of it there was seen with what came before.
      if (!entry.isHeld && step && followed.has(step)) continue;
      for (const one of followContent(index, entry, start, flow, copies)) followed.add(one);
    }
  }
  flow.copies.push(...copies.paths.keys());
  return flow;
}

/** The files that are made of something as it is, and those of them without its annotations. */
class Copies {
  /** With the lines that make them. */
  readonly paths = new Map<Path, Set<number>>();
  readonly stripped = new Set<Path>();

  add(path: Path, line: number, isStripped: boolean): void {
    this.paths.set(path, (this.paths.get(path) ?? new Set()).add(line));
    if (isStripped) this.stripped.add(path);
  }

  isStripped({ paths }: Fact): boolean {
    return paths.some((path) => this.stripped.has(path));
  }
}

/**
 * The steps that get the content of the thing, and not only its name, as far as they are not `seen`. Its names are
 * followed until there; `copies` gets the files that are made of it as it is.
 */
function entriesOf(index: FlowIndex, named: readonly Path[], seen: Set<Fact>, copies: Copies): Entry[] {
  const entries: Entry[] = [];
  const names = new Set<string>();
  const open: Stop[] = named.flatMap((path) => stopsOf(index, path, copies.paths.get(path)));
  const take = (some: readonly string[]): void => {
    for (const name of some) {
      if (names.has(name)) continue;
      names.add(name);
      open.push(...(index.uses.get(name) ?? []));
    }
  };
  for (let stop = open.pop(); stop; stop = open.pop()) {
    const { statement } = stop;
    const step = statement.steps[stop.index];
    if (!step || seen.has(step)) continue;
    seen.add(step);
    if (step.role === "none") continue;
    if (step.role === "read" || step.role === "send") {
      entries.push({ ...stop, isHeld: false });
      continue;
    }
    take(step.binds);
    if (step.role === "copy") {
      for (const path of step.writes) {
        copies.add(path, statement.lineOf(step.at.start), copies.isStripped(step));
        open.push(...stopsOf(index, path, copies.paths.get(path)));
      }
      continue;
    }
    const behind = statement.steps[stop.index + 1];
    if (!behind) take(statement.captured);
    // Names that a pipe brings are words for xargs and lines for `read`; other programs read them as text.
    else if (behind.role !== "read" || behind.uses.includes("|"))
      open.push({ statement, index: stop.index + 1 });
  }
  return entries;
}

/** The steps and names that have the content, either as it is or as the value of a wrapper. */
class Reached {
  readonly steps = new Set<Fact>();
  readonly names = new Set<string>();
  /** The names that were followed from a block of a page, or from anywhere else. */
  readonly #followed = new Map<Block | undefined, Set<string>>();

  /** Tells whether a name is to be followed from a statement, and takes in that it is. */
  isNew(name: string, { block }: PlacedStatement): boolean {
    const followed = this.#followed.get(block) ?? new Set();
    const isNew = !followed.has(name);
    this.#followed.set(block, followed.add(name));
    this.names.add(name);
    return isNew;
  }
}

/**
 * Follows the content from one step on, and returns the steps that get it as it is. What comes to stand in a wrapper and
 * is sent so is a bare rule; where it goes elsewhere, the step that wraps it looks for the wrapper's key.
 */
function followContent(
  { uses, givers }: FlowIndex,
  entry: Entry,
  { isInValues, returns }: Start,
  flow: Flow,
  copies: Copies,
): ReadonlySet<Fact> {
  const plain = new Reached();
  const wrapped = new Reached();
  const open: Stop[] = [entry];
  const looked = new Map<number, Set<string>>();
  const around = new Set<string | Path>();
  const sends: SendingLine[] = [];
  const written: [path: Path, line: number][] = [];
  const wrapping = new Set<number>();
  let goesOn = false;
  let isSentWrapped = false;
  let isLostWrapped = false;
  let isStripped = false;
  const look = (line: number, keys: readonly string[]): void => {
    if (keys.length > 0) looked.set(line, new Set([...(looked.get(line) ?? []), ...keys]));
  };
  /** Looks at what else is given to the same name, or written to the same file: it stands around it. */
  const lookAround = (name: string | Path): void => {
    if (around.has(name)) return;
    around.add(name);
    for (const { statement } of givers.get(name) ?? []) {
      for (const step of statement.steps) {
        if (plain.steps.has(step) || wrapped.steps.has(step)) continue;
        look(statement.lineOf(step.at.start), step.opens ? [WRAPPER] : step.keys.filter(isWrapperKey));
      }
    }
  };
  const take = (some: readonly string[], from: PlacedStatement, isWrapped: boolean): void => {
    const reached = isWrapped ? wrapped : plain;
    for (const name of some) {
      if (!reached.isNew(name, from)) continue;
      lookAround(name);
      for (const use of uses.get(name) ?? [])
        if (isMeant(name, from, use.statement)) open.push({ ...use, name, isWrapped });
    }
  };
  for (let stop = open.pop(); stop; stop = open.pop()) {
    const { statement, index } = stop;
    const step = statement.steps[index];
    const { steps, names } = stop.isWrapped ? wrapped : plain;
    if (!step || steps.has(step)) continue;
    steps.add(step);
    const line = statement.lineOf(step.at.start);
    isStripped ||= step.strips === true || copies.isStripped(step);
    const isOwn = entry.isHeld && step === entry.statement.steps[entry.index];
    const isPut = stop.name === undefined || (step.put ?? []).some((name) => names.has(name));
    const isPart = step.holds.length > 0 && !isOwn && isPut;
    const puts = step.inside === "wrapper" && !isOwn && (isPart || step.sends.length > 0);
    const wraps = puts || step.wraps === true;
    const isWrapped = wraps || stop.isWrapped === true;
    if (wraps) wrapping.add(line);
    // What stands around a request in code is no look into it.
    const own = (isOwn && !statement.isShell ? [] : step.keys).filter((key) => !wraps || !isWrapperKey(key));
    const inside = isPart && step.inside === "part" ? [PART] : [];
    look(line, [...own, ...inside, ...step.replaces.filter((text) => !isInValues(text))]);
    for (const name of step.cuts ?? []) if (names.has(name)) look(line, [`\${${name}…}`]);
    if (step.sets && own.length > 0) goesOn = true;
    for (const path of step.paths) flow.beside.add(path);
    for (const name of step.calls ?? []) flow.calls.add(name);
    for (const name of [...step.writes, ...step.uses]) lookAround(name);
    if (step.sends.length > 0) {
      for (const { does, byLk, flags } of step.sends)
        sends.push({
          does: isWrapped ? "update" : does,
          line,
          lastLine: statement.lineOf(step.at.end),
          flags,
          isStripped,
          ...(byLk && { byLk }),
        });
      goesOn = true;
      isSentWrapped ||= isWrapped;
      flow.steps.add(step);
      // What comes back is LiveKit's answer, not the request.
      if (!step.makes) continue;
    }
    if (inside.length > 0 || step.binds.some((name) => returns?.has(name))) goesOn = true;
    if (step.role === "none") continue;
    take(step.binds, statement, isWrapped);
    if (!isWrapped) written.push(...step.writes.map((path): [Path, number] => [path, line]));
    const next = index + 1;
    const isLast = next === statement.steps.length;
    if (!isLast) open.push({ statement, index: next, isWrapped });
    else take(statement.captured, statement, isWrapped);
    const isLost = isLast && !step.ends && step.writes.length + statement.captured.length === 0;
    if (isWrapped) isLostWrapped ||= isLost || step.writes.length > 0;
    else goesOn ||= isLost;
  }
  if (isLostWrapped || !isSentWrapped) {
    for (const line of wrapping) look(line, [WRAPPER]);
    goesOn ||= wrapping.size > 0;
  }
  const all = Array.from(looked, ([line, keys]): KeyUse => ({ line, keys: [...keys] }));
  // What is written before anybody has looked into it is a copy, and followed as one.
  if (all.length > 0) (goesOn || written.length > 0 ? flow.changes : flow.reads).push(...all);
  else for (const [path, line] of written) copies.add(path, line, isStripped);
  flow.sends.push(...sends);
  return plain.steps;
}
