import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The name of a config file. */
export const CONFIG_NAME = "sip-dispatch.config.json";

/**
 * The config file of a folder: in it, or above it up to the top of its repository. Outside a repository only there,
 * because whoever may write to a folder above is not known.
 */
export function findConfig(from = process.cwd()): string | undefined {
  const folders: string[] = [];
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    folders.push(folder);
    if (existsSync(join(folder, ".git"))) break;
    if (folder === dirname(folder)) {
      folders.splice(1);
      break;
    }
  }
  return folders.map((folder) => join(folder, CONFIG_NAME)).find((path) => existsSync(path));
}
