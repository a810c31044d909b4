import { visible } from "../report/style.ts";
import { columnsOf, print } from "./output.ts";

/** A line on the terminal that says how far a long run is. */
export interface Progress {
  say(words: string): void;
  /** Takes the line away. */
  end(): void;
}

const AFTER = 1000;
const EVERY = 100;

/**
 * Says nothing in a run's first second, and never where standard error is no terminal, or one that can't take a line
 * back. The line is cut to the terminal's width, which may change: one that is broken can't be taken back.
 */
export function startProgress(now: () => number = Date.now): Progress {
  if (columnsOf(2) === undefined || process.env["TERM"] === "dumb") return { say: () => {}, end: () => {} };
  let next = now() + AFTER;
  let shown = false;
  return {
    say(words) {
      if (now() < next) return;
      next = now() + EVERY;
      shown = true;
      print(2, `\r\u001b[K${cut(visible(words), (columnsOf(2) ?? 80) - 1)}`);
    },
    end() {
      if (shown) print(2, "\r\u001b[K");
      shown = false;
    },
  };
}

/** The end of a text, where the name of a file is, that fits. A character beyond Latin counts as two columns. */
export function cut(text: string, columns: number): string {
  const characters = Array.from(text);
  const widthOf = (character: string): number => ((character.codePointAt(0) ?? 0) < 0x300 ? 1 : 2);
  let left = columns - characters.reduce((sum, character) => sum + widthOf(character), 0);
  if (left >= 0) return text;
  const from = characters.findIndex((character) => {
    const fits = left >= 1; // and the ellipsis
    left += widthOf(character);
    return fits;
  });
  return from < 0 ? "…" : `…${characters.slice(from).join("")}`;
}
