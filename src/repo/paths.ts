import { relative, resolve, sep } from "node:path";

/** A path as it is printed: from the working directory, with `/`. */
export function displayPath(path: string): string {
  return relative(process.cwd(), resolve(path)).split(sep).join("/") || ".";
}
