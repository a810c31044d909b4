import { COMMANDS, FAST_COMMANDS, FAST_TRIGGER, TRIGGER } from "../../sources/trigger.ts";

/** The patterns that files are searched for. */
export interface SearchPattern {
  /** Finds it, and perhaps more: as Perl's expression, and as an extended one of POSIX. */
  perl: string;
  extended: string;
  /** Finds it in a text in which each character is a byte. */
  inBytes: RegExp;
}

/** The words without which there is no request. */
export const TRIGGER_WORDS: SearchPattern = {
  perl: FAST_TRIGGER,
  extended: TRIGGER,
  inBytes: new RegExp(FAST_TRIGGER),
};

/** An expression over this many characters may be too large for PCRE. */
const LARGEST = 30_000;

/**
 * One of the names of files, and perhaps commands for requests, which may name them in parts. Engines look for the few
 * endings fast, and compare what stands before only there: one after the other, a few hundred names take several times
 * as long. A name with a line break is never found.
 */
export function oneOfNames(names: readonly string[], orCommands = false): SearchPattern {
  const usable = names.filter((name) => name !== "" && !name.includes("\n"));
  const byEnding = new Map<string, string[]>();
  for (const name of usable) {
    const ending = /\.[^.]*$/.exec(name)?.[0] ?? name;
    const group = byEnding.get(ending);
    if (group) group.push(name);
    else byEnding.set(ending, [name]);
  }
  const whole = [...byEnding].map(([ending, all]) => `${quoted(ending)}(?<=${all.map(quoted).join("|")})`);
  const or = (expressions: readonly string[], commands: string): string =>
    [...expressions, ...(orCommands ? [commands] : [])].join("|");
  const perl = or(whole, FAST_COMMANDS);
  const endings = or([...byEnding.keys()].map(quoted), COMMANDS);
  return {
    perl: perl.length > LARGEST ? endings : perl,
    extended: endings,
    inBytes: new RegExp(perl === "" ? "(?!)" : Buffer.from(perl).toString("latin1")),
  };
}

function quoted(name: string): string {
  return name.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
