import type { Span } from "../../rule/value.ts";
import type { Mention, Region } from "../syntax.ts";
import { Follower } from "./follow.ts";
import type { Script } from "./script.ts";
import { NOTHING, type Stream } from "./stream.ts";

/** What a script does with requests, in the order of its text. `regions` are those of the script, in their order. */
export function mentionsIn(text: string, script: Script, regions: readonly Region[]): Mention[] {
  const starts = regions.map((region) => region.toOuter(0));
  const follower = new Follower(text, script, (span) => regionsIn(starts, span));
  follower.followAll(script.main);
  return follower.mentions.toSorted((a, b) => a.at.start - b.at.start);
}

function regionsIn(starts: readonly number[], { start, end }: Span): Stream {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const origins = [];
  for (let region = low; (starts[region] ?? Infinity) < end; region++) origins.push({ region });
  return origins.length > 0 ? { origins, names: [] } : NOTHING;
}
