import type { Span } from "../../rule/value.ts";
import type { Mention, Region } from "../syntax.ts";
import { Follower } from "./follow.ts";
import type { Script } from "./script.ts";
import { NOTHING } from "./stream.ts";

/** What a script does with requests, in the order of its text. `regions` are those of the script, in their order. */
export function mentionsIn(text: string, script: Script, regions: readonly Region[]): Mention[] {
  const starts = regions.map((region) => region.toOuter(0));
  const isScript = regions.map(({ syntax }) => syntax === "shell");
  const follower = new Follower(text, script, (span) => {
    const origins = indicesIn(starts, span).filter((region) => !isScript[region]);
    return origins.length > 0 ? { origins: origins.map((region) => ({ region })), names: [] } : NOTHING;
  });
  follower.followAll(script.main);
  return follower.mentions.toSorted((a, b) => a.at.start - b.at.start);
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
