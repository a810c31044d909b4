import { isAbsolute, relative, resolve, sep } from "node:path";

/** A path as it is printed: from the working directory, with `/`. */
export function displayPath(path: string): string {
  return relative(process.cwd(), resolve(path)).split(sep).join("/") || ".";
}

/** A path that somebody named, as it is printed: an absolute one as it is. */
export function namedPath(path: string): string {
  return isAbsolute(path) ? resolve(path).split(sep).join("/") : displayPath(path);
}
