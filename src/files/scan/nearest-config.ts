import { existsSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";

/** The name of a config file. */
export const CONFIG_NAME = "sip-dispatch.config.json";

/** Which config file counts for a folder, in a run to which these paths were named. */
export class NearestConfig {
  readonly #trusted: readonly string[];
  readonly #known = new Map<string, { config: string | undefined; inRepository: boolean }>();

  constructor(named: readonly string[]) {
    this.#trusted = [process.cwd(), ...named.map((path) => resolve(path))];
  }

  /**
   * The config in an absolute folder, or the nearest above it up to the top of its repository. Outside a repository none
   * counts that stands above both the working directory and what was named, because whoever may write there is not known.
   */
  of(folder: string): string | undefined {
    return this.#look(folder).config;
  }

  #look(folder: string): { config: string | undefined; inRepository: boolean } {
    const known = this.#known.get(folder);
    if (known) return known;
    const parent = dirname(folder);
    const isTop = existsSync(join(folder, ".git"));
    const above = isTop || parent === folder ? undefined : this.#look(parent);
    const inRepository = isTop || above?.inRepository === true;
    const own = join(folder, CONFIG_NAME);
    const counts = inRepository || this.#trusted.some((one) => `${parent}${sep}`.startsWith(withSlash(one)));
    const config = existsSync(own) ? own : counts ? above?.config : undefined;
    const found = { config, inRepository };
    this.#known.set(folder, found);
    return found;
  }
}

function withSlash(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep;
}
