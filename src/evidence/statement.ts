import type { Fact, Sending } from "../sources/fact.ts";

/**
 * A piece of a program that does something with requests. A statement is a pipeline of a shell, or one statement of code; its
 * steps hand on what they have from left to right. All names of one source count as the same, wherever they
 * stand in it; the words that a program or a function of a shell is given are called `@`.
 */
export interface Statement {
  steps: readonly Fact[];
  /** The names that get what the last step prints. */
  captured: readonly string[];
}

/** A statement, and the document of its source in which it stands, by its id. */
export interface PlacedStatement extends Statement {
  document: string;
  isShell: boolean;
  /** On a page: the block in which it stands. */
  block?: Block;
  /** The line of an offset of that document in the source, 1-based. */
  lineOf: (offset: number) => number;
}

/** A block of code on a page: its language, and the names that it gives something. */
export interface Block {
  language: string;
  binds: ReadonlySet<string>;
}

/** The words for a line that makes something a part of another request. */
export const PART = "a part of another request";

/** Tells whether a step, or what follows from one, updates a rule. */
export function updates({ sends }: { sends: readonly Pick<Sending, "does">[] }): boolean {
  return sends.some(({ does }) => does === "update");
}
