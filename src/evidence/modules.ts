import { type Flow, follow } from "./flow.ts";
import type { Program } from "./program.ts";

/** The modules of a repository, and what their functions do with what other programs give them. */
export class Modules {
  readonly #byImport: ReadonlyMap<string, Program>;

  constructor(programs: readonly Program[]) {
    this.#byImport = new Map(
      programs.map((program) => [program.path.replace(/(?:\/(?:index|__init__))?\.\w+$/, ""), program]),
    );
  }

  /** What becomes of the parameters of the functions which a program imports and calls by these names. */
  *calledBy({ path, imports }: Program, names: ReadonlySet<string>): Generator<[Program, Flow]> {
    for (const module of new Set(imports.flatMap((one) => this.#byImport.get(one) ?? []))) {
      if (module.path === path) continue;
      const given = new Set([...names].flatMap((name) => module.parameters.get(name) ?? []));
      for (const name of given)
        yield [module, follow(module.index, { name, returns: names, isInValues: () => true })];
    }
  }
}
