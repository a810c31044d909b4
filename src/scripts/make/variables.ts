import { putIn } from "../../sources/put-in.ts";

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
    ["MAKEFILE_LIST", ["$$0"]],
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

  /** Returns what a function gives, if that is the names of files in it; a pattern stands for the files that it means. */
  #called(call: string): string | undefined {
    const [, name, written = ""] = /^([a-z]+)\s+([^]*)$/.exec(call) ?? [];
    if (name === undefined || this.#depth > DEEPEST || this.#left < 0) return undefined;
    this.#depth++;
    const said = this.expand(written);
    this.#depth--;
    const [first = "", second = "", ...rest] = said.split(",").map((one) => one.trim());
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
        return wordsOf(second)
          .map((word) => first + word)
          .join(" ");
      case "foreach":
        // A text with quotes may hold what is edited, and stays as it is.
        return /["'{]/.test(written) ? undefined : rest.join(",");
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
}

/** Names for the shell of those that make sets for each rule. */
const AUTOMATIC: Readonly<Record<string, string>> = { "@": "target", "<": "first", "^": "all", "*": "stem" };

function nameIn(written: string): string {
  return /^\$[({]/.test(written) ? written.slice(2, -1) : written.slice(1);
}

/**
 * Returns the automatic variables in the recipe of a rule. In a pattern `%` stands for any name, in any folder at its
 * front.
 */
export function automaticFor(targets: string, needs: string): Names {
  const filled = (list: string): string[] =>
    wordsOf(list).map((name) => name.replace(/^%/, "**/*").replace("%", "*"));
  const own = filled(targets);
  // Before a colon stands the pattern of the targets that are listed.
  const all = filled(needs.slice(needs.lastIndexOf(":") + 1));
  const [first] = all;
  const automatic = new Map<string, readonly string[]>();
  if (own.length > 0) automatic.set("@", own);
  if (first !== undefined) automatic.set("<", [first]).set("^", [all.join(" ")]);
  if ((targets + needs).includes("%")) automatic.set("*", ["*"]);
  return automatic;
}

function wordsOf(list: string): string[] {
  return list.split(/\s+/).filter(Boolean).slice(0, 64);
}
