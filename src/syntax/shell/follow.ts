import type { Span } from "../../rule/value.ts";
import { setVariable, withoutAssignments } from "./assignments.ts";
import { blocksOf, type Blocks } from "./blocks.ts";
import { builtin } from "./builtins.ts";
import { type Call, textOf } from "./call.ts";
import { type Argument, expand, type Variable } from "./expand.ts";
import { type FunctionBody, functionAt, GIVEN } from "./functions.ts";
import { innermost, type Quoted, quotedIn } from "./inner.ts";
import { type Loop, loopAt, setForTurn } from "./loops.ts";
import { Notes } from "./notes.ts";
import { deedsOf } from "./programs.ts";
import { readScript } from "./read.ts";
import { inputsOf, targetsOf } from "./redirections.ts";
import { type Command, type Script, spanOf } from "./script.ts";
import { MOST_VALUES, pathOf, type State } from "./state.ts";
import { changed, endOf, joined, NOTHING, oneAfterTheOther, type Stream } from "./stream.ts";

/** How many characters of commands are followed more than once, in loops and functions. */
const MOST_REPEATED = 200_000;
/** How deep functions and substitutions are followed. */
const DEEPEST = 20;

/**
 * Follows a script as if it ran, each branch of its conditions, each loop over words once a word: which files and
 * regions are sent, copied and read. Takes linear time.
 */
export class Follower implements State {
  readonly text: string;
  readonly notes: Notes;
  readonly variables = new Map<string, Variable>();
  readonly lists: Script["lists"];
  readonly regionsIn: (span: Span) => Stream;
  positional: readonly Argument[] | undefined;
  folder = "";
  readonly folders: string[] = [];
  readonly aliases = new Map<string, readonly Argument[]>();
  readonly sourced = new Set<string>();
  readonly traps: Argument[] = [];
  isCutShort = false;
  private readonly outer: Follower | undefined;
  private readonly blocks = new Map<readonly Command[], Blocks>();
  private readonly functions = new Map<string, FunctionBody>();
  private conditions = 0;
  private depth = 0;
  private repeated = 0;
  /** What commands read that have no input of their own: what was piped into their function, or brackets. */
  private input: Stream = NOTHING;

  /** `outer` is the script in which this one is quoted, and where. */
  constructor(
    text: string,
    { lists }: Script,
    regionsIn: (span: Span) => Stream,
    outer?: { follower: Follower; at: Span },
  ) {
    this.text = text;
    this.outer = outer?.follower;
    this.notes = new Notes(outer && { notes: outer.follower.notes, at: outer.at });
    this.lists = lists;
    this.regionsIn = regionsIn;
  }

  /** Follows a whole script. Functions that it never calls are followed for whoever does. */
  followAll(main: readonly Command[]): void {
    this.follow(main);
    this.followTraps();
    for (const [name, body] of this.functions) {
      if (body.called) continue;
      this.notes.within = name;
      this.call(body, GIVEN);
    }
  }

  /** What traps run is followed once the script has come to its end. */
  private followTraps(): void {
    for (const { start, end, texts } of this.traps.splice(0))
      this.quoted({ texts, positional: [] }, NOTHING, { start, end });
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

  wraps(bare: Stream, at: Span): Stream {
    return this.notes.wraps(bare, at);
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
      printed.push(isBare ? this.wraps(stream, spanOf(command)) : stream);
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
    const found = functionAt(list, index, this.blocksOf(list));
    if (found) this.functions.set(found.name, found.body);
    return found?.last;
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

  private loopAt(list: readonly Command[], index: number, piped: Stream): Loop | undefined {
    const [end] = this.blocksOf(list).closers.get(index + 1) ?? [];
    if (this.depth < DEEPEST) return loopAt({ list, index, end, piped }, this);
    this.isCutShort = true;
    return undefined;
  }

  private repeat(list: readonly Command[], loop: Loop): Stream {
    const { from, end, words } = loop;
    const printed: Stream[] = [];
    this.depth++;
    const isKnown = words.length > 0 && this.mayRepeat({ list, from, to: end }, words.length - 1);
    for (const text of isKnown ? words : [undefined]) {
      setForTurn(loop, text, this);
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
    const targets = targetsOf(command, this);
    const to = targets.filter(({ file }) => !/^(\d+|-|\/dev\/.*)$/.test(file));
    const write = (from: Stream): Stream => {
      for (const { file, appends } of to) this.notes.copy(from, file, at, appends);
      return targets.length > 0 ? NOTHING : from;
    };
    const { streams, typed } = inputsOf(command, this);
    const { redirections, heredocs } = command;
    const own = joined([piped ?? NOTHING, ...streams]);
    const isGiven =
      piped !== undefined ||
      heredocs.length > 0 ||
      redirections.some(({ operator, redirected }) => operator.startsWith("<") && redirected === "0");
    const input = isGiven ? own : this.input;
    if (inBlock) return write(inBlock);
    if (command.inner) return write(this.reading(input, () => this.apart(command.inner ?? [])));
    const words = withoutAssignments(command, isConditional, this);
    if (words.length === 0) return write(own);
    const args = this.withoutAlias(words.flatMap((word) => expand(word, this)));
    const run = this.functions.has(textOf(args[0])) ? { args, input } : innermost({ args, input });
    const [first, ...rest] = run.args;
    const name = textOf(first);
    const done =
      this.reading(run.input, () => this.callNamed(name, rest)) ??
      this.printfInto(run.args, at, isConditional) ??
      builtin(name, rest, command, { words, isConditional, input }, this);
    if (done) return write(done);
    for (const file of this.sourced) this.sayCall(file, name, rest, at);
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
    return this.outer?.reading(this.input, () => this.outer?.callNamed(name, args));
  }

  /** A function may be defined in a file that was sourced. */
  private sayCall(file: string, name: string, args: readonly Argument[], at: Span): void {
    if (!/^[A-Za-z_][\w:-]*$/.test(name) || args.length === 0) return;
    const most = Math.min(MOST_VALUES, Math.max(...args.map(({ texts }) => texts.length)));
    for (let index = 0; index < most; index++) {
      const given = args.slice(0, 9).map((arg) => arg.texts[index] ?? textOf(arg));
      this.notes.say({ does: "call", at, file, call: { name, args: given } });
    }
  }

  private withoutAlias(args: readonly Argument[]): readonly Argument[] {
    const meant = this.aliases.get(textOf(args[0])) ?? this.outer?.aliases.get(textOf(args[0]));
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
    for (const [name, value] of outer.variables) this.variables.set(name, value);
    this.folder = outer.folder;
    this.depth = outer.depth + 1;
    this.repeated = outer.repeated;
    this.positional = positional;
    const printed = this.follow(main);
    this.followTraps();
    outer.repeated = this.repeated;
    outer.isCutShort ||= this.isCutShort;
    return printed;
  }

  private program(call: Call): Stream {
    const { prints, writes, mentions, runs, notice } = deedsOf(call, (name) => pathOf(name, this));
    for (const mention of mentions) this.notes.say(mention);
    if (runs) this.notes.runs(runs);
    if (notice) this.notes.notice(notice);
    for (const { from, to, appends } of writes) this.notes.copy(from, to, call.at, appends);
    return prints;
  }

  /** `printf -v NAME format …`; undefined for other commands. */
  private printfInto(
    [command, ...args]: readonly Argument[],
    at: Span,
    isConditional: boolean,
  ): Stream | undefined {
    if (!command || textOf(command) !== "printf" || textOf(args[0]) !== "-v") return undefined;
    const variable = textOf(args[1]);
    const holds = this.program({ at, args: [command, ...args.slice(2)], input: NOTHING });
    setVariable(variable, { texts: [`\${${variable}}`], holds }, isConditional, this);
    return NOTHING;
  }
}

/** What a command stands in. */
interface Around {
  /** What the block printed that it closes. */
  inBlock: Stream | undefined;
  /** What the command before it pipes into it. */
  piped: Stream | undefined;
  isConditional: boolean;
}

function isBehindCondition(list: readonly Command[], index: number, from: number): boolean {
  return index > from && /^(&&|\|\|)$/.test(list[index - 1]?.ends ?? "");
}
