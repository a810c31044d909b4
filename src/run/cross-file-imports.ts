import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { type Document, withSites } from "../sources/document.ts";
import { displayPath, namedPath } from "../files/paths.ts";
import { readSource } from "../files/read.ts";
import { requestField, WRAPPER } from "../rule/fields.ts";
import { languageOfNamed } from "../sources/languages.ts";
import type { Remark } from "../sources/remark.ts";
import type { Exported, Site } from "../sources/syntax.ts";

/** A request that other files may get by a name. */
interface Shared extends Exported {
  path: string;
  /** By what its file may be imported: its own name, and the packages that may give on what it has. */
  stem: string;
  packages: ReadonlySet<string>;
  /** The line that imports it. */
  by?: { path: string; line: number };
}

/** An import statement's module, and what is taken from it; nothing where the module itself is. */
interface Import {
  module: string;
  name?: string;
  index: number;
}

/** Finds the files of a repository that import what gives a request of another one. */
export class Importers {
  readonly #shared = new Map<string, Shared[]>();

  /** Takes in a source that was read. */
  add(path: string, { reading }: Document): void {
    const exported = reading.sites.filter(isOpen).flatMap((site) => site.exported ?? []);
    if (exported.length === 0) return;
    const full = resolve(path);
    const file = basename(full).replace(/\.py$/, "");
    const folders = dirname(full).split(/[\\/]/);
    const stem = file === "__init__" ? (folders.at(-1) ?? "") : file;
    const packages = new Set(["", stem, ...folders]);
    this.#shared.set(
      path,
      exported.map((one) => ({ ...one, path: full, stem, packages })),
    );
  }

  /** Searches the repositories of the sources; `topOf` gives the top of a path's, if it has one. */
  async search(topOf: (path: string) => string | undefined): Promise<void> {
    if (this.#shared.size === 0) return;
    const [{ filesWith }, { oneOfNames }] = await Promise.all([
      import("../files/scan/scan.ts"),
      import("../files/scan/search-pattern.ts"),
    ]);
    const byTop = new Map<string, Shared[]>();
    for (const [path, shared] of this.#shared) {
      const top = topOf(path);
      if (top !== undefined) for (const one of shared) addTo(byTop, top, one);
    }
    for (const [top, shared] of byTop) {
      const byName = new Map<string, Shared[]>();
      for (const one of shared)
        for (const name of [one.top, one.stem, ALL + one.stem]) addTo(byName, name, one);
      const names = new Set(shared.map(({ name }) => name));
      const files = await filesWith(top, oneOfNames([...names]));
      for (const path of files.filter((one) => one.endsWith(".py"))) lookInto(join(top, path), byName);
    }
  }

  /** Returns a source with remarks at its requests that another file imports, and may read or change. */
  marked(path: string, document: Document): Document {
    const shared = this.#shared.get(path) ?? [];
    const toShow = isAbsolute(path) ? namedPath : displayPath;
    return withSites(document, (site) => {
      const found = shared.find(
        ({ by, at }) => by !== undefined && site.exported?.some((one) => one.at.start === at.start),
      );
      if (!found?.by || !isOpen(site)) return site;
      const { name, at } = found;
      const by = `${toShow(found.by.path)}:${found.by.line}`;
      const others = (site.remarks ?? []).filter((remark) => !isOfExport(site, remark));
      const remark = { code: "unfollowed-use", is: "imported", name, by, at, weighs: "review" } as const;
      return { ...site, remarks: [...others, remark] };
    });
  }
}

function addTo(lists: Map<string, Shared[]>, key: string, one: Shared): void {
  const list = lists.get(key);
  if (list) list.push(one);
  else lists.set(key, [one]);
}

/** Tells whether a request has no wrapper, and nothing needs a person yet but that other files may get it. */
function isOpen(site: Site): boolean {
  const { request, remarks = [] } = site;
  const isWrapped = request.members.some(({ key }) => requestField(key) === WRAPPER);
  return !isWrapped && remarks.every((one) => one.weighs === "safe" || isOfExport(site, one));
}

/** Tells whether a remark says that other files may get a request, and no more. */
function isOfExport({ exported = [] }: Site, { at }: Remark): boolean {
  return exported.some((one) => one.at.start === at.start && one.at.end === at.end);
}

/** Notes the shared requests that a file imports, of those that have the name of something that it may import. */
function lookInto(path: string, byName: ReadonlyMap<string, readonly Shared[]>): void {
  const source = readSource(path, languageOfNamed(path).limit);
  if (!("text" in source)) return;
  const { text } = source;
  for (const one of importsIn(text)) {
    for (const shared of byName.get(nameOf(one)) ?? []) {
      if (shared.by !== undefined || shared.path === resolve(path) || !isOf(one, shared, text)) continue;
      shared.by = { path, line: text.slice(0, one.index).split(/\r\n|\n|\r/).length };
    }
  }
}

function importsIn(text: string): Import[] {
  return [...text.matchAll(STATEMENT)].flatMap(({ 1: module, 2: names = "", 3: modules = "", index }) => {
    const taken = (module === undefined ? modules : names)
      .replaceAll(/#.*$/gm, "")
      .replaceAll(/[()\\;]/g, " ")
      .split(",")
      .map((word) => word.trim().split(/\s+/)[0] ?? "");
    return taken.map((name): Import =>
      module === undefined ? { module: name, index } : { module, name, index },
    );
  });
}

const STATEMENT =
  /^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]+(\([^)]{0,5000}\)|(?:[^\n\\]|\\\r?\n)*)|import[ \t]+([^\n]*))/gm;

/** Before the name of a module of which everything is taken. */
const ALL = "* ";

/** The name that an import has to have to be one of a request. */
function nameOf({ module, name }: Import): string {
  return name === "*" ? ALL + lastOf(module) : (name ?? lastOf(module));
}

/**
 * Tells whether an import takes a request; one of a class, or of a whole module, if the name stands behind a dot
 * there.
 */
function isOf(one: Import, { top, name, packages }: Shared, text: string): boolean {
  const last = lastOf(one.module);
  const isReached = (): boolean => new RegExp(String.raw`\.\s*${name}(?![\p{L}\p{N}_])`, "u").test(text);
  if (one.name === "*") return text.includes(name);
  if (one.name === top && packages.has(last)) return top === name || isReached();
  return (one.name === undefined || packages.has(last)) && isReached();
}

function lastOf(module: string): string {
  return module.slice(module.lastIndexOf(".") + 1);
}
