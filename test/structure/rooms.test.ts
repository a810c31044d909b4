import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, sep } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = join(import.meta.dirname, "../../src");

/** Which rooms each room may import from, besides itself: CONTRIBUTING.md, "The way through the house". */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  gen: [],
  rule: ["gen"],
  sources: ["rule"],
  routing: ["gen", "rule", "sources"],
  code: ["gen", "rule", "sources"],
  documents: ["rule", "sources", "code"],
  scripts: ["rule", "sources", "documents"],
  files: ["rule", "sources"],
  evidence: ["rule", "sources", "scripts"],
  config: ["rule", "routing", "sources", "documents", "files", "checks"],
  checks: ["gen", "rule", "routing", "sources", "evidence"],
  plan: ["gen", "rule", "routing", "sources", "evidence", "config", "checks"],
  calls: ["gen", "rule", "routing"],
  run: ["gen", "rule", "routing", "sources", "files", "evidence", "config", "checks", "plan"],
  convert: ["gen", "rule", "sources", "documents", "files", "config", "checks", "plan"],
  report: ["rule", "routing", "sources", "documents", "checks", "calls", "plan", "run", "convert"],
  cli: [
    "rule",
    "routing",
    "sources",
    "files",
    "config",
    "checks",
    "calls",
    "plan",
    "run",
    "convert",
    "report",
  ],
  "index.ts": ["rule", "routing", "config", "checks", "plan", "convert", "report"],
};

/** The one file that loads the readers of languages, by their names. */
const READERS = "sources/readers.ts";
/** The rooms in which languages have folders; `index.ts` in one is its reader. */
const LANGUAGES = /^(?:documents|scripts|code)\/.*index\.ts$/;

/** Files that may ask the disk or start a program although they stand elsewhere than in files/. */
const ASKS_THE_DISK = ["cli/output.ts", "code/engine/tree-sitter.ts"];

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.split(sep).join("/"))
  .toSorted();
const texts = new Map(files.map((file) => [file, readFileSync(join(SRC, file), "utf8")]));

/** The files of the project that a file imports: values and types, at its load and later. */
const imports = new Map(
  files.map((file) => {
    const found = (texts.get(file) ?? "").matchAll(/(?:\bfrom|\bimport\(?|new URL\()\s*"(\.[^"]+)"/g);
    const paths = Array.from(found, ([, path = ""]) =>
      posix.join(dirname(file), path.replace(/\.cjs$/, ".ts")),
    );
    return [file, [...new Set(paths)].filter((path) => texts.has(path))] as const;
  }),
);

describe("the imports of src/", () => {
  it("are read", () => {
    const unknown = files.flatMap((file) => {
      const written = (texts.get(file) ?? "").match(/(?:\bfrom|\bimport\()\s*"\.[^"]+"/g) ?? [];
      return new Set(written.map((one) => one.slice(one.indexOf('"')))).size ===
        (imports.get(file) ?? []).length
        ? []
        : [file];
    });
    expect(unknown.filter((file) => !texts.get(file)?.includes("new URL("))).toEqual([]);
  });

  it("go in no circle, be they of types or dynamic", () => {
    expect(circles()).toEqual([]);
  });

  it("lead only to the rooms that a room may know", () => {
    const wrong = edges().filter(
      ([from, to]) =>
        roomOf(from) !== roomOf(to) && from !== READERS && !ROOMS[roomOf(from)]?.includes(roomOf(to)),
    );
    expect(wrong.map((edge) => edge.join(" -> "))).toEqual([]);
  });

  it("lead to the reader of a language from one file alone", () => {
    const wrong = edges().filter(
      ([from, to]) => LANGUAGES.test(to) && from !== READERS && dirname(from) !== dirname(to),
    );
    expect(wrong.map((edge) => edge.join(" -> "))).toEqual([]);
  });
});

describe("the files of src/", () => {
  it("stand in a room", () => {
    expect(files.filter((file) => !(roomOf(file) in ROOMS))).toEqual([]);
  });

  it("have at most 350 lines", () => {
    const long = files.filter(
      (file) => roomOf(file) !== "gen" && (texts.get(file) ?? "").split("\n").length > 351,
    );
    expect(long).toEqual([]);
  });

  it("leave the disk and other programs to files/", () => {
    const asking = files.filter((file) =>
      /"node:(?:fs|fs\/promises|child_process)"/.test(texts.get(file) ?? ""),
    );
    expect(asking.filter((file) => roomOf(file) !== "files" && !ASKS_THE_DISK.includes(file))).toEqual([]);
  });
});

function edges(): [string, string][] {
  return files.flatMap((from) => (imports.get(from) ?? []).map((to): [string, string] => [from, to]));
}

function roomOf(file: string): string {
  return file.split("/")[0] ?? "";
}

/** The sets of files that reach each other by their imports, each in the order of their names (Tarjan 1972). */
function circles(): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.get(file) ?? 0);
    open.push(file);
    for (const next of imports.get(file) ?? []) {
      if (!index.has(next)) visit(next);
      if (open.includes(next)) low.set(file, Math.min(low.get(file) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(file) !== index.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1) found.push(circle.toSorted());
  };
  for (const file of files) if (!index.has(file)) visit(file);
  return found;
}

describe("the way of a request through src/", () => {
  const guide = readFileSync(join(SRC, "../CONTRIBUTING.md"), "utf8");
  const way = Array.from(guide.matchAll(/^\| `src\/(\S+\/\S+\.ts)` \|/gm), ([, file = ""]) => file);

  it("is told in twenty files", () => expect(way).toHaveLength(20));

  it("leads from each to the next, or to what one before it imports, at once or through a registry", () => {
    const reached = new Set(["cli/main.ts"]);
    for (const file of way) {
      expect(reached).toContain(file);
      for (const next of imports.get(file) ?? []) {
        reached.add(next);
        for (const registered of imports.get(next) ?? []) reached.add(registered);
      }
    }
  });
});
