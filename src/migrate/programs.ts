import type { KeyPath, PathProgram, Rewrite } from "../syntax/syntax.ts";
import { type Document, documentIds, WHOLE } from "./document.ts";
import type { Place } from "./evidence.ts";
import { isFlatPath, pathInWrapper } from "./key-paths.ts";
import type { Finding, SiteResult } from "./outcome.ts";
import { emptyResult, needsPerson } from "./results.ts";

/** How the requests of a document are wrapped that all migrate: what a program that reads them needs to know. */
export type Wrapped = Pick<Rewrite, "wrapper" | "filter">;

/** What a program is rewritten for: these requests. */
export interface Followed extends Wrapped {
  requests: readonly Place[];
  /** Files that it reads as well and that stay flat after all, because they could not be written. */
  left: readonly string[];
}

/** What would happen to a program of a document; nothing, and so there is no result, unless it reads a request that migrates. */
export interface ProgramPlan {
  program: PathProgram;
  result?: SiteResult;
  rewrite?: Wrapped;
}

/**
 * The programs of a document, by their indices, that would be other ones once the requests that they read are wrapped.
 */
export function rewritablePrograms({ reading, syntax }: Document): number[] {
  if (!syntax.wrapPaths) return [];
  return (reading.programs ?? []).flatMap(({ paths }, index) =>
    paths.some(({ keys }) => isFlatPath(keys)) ? [index] : [],
  );
}

/**
 * Those of a source, by the names of their documents, whose paths stand in it as they are run: within escapes it is not
 * sure how new text would have to be written.
 */
export function programsAsTheyAre(root: Document): ReadonlyMap<string, readonly number[]> {
  const ids = documentIds(root);
  const found = new Map<string, readonly number[]>();
  const look = (document: Document): void => {
    const { text, reading } = document;
    if (reading.problems.some(({ part }) => part === undefined)) return;
    const isVerbatim = ({ at: { start, end } }: KeyPath): boolean =>
      root.text.slice(document.inSource(start), document.inSource(end)) === text.slice(start, end);
    found.set(
      ids.get(document) ?? WHOLE,
      rewritablePrograms(document).filter((index) => reading.programs?.[index]?.paths.every(isVerbatim)),
    );
    for (const { document: inner } of document.inner) look(inner);
  };
  look(root);
  return found;
}

/** The plan for a program that reads requests which migrate. */
export function planProgram(
  path: string,
  document: Document,
  program: PathProgram,
  { wrapper, filter, requests, left }: Followed,
): ProgramPlan & { result: SiteResult } {
  const rewrite = { wrapper, filter };
  const empty = emptyResult(path, document, program.at);
  if (left.length > 0) {
    const { line, column } = empty;
    const files = (paths: readonly string[]): string => [...new Set(paths)].join(", ");
    const message = `this reads ${files(requests.map((place) => place.path))}, which migrated, and ${files(left)}, which could not be written`;
    const next = "Take the run back with `sip-dispatch undo`, and run it again once all can be written.";
    const finding: Finding = { id: "unfollowed-use", severity: "error", line, column, message, next };
    return { program, result: needsPerson(empty, "unfollowed-use", [finding]) };
  }
  const moves = program.paths
    .filter(({ keys }) => isFlatPath(keys))
    .map((one) => ({
      from: one.keys.join("."),
      to: keysAfter(one, rewrite).join("."),
    }));
  return {
    program,
    rewrite,
    result: {
      ...empty,
      outcome: "migrated",
      reason: "reader",
      evidence: { verdict: "none", places: [...requests] },
      moves: [...new Map(moves.map((move) => [move.from, move])).values()],
    },
  };
}

/** Whether a program looks where it is planned to, and is otherwise what it was. */
export function sameProgram(
  text: string,
  { program, rewrite }: ProgramPlan,
  newText: string,
  now: PathProgram | undefined,
): boolean {
  return (
    program.paths.length === now?.paths.length &&
    program.paths.every((path, index) => {
      const { at, keys } = now.paths[index] ?? path;
      const wanted = rewrite ? keysAfter(path, rewrite) : path.keys;
      const rest = text.slice(path.first.end, path.at.end);
      return (
        wanted.length === keys.length &&
        wanted.every((key, depth) => key === keys[depth]) &&
        newText.slice(at.start, at.end).endsWith(rest)
      );
    })
  );
}

/** The keys by which a path finds the same once the request is wrapped. */
function keysAfter({ keys }: KeyPath, { wrapper, filter }: Wrapped): string[] {
  return isFlatPath(keys) ? [wrapper, ...pathInWrapper(keys, filter)] : [...keys];
}
