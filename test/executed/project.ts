import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A small project that is run before and after its migration. */
export interface Project {
  /** Its name, for a person. */
  name: string;
  files: Record<string, string>;
  /** The command line that runs it, in its folder. */
  run: string;
  /** What should become of each request: its path, and the outcomes that are right. */
  right: { path: string; outcomes: string[] }[];
  /** Lines that the report has to name, as `path:line`. */
  names: string[];
  /** Lines that read a file which migrates, as `path:line`: what they print may change where the report names them. */
  readers: string[];
}

const FIXTURES = join(import.meta.dirname, "../fixtures/executed");

/**
 * The projects of a folder in test/fixtures/executed. Each is one text: a sentence that says what it shows; lines
 * `run:`, `right: PATH OUTCOME|OUTCOME`, `names: PATH:LINE` and `reader: PATH:LINE`; and its files, each below a line
 * `--- PATH`. A file whose line ends in ` (no newline)` has none at its end.
 */
export function projectsIn(folder: string, run: string): Project[] {
  return readdirSync(join(FIXTURES, folder))
    .toSorted()
    .map((file) =>
      projectFrom(file.replace(/\.txt$/, ""), readFileSync(join(FIXTURES, folder, file), "utf8"), run),
    );
}

function projectFrom(name: string, text: string, run: string): Project {
  const [head = "", ...parts] = text.split(/^--- /m);
  const said = (key: string): string[] =>
    head.split("\n").flatMap((line) => (line.startsWith(`${key}: `) ? line.slice(key.length + 2) : []));
  const files = parts.map((part) => {
    const end = part.indexOf("\n");
    const path = part.slice(0, end);
    const content = part.slice(end + 1);
    return path.endsWith(" (no newline)")
      ? ([path.slice(0, -" (no newline)".length), content.replace(/\n$/, "")] as const)
      : ([path, content] as const);
  });
  const right = said("right").map((line) => {
    const [path = "", outcomes = ""] = line.split(" ");
    return { path, outcomes: outcomes.split("|") };
  });
  return {
    name,
    files: Object.fromEntries(files),
    run: said("run")[0] ?? run,
    right,
    names: said("names"),
    readers: said("reader"),
  };
}
