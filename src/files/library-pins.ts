import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { NUMBERS_SINCE, type Pin, reaches, WRAPPER_SINCE } from "../rule/protocol-library.ts";
import { compareVersions } from "../rule/version.ts";
import { positions } from "../sources/position.ts";
import { displayPath } from "./paths.ts";
import { readSource } from "./read.ts";
import { workTreeOf } from "./git/work-tree.ts";
import { either, versionRange } from "./version-range.ts";

/** `livekit-protocol==0.8.2`, alone on its line or in a list. */
const REQUIREMENT = /^[ \t]*(?:-[ \t]+)?["']?livekit[-_]protocol(?:\[[^\]\n]*\])?[ \t]*\(?([^;\\\n"')]*)/gim;
/** The same in quotes. */
const QUOTED = /["']livekit[-_]protocol(?:\[[^\]\n]*\])?[ \t]*\(?([^;\n"')]*)/gi;
/** `livekit-protocol = "^0.8"`, `livekit-protocol = { version = "^0.8" }`. */
const KEYED =
  /^[ \t]*["']?livekit[-_]protocol["']?[ \t]*=[ \t]*(?:\{[^}\n]*?\bversion[ \t]*=[ \t]*)?["']([^"'\n]*)["']/gim;
/** The same as a table of its own. */
const TABLE =
  /^\[[\w."-]*\b(?:dependencies|packages)\.livekit[-_]protocol\][^[]*?^version[ \t]*=[ \t]*["']([^"'\n]*)["']/gim;
const LOCKED = /^\[\[packages?\]\]\r?\nname = "livekit-protocol"\r?\nversion = "([^"\n]*)"/gm;
const LOCKED_JSON = /"livekit-protocol":\s*\{[^{}]*?"version":\s*"([^"\n]*)"/g;

/** The files that say what is installed, and where in them. There is no need to read all that they say. */
const FILES: readonly { name: RegExp; says: readonly RegExp[]; mayBeMember?: true }[] = [
  { name: /^(.+[-_.])?(requirements|constraints)([-_.].+)?\.(txt|in)$/i, says: [REQUIREMENT] },
  { name: /^requirements\/.+\.(txt|in)$/i, says: [REQUIREMENT] },
  { name: /^pyproject\.toml$/, says: [QUOTED, KEYED, TABLE], mayBeMember: true },
  { name: /^setup\.py$/, says: [QUOTED], mayBeMember: true },
  { name: /^setup\.cfg$/, says: [REQUIREMENT], mayBeMember: true },
  { name: /^Pipfile$/, says: [KEYED, TABLE] },
  { name: /^environment([-_.].+)?\.ya?ml$/i, says: [REQUIREMENT] },
  { name: /^((poetry|uv|pdm)\.lock|pylock(\..+)?\.toml)$/, says: [LOCKED] },
  { name: /^Pipfile\.lock$/, says: [LOCKED_JSON] },
  { name: /\.dist-info[\\/]METADATA$/, says: [/^Version: (.*)/gm] },
];

const LARGEST = 16 * 1024 * 1024;

/** The livekit-protocol that a folder asks for, for the code below it. */
interface Said {
  pins: Pin[];
  /** True if what is installed for this folder is told by its own files alone. */
  isWhole: boolean;
}

/** Which versions of livekit-protocol a repository lets be installed. What was read is kept for the next question. */
export class Pins {
  readonly #folders = new Map<string, Said>();
  readonly #committed = new Map<string, Promise<Map<string, string[]>>>();

  /**
   * The pins that govern a file: those of the nearest folder above that has any, not above `top`. A project that may be
   * a member of a larger one (`pyproject.toml`) and leaves the version open has it from a lock file further up.
   */
  async governing(path: string, top: string): Promise<Pin[]> {
    const environments = await this.#environments(top);
    const pins: Pin[] = [];
    for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
      const said = this.#folders.get(folder) ?? readFolder(folder, environments.get(folder) ?? []);
      this.#folders.set(folder, said);
      pins.push(...said.pins);
      if (said.isWhole || folder === top || folder === dirname(folder)) return pins;
    }
  }

  /**
   * Returns what committed environments say of themselves: files by the folder whose code runs there, named from it.
   */
  async #environments(top: string): Promise<Map<string, string[]>> {
    const known = this.#committed.get(top) ?? committedEnvironments(top);
    this.#committed.set(top, known);
    return known;
  }
}

async function committedEnvironments(top: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (workTreeOf(join(top, "file")) !== top) return found;
  const { trackedFiles } = await import("./git/tracked-files.ts");
  for (const file of trackedFiles(top, ["**/livekit_protocol-*.dist-info/METADATA"])) {
    const outer = file.replace(ENVIRONMENT, "");
    const folder = join(top, outer);
    found.set(folder, [...(found.get(folder) ?? []), join(".", file.slice(outer.length))]);
  }
  return found;
}

/** `venv/lib/python3.12/site-packages/…`, `venv/Lib/site-packages/…`, `site-packages/…`, or beside the code. */
const ENVIRONMENT = /(((^|\/)[^/]+\/lib(64)?(\/python[^/]*)?)?(^|\/)site-packages)?(^|\/)[^/]+\/METADATA$/i;

function readFolder(folder: string, environments: readonly string[]): Said {
  const said = [...namesIn(folder), ...environments].map((name) => readFile(join(folder, name), name));
  return { pins: said.flatMap(({ pins }) => pins), isWhole: said.some(({ isWhole }) => isWhole) };
}

/** The regular files of a folder, and of `requirements/` in it, that may hold pins. Links may lead anywhere. */
function namesIn(folder: string): string[] {
  const names = entriesOf(folder).flatMap((entry): string[] => {
    if (entry.isFile()) return [entry.name];
    if (!entry.isDirectory() || entry.name !== "requirements") return [];
    const inner = entriesOf(join(folder, entry.name)).filter((file) => file.isFile());
    return inner.map(({ name }) => `${entry.name}/${name}`);
  });
  return names.filter((name) => kindOf(name) !== undefined);
}

function entriesOf(folder: string): { name: string; isFile(): boolean; isDirectory(): boolean }[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return []; // what can't be listed says nothing
  }
}

function kindOf(name: string): (typeof FILES)[number] | undefined {
  return FILES.find((file) => file.name.test(name));
}

function readFile(path: string, name: string): Said {
  const source = readSource(path, LARGEST);
  if (!("text" in source)) return { pins: [], isWhole: false };
  const pin = pinIn(name, source.text);
  const pins = pin ? [{ path: displayPath(path), ...pin }] : [];
  const isWhole = kindOf(name)?.mayBeMember
    ? pins.some(({ range }) =>
        [WRAPPER_SINCE, NUMBERS_SINCE].every((since) => reaches(range, since) !== "some"),
      )
    : pins.length > 0 || /\blivekit-[a-z]/i.test(source.text);
  return { pins, isWhole };
}

/**
 * What a file says about livekit-protocol; undefined for one that says nothing, or nothing that is understood. Where it
 * says several things (for several versions of Python), all that any of them allows, at the line that allows the oldest.
 */
export function pinIn(name: string, text: string): Omit<Pin, "path"> | undefined {
  const place = positions(text);
  const code = text.replaceAll(/#.*/g, (comment) => " ".repeat(comment.length));
  const stated = (kindOf(name)?.says ?? []).flatMap((expression) =>
    [...code.matchAll(expression)].flatMap(({ index, 0: whole, 1: versions = "" }) => {
      const written = versions.replace(/\s--.*/, "").trim();
      const range = versionRange(written);
      return range ? [{ line: place(index + whole.lastIndexOf(versions)).line, written, range }] : [];
    }),
  );
  const [oldest] = stated.toSorted((a, b) => compareVersions(a.range.from, b.range.from));
  return oldest && { ...oldest, range: stated.map(({ range }) => range).reduce(either) };
}
