import { asText, knownText, namesIn, type PartlyKnown, pathOf, withKnown } from "../sources/partly-known.ts";

/** The possible values of the names of a source, as far as they are written in it. */
export class Values {
  readonly #known = new Map<string, Set<PartlyKnown>>();
  /** Names that may stand for something else, too. */
  readonly #open = new Set<string>();
  readonly #bound = new Set<string>();
  readonly #given = new Set<string>();
  #folder: PartlyKnown | undefined;

  /** Takes in that a name is given a text; undefined for one that can't be told. */
  set(name: string, text: PartlyKnown | undefined): void {
    this.#bound.add(name);
    if (text === undefined || asText(text).length > LONGEST) this.#open.add(name);
    else this.#known.set(name, (this.#known.get(name) ?? new Set()).add(text));
  }

  /** Takes in that a name has this text where nothing else gives it one. */
  assume(name: string, text: PartlyKnown): void {
    this.set(name, text);
    this.#open.add(name);
  }

  /** Takes in that a program goes to a folder; undefined for one that can't be told. */
  enter(folder: PartlyKnown | undefined): void {
    this.#folder = /^(?!-$)[\w./-]+$/.test(folder ? asText(folder) : "") ? folder : undefined;
  }

  /** Does something after which the program is in the folder in which it was before. */
  within(does: () => void): void {
    const folder = this.#folder;
    does();
    this.#folder = folder;
  }

  /** Tells whether a name stands for this very text. */
  says(text: string): boolean {
    return [...this.#known.values()].some((values) => values.has(knownText(text)));
  }

  /** The names in capitals that are given a text, each with every such text. */
  inCapitals(): [name: string, text: PartlyKnown][] {
    return [...this.#known].flatMap(([name, texts]) =>
      /^[A-Z][A-Z0-9_]*$/.test(name) ? Array.from(texts, (text): [string, PartlyKnown] => [name, text]) : [],
    );
  }

  /** Returns what a path may be from the folder that the program has gone to: also itself. */
  placed(path: PartlyKnown) {
    const folders = this.#folder && !/^[/$*]/.test(asText(path)) ? [this.#folder] : [];
    return [pathOf(path), ...folders.map((folder) => pathOf(folder, path))];
  }

  /** Takes in that others give a name what it stands for: a person, a file with names, another program. */
  give(name: string): void {
    this.#open.add(name);
    this.#given.add(name);
  }

  /** Tells whether a text has a name in it that is given by others, so that it may name any file. */
  isGiven(text: PartlyKnown): boolean {
    return namesIn(text).some((name) => this.#given.has(name) || !this.#bound.has(name));
  }

  /** All texts that a text may say, or the first of very many; names that may stand for more stay. */
  expand(text: PartlyKnown): PartlyKnown[] {
    const done = new Set<PartlyKnown>();
    const open: { text: PartlyKnown; put: readonly string[] }[] = [{ text, put: [] }];
    for (let next = open.shift(); next && done.size < MOST; next = open.shift()) {
      const { text: said, put } = next;
      const name = namesIn(said).find((one) => !put.includes(one) && this.#known.has(one));
      if (name === undefined || put.length > DEEPEST || open.length > MOST) {
        done.add(said);
        continue;
      }
      if (this.#open.has(name)) open.push({ text: said, put: [...put, name] });
      for (const value of this.#known.get(name) ?? []) {
        open.push({ text: withKnown(said, name, value), put: [...put, name] });
      }
    }
    return [...done];
  }
}

const LONGEST = 300;
const DEEPEST = 12;
const MOST = 64;
