import {
  alternatives,
  asText,
  baseName,
  isKnown,
  joinTexts,
  knownText,
  type Path,
  pathOf,
  splitText,
  wholeText,
  withoutFront,
} from "../../sources/partly-known.ts";
import type { ShellWord } from "./words.ts";
import type { Values } from "../bindings.ts";

/** The paths that words may name, also behind `--from=`, `@` and `-d@`. */
export function pathsIn(words: readonly ShellWord[], values: Values, orFolder = false): Path[] {
  return words.flatMap((word) => pathsOf(word, values, orFolder));
}

/** The same of one word; of a folder also what stands in it, if that is asked for. */
function pathsOf({ said, text, regions }: ShellWord, values: Values, orFolder = false): Path[] {
  if (regions.length > 0 || text === "" || text.length > 400) return [];
  // Files that a program in quotes names: `load("rule.json")`.
  if (/["'()]/.test(text) && isKnown(said)) {
    return Array.from(text.matchAll(/["']([\w./-]+\.\w+)["']/g), ([, path = ""]) => pathOf(knownText(path)));
  }
  const plain = withoutFront(said, /^(?:--?[\w-]+=|[\w.-]+:?=)?@?(?=.)(?:-[dT]@)?/);
  return values
    .expand(plain)
    .flatMap((path) => [...new Set([...alternatives(path), ...splitText(path, /[@:,]/).slice(0, 8)])])
    .flatMap((path) => {
      const isNone = /^$|^-|^\/\/|^\.+\/?$/.test(asText(path)) || /["'|<>;\r\n]/.test(wholeText(path) ?? "");
      return isNone ? [] : [...values.placed(path), ...(orFolder ? [pathOf(path, knownText("*"))] : [])];
    });
}

/** Returns what `find sip -name '*.json'` prints. */
export function foundPaths(words: readonly ShellWord[]): Path[] {
  const options = words.findIndex(({ text }, index) => index > 0 && text.startsWith("-"));
  const folders = words.slice(1, Math.max(1, options)).map(({ said }) => said);
  const named = words.findIndex(
    ({ text }, index) =>
      /^-i?(?:name|path)$/.test(text) && !/^(?:!|-not)$/.test(words[index - 1]?.text ?? ""),
  );
  const pattern = (named < 0 ? undefined : words[named + 1]?.said) ?? knownText("*");
  const below = pathOf(knownText("**"), pattern);
  return folders.length === 0 ? [below] : folders.map((folder) => pathOf(folder, below));
}

/** Where copies go: to the last of the files, also where that is a folder. */
export function copyTargets(paths: readonly Path[]): Path[] {
  const to = paths.at(-1);
  if (to === undefined) return [];
  if (/\.\w+$/.test(asText(to)) && paths.length === 2) return [to];
  const files = paths.slice(0, -1).map((path) => pathOf(to, baseName(path)));
  return [to, ...files];
}

/** The files that a container is given as those which a command in it names: `-v "$PWD/rule.json:/in.json"`. */
export function mountedFiles(words: readonly ShellWord[], files: readonly ShellWord[]): Path[] {
  return words.flatMap(({ said, text }) => {
    const [, inside] = /^[^:]+:(\/[^:]+)(?::\w+)?$/.exec(text) ?? [];
    const file = files.find((one) => inside !== undefined && one.text.startsWith(inside))?.said;
    const [host] = splitText(withoutFront(said, "--volume="), ":");
    return file && host && inside !== undefined ? [pathOf(joinTexts(host, withoutFront(file, inside)))] : [];
  });
}
