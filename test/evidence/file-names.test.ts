import { describe, expect, it } from "vitest";
import { writtenPath } from "../sources/written.ts";
import { isCalledUpdate } from "../../src/evidence/called-update.ts";
import { FileNames, isPage } from "../../src/evidence/file-names.ts";

const FILES = [
  "rules/a.json",
  "rules/b.json",
  "old/a.json",
  "my rules/c.json",
  "Makefile",
  "deep/in/rule.json",
];
const names = new FileNames(FILES, (file) => file === "web/rule.json");

describe("the files that a path means", () => {
  it.each<[written: string, from: string, files: string[], isSure: boolean]>([
    // As it stands there.
    ["rules/a.json", "run.sh", ["rules/a.json"], true],
    ["./rules/a.json", "run.sh", ["rules/a.json"], true],
    ["rules/../old/a.json", "run.sh", ["old/a.json"], true],
    ["my rules/c.json", "run.sh", ["my rules/c.json"], true],
    // From the folder of the file, and from the top.
    ["a.json", "old/run.sh", ["old/a.json"], true],
    ["../rules/a.json", "old/run.sh", ["rules/a.json"], true],
    ["${.}/../rules/a.json", "bin/run.sh", ["rules/a.json"], true],
    // By the longest end of the path.
    ["/app/rules/a.json", "run.sh", ["rules/a.json"], true],
    ["/etc/in/rule.json", "run.sh", ["deep/in/rule.json"], true],
    ["b.json", "run.sh", ["rules/b.json"], true],
    ["a.json", "run.sh", ["old/a.json", "rules/a.json"], false],
    // With unknown parts.
    ["rules/*.json", "run.sh", ["rules/a.json", "rules/b.json"], true],
    ["rules/${name}.json", "run.sh", ["rules/a.json", "rules/b.json"], false],
    ["${dir}/b.json", "run.sh", ["rules/b.json"], false],
    ["**/*.json", "run.sh", FILES.filter((file) => file.endsWith(".json")), true],
    ["${file}", "run.sh", [], false],
    ["${file}.json", "run.sh", [], false],
    // Another file that is there.
    ["web/rule.json", "run.sh", [], false],
    ["none.json", "run.sh", [], false],
  ])("%s in %s", (written, from, files, isSure) => {
    const meant = names.meantBy(writtenPath(written), from);
    expect(meant.files.toSorted()).toEqual(files.toSorted());
    if (files.length > 0) expect(meant.isSure).toBe(isSure);
  });

  it.each([
    ["${file}.json", FILES.filter((file) => file.endsWith(".json"))],
    ["rules/${file}", ["rules/a.json", "rules/b.json"]],
    ["${file}", FILES],
    ["none.json", []],
  ])("%s may reach", (written, files) => {
    expect(names.reachedBy(writtenPath(written), "run.sh").toSorted()).toEqual(files.toSorted());
  });
});

describe("the name of a file", () => {
  it.each([
    ["sip/dispatch-update.json", true],
    ["update.yaml", true],
    ["updated-rule.json", false],
    ["update.sh", false],
    ["update/rule.json", false],
  ])("%s says update: %s", (path, says) => expect(isCalledUpdate(path)).toBe(says));

  it.each([
    ["README.md", true],
    ["docs/a.mdx", true],
    ["a.ipynb", false],
    ["run.sh", false],
  ])("%s is a page: %s", (path, says) => expect(isPage(path)).toBe(says));
});
