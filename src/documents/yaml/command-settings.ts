import { membersNamed, type ObjectValue, type Span, type Value } from "../../rule/value.ts";
import { HELD, type Names } from "../../sources/syntax.ts";
import { mayHoldRequest } from "../../sources/trigger.ts";
import { commandInput, lookup, readsInput } from "./command-input.ts";

/** The names that are known where a command stands. */
export interface Surroundings {
  names: Names;
  /** Commands that the same shell runs before it and that say where files are: `cd sip`. Each ends its line. */
  before: string;
}

/** The words of a command, each with its place, and what is known where they stand. */
export interface WordList extends Surroundings {
  words: readonly { text: string; at: Span }[];
}

/** The settings that the mappings of a text give the commands in it. */
export interface Commands {
  /** By where a string begins; nothing is known of those that are missing. */
  surroundings: ReadonlyMap<number, Surroundings>;
  /** Lists of strings that may be one command, in the order of the text. */
  lists: readonly WordList[];
  /** The files as which commands know the texts that variables hold, by where these begin. */
  held: ReadonlyMap<number, string>;
}

/**
 * What is known of commands: variables of `env`, `environment` and `variables`, the values of a matrix, the defaults of
 * inputs, working directories, and what stands before in a list of commands. Recursive: call it only on what the parser
 * has bounded.
 */
export function commandsIn(documents: readonly Value[]): Commands {
  const finder = new Finder();
  for (const document of documents) finder.find(document, NOTHING);
  return finder;
}

const NOTHING: Surroundings = { names: new Map(), before: "" };

/** How many names are told apart, how many values each has, and how long what stands before a command may be. */
const MOST_NAMES = 100;
const MOST_VALUES = 32;
const LONGEST_BEFORE = 1000;
/** What is longer names no file. */
const LONGEST_VALUE = 500;

class Finder implements Commands {
  readonly surroundings = new Map<number, Surroundings>();
  readonly lists: WordList[] = [];
  readonly held = new Map<number, string>();

  find(value: Value, outer: Surroundings): void {
    if (value.kind === "string") {
      if (outer.names.size > 0 || outer.before !== "") this.surroundings.set(value.start, outer);
    } else if (value.kind === "array") {
      for (const item of value.items) this.find(item, outer);
    } else if (value.kind === "object") {
      this.#inMapping(value, outer);
    }
  }

  #inMapping(mapping: ObjectValue, outer: Surroundings): void {
    const names = namesIn(mapping, outer.names, this.held);
    const folder = folderIn(mapping);
    const before = folder === undefined ? outer.before : `cd ${folder}\n`;
    const inner = names === outer.names && before === outer.before ? outer : { names, before };
    const first = memberOf(mapping, "before_script");
    const input = commandInput(mapping);
    for (const { key, value } of mapping.members) {
      const around = input && readsInput(key, value) ? this.#reading(input, inner) : inner;
      if (ONE_COMMAND.test(key) && value.kind === "array") this.#asWords(value.items, around);
      if (/^(run|boot)cmd$/.test(key)) {
        for (const item of itemsOf(value)) if (item.kind === "array") this.#asWords(item.items, inner);
      }
      if (!/^(before_)?script$/.test(key) || value.kind !== "array") this.find(value, around);
      else this.#inTurn(key === "script" && first?.kind === "array" ? first.items : [], value.items, inner);
    }
  }

  /** Returns what is known where a command stands that is given something to read. */
  #reading(input: Value, around: Surroundings): Surroundings {
    const held = heldIn("stdin", input);
    if (held !== undefined) this.held.set(input.start, held);
    const found = lookup(input.kind === "string" ? input.value : "");
    const files = held === undefined ? (found.isWrapped ? [] : found.files) : [held];
    if (files.length === 0) return around;
    const names = new Map([...around.names, ["stdin", files.map((file) => HELD + file)] as const]);
    return { names, before: `${around.before}echo "$stdin" | ` };
  }

  #asWords(items: readonly Value[], around: Surroundings): void {
    const words = items.flatMap((item) => {
      const text = item.kind === "string" ? item.value : item.kind === "code" ? item.raw : undefined;
      return text === undefined ? [] : [{ text, at: { start: item.start, end: item.end } }];
    });
    if (words.length > 1 && words.length === items.length) this.lists.push({ words, ...around });
  }

  /** Commands that one shell runs, one after the other. */
  #inTurn(first: readonly Value[], commands: readonly Value[], { names, before: outer }: Surroundings): void {
    let before = outer;
    for (const [index, command] of [...first, ...commands].entries()) {
      if (index >= first.length) this.find(command, { names, before });
      if (command.kind !== "string" || !MOVES.test(command.value)) continue;
      const next = `${before}${command.value.trim()}\n`;
      if (next.length <= LONGEST_BEFORE) before = next;
    }
  }
}

/** Keys whose lists are the words of one command. */
const ONE_COMMAND = /^(command|args|argv|entrypoint|exec|cmd)$/i;

/** Commands after which names of files mean something else. */
const MOVES = /^\s*(cd|pushd|popd|export|\w+=)(?!.*[<>|()])[^\r\n]*$/;

/** The folder in which a mapping says that its commands run, as a word of a shell. */
function folderIn(mapping: ObjectValue): string | undefined {
  const folder =
    memberOf(mapping, "working-directory") ??
    memberOf(mapping, "working_directory") ??
    // Ansible.
    memberOf(mapping, "chdir") ??
    // Taskfiles.
    (memberOf(mapping, "cmds") && memberOf(mapping, "dir")) ??
    memberOf(memberOf(memberOf(mapping, "defaults"), "run"), "working-directory");
  const said = folder?.kind === "string" ? folder.value : "";
  return /^[\w./${} @+-]+$/.test(said) ? `"${said}"` : undefined;
}

/** The names that are known in a mapping: those outside, and its own. Takes note of the documents that they hold. */
function namesIn(mapping: ObjectValue, outer: Names, held: Map<number, string>): Names {
  if (!mapping.members.some(({ key }) => NAMING.test(key))) return outer;
  const names = new Map(outer);
  const set = (name: string, values: readonly string[]): void => {
    if (names.size < MOST_NAMES) names.set(name, [...new Set(values)].slice(0, MOST_VALUES));
  };
  const add = (name: string, values: readonly string[]): void =>
    set(name, [...(names.get(name) ?? []), ...values]);
  const events = memberOf(mapping, "on");
  for (const inputs of [
    memberOf(memberOf(events, "workflow_dispatch"), "inputs"),
    memberOf(memberOf(events, "workflow_call"), "inputs"),
    memberOf(mapping, "inputs"),
  ]) {
    for (const { key, value } of membersOf(inputs)) {
      const known = [memberOf(value, "default"), memberOf(value, "options")].flatMap((one) =>
        textsOf(one, outer),
      );
      // Whoever runs it may say something else.
      for (const name of [`inputs.${key}`, `github.event.inputs.${key}`])
        set(name, [...known, `\${${name}}`]);
    }
  }
  for (const { key, value } of matrixOf(memberOf(mapping, "strategy"))) {
    add(`matrix.${key}`, textsOf(value, outer));
  }
  for (const { key, value } of matrixOf(memberOf(mapping, "parallel"))) add(key, textsOf(value, outer));
  for (const { key, value } of mapping.members) {
    if (!/^(loop|with_(items|list|fileglob))$/.test(key)) continue;
    set("item", textsOf(value, names));
    for (const { key: part, value: one } of itemsOf(value).flatMap(membersOf))
      add(`item.${part}`, textsOf(one, names));
  }
  for (const { key, value } of ["env", "environment", "variables", "vars"].flatMap((one) =>
    settingsIn(mapping, one),
  )) {
    const file = heldIn(key, value);
    if (file !== undefined && value) held.set(value.start, file);
    const values = file === undefined ? textsOf(value, names) : [`${HELD}${file}`];
    for (const name of [`env.${key}`, key]) set(name, values.length > 0 ? values : [`\${${key}}`]);
  }
  return names.size === 0 ? outer : names;
}

/** A file for the document that a variable holds, which bears words that make its commands worth reading. */
function heldIn(name: string, value: Value | undefined): string | undefined {
  if (value?.kind !== "string" || !/^\s*[{[]/.test(value.value) || !mayHoldRequest(value.value))
    return undefined;
  return `${name}@${value.start}.dispatch_rule`;
}

/** Keys under which names are set. */
const NAMING = /^(on|inputs|strategy|parallel|env|environment|variables|vars|loop|with_\w+)$/;

interface Setting {
  key: string;
  value: Value | undefined;
}

/** The values of a matrix, in lists or one by one; in `include` too. */
function matrixOf(value: Value | undefined): Setting[] {
  const matrix = memberOf(value, "matrix");
  const all = [matrix, ...itemsOf(matrix), ...itemsOf(memberOf(matrix, "include"))];
  return all.flatMap(membersOf).flatMap((setting) => {
    const deeper = itemsOf(setting.value).flatMap(membersOf);
    return [
      setting,
      ...deeper.map(({ key, value: inner }) => ({ key: `${setting.key}.${key}`, value: inner })),
    ];
  });
}

/** `RULE: a.json`, `RULE: { value: a.json }`, `- RULE=a.json`, `- { name: RULE, value: a.json }`. */
function settingsIn(mapping: ObjectValue, name: string): Setting[] {
  const settings = memberOf(mapping, name);
  const own = membersOf(settings).map(({ key, value }) => ({
    key,
    value: memberOf(value, "value") ?? value,
  }));
  const listed = itemsOf(settings).flatMap((item): Setting[] => {
    const called = memberOf(item, "name");
    if (called?.kind === "string") return [{ key: called.value, value: memberOf(item, "value") }];
    const [, key, value] = item.kind === "string" ? (/^(\w+)=([^]*)$/.exec(item.value) ?? []) : [];
    return key === undefined || value === undefined
      ? []
      : [{ key, value: { ...item, kind: "string", value } }];
  });
  return [...own, ...listed];
}

/** Returns what a string, or each string of a list, may say, with what is known of the names in it. */
function textsOf(value: Value | undefined, names: Names): string[] {
  if (value?.kind === "array") {
    return value.items
      .slice(0, MOST_VALUES)
      .flatMap((item) => (item.kind === "array" ? [] : textsOf(item, names)));
  }
  if (value?.kind === "code") return filled(value.raw, names);
  return value?.kind === "string" ? filled(value.value, names) : [];
}

/** The texts that a value says when the names in it stand for these. */
function filled(value: string, names: Names): string[] {
  let texts = [value.slice(0, LONGEST_VALUE)];
  for (const [written, expression, braced, bare] of value.slice(0, LONGEST_VALUE).matchAll(NAME)) {
    const name = expression ?? braced ?? bare ?? "";
    const known = names.get(name) ?? [`\${${name}}`];
    const next = texts.flatMap((text) => known.map((one) => text.replace(written, () => one)));
    if (next.length <= MOST_VALUES && next.every((text) => text.length <= LONGEST_VALUE)) texts = next;
  }
  return texts;
}

const NAME = /\$?\{\{-?\s{0,20}\.?([\w.-]+)\s{0,20}-?\}\}|\$\{\{[^{}]*\}\}|\$\{(\w+)\}|\$(\w+)/g;

function memberOf(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === "object" ? membersNamed(value, [key]).at(-1)?.value : undefined;
}

function membersOf(value: Value | undefined): { key: string; value: Value }[] {
  return value?.kind === "object" ? value.members.slice(0, MOST_NAMES) : [];
}

function itemsOf(value: Value | undefined): readonly Value[] {
  return value?.kind === "array" ? value.items.slice(0, MOST_NAMES) : [];
}
