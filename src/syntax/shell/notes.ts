import type { Span } from "../../rule/value.ts";
import type { Mention, Notice, PathProgram } from "../syntax.ts";
import { mentionsOf, type ProgramRun, setBy } from "./call.ts";
import { endOf, inWrapper, type Stream } from "./stream.ts";

/** Takes down what the commands of a script do with requests, each thing once. */
export class Notes {
  /** Where a mention has a program, it is told by its start. */
  readonly mentions: Mention[] = [];
  /** Whether what is noticed is said in a script that is quoted in this one, and may be a region of it. */
  readonly notices: { notice: Notice; isQuoted: boolean }[] = [];
  /** The function that is followed for other scripts, which call it. */
  within: string | undefined;
  readonly #said = new Set<string>();
  readonly #programs = new Map<number, ProgramRun>();
  /** The files that end, as far as they are written, where a wrapper has its value. */
  readonly #open = new Set<string>();
  readonly #outer: { notes: Notes; at: Span } | undefined;

  /** `outer` takes down what is said in a script that is quoted in another, as said there. */
  constructor(outer?: { notes: Notes; at: Span }) {
    this.#outer = outer;
  }

  say(mention: Mention): void {
    if (this.#outer) {
      const { program: _, ...said } = mention;
      this.#outer.notes.say({ ...said, at: this.#outer.at });
      return;
    }
    const { does, at, region, file, to, words, keys, sets, program, alike, wraps, call } = mention;
    const { within } = this;
    const parts = [does, at.start, region, file, to, words, keys, sets, program, alike, wraps, within, call];
    const key = JSON.stringify(parts);
    if (!this.#said.has(key)) this.mentions.push(within === undefined ? mention : { ...mention, within });
    this.#said.add(key);
  }

  /** What is put into a wrapper is a bare rule, and has to stay one. */
  wraps(bare: Stream, at: Span): Stream {
    for (const mention of mentionsOf(bare, { does: "update", at })) this.say(mention);
    return inWrapper(bare);
  }

  /** Something is written to a file. */
  copy(from: Stream, to: string, at: Span, appends = false): void {
    const isBare = appends && this.#open.has(to) && from.origins.length > 0;
    const { origins, bare, alike } = isBare ? this.wraps(from, at) : from;
    for (const { wrapped, unknown, ...origin } of origins) {
      if (unknown) this.say(setBy({ does: "copy", at, ...origin }));
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
    const opens = endOf(from) ?? (appends && this.#open.has(to));
    if (opens) this.#open.add(to);
    else this.#open.delete(to);
  }

  /** A program is run on requests. */
  runs(run: ProgramRun): void {
    const { start } = run.program.at;
    const isSure = run.isSure && this.#programs.get(start)?.isSure !== false;
    this.#programs.set(start, { ...run, isSure });
  }

  /** Something is wrong with a command. Of ids in a quoted script it is not known where they stand in this one. */
  notice(notice: Notice, isQuoted = false): void {
    if (this.#outer) {
      const { notes, at } = this.#outer;
      notes.notice(
        notice.code === "delete-refuses-id" ? { ...notice, at, ids: [] } : { ...notice, at },
        true,
      );
      return;
    }
    const key = `${notice.code} ${notice.at.start}`;
    if (!this.#said.has(key)) this.notices.push({ notice, isQuoted });
    this.#said.add(key);
  }

  /** The programs of which all is known that they run on, in the order of the text. */
  surePrograms(): PathProgram[] {
    const sure = [...this.#programs.values()].filter(({ isSure }) => isSure).map(({ program }) => program);
    return sure.toSorted((a, b) => a.at.start - b.at.start);
  }
}
