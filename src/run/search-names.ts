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
