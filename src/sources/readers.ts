import { type Language, languages } from "./languages.ts";
import type { Syntax } from "./syntax.ts";

/** A language with its reader, which is loaded when the first text in it is met. */
export interface Reader extends Language {
  load(): Promise<Syntax>;
}

/** How the reader of each language is loaded, by its id; the others are read by their brackets. */
const LOADERS: Readonly<Record<string, Reader["load"]>> = {
  ndjson: async () => (await import("../documents/ndjson/index.ts")).ndjson,
  json: async () => (await import("../documents/json/index.ts")).json,
  yaml: async () => (await import("../documents/yaml/index.ts")).yaml,
  markdown: async () => (await import("../documents/markdown/index.ts")).markdown,
  mdx: async () => (await import("../documents/markdown/index.ts")).mdx,
  notebook: async () => (await import("../documents/notebook/index.ts")).notebook,
  http: async () => (await import("../documents/http/index.ts")).http,
  shell: async () => (await import("../scripts/shell/index.ts")).shell,
  make: async () => (await import("../scripts/make/index.ts")).make,
  just: async () => (await import("../scripts/just/index.ts")).just,
  docker: async () => (await import("../scripts/docker/index.ts")).docker,
  powershell: async () => (await import("../scripts/powershell/index.ts")).powershell,
  python: async () => await (await import("../code/python/index.ts")).loadPython(),
};

/** The languages with their readers, in the order of `languages`. */
export const readers: readonly Reader[] = languages.map((language) => ({
  ...language,
  load: LOADERS[language.id] ?? (() => bracketsOf(language)),
}));

/** The reader with this id. Throws for an id that no language has. */
export function readerOf(id: string, known: readonly Reader[] = readers): Reader {
  const reader = known.find((candidate) => candidate.id === id);
  if (!reader) throw new Error(`no language is registered as ${id}`);
  return reader;
}

async function bracketsOf({ id, brackets }: Language): Promise<Syntax> {
  if (!brackets) throw new Error(`nothing reads ${id}`);
  const { codeAround, codeIn } = await import("../code/brackets/index.ts");
  return brackets.around ? codeAround(brackets.name) : codeIn(brackets.name, brackets);
}
