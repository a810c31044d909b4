import { takesFiles } from "../migrate/calls.ts";
import { baseName } from "../migrate/file-names.ts";
import type { MentioningSource } from "../migrate/mentioning.ts";
import { STANDARD_INPUT } from "../syntax/source/paths.ts";

/** Of so many names or folders each is searched for; more would make the search slow. */
export const MOST_SEARCHED = 20;

/** How files are met without their names: by `*.json`, `rules/*`, `rules/$name.json`, `rules/{a,b}.json`. */
export function withoutNames(files: readonly string[]): string[] {
  const endings = new Set<string>();
  const folders = new Set<string>();
  for (const file of files) {
    const [, folder, ending] = /(?:^|([^/]+)\/)[^/]*?(\.[^/.]+)?$/.exec(file) ?? [];
    if (ending !== undefined) endings.add(`*${ending}`);
    if (folder !== undefined) folders.add(folder);
  }
  const searched = folders.size > MOST_SEARCHED ? [] : [...folders];
  return [...endings, ...searched.flatMap((folder) => ["*", "$", "{"].map((sign) => `${folder}/${sign}`))];
}

/**
 * The names of what has something to do with files that were searched for by their names, as far as they were not searched
 * for themselves: copies of these, and programs that do something with files which they are given.
 */
export function namesToFollow(
  sources: readonly MentioningSource[],
  searched: ReadonlySet<string>,
): Set<string> {
  const programs = sources.filter(takesFiles).map(({ path }) => baseName(path));
  const names = [...copiesIn(sources, searched), ...programs];
  return new Set(names.filter((name) => !searched.has(name)));
}

function copiesIn(sources: readonly MentioningSource[], searched: ReadonlySet<string>): string[] {
  const copies = sources
    .flatMap(({ path, documents }) =>
      documents.flatMap(({ mentions }) => mentions.map((mention) => ({ ...mention, path }))),
    )
    .filter(({ path, file, region, to, mounted }) =>
      // Other cells of a notebook name what one of them writes.
      file === undefined
        ? to !== undefined && region !== undefined && (mounted === true || path.endsWith(".ipynb"))
        : to !== undefined && (mounted === true || searched.has(baseName(file))),
    );
  const names = copies.flatMap(({ to = "" }) => (to === STANDARD_INPUT ? [] : baseName(to)));
  return names.filter((name) => /^[^$*]{3,}$/.test(name));
}
