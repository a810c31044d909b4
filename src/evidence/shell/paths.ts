import { baseName, isKnown, type Path, pathOf } from "../../sources/partly-known.ts";
import type { ShellWord } from "./words.ts";
import type { Values } from "../bindings.ts";

/** The paths that words may name, also behind `--from=`, `@` and `-d@`. */
export function pathsIn(words: readonly ShellWord[], values: Values, orFolder = false): Path[] {
  return words.flatMap((word) => pathsOf(word, values, orFolder));
}

/** The same of one word; of a folder also what stands in it, if that is asked for. */
function pathsOf({ text, regions }: ShellWord, values: Values, orFolder = false): Path[] {
  if (regions.length > 0 || text === "" || text.length > 400) return [];
  // Files that a program in quotes names: `load("rule.json")`.
  if (/["'()]/.test(text) && isKnown(text)) {
    return Array.from(text.matchAll(/["']([\w./-]+\.\w+)["']/g), ([, path = ""]) => pathOf(path));
  }
  const plain = text.replace(/^(?:--?[\w-]+=|[\w.-]+:?=)?@?(?=.)/, "").replace(/^-[dT]@/, "");
  return values
    .expand(plain)
    .flatMap((path) => [...new Set([...braces(path), ...path.split(/[@:,]/).slice(0, 8)])])
    .flatMap((path) =>
      (!isKnown(path) || /^[^"'|<>;\r\n]+$/.test(path)) && !/^-|^\/\/|^\.+\/?$/.test(path)
        ? [...values.placed(path), ...(orFolder ? [`${path.replace(/\/$/, "")}/*`] : [])].map(pathOf)
        : [],
    );
}

/** `{a,b}.json` as bash takes it apart. */
function braces(path: string): string[] {
  const [whole, before = "", list = "", after = ""] =
    /^(.*?)(?<!\$)\{([^{}]*,[^{}]*)\}(.*)$/.exec(path) ?? [];
  return whole === undefined
    ? [path]
    : list
        .split(",")
        .slice(0, 32)
        .flatMap((one) => braces(before + one + after));
}

/** Returns what `find sip -name '*.json'` prints. */
export function foundPaths(texts: readonly string[]): Path[] {
  const folders = texts.slice(
    1,
    Math.max(
      1,
      texts.findIndex((text, index) => index > 0 && text.startsWith("-")),
    ),
  );
  const named = texts.findIndex(
    (text, index) => /^-i?(?:name|path)$/.test(text) && !/^(?:!|-not)$/.test(texts[index - 1] ?? ""),
  );
  const pattern = (named < 0 ? undefined : texts[named + 1]) ?? "*";
  const roots = folders.length > 0 ? folders : ["."];
  return roots.map((folder) =>
    pathOf(folder === "." ? `**/${pattern}` : `${folder.replace(/\/$/, "")}/**/${pattern}`),
  );
}

/** Where copies go: to the last of the files, also where that is a folder. */
export function copiedTo(paths: readonly Path[]): Path[] {
  const to = paths.at(-1);
  if (to === undefined) return [];
  if (/\.\w+$/.test(to) && paths.length === 2) return [to];
  const files = paths.slice(0, -1).map((path) => pathOf(`${to.replace(/\/$/, "")}/${baseName(path)}`));
  return [to, ...files];
}

/** The files that a container is given as those which a command in it names: `-v "$PWD/rule.json:/in.json"`. */
export function mounted(words: readonly ShellWord[], files: readonly ShellWord[]): Path[] {
  return words.flatMap(({ text }) => {
    const [, host, inside] = /^(?:--volume=)?([^:]+):(\/[^:]+)(?::\w+)?$/.exec(text) ?? [];
    const file = files.find((one) => inside !== undefined && one.text.startsWith(inside))?.text;
    return host === undefined || file === undefined ? [] : [pathOf(host + file.slice(inside?.length))];
  });
}
