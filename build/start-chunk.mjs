// What one file of JSON needs is a file by itself, so that no start reads more of the code and of its cache.
import { resolve } from "node:path";

/** The command, and what it imports later in every run. */
const STARTED = ["src/cli/main.ts", "src/run/run.ts", "src/documents/json/index.ts"];

/** The option `codeSplitting`: what a start needs under one name, all else under another. */
export function startChunk(first, second) {
  let started;
  const name = (id, graph) => {
    started ??= withImports(
      STARTED.map((file) => resolve(file)),
      graph,
    );
    return started.has(id) ? first : second;
  };
  return { includeDependenciesRecursively: false, groups: [{ name, debugName: first }] };
}

/** The modules of these ids and all that they import at once. */
function withImports(ids, graph) {
  const found = new Set(ids);
  for (const id of found) for (const next of graph.getModuleInfo(id)?.importedIds ?? []) found.add(next);
  return found;
}
