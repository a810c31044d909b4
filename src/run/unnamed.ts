import { resolve } from "node:path";
import { displayPath } from "../repo/paths.ts";
import { compareText } from "../rule/text-order.ts";
import type { Deciding, Unnamed } from "./deciding.ts";
import { findFollowing } from "./followers.ts";
import { findGroups } from "./groups.ts";
import type { Held } from "./read.ts";

/**
 * Finds the programs in files that nobody named and that would be rewritten if they were: decides what would follow in
 * such a run. `without` are the other sources that belong to this one.
 */
export async function findUnnamed(
  sources: readonly Held[],
  without: readonly string[],
  deciding: Deciding,
): Promise<Unnamed | undefined> {
  const { settings, gathered } = deciding;
  const named = new Set([...sources.map(({ path }) => path), ...without].map((path) => resolve(path)));
  const isUnnamed = (path: string): boolean => !named.has(path);
  const wanted = [
    ...gathered.programs.flatMap(({ path, reads }) => [path, ...reads.map((read) => read.path)]),
    ...gathered.makers.map(({ path }) => path),
  ].filter(isUnnamed);
  if (!settings.commandNaming || wanted.length === 0) return undefined;
  const others = [...new Set(wanted)].map((path) => ({ path: displayPath(path), named: true }));
  // What is silenced in a run that is only thought of is not silenced by this one.
  const asIfNamed: Deciding = { ...deciding, silenced: new Set() };
  const all = [...sources, ...others];
  const found = await findFollowing(all, without, asIfNamed);
  const groups = await findGroups(all, found, asIfNamed);
  const files = new Set(sources.flatMap(({ path }) => [...groups.of(path)].filter(isUnnamed)));
  if (files.size === 0) return undefined;
  const paths = [...files].map(displayPath).toSorted(compareText);
  return {
    programs: groups.programs,
    command: settings.commandNaming(paths),
    writes: settings.write !== undefined,
  };
}
