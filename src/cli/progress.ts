import { isTerminal, print } from "./output.ts";

/** A line on the terminal that says how far a long run is. */
export interface Progress {
  say(words: string): void;
  /** Takes the line away. */
  end(): void;
}

const AFTER = 1000;
const EVERY = 100;

/** Says nothing in a run's first second, and never where standard error is no terminal. */
export function startProgress(now: () => number = Date.now): Progress {
  if (!isTerminal(2)) return { say: () => {}, end: () => {} };
  let next = now() + AFTER;
  let shown = false;
  return {
    say(words) {
      if (now() < next) return;
      next = now() + EVERY;
      shown = true;
      print(2, `\r\u001b[K${words}`);
    },
    end() {
      if (shown) print(2, "\r\u001b[K");
      shown = false;
    },
  };
}
