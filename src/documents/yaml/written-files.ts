import {
  asText,
  baseName,
  knownText,
  OWN_FOLDER,
  type Path,
  pathOf,
  templateText,
  wholeText,
} from "../../sources/partly-known.ts";
import { membersNamed, type ObjectValue, type Span, type Value } from "../../rule/value.ts";
import type { Region } from "../../sources/syntax.ts";
import { copyFact, type Fact } from "../../sources/fact.ts";

/**
 * The files that a YAML text says it makes: a text under a key that is a file's name (a ConfigMap), or beside the path
 * where it is put (cloud-init's `write_files`, Ansible's `copy`, the `configs` of compose), and copies of files
 * (Ansible's `copy` and `template`, the `items` of a volume). `regions` are those of the text, in their order.
 * Recursive: call it only on what the parser has bounded.
 */
export function writtenFiles(documents: readonly Value[], regions: readonly Region[]): Fact[] {
  const finder = new Finder();
  for (const document of documents) finder.rename(document);
  for (const document of documents) finder.find(document, "");
  const named = finder.texts.toSorted((a, b) => a.at.start - b.at.start);
  let next = 0;
  const shown = regions.flatMap((region, index): Fact[] => {
    const start = region.toOuter(0);
    while ((named[next]?.at.end ?? Infinity) <= start) next++;
    const one = named[next];
    if (!one || one.at.start > start || !/^(json|yaml|ndjson)$/.test(region.syntax)) return [];
    return one.names.map((name) => copyFact({ start, end: start }, knownText(name), { region: index }));
  });
  return [...shown, ...finder.copies].toSorted((a, b) => a.at.start - b.at.start);
}

/** Names that are told apart by their ending, also as a template. */
const FILE = /^[\w.@-]+\.(?:jsonc?|json5|ya?ml|ndjson|jsonl)$/i;
const PATH = /^[\w./@+${}-]+$/;
const CONTENT = /^(?:content|contents|inline)$/;
const DESTINATION = ["path", "dest", "destination", "target"];
const COPIES = /^(?:ansible\.(?:builtin|legacy)\.)?(?:copy|template)$/;
/** Helm puts a file of the chart in here. */
const HELM_FILE =
  /\{\{-?\s{0,9}\(?\s{0,9}(?:tpl\s{1,9}\(\s{0,9})?[.$][\w.]{0,20}Files\.Get\s{1,9}"([\w./-]{1,200})"/;
const VOLUME = /^([\w./-]+):(\/[\w./-]+)(?::[\w,]+)?$/;
const GENERATED = /^([\w.-]+)=([\w./-]+)$/;
/** A name is given so often at most. */
const MOST_NAMES = 16;

class Finder {
  readonly texts: { at: Span; names: string[] }[] = [];
  readonly copies: Fact[] = [];
  readonly #renamed = new Map<string, string[]>();

  /** Takes note of keys that are put somewhere under another name. */
  rename(value: Value): void {
    if (value.kind === "array") for (const item of value.items) this.rename(item);
    if (value.kind !== "object") return;
    for (const member of value.members) this.rename(member.value);
    for (const [from, to] of RENAMES) {
      const key = said(value, from);
      const path = said(value, to);
      if (key === undefined || path === undefined || !PATH.test(key)) continue;
      const known = this.#renamed.get(key) ?? [];
      const names = namesOf(pathIn(path)).filter((name) => name !== key);
      this.#renamed.set(key, [...known, ...names].slice(0, MOST_NAMES));
      if (FILE.test(key)) this.#copy(value, pathIn(key), names);
    }
  }

  /** `key` is that of the value, or of the list or the mapping of a content in which it stands. */
  find(value: Value, key: string, besides: readonly string[] = []): void {
    if (value.kind === "array") {
      for (const item of value.items) {
        this.find(item, "");
        if (item.kind === "string") this.#inList(item, item.value, key);
      }
    } else if (value.kind === "string") {
      const own = [...(FILE.test(key) ? [key] : []), ...(this.#renamed.get(key) ?? [])];
      const names = [...own, ...besides];
      if (names.length > 0) this.texts.push({ at: value, names });
      const [, file] = HELM_FILE.exec(value.value) ?? [];
      if (file !== undefined) this.#copy(value, pathIn(file), names);
    } else if (value.kind === "object") {
      const paths = DESTINATION.flatMap((one) => said(value, one) ?? []).flatMap((path) =>
        namesOf(pathIn(path)),
      );
      for (const member of value.members) {
        if (CONTENT.test(member.key)) this.find(member.value, key, [...besides, ...paths]);
        else this.find(member.value, member.key);
        if (COPIES.test(member.key)) this.#inTask(member.value);
      }
    }
  }

  /** Takes in what a task of Ansible copies: `{ src: a.json, dest: /etc/a.json }`, or `src=a.json dest=/etc/a.json`. */
  #inTask(task: Value): void {
    const words = task.kind === "string" ? task.value : "";
    const [src, dest] = ["src", "dest"].map((name) =>
      task.kind === "object"
        ? said(task, name)
        : new RegExp(`(?:^|\\s)${name}=["']?((?:\\{\\{[^{}]*\\}\\}|[^\\s"'{])+)`).exec(words)?.[1],
    );
    if (src === undefined || dest === undefined) return;
    const file = pathIn(src);
    if (!PATH.test(asText(file))) return;
    const to = pathIn(dest);
    const names = namesOf(dest.endsWith("/") ? pathOf(to, baseName(file)) : to);
    const inRole = src.startsWith("/")
      ? []
      : ["templates", "files"].map((one) => pathOf(OWN_FOLDER, knownText(`../${one}`), file));
    for (const one of [file, ...inRole]) this.#copy(task, one, names);
  }

  /** `./a.json:/etc/a.json` among the volumes of compose, `a.json=rules/a.json` among the files of a generator. */
  #inList(at: Span, item: string, key: string): void {
    const [, file, path] = key === "volumes" ? (VOLUME.exec(item) ?? []) : [];
    if (file !== undefined && path !== undefined) this.#copy(at, pathIn(file), namesOf(pathIn(path)));
    const [, name, from] = key === "files" ? (GENERATED.exec(item) ?? []) : [];
    if (name !== undefined && from !== undefined && FILE.test(name)) this.#copy(at, pathIn(from), [name]);
  }

  #copy({ start }: Span, file: Path, names: readonly string[]): void {
    for (const name of names) this.copies.push(copyFact({ start, end: start }, knownText(name), { file }));
  }
}

/** How volumes and compose name something that they put elsewhere. */
const RENAMES = [
  ["key", "path"],
  ["source", "target"],
  ["subPath", "mountPath"],
] as const;

function said(mapping: ObjectValue, name: string): string | undefined {
  const value = membersNamed(mapping, [name]).at(-1)?.value;
  return value?.kind === "string" ? value.value : undefined;
}

/** The names under which a file is known that is put at a path; none where that is no file's. */
function namesOf(path: Path): string[] {
  const base = baseName(path);
  if (!PATH.test(asText(path)) || !/\.\w+$/.test(asText(base))) return [];
  return [wholeText(path) ?? wholeText(base)].filter((name) => name !== undefined);
}

/** A path into which a template may put something. */
function pathIn(text: string): Path {
  return pathOf(templateText(text, /\{\{[^{}]*\}\}|\$\{[^{}]*\}|\$\w+/g));
}
