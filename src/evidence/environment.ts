import { namesIn, type PartlyKnown, unknownPiece, withKnown } from "../sources/partly-known.ts";
import { nameElsewhere } from "../sources/put-in.ts";
import { type Flow, follow } from "./flow.ts";
import type { FileNames, MeantFiles } from "./file-names.ts";
import type { Program } from "./program.ts";

/**
 * The values of names that one program sets and another only uses: variables of the environment, of `.env` files, of
 * workflows.
 */
export class Environment {
  readonly #known = new Map<string, { text: PartlyKnown; from: string }[]>();

  constructor(programs: readonly Program[]) {
    for (const { path: from, environment } of programs) {
      for (const [name, text] of environment) {
        const said = this.#known.get(name);
        if (said) said.push({ text, from });
        else this.#known.set(name, [{ text, from }]);
      }
    }
  }

  /** The files that a path with such names may mean, if every other part of it is known. Which is never sure. */
  meantBy(path: PartlyKnown, names: FileNames): MeantFiles {
    const name = namesIn(path).find((one) => one !== "@") ?? "";
    const said = this.#known.get(nameElsewhere(name))?.slice(0, MOST) ?? [];
    const files = said.flatMap(({ text, from }) => names.meantBy(withKnown(path, name, text), from).files);
    return { files: [...new Set(files)], isSure: false };
  }
}

/** Of more files that give a name something, the first are asked. */
const MOST = 64;

/** The use that a program makes of a request which another has in a variable, and which it finds by that name. */
interface UseOfVariable {
  /** Of the request: the path of its source, and its id there. */
  path: string;
  id: string;
  program: Program;
  flow: Flow;
}

/** The uses of requests that are the values of variables, by programs that give these names nothing themselves. */
export function usesOfVariables(programs: readonly Program[]): UseOfVariable[] {
  const named = programs.flatMap(({ path, held }) =>
    held.flatMap(({ id, name }) => (name === undefined ? [] : { path, id, name })),
  );
  return named.flatMap(({ path, id, name }) =>
    programs
      .filter(
        (one) => one.path !== path && one.index.uses.has(name) && one.values.isGiven(unknownPiece(name)),
      )
      .map((program) => {
        return { path, id, program, flow: follow(program.index, { name, isInValues: () => true }) };
      }),
  );
}
