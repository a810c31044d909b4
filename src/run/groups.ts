import { resolve } from "node:path";
import { WHOLE } from "../migrate/document.ts";
import { programId } from "../migrate/readers.ts";
import type { Deciding } from "./deciding.ts";
import { type Following, rewrittenPrograms } from "./followers.ts";
import type { Held } from "./read.ts";

/** Files that only change together. Their paths are absolute. */
export interface Groups {
  /** Those that change with a file, and the file itself; none where it stands alone. */
  of(path: string): ReadonlySet<string>;
  /** The programs that will be rewritten, and the objects that are written to files, by `programId`. */
  programs: ReadonlySet<string>;
}

/** Which files only change together: that of a program and those that it reads or makes, and so on with these. */
export async function findGroups(
  sources: readonly Held[],
  found: Following,
  deciding: Deciding,
): Promise<Groups> {
  const rewritten = await rewrittenPrograms(found, deciding);
  const isMaker = (id: string): boolean => found.following.has(id) && !found.followers.has(id);
  const groups = new Map<string, Set<string>>();
  const join = (one: string, other: string): void => {
    const [larger, smaller] = [groups.get(one) ?? new Set([one]), groups.get(other) ?? new Set([other])];
    for (const path of smaller) larger.add(path);
    for (const path of larger) groups.set(path, larger);
  };
  for (const program of deciding.gathered.programs) {
    const id = programId(program);
    const { requests = [] } = (rewritten.has(id) && found.followers.get(id)) || {};
    for (const request of requests) join(program.path, resolve(request.path));
  }
  for (const { path } of sources) {
    for (const { program } of deciding.gathered.evidenceOf(path, WHOLE).readers ?? []) {
      if (program && isMaker(programId(program))) join(resolve(path), program.path);
    }
  }
  return {
    of: (path) => groups.get(resolve(path)) ?? new Set(),
    programs: new Set([...rewritten, ...[...found.following].filter(isMaker)]),
  };
}
