// What one file of JSON needs is a file by itself, so that no start reads more of the code and of its cache. What needs a
// library that is a file of its own stands apart from what does not, for a file loads at once all that it imports.
import { resolve } from "node:path";
import { LATER } from "./later-modules.mjs";

/** The command, and what it imports later in every run. */
const STARTED = ["src/cli/main.ts", "src/cli/migrate.ts", "src/run/run.ts", "src/documents/json/index.ts"];

/** The option `codeSplitting`: what a start needs under one name, all else under another, by the libraries it needs. */
export function startChunk(first, second) {
  let started;
  const name = (id, graph) => {
    started ??= withImports(
      STARTED.map((file) => resolve(file)),
      graph,
    );
    if (started.has(id)) return first;
    const libraries = [...withImports([id], graph)].flatMap(
      (one) => /^\.\/libraries\/(.*)\.cjs$/.exec(one)?.[1] ?? [],
    );
    return [second, ...libraries.toSorted()].join("-");
  };
  return { includeDependenciesRecursively: false, groups: [{ name, debugName: first }] };
}

/** The modules of these ids and all that they import at once. */
function withImports(ids, graph) {
  const found = new Set(ids);
  for (const id of found)
    if (!id.startsWith(LATER)) for (const next of graph.getModuleInfo(id)?.importedIds ?? []) found.add(next);
  return found;
}
