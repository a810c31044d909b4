import type { Syntax } from "./syntax.ts";

/** A language, and which files are written in it. */
export interface Language {
  id: string;
  matches(path: string): boolean;
  /** The largest file that is read, in bytes. */
  limit: number;
  load(): Promise<Syntax>;
}

const MEBIBYTE = 1024 * 1024;

/** The languages, the more particular first. The last one takes any file that somebody names. */
export const languages: readonly Language[] = [
  {
    id: "ndjson",
    matches: (path) => /\.(ndjson|jsonl)$/i.test(path),
    limit: 64 * MEBIBYTE,
    load: async () => (await import("./ndjson/index.ts")).ndjson,
  },
  {
    id: "json",
    matches: () => true,
    limit: 64 * MEBIBYTE,
    load: async () => (await import("./json/index.ts")).json,
  },
];

/** The language in which a named file is read. Standard input has the path `-` and is JSON. */
export function languageOf(path: string, known: readonly Language[] = languages): Language {
  const language = known.find((candidate) => candidate.matches(path)) ?? known.at(-1);
  if (!language) throw new Error("no language is registered");
  return language;
}
