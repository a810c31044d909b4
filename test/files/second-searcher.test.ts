import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { MET, type SharedSearch, WITHOUT, WORTH_A_LOOK } from "../../src/files/scan/shared-search.ts";
import { TRIGGER_WORDS } from "../../src/files/scan/search-pattern.ts";
import { plant, REQUEST } from "./scanned.ts";
import { useTemporaryFolder } from "./temporary.ts";

const folder = useTemporaryFolder();
const THREAD = join(import.meta.dirname, "../../dist/second-searcher.cjs");

test("the built thread searches from the last file on, up to where the first thread was", async () => {
  plant(folder.path, { "met.json": REQUEST, "before.json": "{}", "plain.json": "{}", "rule.json": REQUEST });
  const names = ["before.json", "met.json", "plain.json", "gone.json", "rule.json", "plain.json"];
  const marks = new Uint8Array(new SharedArrayBuffer(names.length + 1));
  marks[1] = MET;
  const paths = [...names.map((name) => join(folder.path, name)), ""];
  const workerData: SharedSearch = { paths, wanted: TRIGGER_WORDS, marks };
  await once(new Worker(THREAD, { workerData }), "exit");
  expect([...marks]).toEqual([0, MET, WITHOUT, WORTH_A_LOOK, WORTH_A_LOOK, WITHOUT, WORTH_A_LOOK]);
});
