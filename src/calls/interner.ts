/**
 * Makes equal values one: a log of a million calls has a few trunks and a few sets of messages, each of which would take
 * its own memory in every call.
 */
export class Interner {
  readonly #texts = new Map<string, string>();
  readonly #sets = new Map<string, ReadonlySet<string>>();

  text(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }

  /** The set with one more item. */
  with(set: ReadonlySet<string>, item: string): ReadonlySet<string> {
    if (set.has(item)) return set;
    const items = [...set, this.text(item)].toSorted();
    const key = items.join("\0");
    const known = this.#sets.get(key);
    if (known) return known;
    const made = new Set(items);
    this.#sets.set(key, made);
    return made;
  }
}
