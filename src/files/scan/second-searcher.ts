// Runs as a thread of its own, for second-search.ts.
import { workerData } from "node:worker_threads";
import { searchFile } from "./search-file.ts";
import { type SharedSearch, WITHOUT, WORTH_A_LOOK } from "./shared-search.ts";

const { paths, wanted, marks }: SharedSearch = workerData;
for (let index = paths.length - 1; index >= 0 && Atomics.load(marks, index) === 0; index--) {
  const path = paths[index];
  const isWithout = path !== undefined && path !== "" && searchFile(path, wanted) === "without";
  Atomics.store(marks, index, isWithout ? WITHOUT : WORTH_A_LOOK);
}
