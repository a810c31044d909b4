import type { Mention } from "../syntax.ts";
import { followFile } from "./follow.ts";
import { pathsOf } from "./paths.ts";
import type { Program } from "./program.ts";
import { WRITERS, written } from "./written.ts";

/**
 * What a text does with files that it reads, embeds or writes by name: which keys it reads of what it parses, whether
 * it sends that to LiveKit, and which files it makes.
 */
export function fileMentions(program: Program): Mention[] {
  const mentions: Mention[] = [];
  const copied = new Set<number>();
  for (const name of ["ReadFile", "Open"]) {
    for (const index of program.placesOf(name)) {
      const [path] = program.itemsOf(index + 1);
      const call = program.callAt(index + 1);
      if (!path || !call) continue;
      const start = { from: call.from, to: program.behind(index + 1), raw: true };
      mentions.push(...followFile(program, (given) => pathsOf(program, path, given), [start], copied));
    }
  }
  for (const [, file = "", name = ""] of program.text.matchAll(EMBEDS)) {
    const uses = program.usesOf({ name, owner: undefined });
    const starts = uses.map((from) => ({ from, to: from + 1, raw: true }));
    mentions.push(...followFile(program, () => [`\${.}/${file}`], starts, copied));
  }
  for (const name of WRITERS) {
    for (const index of program.placesOf(name)) {
      if (!copied.has(index + 1)) mentions.push(...written(program, index + 1));
    }
  }
  return mentions.toSorted((a, b) => a.at.start - b.at.start);
}

const EMBEDS = /^\/\/go:embed[ \t]+(\S+\.\w+)[ \t]*\r?\n(?:var[ \t]+)?(\w+)[ \t]+(?:\[\]byte|string)\b/gm;
