declare const READ: unique symbol;

/**
 * The path of a file as it is written, as far as it is known. It may hold names that stand for anything (`unknown`), and
 * `*`, which stands for anything but `/`; a folder `**` stands for any folders, or none. It may begin with `OWN_FOLDER` or
 * `TOP`. How that is written this file alone knows; `pathOf` makes one of a text.
 */
export type Path = string & { readonly [READ]: true };

/** Stands in a text for what is not known of it, by the name of what has its value, if that has one. */
export function unknown(name = ""): string {
  return `\${${name}}`;
}

/**
 * Stands in a text that a shell reads for what another program puts in before. No shell's own variable is called so; of
 * other signs than letters and digits the name has none.
 */
export function putIn(name: string): string {
  return unknown(nameOfPutIn(name));
}

/** The name of what stands for `putIn(name)`. */
export function nameOfPutIn(name: string): string {
  return `_${name.replaceAll(/\W+/g, "_").slice(0, 40)}_`;
}

/** What stands for `putIn`, and its name. */
export const PUT_IN = /\$\{(_\w+_)\}/g;

/** How what stands for `putIn` begins. */
export const BEGINS_PUT_IN = /^\$\{_\w*_[}:]/;

/** Begins a path from the folder of the file in which it is written, or from the top of the repository. */
export const OWN_FOLDER = unknown(".");
const TOP = unknown("/");

/** What finds a piece that is not known, for expressions that look at what stands beside it. */
export const UNKNOWN_PIECE = String.raw`\$\{[^}]*\}`;
const UNKNOWN = new RegExp(UNKNOWN_PIECE, "g");
const NAME = /\$\{([\w@]+)\}/g;

/** The text as a path; a `./` at its front says nothing. */
export function pathOf(text: string): Path {
  return text.replace(/^(?:\.\/)+(?=.)/, "") as Path;
}

/** Tells whether a text has no piece that is not known. */
export function isKnown(text: string): boolean {
  return !text.includes("${");
}

/** Tells whether a path means one file alone: it is known, and nothing in it stands for anything else. */
export function isOneFile(path: string): boolean {
  return isKnown(path) && !path.includes("*");
}

/** The text with this for each piece that is not known, by its name; empty where it has none. */
export function withoutUnknown(text: string, by: (name: string) => string): string {
  return text.replaceAll(UNKNOWN, (piece) => by(namesIn(piece)[0] ?? ""));
}

/** The pieces of a text that are known. */
export function knownOf(text: string): string {
  return withoutUnknown(text, () => "");
}

/** The names of the pieces that are not known, without those that have no name. */
export function namesIn(text: string): string[] {
  return Array.from(text.matchAll(NAME), ([, name = ""]) => name);
}

/** The name that a piece has where it comes from: what was put in for `putIn(name)` is called so. */
export function nameElsewhere(name: string): string {
  return name.replace(/^_(\w+)_$/, "$1");
}

/** The text with this for all pieces of a name. */
export function withKnown<Text extends string>(text: Text, name: string, known: string): Text {
  return text.replaceAll(unknown(name), () => known) as Text;
}

/** One spelling for all that mean the same file where they are written, from the top: `./a.json`, `${.}/../a.json`. */
export function spelled(path: string, from: string): string {
  return anchored(path, from) ?? normalized(path);
}

/** The path from the top, where that is told; undefined elsewhere. */
export function anchored(path: string, from: string): string | undefined {
  if (path.startsWith(OWN_FOLDER)) return normalized(`${folderOf(from)}/${path.slice(OWN_FOLDER.length)}`);
  return path.startsWith(TOP) ? normalized(path.slice(TOP.length)) : undefined;
}

/** Tells whether a path tells more than that something is not known: a folder, a part of a name. */
export function tellsPart(path: string): boolean {
  return /[\w*]/.test(knownOf(path).replace(/\.\w+$/, "")) || baseName(path) !== path;
}

/** Tells whether the name of a file has nothing that is known but an ending, or too many unknown pieces to be told by. */
export function tellsNoFile(path: string): boolean {
  const base = baseName(path);
  if ((base.match(new RegExp(`${UNKNOWN_PIECE}|\\*`, "g"))?.length ?? 0) > MOST_UNKNOWN) return true;
  const isUnknown = isOnlyEnding(base) || (/^\*+$/.test(base) && !isKnown(path));
  return isUnknown && !/\w/.test(knownOf(path.slice(0, -base.length)));
}

/** More of them in one name tell no file. */
const MOST_UNKNOWN = 3;

/** Tells whether a name is nothing but what is not known and an ending: `${f}`, `${f}.json`. */
export function isOnlyEnding(base: string): boolean {
  return !isKnown(base) && knownOf(base).replace(/^\.[\w.]*$/, "") === "";
}

/** Tells whether a folder in a path may be any, or is none of those below. */
export function isAnyFolder(name: string): boolean {
  return knownOf(name) === "" || name === "**" || name === "..";
}

/** Finds the paths that a path may mean. */
export function asPattern(path: string): RegExp {
  const source = path.replaceAll(/\$\{[^}]*\}|\*\*\/|\*|[.*+?^${}()|[\]\\]/g, (found) => {
    if (found === "*") return "[^/]*";
    if (found === "**/") return "(?:.*/)?";
    return isKnown(found) ? `\\${found}` : ".*";
  });
  return new RegExp(`^${source}$`);
}

/** The folder of a path, with the `/` at its end. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** The name of a file without its folders. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Without `.` and empty names, and without the `..` that follow a name. */
export function normalized(path: string): string {
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "" || name === ".") continue;
    if (name === ".." && names.length > 0 && names.at(-1) !== "..") names.pop();
    else names.push(name);
  }
  return names.join("/");
}
