import type { SourceResult } from "../migrate/outcome.ts";
import type { Migrated } from "../repo/apply.ts";
import type { RunSettings } from "./settings.ts";

/** How much new text waits to be written, in UTF-16 code units. */
const MOST_WAITING = 16 * 1024 * 1024;

/** Collects results, and has them written many at a time: that is faster, and texts are held no longer than needed. */
export class Batches {
  readonly #write: RunSettings["write"];
  readonly #done: SourceResult[] = [];
  #waiting: Migrated[] = [];
  #size = 0;

  constructor({ write }: RunSettings) {
    this.#write = write;
  }

  async add(migrated: readonly Migrated[]): Promise<void> {
    for (const one of migrated) {
      this.#waiting.push(one);
      this.#size += one.result.newText?.length ?? 0;
    }
    if (!this.#write || this.#size > MOST_WAITING) await this.#flush();
  }

  /** Writes what still waits, and gives all results in their order, without their texts. */
  async end(): Promise<SourceResult[]> {
    await this.#flush();
    return this.#done;
  }

  async #flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#size = 0;
    const results = this.#write ? this.#write(waiting) : waiting.map(({ result }) => result);
    for await (const { newText: _, ...kept } of results) this.#done.push(kept);
  }
}
