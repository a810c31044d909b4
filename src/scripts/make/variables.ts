import { baseName, folderOf, OWN_FOLDER, putIn } from "../../sources/partly-known.ts";

/** A reference in a Makefile, or a dollar that is one for the shell. */
export const REFERENCE =
  /\$(?:\$|\((?:[^()\r\n]|\((?:[^()\r\n]|\([^()\r\n]{0,300}\)){0,300}\)){1,300}\)|\{[^{}\r\n]{1,300}\}|[\w@<^*+?%|])/g;
const ASSIGNMENT =
  /^ *(?:[^\t#:=]{1,200}: +)?(?:(?:export|override|private) +)*([\w.-]+) *(:{1,3}=|\?=|\+=|=) *([^#]*)/;

/** The texts that names may stand for. */
export type Names = ReadonlyMap<string, readonly string[]>;

/** The name of a file. */
const FILE = /^[\w./-]*\.\w+$/;
/** A longer text is no name of a file, and names no files. */
const LONGEST = 1000;
const DEEPEST = 10;
const MOST_VALUES = 8;

/** The variables of a Makefile, and those that a rule sets for its recipe. */
export class Variables {
  /** The values of a variable, as they are written: several where that depends on something. */
  readonly #values = new Map<string, string[]>([
    ["CURDIR", ["."]],
    ["MAKEFILE_LIST", [`${OWN_FOLDER}/Makefile`]],
  ]);
  readonly #held = new Set<string>();
  /** Those that name a file unless whoever runs make names another. */
  readonly #defaults = new Set<string>();
  #automatic: Names = new Map();
  /** The commands of `$(shell …)`, in the order in which they are met. */
  readonly #commands = new Map<string, number>();
  readonly #following = new Set<string>();
  #depth = 0;
  /** How many references are followed before the rest counts as unknown. */
  #left = 200_000;

  /** Takes in a line if it sets a variable. */
  read(line: string): void {
    const [, name, operator, value] = line.length < LONGEST ? (ASSIGNMENT.exec(line) ?? []) : [];
    if (name === undefined || value === undefined) return;
    const said = value.trim();
    const known = this.#values.get(name) ?? [];
    if (operator === "+=" && known.length > 0) {
      this.#values.set(
        name,
        known.map((one) => `${one} ${said}`),
      );
    } else {
      this.#values.set(name, [...known, said]);
      if (operator === "?=" && FILE.test(said)) this.#defaults.add(name);
    }
  }

  /** Makes a variable stand for itself where it is used, because its value is edited where it is set. */
  hold(name: string): void {
    this.#held.add(name);
  }

  /** `$@`, `$<`, `$^` and `$*` of the rule whose recipe comes next. */
  begin(automatic: Names): void {
    this.#automatic = automatic;
  }

  /** Returns what a reference is to the shell. */
  saidBy(written: string): string {
    if (written === "$$") return "$";
    this.#left--;
    const name = nameIn(written);
    const known = this.#valuesOf(name);
    if (known) {
      const [only] = known;
      if (only !== undefined && known.length === 1) return only;
      return putIn(AUTOMATIC[name] ?? name);
    }
    return this.#called(name) ?? putIn(name);
  }

  /** A text with what is known put in. */
  expand(text: string): string {
    return text.replaceAll(REFERENCE, (found) => this.saidBy(found));
  }

  #valuesOf(name: string): readonly string[] | undefined {
    const automatic = this.#automatic.get(name);
    if (automatic) return automatic;
    const values = this.#values.get(name);
    if (
      !values ||
      this.#held.has(name) ||
      this.#following.has(name) ||
      this.#depth > DEEPEST ||
      this.#left < 0
    )
      return undefined;
    this.#following.add(name);
    this.#depth++;
    const said = [...new Set(values)].slice(0, MOST_VALUES).map((value) => this.expand(value));
    this.#depth--;
    this.#following.delete(name);
    if (said.some((text) => text.length >= LONGEST)) return undefined;
    return this.#defaults.has(name) ? [...said, putIn(name)] : said;
  }

  /**
   * Returns what a function gives, as far as it has to do with names of files; a pattern stands for the files that it
   * means.
   */
  #called(call: string): string | undefined {
    const [, changed, from, to] = /^([\w.-]+):([^=]+)=(.*)$/.exec(call) ?? [];
    if (changed !== undefined && from !== undefined && to !== undefined) {
      const pattern = from.includes("%") ? from : `%${from}`;
      return this.#each(this.saidBy(`$(${changed})`), changedBy(pattern, to.includes("%") ? to : `%${to}`));
    }
    const [, name, written = ""] = /^([a-z]+)\s+([^]*)$/.exec(call) ?? [];
    const args = argumentsIn(written);
    if (name === undefined || this.#depth > DEEPEST || this.#left < 0) return undefined;
    if (name === "foreach") return this.#foreach(args);
    this.#depth++;
    const [first = "", second = "", third = ""] = args.map((argument) => this.expand(argument).trim());
    this.#depth--;
    switch (name) {
      case "wildcard":
      case "sort":
      case "strip":
      case "abspath":
      case "realpath":
      case "lastword":
      case "firstword":
        return first;
      case "filter":
        return second;
      case "addprefix":
        return this.#each(second, (word) => first + word);
      case "addsuffix":
        return this.#each(second, (word) => word + first);
      case "patsubst":
        return this.#each(third, changedBy(first, second));
      case "basename":
        return this.#each(first, (word) => word.replace(/\.[^./]*$/, ""));
      case "notdir":
        return this.#each(first, baseName);
      case "dir":
        return this.#each(first, (word) => folderOf(word) || "./");
      case "shell":
        return /^(ls|echo) +([\w./*\s-]+)$/.exec(first)?.[2] ?? this.#printedBy(written);
      default:
        return undefined;
    }
  }

  /** Returns what stands for what a command prints. It stays the same where the command is edited. */
  #printedBy(command: string): string {
    const index = this.#commands.get(command) ?? this.#commands.size + 1;
    this.#commands.set(command, index);
    return putIn(`shell ${index}`);
  }

  #each(words: string, change: (word: string) => string): string | undefined {
    return words.includes("${_") ? undefined : words.split(/\s+/).filter(Boolean).map(change).join(" ");
  }

  /** The body once a word. A text with quotes may hold what is edited, and stays as it is. */
  #foreach([name = "", list = "", body = ""]: readonly string[]): string | undefined {
    if (/["'{]/.test(body.replaceAll(REFERENCE, ""))) return undefined;
    const outer = this.#automatic;
    this.#depth++;
    const words = this.expand(list).split(/\s+/).filter(Boolean).slice(0, 64);
    const said = words.map((word) => {
      this.#automatic = new Map([...outer, [name.trim(), [word]]]);
      return this.expand(body);
    });
    this.#automatic = outer;
    this.#depth--;
    return said.join(" ");
  }
}

/** Names for the shell of those that make sets for each rule. */
const AUTOMATIC: Readonly<Record<string, string>> = { "@": "target", "<": "first", "^": "all", "*": "stem" };

function nameIn(written: string): string {
  return /^\$[({]/.test(written) ? written.slice(2, -1) : written.slice(1);
}

/** Returns what stands between the commas of a call, but for those in brackets. */
function argumentsIn(written: string): string[] {
  const args = [""];
  let deep = 0;
  for (const character of written) {
    if (character === "(") deep++;
    if (character === ")") deep--;
    if (character === "," && deep === 0) args.push("");
    else args.push(`${args.pop() ?? ""}${character}`);
  }
  return args;
}

function changedBy(from: string, to: string): (word: string) => string {
  const [before = "", after = ""] = from.split("%");
  return (word) =>
    word.length >= before.length + after.length && word.startsWith(before) && word.endsWith(after)
      ? to.replace("%", () => word.slice(before.length, word.length - after.length))
      : word;
}

/**
 * Returns the automatic variables in the recipe of a rule. In a rule with a pattern `%` stands for any name, in any
 * folder where the pattern begins with it; in one that lists its targets, for what it is in these.
 */
export function automaticFor(targets: string, needs: string): Names {
  const [pattern = "", ...patterns] = needs.includes(":") ? needs.split(":") : [];
  const written = needs.includes(":") ? patterns.join(":") : needs;
  const stems =
    pattern === "" ? ["*"] : wordsOf(targets).flatMap((target) => stemOf(pattern.trim(), target) ?? []);
  const fill = (name: string): string[] =>
    name.includes("%")
      ? stems.map(
          (stem) => (name.startsWith("%") && stem === "*" ? "**/" : "") + name.replace("%", () => stem),
        )
      : [name];
  const all = wordsOf(written).flatMap(fill);
  const first = fill(wordsOf(written)[0] ?? "");
  const own = wordsOf(targets).flatMap(fill);
  const automatic = new Map<string, readonly string[]>();
  if (own.length > 0) automatic.set("@", own);
  if (first[0] !== "") automatic.set("<", first).set("^", [all.join(" ")]);
  if ((targets + needs).includes("%")) automatic.set("*", stems);
  return automatic;
}

function wordsOf(list: string): string[] {
  return list.split(/\s+/).filter(Boolean).slice(0, 64);
}

function stemOf(pattern: string, word: string): string | undefined {
  const [before = "", after = ""] = pattern.split("%");
  const fits = word.startsWith(before) && word.endsWith(after) && word.length >= before.length + after.length;
  return fits ? word.slice(before.length, word.length - after.length) : undefined;
}
