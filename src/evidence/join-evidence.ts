import { basename } from "node:path/posix";
import { addDoubles } from "./doubles.ts";
import { Environment, usesOfVariables } from "./environment.ts";
import { type Doubt, type Evidence, key, NO_EVIDENCE, type Place } from "./evidence.ts";
import { asText, isKnown, isOnlyEnding, type Path, placesOf, wholeText } from "../sources/partly-known.ts";
import { isCalledUpdate } from "./called-update.ts";
import { FileNames, isPage, type MeantFiles } from "./file-names.ts";
import { type Flow, follow, type Start } from "./flow.ts";
import { isWrapperKey } from "./keys.ts";
import { type MadeHere, madeOf, type RequestFile } from "./made.ts";
import { Modules } from "./modules.ts";
import type { Program } from "./program.ts";
import { updates } from "./statement.ts";
import { lineWriting, ownFiles, writtenBy } from "./written-files.ts";
import { ShellFunctions } from "./shell/functions.ts";
import { looksAtInput } from "./shell/input.ts";
import { isInValues } from "./shell/text-tools.ts";
import type { Fact } from "../sources/fact.ts";

/** The uses that the programs of a repository make of its requests. */
export interface RepositoryEvidence {
  /** Of a whole source, or of a document in it by its id. `path` goes from the top. */
  of(path: string, document: string): Evidence;
  /** The lines of a source that create rules with requests of other files. */
  madeBy(path: string): MadeHere[];
}

/**
 * Joins what the programs of a repository do with requests: with the files that hold them, and with those that are written
 * in the programs. `isThere` tells whether there is any other file at a path.
 */
export function joinEvidence(
  programs: readonly Program[],
  files: readonly RequestFile[],
  isThere: (path: string) => boolean,
): RepositoryEvidence {
  const { found, shownAs } = new Join(programs, files, isThere);
  const made = madeOf(found, new Map(files.map(({ path, form }) => [path, form])));
  return {
    of(path, document) {
      const evidence = found.get(key(path, document)) ?? NO_EVIDENCE;
      const isOpen = evidence.creates.length + evidence.updates.length === 0;
      const line = document === "" && isCalledUpdate(path) ? 1 : shownAs.get(key(path, document));
      if (isOpen && line !== undefined)
        return { ...evidence, updates: [{ path, line, isStripped: false }], isByName: true };
      return evidence;
    },
    madeBy: (path) => made.get(path) ?? [],
  };
}

class Join {
  readonly #names: FileNames;
  readonly #texts: ReadonlyMap<string, string>;
  /** By the path of a file, or that of a source and the id of a document in it. */
  readonly found = new Map<string, Evidence>();
  readonly #programs: FileNames;
  /** The requests that others give a program as words, by its path. */
  readonly #given = new Map<string, Set<string>>();
  /** The blocks of pages that are shown as files whose names speak of updates, with the lines that say so. */
  readonly shownAs = new Map<string, number>();
  readonly #functions: ShellFunctions;
  readonly #modules: Modules;
  /** The requests that others give a function of a script, by its path: one of these functions, whichever it is. */
  readonly #sourced = new Map<string, Set<string>>();
  /** The steps that send something that is known. */
  readonly #accounted = new Set<Fact>();
  /** The files that programs write, by the requests that are in them. */
  readonly #written = new Map<string, Set<string>>();

  constructor(
    programs: readonly Program[],
    files: readonly RequestFile[],
    isThere: (path: string) => boolean,
  ) {
    this.#names = new FileNames(
      files.map(({ path }) => path),
      isThere,
    );
    this.#texts = new Map(files.map(({ path, text }) => [path, text]));
    this.#programs = new FileNames(
      programs.flatMap(({ path, statements }) => (statements.length > 0 ? path : [])),
    );
    this.#functions = new ShellFunctions(programs);
    this.#modules = new Modules(programs);
    for (const program of programs) this.#takeHeld(program);
    for (const { path, id, program, flow } of usesOfVariables(programs))
      this.#add(key(path, id), program, flow, { isAny: false });
    const environment = new Environment(programs);
    const rest = programs.map((program) =>
      this.#takeNamed(program, (path) => {
        const meant = this.#names.meantBy(path, program.path);
        const isGiven = meant.files.length === 0 && program.values.isGiven(path);
        return isGiven ? environment.meantBy(path, this.#names) : meant;
      }),
    );
    for (const { program, given, flowOf } of rest) this.#takeOpen(program, given, flowOf);
    // What is given to a program as words, it does as if it had named it.
    for (const program of programs) {
      this.#takeGiven(program, this.#given.get(program.path));
      this.#takeGiven(program, this.#sourced.get(program.path), { isAny: false });
    }
    // What one program writes, another may send.
    for (let round = 0, known = -1; round < MOST_ROUNDS && known < this.#written.size; round++) {
      known = this.#written.size;
      const written = [...this.#written.keys()];
      const names = [
        new FileNames(written.filter((path) => !TEMPORARY.test(path))),
        new FileNames(written),
      ] as const;
      for (const program of programs) this.#takeCopies(program, names);
    }
    for (const program of programs) if (!isPage(program.path)) this.#takeUnaccounted(program);
    addDoubles(programs, this.found);
  }

  /** The requests that are written in a program: what it does with them itself. */
  #takeHeld(program: Program): void {
    for (const { id, key: held, isCode } of program.held) {
      const flow = follow(program.index, { held, isInValues: () => true });
      this.#giveOn(key(program.path, id), program, flow);
      const update = isPage(program.path) && flow.copies.find((path) => isCalledUpdate(asText(path)));
      if (update) this.shownAs.set(key(program.path, id), lineWriting(program, update));
      // What Python does with a request that is written in it, its reader knows.
      const isFollowed = isCode && /\.(?:pyi?|ipynb)$/.test(program.path);
      this.#add(key(program.path, id), program, isFollowed ? { ...flow, changes: [], reads: [] } : flow);
    }
  }

  #takeNamed(program: Program, meant: (path: Path) => MeantFiles) {
    const all = program.index.paths.keys();
    const named = new Map<string, { sure: Set<Path>; unsure: Set<Path>; among: number }>();
    const given: Path[] = [];
    const own = ownFiles(program);
    for (const path of all) {
      const { files: found, isSure } = meant(path);
      // What a program writes itself is no other file, unless it is that very one.
      const same = own.has(path) ? wholeText(placesOf(path, program.path)[0]) : undefined;
      const files = own.has(path) ? found.filter((file) => file === same) : found;
      for (const file of files) {
        const one = named.get(file) ?? { sure: new Set(), unsure: new Set(), among: 0 };
        (isSure ? one.sure : one.unsure).add(path);
        if (!isSure) one.among = Math.max(one.among, files.length);
        named.set(file, one);
      }
      if (files.length === 0 && !own.has(path) && program.values.isGiven(path)) given.push(path);
    }
    const replaces = program.statements.some(({ steps }) => steps.some((step) => step.replaces.length > 0));
    const flows = new Map<string, Flow>();
    const flowOf = (paths: ReadonlySet<Path>, file: string): Flow => {
      const id = JSON.stringify([replaces ? file : "", ...paths]);
      const known = flows.get(id) ?? follow(program.index, this.#start(paths, file));
      flows.set(id, known);
      return known;
    };
    // What LiveKit lists is bare rules.
    for (const { steps, lineOf } of program.statements) {
      const listing = steps.find(({ answers, sends }) => answers && sends.length === 0);
      for (const path of listing ? steps.flatMap(({ writes }) => writes) : []) {
        for (const file of meant(path).files)
          this.#evidence(key(file, "")).updates.push({
            path: program.path,
            line: lineOf(listing?.at.start ?? 0),
            isStripped: false,
          });
      }
    }
    for (const [file, { sure, unsure, among }] of named) {
      if (sure.size > 0) {
        this.#add(key(file, ""), program, flowOf(sure, file));
        this.#giveOn(key(file, ""), program, flowOf(sure, file));
      }
      if (unsure.size > 0) this.#add(key(file, ""), program, flowOf(unsure, file), { isAny: false, among });
    }
    return { program, given, flowOf: (path: Path) => flowOf(new Set([path]), "") };
  }

  /** The paths of a program that others give it, of which little is known. */
  #takeOpen(program: Program, given: readonly Path[], flowOf: (path: Path) => Flow): void {
    if (this.#given.has(program.path)) return;
    // It may be one that the same text names elsewhere.
    const besides = this.#namedBy(program);
    const mayUpdate = program.statements.some(({ steps }) => steps.some(updates));
    for (const path of given) {
      const isFollowed = !isPage(program.path) && (mayUpdate || !isOnlyEnding(path));
      const reached = this.#names.reachedBy(path, program.path);
      const files = reached.filter((file) => isFollowed || besides.has(file));
      const flow = files.length > 0 ? flowOf(path) : undefined;
      if (!flow || (!updates(flow) && flow.changes.length === 0)) continue;
      for (const file of files) {
        const isNamed = besides.has(file);
        if (!isNamed && !updates(flow) && isOnlyEnding(path)) continue;
        this.#add(key(file, ""), program, flow, { isAny: !isNamed && isOnlyEnding(path) });
      }
    }
  }

  #takeGiven(program: Program, ids?: ReadonlySet<string>, doubt?: Doubt): void {
    if (!ids) return;
    const paths = new Set([...program.index.paths.keys()].filter((path) => program.values.isGiven(path)));
    const piped = looksAtInput(program);
    // A word may be the name of a file, or what stands in it.
    const flows = [this.#start(paths, ""), { name: "@", isInValues: () => true }].map((start) =>
      follow(program.index, start),
    );
    for (const id of ids) {
      // What such a program prints, whoever runs it may send on.
      for (const flow of flows) {
        this.#add(
          id,
          program,
          { ...flow, changes: [...flow.changes, ...flow.reads, ...piped], reads: [] },
          doubt,
        );
      }
    }
  }

  /** `names` are the files that stay, and all of them: temporary ones are meant where their folder is named. */
  #takeCopies(program: Program, [lasting, every]: readonly [FileNames, FileNames]): void {
    const written = this.#written;
    const originals = (path: Path): string[] =>
      (TEMPORARY.test(asText(path)) ? every : lasting)
        .meantBy(path, program.path)
        .files.flatMap((one) => [...(written.get(one) ?? [])]);
    const all = program.index.paths.keys();
    const named = new Map<string, Set<Path>>();
    const own = writtenBy(program);
    for (const path of all) {
      if (own.has(path) || this.#names.meantBy(path, program.path).isSure) continue;
      for (const original of originals(path))
        named.set(original, (named.get(original) ?? new Set()).add(path));
    }
    for (const [original, paths] of named) {
      if (this.found.get(original)?.seen.has(program.path)) continue;
      // Pages often show files of one name, each with its own commands.
      const doubt =
        isPage(program.path) && isPage(original.replace(/\0.*/, "")) ? { isAny: false } : undefined;
      this.#add(original, program, follow(program.index, this.#start(paths, "")), doubt);
    }
  }

  #start(paths: ReadonlySet<Path>, file: string): Start {
    const text = this.#texts.get(file) ?? "";
    return { paths, isInValues: (found) => isInValues(text, found) };
  }

  /** Gives a request to the programs of the repository that are beside it in the steps that get its content. */
  #giveOn(id: string, program: Program, { beside, calls }: Flow): void {
    const { path } = program;
    const meant = (one: Path): readonly string[] => this.#programs.meantBy(one, path).files;
    const give = (given: Map<string, Set<string>>, other: string): void => {
      if (other !== path) given.set(other, (given.get(other) ?? new Set()).add(id));
    };
    for (const other of [...beside].flatMap(meant)) give(this.#given, other);
    for (const other of this.#functions.sourcedBy(program, calls, meant)) give(this.#sourced, other);
    for (const [other, flow] of this.#modules.calledBy(program, calls))
      this.#add(id, other, flow, { isAny: false });
  }

  /**
   * Lines that send something of which nothing is known may send what their program names and nobody sends: an update
   * makes that unclear, and so does the wrapper in its text where a rule is created.
   */
  #takeUnaccounted(program: Program): void {
    const steps = program.statements.flatMap((statement) => {
      const isListed = statement.steps.some(({ answers, sends }) => answers && sends.length === 0);
      return isListed ? [] : statement.steps.map((step) => ({ step, line: statement.lineOf(step.at.start) }));
    });
    const at = (line: number): Place => ({ path: program.path, line });
    const open = steps.filter(({ step }) => step.sends.length > 0 && !this.#accounted.has(step));
    // Which file is updated with may only be known when it runs.
    for (const { step, line } of open) {
      if (!updates(step)) continue;
      for (const path of step.paths.filter((one) => !isKnown(one))) {
        for (const file of this.#names.reachedBy(path, program.path)) {
          this.#evidence(key(file, "")).unclear.push({ ...at(line), isAny: isOnlyEnding(path) });
        }
      }
    }
    const isFile = (path: Path): boolean => /\.\w+$/.test(wholeText(path) ?? "");
    const isOther = open.some(({ step }) => step.paths.some(isFile));
    const named = isOther ? new Set() : this.#namedBy(program);
    const said = (file: string): boolean =>
      named.has(file) ||
      program.values.says(basename(file)) ||
      program.values.says(basename(file).replace(/\.\w+$/, ""));
    const update = open.find(({ step }) => updates(step));
    const wrapper = open.length > 0 && steps.find(({ step }) => step.keys.some(isWrapperKey));
    if (!update && !wrapper) return;
    // It may be a file that is only named by a part of its name, or what another program gives a function here.
    for (const file of update ? this.#texts.keys() : []) {
      const evidence = this.#evidence(key(file, ""));
      const isGiven = [...evidence.calls].some((name) => program.parameters.has(name));
      if (update && !evidence.seen.has(program.path) && (isGiven || said(file))) {
        evidence.unclear.push({ ...at(update.line), isAny: false });
      }
    }
    for (const evidence of this.found.values()) {
      const isHere = ({ path }: Place): boolean => path === program.path;
      if (!evidence.seen.has(program.path)) continue;
      if (evidence.creates.some(isHere) || evidence.updates.some(isHere)) continue;
      if (update) evidence.unclear.push({ ...at(update.line), isAny: false });
      else if (wrapper) {
        evidence.changes.push({ ...at(wrapper.line), keys: ["dispatch_rule"], isSure: false });
      }
    }
  }

  /** The files with requests that the text of a program names, in whatever way, but for those that it writes. */
  #namedBy(program: Program): ReadonlySet<string> {
    const own = ownFiles(program);
    const others = [...program.named].filter((one) => !own.has(one));
    return new Set(others.flatMap((one) => this.#names.meantBy(one, program.path).files));
  }

  #evidence(id: string): Evidence {
    const evidence = this.found.get(id) ?? structuredClone(NO_EVIDENCE);
    this.found.set(id, evidence);
    return evidence;
  }

  /** Without a doubt that the program means it. */
  #add(id: string, program: Program, flow: Flow, doubt?: Doubt): void {
    const evidence = this.#evidence(id);
    const isSure = doubt === undefined;
    if (isSure) for (const step of flow.steps) this.#accounted.add(step);
    const at = (line: number): Place => ({ path: program.path, line });
    for (const { does, line, lastLine, flags, isStripped, byLk } of flow.sends) {
      const use = { ...at(line), isStripped, ...(byLk && { byLk }) };
      if (doubt) {
        if (does === "update") evidence.unclear.push({ ...at(line), ...doubt });
      } else if (does === "create") evidence.creates.push({ ...use, lastLine, ...(flags && { flags }) });
      else evidence.updates.push(use);
    }
    for (const { line, keys } of flow.changes)
      evidence.changes.push({ ...at(line), keys: [...keys], isSure });
    if (!isSure) return;
    evidence.seen.add(program.path);
    for (const name of flow.calls) evidence.calls.add(name);
    for (const { line, keys } of flow.reads) evidence.reads.push({ ...at(line), keys: [...keys], isSure });
    for (const copy of flow.copies) {
      const path = wholeText(placesOf(copy, program.path)[0]);
      if (path !== undefined) this.#written.set(path, (this.#written.get(path) ?? new Set()).add(id));
    }
  }
}

const MOST_ROUNDS = 3;
const TEMPORARY = /^\/?(?:tmp|var\/tmp|dev)\//;
