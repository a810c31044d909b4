import { mkdirSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { ruleFiles } from "../../src/repo/folder.ts";
import { put, useTemporaryFolder } from "./temporary.ts";

const folder = useTemporaryFolder();

/** Makes the files, and gives the ones that the walk finds. */
function found(...names: string[]): string[] {
  for (const name of names) {
    mkdirSync(join(folder.path, name, ".."), { recursive: true });
    put(folder.path, name, "{}");
  }
  return ruleFiles(folder.path).files.map((path) => relative(folder.path, path));
}

test("JSON files are found in all folders, sorted", () => {
  const names = ["a.json", "b/c.jsonc", "b/d/e.NDJSON", "b/f.jsonl", "c.json.example", "é.json"];
  expect(found(...names.toReversed())).toEqual(names);
});

test("other files, dot-folders and node_modules are left out", () => {
  expect(found("a.yaml", "json", "a.json5", ".git/a.json", "b/node_modules/a.json", "b/.c/a.json")).toEqual(
    [],
  );
});

test("a folder that is named is walked, whatever its name", () => {
  mkdirSync(join(folder.path, ".livekit"));
  put(folder.path, ".livekit/a.json", "{}");
  expect(ruleFiles(join(folder.path, ".livekit")).files).toHaveLength(1);
});

test("links are not followed, not even round in a circle", () => {
  symlinkSync(folder.path, join(folder.path, "round"));
  put(folder.elsewhere, "a.json", "{}");
  symlinkSync(join(folder.elsewhere, "a.json"), join(folder.path, "linked.json"));
  expect(found("a.json")).toEqual(["a.json"]);
});

test("a walk that takes too long ends, and says so", () => {
  found("a.json", "b.json", "c.json");
  expect(ruleFiles(folder.path, 3).cut).toBe(false);
  expect(ruleFiles(folder.path, 2)).toEqual({ files: [], unreadable: [], cut: true });
});

test("a folder that can't be listed is a problem, not an end", () => {
  const { files, unreadable } = ruleFiles(join(folder.path, "gone"));
  expect(files).toEqual([]);
  expect(unreadable).toMatchObject([{ reason: "io", message: "no such file" }]);
});
