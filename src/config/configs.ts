import { dirname, resolve } from "node:path";
import { NearestConfig } from "../files/scan/nearest-config.ts";
import type { Decisions } from "./config-file.ts";

/** Reads the config at a path; throws where it can't, which ends the run. */
export type ReadConfig = (path: string) => Decisions;

/** The configs of a run: for every file the nearest one, or for all the one that was named. */
export class Configs {
  readonly #fileFor: (folder: string) => string | undefined;
  readonly #reader: () => Promise<ReadConfig>;
  readonly #read = new Map<string, Decisions>();

  /** `reader` is asked for what reads configs once there is one. `paths` are those that the run was given. */
  constructor(reader: () => Promise<ReadConfig>, paths: readonly string[], named?: string) {
    const nearest = new NearestConfig(paths);
    this.#fileFor = named === undefined ? (folder) => nearest.of(folder) : () => named;
    this.#reader = reader;
  }

  /** The config that counts for a file; undefined where there is none. */
  async of(file: string): Promise<Decisions | undefined> {
    const path = this.#fileFor(dirname(resolve(file)));
    return path === undefined ? undefined : this.#decisions(path, await this.#reader());
  }

  /** Returns what tells the config that counts for what stands in a folder. */
  async ofFolders(): Promise<(folder: string) => Decisions | undefined> {
    const read = await this.#reader();
    return (folder) => {
      const path = this.#fileFor(resolve(folder));
      return path === undefined ? undefined : this.#decisions(path, read);
    };
  }

  /** Those that counted for a file or folder up to now. */
  met(): Decisions[] {
    return [...this.#read.values()];
  }

  #decisions(path: string, read: ReadConfig): Decisions {
    const known = this.#read.get(path) ?? read(path);
    this.#read.set(path, known);
    return known;
  }
}
