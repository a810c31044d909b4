import { membersNamed, type ObjectValue, type Span, type Value } from "../../rule/value.ts";

/** The words of a command, each with its place. */
export interface WordList {
  words: readonly { text: string; at: Span }[];
  /** Commands that the same shell runs before it and that say where files are: `cd sip`. Each ends its line. */
  before: string;
}

/** The settings that the mappings of a text give the commands in it. */
export interface Commands {
  /** The commands that the same shell runs before another, by where the string of that begins. */
  runBefore: ReadonlyMap<number, string>;
  /** Lists of strings that may be one command, in the order of the text. */
  lists: readonly WordList[];
}

/**
 * Returns what is known of commands: working directories, and what stands before in a list of commands. Recursive: call it
 * only on what the parser has bounded.
 */
export function commandsIn(documents: readonly Value[]): Commands {
  const finder = new Finder();
  for (const document of documents) finder.find(document, "");
  return finder;
}

/** How many items of a list are looked at, and how long what stands before a command may be. */
const MOST_ITEMS = 100;
const LONGEST_BEFORE = 1000;

class Finder implements Commands {
  readonly runBefore = new Map<number, string>();
  readonly lists: WordList[] = [];

  find(value: Value, before: string): void {
    if (value.kind === "string") {
      if (before !== "") this.runBefore.set(value.start, before);
    } else if (value.kind === "array") {
      for (const item of value.items) this.find(item, before);
    } else if (value.kind === "object") {
      this.#inMapping(value, before);
    }
  }

  #inMapping(mapping: ObjectValue, outer: string): void {
    const folder = folderIn(mapping);
    const before = folder === undefined ? outer : `cd ${folder}\n`;
    const first = memberOf(mapping, "before_script");
    for (const { key, value } of mapping.members) {
      if (ONE_COMMAND.test(key) && value.kind === "array") this.#asWords(value.items, before);
      if (/^(run|boot)cmd$/.test(key)) {
        for (const item of itemsOf(value)) if (item.kind === "array") this.#asWords(item.items, before);
      }
      if (!/^(before_)?script$/.test(key) || value.kind !== "array") this.find(value, before);
      else this.#inTurn(key === "script" && first?.kind === "array" ? first.items : [], value.items, before);
    }
  }

  #asWords(items: readonly Value[], before: string): void {
    const words = items.flatMap((item) => {
      const text = item.kind === "string" ? item.value : item.kind === "code" ? item.raw : undefined;
      return text === undefined ? [] : [{ text, at: { start: item.start, end: item.end } }];
    });
    if (words.length > 1 && words.length === items.length) this.lists.push({ words, before });
  }

  /** Commands that one shell runs, one after the other. */
  #inTurn(first: readonly Value[], commands: readonly Value[], outer: string): void {
    let before = outer;
    for (const [index, command] of [...first, ...commands].entries()) {
      if (index >= first.length) this.find(command, before);
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

function memberOf(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === "object" ? membersNamed(value, [key]).at(-1)?.value : undefined;
}

function itemsOf(value: Value | undefined): readonly Value[] {
  return value?.kind === "array" ? value.items.slice(0, MOST_ITEMS) : [];
}
