import { isPage } from "./file-names.ts";
import type { Program } from "./program.ts";
import type { Path } from "../sources/partly-known.ts";

/** The line of a program that writes a file, 1-based. */
export function lineWriting({ statements }: Program, path: Path): number {
  for (const { steps, lineOf } of statements) {
    const step = steps.find(({ writes }) => writes.some((one) => one === path));
    if (step) return lineOf(step.at.start);
  }
  return 1;
}

/** The paths of the files that a program writes, as it names them. */
export function ownFiles(program: Program): ReadonlySet<Path> {
  // A page only shows files.
  return isPage(program.path) ? new Set() : writtenBy(program);
}

/** The same, with the files that a page shows. */
export function writtenBy({ statements }: Program): ReadonlySet<Path> {
  return new Set(statements.flatMap(({ steps }) => steps.flatMap(({ writes }) => writes)));
}
