import { nameElsewhere, namesIn, withKnown } from "../sources/partly-known.ts";
import type { FileNames, Meant } from "./file-names.ts";
import type { Program } from "./program.ts";

/**
 * The values of names that one program sets and another only uses: variables of the environment, of `.env` files, of
 * workflows.
 */
export class Environment {
  readonly #known = new Map<string, { text: string; from: string }[]>();

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
  meantBy(path: string, names: FileNames): Meant {
    const name = namesIn(path).find((one) => one !== "@") ?? "";
    const said = this.#known.get(nameElsewhere(name))?.slice(0, MOST) ?? [];
    const files = said.flatMap(({ text, from }) => names.meantBy(withKnown(path, name, text), from).files);
    return { files: [...new Set(files)], isSure: false };
  }
}

/** Of more files that give a name something, the first are asked. */
const MOST = 64;
