import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { MET, type SharedSearch, WITHOUT } from "./shared-search.ts";
import type { FoundFile } from "./walk.ts";
import type { SearchPattern } from "./search-pattern.ts";

/**
 * Has another thread search files from the last one on, while the caller goes through them from the first. What is
 * given says of a file, when the caller has come to it, whether nothing wanted is in it. Of the others the caller has to
 * look for itself: of all, if no thread could be started.
 */
export function searchFromTheEnd(
  files: readonly FoundFile[],
  wanted: SearchPattern,
): (index: number) => boolean {
  if (availableParallelism() < 2) return () => false;
  const marks = new Uint8Array(new SharedArrayBuffer(files.length));
  const workerData: SharedSearch = {
    paths: files.map(({ path, raw }) => (raw ? "" : path)),
    wanted,
    marks,
  };
  // The build puts it there, beside the command and beside the library.
  const thread = new Worker(new URL("./second-searcher.cjs", import.meta.url), { workerData });
  thread.on("error", () => {});
  thread.unref();
  return (index) => Atomics.exchange(marks, index, MET) === WITHOUT;
}
