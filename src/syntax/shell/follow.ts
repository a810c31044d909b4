import type { Span } from "../../rule/value.ts";
import type { Mention, PathProgram } from "../syntax.ts";
import { blocksOf, type Blocks } from "./blocks.ts";
import {
  type Argument,
  baseOf,
  expand,
  folderOf,
  isUnknown,
  LONGEST,
  opensWrapper,
  sayOf,
  type Surroundings,
  TOP,
  type Variable,
} from "./expand.ts";
import { type Call, mentionsOf, type ProgramRun, textOf } from "./call.ts";
import { innermost, type Quoted, quotedIn } from "./inner.ts";
import { deedsOf } from "./programs.ts";
import { readScript } from "./read.ts";
import type { Command, Script, Word } from "./script.ts";
import { changed, endOf, inWrapper, joined, NOTHING, type Stream, textsOf } from "./stream.ts";

/** How many characters of commands are followed more than once, in loops and functions. */
const MOST_REPEATED = 200_000;
/** How deep functions and substitutions are followed. */
const DEEPEST = 20;

/**
 * Follows a script as if it ran, each branch of its conditions, each loop over words once a word: which files and
 * regions are sent, copied and read. Takes linear time.
 */
export class Follower implements Surroundings {
  readonly text: string;
  readonly variables = new Map<string, Variable>();
  /** Where a mention has a program, it is told by its start. */
  readonly mentions: Mention[] = [];
  readonly regionsIn: (span: Span) => Stream;
  positional: readonly Argument[] | undefined;
  folder = "";
  private readonly lists: Script["lists"];
  private readonly outer: { follower: Follower; at: Span } | undefined;
  private readonly blocks = new Map<readonly Command[], Blocks>();
  private readonly functions = new Map<string, FunctionBody>();
  private readonly said = new Set<string>();
  /** The files that end, as far as they are written, where a wrapper has its value. */
  private readonly open = new Set<string>();
  private readonly folders: string[] = [];
  private conditions = 0;
  private depth = 0;
  private repeated = 0;
  private readonly programs = new Map<number, ProgramRun>();
  /** The function that is followed for other scripts, which call it. */
  private within: string | undefined;
  /** The scripts that were sourced. */
  private readonly sourced = new Set<string>();
  private readonly aliases = new Map<string, readonly Argument[]>();
  /** What commands read that have no input of their own: what was piped into their function, or brackets. */
  private input: Stream = NOTHING;
  private isCutShort = false;

  /** `outer` is the script in which this one is quoted, and where. */
  constructor(
    text: string,
    { lists }: Script,
    regionsIn: (span: Span) => Stream,
    outer?: { follower: Follower; at: Span },
  ) {
    this.text = text;
    this.outer = outer;
    this.lists = lists;
    this.regionsIn = regionsIn;
  }

  /** Follows a whole script. Functions that it never calls are followed for whoever does. */
  followAll(main: readonly Command[]): void {
    this.follow(main);
    for (const [name, body] of this.functions) {
      if (body.called) continue;
      this.within = name;
      this.call(body, GIVEN);
    }
  }

  /** The programs of which all is known that they run on, in the order of the text. */
  surePrograms(): PathProgram[] {
    if (this.isCutShort) return [];
    const sure = [...this.programs.values()].filter(({ isSure }) => isSure).map(({ program }) => program);
    return sure.toSorted((a, b) => a.at.start - b.at.start);
  }

  printedAt(start: number): Stream | undefined {
    const list = this.lists.get(start);
    return list && this.apart(list);
  }

  printedBy(text: string, at: Span): Stream {
    return this.quoted({ texts: [text], positional: this.positional ?? [] }, NOTHING, at);
  }

  assume(name: string, value: Variable): void {
    this.variables.set(name, value);
  }

  /** What is put into a wrapper is a bare rule, and has to stay one. */
  wraps(bare: Stream, at: Span): void {
    for (const mention of mentionsOf(bare, { does: "update", at })) this.say(mention);
  }

  private wrapped(bare: Stream, at: Span): Stream {
    this.wraps(bare, at);
    return inWrapper(bare);
  }

  /** What commands print that have a folder of their own. */
  private apart(list: readonly Command[]): Stream {
    if (this.depth >= DEEPEST) return this.cutShort();
    const { folder } = this;
    this.depth++;
    const printed = this.follow(list);
    this.depth--;
    this.folder = folder;
    return printed;
  }

  /** Follows commands of a list, and gives what they print. */
  private follow(list: readonly Command[], from = 0, to = list.length, isBody = false): Stream {
    const blocks = this.blocksOf(list);
    const printed: Stream[] = [];
    /** How much was printed, and whether that opens a wrapper, when the block was opened that is closed by a command. */
    const opened = new Map<number, { length: number; opens: boolean }>();
    let opens = false;
    const open = (closer: number): void => {
      opened.set(closer, { length: printed.length, opens });
      opens = false;
    };
    const print = (stream: Stream, command: Command): void => {
      const isBare = opens && stream.origins.length > 0;
      printed.push(isBare ? this.wrapped(stream, spanOf(command)) : stream);
      opens = endOf(stream) ?? opens;
    };
    const { conditions } = this;
    let piped: Stream | undefined;
    for (let index = from; index < to; index++) {
      const command = list[index];
      if (!command) break;
      const body = isBody && index === from ? undefined : this.define(list, index);
      if (body !== undefined) {
        index = body;
        continue;
      }
      const loop = this.loopAt(list, index, piped ?? NOTHING);
      if (loop) {
        open(loop.end);
        print(this.repeat(list, loop), command);
        index = loop.end - 1;
        piped = undefined;
        continue;
      }
      for (const closer of blocks.closers.get(index) ?? []) open(closer);
      this.conditions += blocks.conditions.get(index) ?? 0;
      const mark = opened.get(index);
      const inBlock = mark === undefined ? undefined : oneAfterTheOther(printed.splice(mark.length));
      opens = mark?.opens ?? opens;
      const isConditional =
        this.conditions > 0 || command.inCase === true || isBehindCondition(list, index, from);
      const prints = this.one(command, { inBlock, piped, isConditional });
      const isPiped = command.ends === "|" || command.ends === "|&";
      piped = isPiped ? prints : undefined;
      if (!isPiped) print(prints, command);
    }
    this.conditions = conditions;
    return oneAfterTheOther(printed);
  }

  private cutShort(): Stream {
    this.isCutShort = true;
    return NOTHING;
  }

  private blocksOf(list: readonly Command[]): Blocks {
    const known = this.blocks.get(list) ?? blocksOf(this.text, list);
    this.blocks.set(list, known);
    return known;
  }

  // Functions and loops

  /** Takes note of a function, and gives the index of its last command. */
  private define(list: readonly Command[], index: number): number | undefined {
    const command = list[index];
    if (command?.defines === undefined) return undefined;
    const start = command.keywords.includes("{") ? index : index + 1;
    const first = list[start];
    const inner = start > index && first?.inner;
    const [end] =
      first?.keywords[0] === "{" || start === index ? (this.blocksOf(list).closers.get(start) ?? []) : [];
    if (inner) this.functions.set(command.defines, { list: inner, from: 0, to: inner.length, called: false });
    else if (end !== undefined)
      this.functions.set(command.defines, { list, from: start, to: end, called: false });
    else return undefined;
    return inner ? start : end;
  }

  private call(body: FunctionBody, args: readonly Argument[] | undefined): Stream {
    if (this.depth >= DEEPEST || !this.mayRepeat(body, body.called ? 1 : 0)) return this.cutShort();
    const { positional, conditions } = this;
    body.called = true;
    this.positional = args;
    this.conditions = 0;
    this.depth++;
    const printed = this.follow(body.list, body.from, body.to, true);
    this.depth--;
    this.positional = positional;
    this.conditions = conditions;
    return printed;
  }

  /** The loop that begins at a command, and the words that its variable stands for; none if these are not known. */
  private loopAt(list: readonly Command[], index: number, piped: Stream): Loop | undefined {
    const command = list[index];
    const [first, name, second] = command?.words ?? [];
    if (this.depth >= DEEPEST) this.isCutShort = true;
    if (!command || !first || this.depth >= DEEPEST) return undefined;
    const reads = command.words.find((word) => !this.isAssignment(word));
    const isWhile = command.keywords.includes("while") && reads && this.written(reads) === "read";
    if (!isWhile && this.written(first) !== "for") return undefined;
    const [end] = this.blocksOf(list).closers.get(index + 1) ?? [];
    if (!list[index + 1]?.keywords.includes("do") || end === undefined) return undefined;
    const loop = { from: index + 1, end };
    if (isWhile) {
      const lines = [...piped.names, ...this.namesBehind(list[end]), ...this.linesTyped(list[end])];
      return { ...loop, ...this.fieldsRead(command), words: lines, holds: piped };
    }
    if (!name) return undefined;
    const words =
      second && this.written(second) === "in"
        ? command.words.slice(3).flatMap((word) => expand(word, this))
        : (this.positional ?? []);
    const texts = words.flatMap((word) => (word.holds.names.length > 0 ? word.holds.names : word.texts));
    return {
      ...loop,
      names: [this.written(name)],
      words: texts.some(isUnknown) ? [] : texts,
      holds: NOTHING,
    };
  }

  /** The variables that `IFS=, read -r id file` sets, and what stands between their values. */
  private fieldsRead({ words }: Command): Pick<Loop, "names" | "separator"> {
    const from = words.findIndex((word) => this.written(word) === "read");
    const names = words.slice(from + 1).map((word) => this.written(word));
    const [, separator] =
      /(?:^|\s)IFS=["']?([,:;|])/.exec(
        words
          .slice(0, from)
          .map((word) => this.written(word))
          .join(" "),
      ) ?? [];
    return { names: names.filter((name) => /^[A-Za-z_]\w*$/.test(name)), separator };
  }

  /** The lines that a loop reads from a heredoc, or a text behind `<<<`, at its end. */
  private linesTyped(done: Command | undefined): string[] {
    const typed = (done?.heredocs ?? []).flatMap(({ parts }) => sayOf(parts, this).texts);
    const strings = (done?.redirections ?? []).filter(({ operator }) => operator === "<<<");
    const texts = [
      ...typed,
      ...strings.flatMap(({ target }) => expand(target, this)).flatMap((word) => word.texts),
    ];
    const lines = texts.flatMap((text) => text.slice(0, MOST_TYPED).split("\n"));
    return lines
      .map((line) => line.trim())
      .filter((line) => line !== "" && !isUnknown(line))
      .slice(0, MOST_IN_LIST);
  }

  /** The names that a loop reads from behind its end: `done < <(find sip -name '*.json')`. */
  private namesBehind(done: Command | undefined): string[] {
    const read = (done?.redirections ?? []).filter(
      ({ operator, target }) => operator === "<" && this.written(target).startsWith("<("),
    );
    const texts = read.flatMap(({ target }) => expand(target, this)).flatMap((word) => word.texts);
    return texts.filter((text) => !isUnknown(text));
  }

  private repeat(list: readonly Command[], { from, end, names, words, holds, separator }: Loop): Stream {
    const printed: Stream[] = [];
    this.depth++;
    const isKnown = words.length > 0 && this.mayRepeat({ list, from, to: end }, words.length - 1);
    for (const name of isKnown ? [] : names) {
      if (holds.origins.length > 0)
        this.variables.set(name, { texts: [`\${${name}}`], holds: changed(holds) });
      else this.variables.delete(name);
    }
    for (const text of isKnown ? words : [undefined]) {
      const fields = names.length > 1 ? (text?.split(separator ?? /\s+/) ?? []) : [text];
      for (const [index, name] of names.entries()) {
        const field = fields[index]?.trim();
        if (text !== undefined) this.variables.set(name, { texts: [field ?? `\${${name}}`], holds: NOTHING });
      }
      printed.push(this.follow(list, from, end));
    }
    this.depth--;
    return joined(printed);
  }

  /** Whether commands may be followed so often beside the first time. */
  private mayRepeat({ list, from, to }: Pick<FunctionBody, "list" | "from" | "to">, times: number): boolean {
    const start = list[from]?.words[0]?.start ?? 0;
    const length = Math.max(0, (list[to - 1]?.words.at(-1)?.end ?? start) - start) + 100;
    if (times > 0 && this.repeated + times * length > MOST_REPEATED) return false;
    this.repeated += times * length;
    return true;
  }

  // One command

  private one(command: Command, { inBlock, piped, isConditional }: Around): Stream {
    const at = spanOf(command);
    const targets = command.redirections.flatMap(({ operator, target, redirected }) =>
      operator.includes("<") || redirected !== "1"
        ? []
        : this.files(target).map((file) => ({ file, appends: operator.endsWith(">>") })),
    );
    const to = targets.filter(({ file }) => !/^(\d+|-|\/dev\/.*)$/.test(file));
    const write = (from: Stream): Stream => {
      for (const { file, appends } of to) this.copy(from, file, at, appends);
      return targets.length > 0 ? NOTHING : from;
    };
    const { streams, typed } = this.inputs(command);
    const { redirections, heredocs } = command;
    const own = joined([piped ?? NOTHING, ...streams]);
    const isGiven =
      piped !== undefined ||
      heredocs.length > 0 ||
      redirections.some(({ operator, redirected }) => operator.startsWith("<") && redirected === "0");
    const input = isGiven ? own : this.input;
    if (inBlock) return write(inBlock);
    if (command.inner) return write(this.reading(input, () => this.apart(command.inner ?? [])));
    const words = this.withoutAssignments(command, isConditional);
    if (words.length === 0) return write(own);
    const run = innermost({ args: this.withoutAlias(words.flatMap((word) => expand(word, this))), input });
    const [first, ...args] = run.args;
    const name = textOf(first);
    const done =
      this.reading(run.input, () => this.callNamed(name, args)) ??
      this.builtin(name, args, command, { words, isConditional, input });
    if (done) return write(done);
    for (const file of this.sourced) this.sayCall(file, name, args, at);
    const quoted = quotedIn(run);
    return write(quoted ? this.quoted(quoted, run.input, at) : this.program({ at, ...run, typed }));
  }

  /** Does something whose commands read this input if they have none of their own. */
  private reading<T>(input: Stream, follow: () => T): T {
    const { input: before } = this;
    this.input = input;
    const result = follow();
    this.input = before;
    return result;
  }

  /** Calls a function; undefined where none has that name, here or in the script in which this one is quoted. */
  private callNamed(name: string, args: readonly Argument[]): Stream | undefined {
    const body = this.functions.get(name);
    if (body) return this.call(body, args);
    return this.outer?.follower.reading(this.input, () => this.outer?.follower.callNamed(name, args));
  }

  /** A function may be defined in a file that was sourced. */
  private sayCall(file: string, name: string, args: readonly Argument[], at: Span): void {
    if (!/^[A-Za-z_][\w:-]*$/.test(name) || args.length === 0) return;
    const most = Math.min(MOST_VALUES, Math.max(...args.map(({ texts }) => texts.length)));
    for (let index = 0; index < most; index++) {
      const given = args.slice(0, 9).map((arg) => arg.texts[index] ?? textOf(arg));
      this.say({ does: "call", at, file, call: { name, args: given } });
    }
  }

  private withoutAlias(args: readonly Argument[]): readonly Argument[] {
    const meant = this.aliases.get(textOf(args[0])) ?? this.outer?.follower.aliases.get(textOf(args[0]));
    return meant ? [...meant, ...args.slice(1)] : args;
  }

  /** Follows a script that stands in a word of a command. */
  private quoted({ texts, positional }: Quoted, input: Stream, at: Span): Stream {
    const printed = texts.map((text) => {
      this.repeated += text.length + 100;
      if (this.depth >= DEEPEST || this.repeated > MOST_REPEATED) return this.cutShort();
      const script = readScript(text);
      const follower = new Follower(text, script, () => NOTHING, { follower: this, at });
      return follower.reading(input, () => follower.followQuoted(script.main, positional));
    });
    return changed(joined(printed));
  }

  private followQuoted(main: readonly Command[], positional: readonly Argument[]): Stream {
    const { outer } = this;
    if (!outer) return NOTHING;
    const { follower } = outer;
    for (const [name, value] of follower.variables) this.variables.set(name, value);
    this.folder = follower.folder;
    this.depth = follower.depth + 1;
    this.repeated = follower.repeated;
    this.positional = positional;
    const printed = this.follow(main);
    follower.repeated = this.repeated;
    follower.isCutShort ||= this.isCutShort;
    return printed;
  }

  private program(call: Call): Stream {
    const { prints, writes, mentions, runs } = deedsOf(call, (name) => this.pathOf(name));
    for (const mention of mentions) this.say(mention);
    if (runs) {
      const { start } = runs.program.at;
      const isSure = runs.isSure && this.programs.get(start)?.isSure !== false;
      this.programs.set(start, { ...runs, isSure });
    }
    for (const { from, to, appends } of writes) this.copy(from, to, call.at, appends);
    return prints;
  }

  private copy(from: Stream, to: string, at: Span, appends = false): void {
    const isBare = appends && this.open.has(to) && from.origins.length > 0;
    const { origins, bare, alike } = isBare ? this.wrapped(from, at) : from;
    for (const { wrapped, ...origin } of origins) {
      this.say({
        does: "copy",
        at,
        ...origin,
        to,
        ...(alike && { alike }),
        ...(wrapped && { wraps: wrapped }),
      });
    }
    // What LiveKit lists are bare rules.
    if (bare) this.say({ does: "update", at, file: to });
    const opens = endOf(from) ?? (appends && this.open.has(to));
    if (opens) this.open.add(to);
    else this.open.delete(to);
  }

  private say(mention: Mention): void {
    if (this.outer) {
      const { program: _, ...said } = mention;
      this.outer.follower.say({ ...said, at: this.outer.at });
      return;
    }
    const { does, at, region, file, to, words, keys, program, alike, wraps, call } = mention;
    const { within } = this;
    const parts = [does, at.start, region, file, to, words, keys, program, alike, wraps, within, call];
    const key = JSON.stringify(parts);
    if (!this.said.has(key)) this.mentions.push(within === undefined ? mention : { ...mention, within });
    this.said.add(key);
  }

  /** What a command reads from files, heredocs and texts behind `<<<`. */
  private inputs({ redirections, heredocs }: Command): { streams: Stream[]; typed: string } {
    const read = redirections.map(({ operator, target, redirected }): Stream => {
      if (redirected !== "0") return NOTHING;
      if (operator === "<<<") return joined(expand(target, this).map(({ holds }) => holds));
      if (operator !== "<") return NOTHING;
      const held = joined(expand(target, this).map(({ holds }) => holds));
      return held.origins.length > 0 ? held : textsOf(this.files(target));
    });
    const typed: string[] = [];
    const bodies = heredocs.map(({ body, parts }) => {
      const { texts, holds } = sayOf(parts, this);
      typed.push(...texts);
      const stream = joined([this.regionsIn(body), holds]);
      return texts.some((text) => opensWrapper(text)) ? { ...stream, opens: true } : stream;
    });
    return { streams: [...read, ...bodies], typed: typed.join("\n") };
  }

  private files(word: Word): string[] {
    return expand(word, this).flatMap(({ texts }) => texts.map((text) => this.pathOf(text)));
  }

  /** A file's name with the folder in which the script is. */
  private pathOf(name: string): string {
    if (this.folder === "" || /^(\/|~|\$\{)/.test(name)) return name;
    return `${this.folder}/${name}`;
  }

  // Variables and builtins

  /** The words behind `A=b`; sets the variables where nothing follows. */
  private withoutAssignments({ words }: Command, isConditional: boolean): readonly Word[] {
    const count = words.findIndex((word) => !this.isAssignment(word));
    if (count === 0) return words;
    if (count < 0) for (const word of words) this.assign(word, isConditional);
    return count < 0 ? [] : words.slice(count);
  }

  private isAssignment({ parts: [first] }: Word): boolean {
    if (!first || first.substitution || first.quoting !== "bare") return false;
    return ASSIGNMENT.test(this.text.slice(first.start, Math.min(first.end, first.start + 100)));
  }

  private assign(word: Word, isConditional: boolean): void {
    const [first] = word.parts;
    const written = first ? this.text.slice(first.start, Math.min(first.end, first.start + 100)) : "";
    const [before = "", name = "", adds] = ASSIGNMENT.exec(written) ?? [];
    if (!first || name === "") return;
    const list = this.lists.get(word.end);
    if (list) {
      const items = list.flatMap(({ words }) => words).flatMap((item) => expand(item, this));
      const old = adds ? (this.variables.get(name)?.list ?? []) : [];
      const texts = [...old, ...items.flatMap((item) => item.texts)].slice(0, MOST_IN_LIST);
      this.variables.set(name, { texts: texts.slice(0, 1), holds: NOTHING, list: texts });
      return;
    }
    const parts = [{ ...first, start: first.start + before.length }, ...word.parts.slice(1)];
    const said = sayOf(
      parts.filter(({ start, end }) => end > start),
      this,
    );
    const holds = joined([said.holds, this.regionsIn(word)]);
    if (adds) this.addTo(name, { texts: said.texts, holds }, first, isConditional);
    else this.set(name, said.texts, holds, isConditional);
  }

  /** `A+=b` */
  private addTo(name: string, { texts, holds }: Variable, at: Span, isConditional: boolean): void {
    const old = this.variables.get(name) ?? { texts: [`\${${name}}`], holds: NOTHING };
    const isBare = holds.origins.length > 0 && old.texts.some((text) => opensWrapper(text));
    const added = isBare ? this.wrapped(holds, at) : holds;
    const all = old.texts.flatMap((before) => texts.map((text) => before + text));
    const known = all.every((text) => text.length <= LONGEST) ? all.slice(0, MOST_VALUES) : [`\${${name}}`];
    this.set(name, known, changed(joined([old.holds, added])), isConditional);
  }

  private set(name: string, texts: readonly string[], holds: Stream, isConditional: boolean): void {
    const known = texts.map((text) => (isUnknown(text) ? `\${${name}}` : text));
    const old = isConditional ? this.variables.get(name) : undefined;
    if ((old?.texts.length ?? 0) + known.length > MOST_VALUES) this.isCutShort = true;
    this.variables.set(name, {
      texts: [...new Set([...(old?.texts ?? []), ...known])].slice(-MOST_VALUES),
      holds: old ? either(old.holds, holds) : holds,
    });
  }

  /** What a command of the shell itself prints; undefined for programs. */
  private builtin(
    name: string,
    args: readonly Argument[],
    command: Command,
    { words, isConditional, input }: { words: readonly Word[]; isConditional: boolean; input: Stream },
  ): Stream | undefined {
    const last = args.findLast(({ texts: [text = ""] }) => !text.startsWith("-"))?.texts[0];
    switch (name) {
      case "cd":
      case "pushd":
        this.folders.push(this.folder);
        this.folder =
          args.at(-1)?.texts[0] === "-" ? (this.folders.at(-2) ?? "") : this.pathOf(last ?? "${HOME}");
        return NOTHING;
      case "popd":
        this.folder = this.folders.pop() ?? "";
        return NOTHING;
      case "export":
      case "local":
      case "readonly":
      case "declare":
      case "typeset":
        for (const word of words.slice(1)) if (this.isAssignment(word)) this.assign(word, isConditional);
        return NOTHING;
      case "read":
        if (last !== undefined) this.set(last, [`\${${last}}`], input, false);
        return NOTHING;
      case "alias":
        for (const { start, end, texts } of args) {
          const [, alias, meant = ""] = /^([\w.-]+)=([^]*)$/.exec(texts[0] ?? "") ?? [];
          const all = meant.trim().split(/\s+/).slice(0, MOST_IN_LIST);
          if (alias)
            this.aliases.set(
              alias,
              all.map((text) => ({ start, end, texts: [text], holds: NOTHING })),
            );
        }
        return NOTHING;
      case "mapfile":
      case "readarray": {
        const list = [...input.names, ...this.namesBehind(command)];
        if (last !== undefined) this.variables.set(last, { texts: list.slice(0, 1), holds: input, list });
        return NOTHING;
      }
      case "printf": {
        if (textOf(args[0]) !== "-v") return undefined;
        const [format] = words;
        if (!format) return NOTHING;
        const { start, end } = format;
        const said = {
          at: { start, end },
          args: [{ start, end, texts: [name], holds: NOTHING }, ...args.slice(2)],
        };
        const variable = textOf(args[1]);
        this.set(variable, [`\${${variable}}`], this.program({ ...said, input: NOTHING }), isConditional);
        return NOTHING;
      }
      case "source":
      case ".":
        if (args[0]) this.sourced.add(this.pathOf(textOf(args[0])));
        return NOTHING;
      case "set": {
        const from = args.findIndex((arg) => textOf(arg) === "--");
        if (from >= 0) this.positional = args.slice(from + 1);
        return NOTHING;
      }
      case "shift":
        this.positional = this.positional?.slice(Number(last ?? 1) || 1);
        return NOTHING;
      case "pwd":
        return named(this.folder === "" ? "." : this.folder);
      case "dirname":
        return last === undefined ? NOTHING : named(folderOf(last));
      case "realpath":
      case "readlink":
        return last === undefined ? NOTHING : named(this.pathOf(last));
      case "basename": {
        const [path = "", suffix = ""] = args.map(({ texts: [text = ""] }) => text);
        const base = baseOf(path);
        return named(suffix !== "" && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base);
      }
      case "git":
        return last === "rev-parse" || args.some(({ texts: [text] }) => text === "--show-toplevel")
          ? named(TOP)
          : undefined;
      default:
        return undefined;
    }
  }

  private written({ start, end }: Word): string {
    return this.text.slice(start, Math.min(end, start + 100));
  }
}

const ASSIGNMENT = /^([A-Za-z_]\w*)(\+)?=/;
const MOST_VALUES = 4;
/** What a function is given that is followed for other scripts. */
const GIVEN: readonly Argument[] = [1, 2, 3, 4].map((index) => ({
  start: 0,
  end: 0,
  texts: [`\${${index}}`],
  holds: NOTHING,
}));
const MOST_IN_LIST = 64;
/** How many characters of lines are read that a loop is given. */
const MOST_TYPED = 10_000;

interface FunctionBody {
  list: readonly Command[];
  from: number;
  to: number;
  called: boolean;
}

/** What a command stands in. */
interface Around {
  /** What the block printed that it closes. */
  inBlock: Stream | undefined;
  /** What the command before it pipes into it. */
  piped: Stream | undefined;
  isConditional: boolean;
}

interface Loop {
  /** The index of its first command, and of its `done`. */
  from: number;
  end: number;
  /** The variables that it sets each time: to a word, or to the fields of a line. */
  names: readonly string[];
  words: readonly string[];
  /** What the words are texts of that are not known. */
  holds: Stream;
  separator?: string | undefined;
}

/** What several commands print. Of each that prints nothing known, something unknown may be among it. */
function oneAfterTheOther(printed: readonly Stream[]): Stream {
  const all = joined(printed);
  if (printed.length === 1) return all;
  const opens = printed.map(endOf).findLast((one) => one !== undefined);
  return changed(opens === undefined ? all : { ...all, opens });
}

/** One of the two. */
function either(a: Stream, b: Stream): Stream {
  return a.alike && b.alike ? joined([a, b]) : changed(joined([a, b]));
}

function named(name: string): Stream {
  return { origins: [], names: [name] };
}

function isBehindCondition(list: readonly Command[], index: number, from: number): boolean {
  return index > from && /^(&&|\|\|)$/.test(list[index - 1]?.ends ?? "");
}

/** From the first to the last word of a command. */
function spanOf({ words, redirections, heredocs }: Command): Span {
  const all = [...words, ...redirections.map(({ target }) => target), ...heredocs.map(({ body }) => body)];
  const start = Math.min(...all.slice(0, 1000).map((word) => word.start));
  const end = Math.max(...all.slice(0, 1000).map((word) => word.end));
  return Number.isFinite(start) ? { start, end } : { start: 0, end: 0 };
}
