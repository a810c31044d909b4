import type { Path } from "../../sources/partly-known.ts";
import type { Program } from "../program.ts";

/** The functions that scripts of shells define, for scripts that source them. */
export class ShellFunctions {
  readonly #definedIn = new Map<string, string[]>();

  constructor(programs: readonly Program[]) {
    for (const { path, parameters, statements } of programs) {
      if (!statements.some(({ isShell }) => isShell)) continue;
      for (const name of parameters.keys()) {
        const known = this.#definedIn.get(name);
        if (known) known.push(path);
        else this.#definedIn.set(name, [path]);
      }
    }
  }

  /** Returns the scripts that a program names and whose functions it calls; `meant` are the programs that a path means. */
  sourcedBy(
    { parameters, index }: Program,
    calls: Iterable<string>,
    meant: (path: Path) => readonly string[],
  ): string[] {
    const defined = [...calls].flatMap((name) =>
      parameters.has(name) ? [] : (this.#definedIn.get(name) ?? []),
    );
    if (defined.length === 0) return [];
    const named = new Set([...index.paths.keys()].flatMap(meant));
    return defined.filter((path) => named.has(path));
  }
}
