import { resolve } from "node:path";
import type { Source } from "../repo/read.ts";
import type { Refusal } from "../repo/replace.ts";
import type { Deciding } from "./deciding.ts";
import type { Following } from "./followers.ts";
import { findGroups } from "./groups.ts";
import { type Held, readAgain } from "./read.ts";

/**
 * Which files must not be written because they, or one that only changes together with them, can't be, as far as that
 * is known before anything is written; by their paths, with the reason.
 */
export async function findRefused(
  sources: readonly Held[],
  found: Following,
  deciding: Deciding,
): Promise<ReadonlyMap<string, Refusal>> {
  const { refusalsOf } = deciding.settings;
  if (!refusalsOf || found.following.size === 0) return new Map();
  const groups = await findGroups(sources, found, deciding);
  const all = new Map([...sources, ...found.later].map((source) => [resolve(source.path), source]));
  const grouped: Source[] = [];
  for (const [path, held] of all) {
    const read = groups.of(path).size > 1 ? await readAgain(held) : undefined;
    if (read && "document" in read) grouped.push(read.source);
  }
  const refusals = await refusalsOf(grouped);
  return new Map(
    grouped.flatMap(({ path }): [string, Refusal][] => {
      const own = refusals.get(path);
      if (own) return [[path, own]];
      const others = [...groups.of(path)].flatMap((one) => all.get(one)?.path ?? []);
      const other = others.find((one) => refusals.has(one));
      const why = other === undefined ? undefined : refusals.get(other);
      return other === undefined || !why ? [] : [[path, becauseOf(other, why)]];
    }),
  );
}

function becauseOf(path: string, refusal: Refusal): Refusal {
  const { message } = refusal;
  const why = /^(is|has) /.test(message) ? message : `can't be written: ${message}`;
  return { ...refusal, message: `${path}, which only changes together with it, ${why}` };
}
