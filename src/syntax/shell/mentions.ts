import type { Span } from "../../rule/value.ts";
import { HELD, type Mention, type Names, type Notice, type PathProgram, type Region } from "../syntax.ts";
import { ANY_WORD } from "../source/paths.ts";
import type { Argument } from "./expand.ts";
import { Follower } from "./follow.ts";
import type { Script } from "./script.ts";
import { NOTHING, textsOf } from "./stream.ts";

/**
 * What a script does with requests, in the order of its text, and which of its commands are wrong. `regions` are those of the script, in their order;
 * `names` are set before it runs; a script without is a source of its own, which is given words when it runs.
 */
export function mentionsIn(
  text: string,
  script: Script,
  regions: readonly Region[],
  names?: Names,
): { mentions: Mention[]; programs: PathProgram[]; notices: Notice[] } {
  const starts = regions.map((region) => region.toOuter(0));
  const isScript = regions.map(({ syntax }) => syntax === "shell");
  const follower = new Follower(text, script, (span) => {
    const origins = indicesIn(starts, span).filter((region) => !isScript[region]);
    if (origins.length === 0) return NOTHING;
    return { origins: origins.map((region) => ({ region })), names: [], alike: origins.length === 1 };
  });
  if (!names) follower.positional = ownWords(text);
  for (const [name, texts] of names ?? []) {
    const files = texts.filter((one) => one.startsWith(HELD)).map((one) => one.slice(HELD.length));
    const holds = files.length > 0 ? textsOf(files) : NOTHING;
    const said = texts.map((one) => (one.startsWith(HELD) ? `\${${name}}` : one));
    follower.variables.set(name, { texts: said, holds });
  }
  follower.followAll(script.main);
  const programs = follower.isCutShort ? [] : follower.notes.surePrograms();
  const indices = new Map(programs.map(({ at }, index) => [at.start, index]));
  const mentions = follower.notes.mentions.map(({ program, ...mention }): Mention => {
    const index = program === undefined ? undefined : indices.get(program);
    return index === undefined ? mention : { ...mention, program: index };
  });
  // A quoted script that is a region says itself what is to be said of it.
  const notices = follower.notes.notices
    .filter(({ notice, isQuoted }) => !isQuoted || !indicesIn(starts, notice.at).some((at) => isScript[at]))
    .map(({ notice }) => notice);
  return { mentions: mentions.toSorted((a, b) => a.at.start - b.at.start), programs, notices };
}

/** What a script is given. Where it takes its words one after the other, each may be any of them. */
function ownWords(text: string): Argument[] {
  const isTaken = /\b(shift|getopts?)\b/.test(text);
  return Array.from({ length: 9 }, (_, index) => ({
    start: 0,
    end: 0,
    texts: [isTaken ? ANY_WORD : `\${@${index + 1}}`],
    holds: NOTHING,
  }));
}

/** The indices of the starts that lie in a span. */
function indicesIn(starts: readonly number[], { start, end }: Span): number[] {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const indices: number[] = [];
  for (let index = low; (starts[index] ?? Infinity) < end; index++) indices.push(index);
  return indices;
}
