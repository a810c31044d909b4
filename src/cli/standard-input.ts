import type { Options } from "yargs";
import type { MigrateOptions } from "../config/options.ts";
import { namedPath } from "../files/paths.ts";
import type { Source } from "../files/read.ts";
import { migrateDocument } from "../plan/migrate.ts";
import type { SourceResult } from "../plan/outcome.ts";
import { unreadableResult } from "../plan/results.ts";
import { noticesIn, readUnnamed } from "../run/unnamed-text.ts";
import { readDocument } from "../sources/document.ts";
import { languageOfNamed } from "../sources/languages.ts";
import type { Unreadable } from "../sources/unreadable.ts";
import { configsOf } from "./configs.ts";
import { readInput, STDIN, textOption } from "./options.ts";
import { UsageError } from "./usage-error.ts";

export const stdinOptions = {
  "stdin-filename": textOption(
    "With -, a name that tells the language of standard input; no such file is read",
  ),
} as const satisfies Record<string, Options>;

interface Arguments {
  paths: readonly string[];
  "stdin-filename"?: string | undefined;
  config?: string | undefined;
  "known-trunks"?: string | undefined;
}

/** Throws a UsageError where what is said of standard input can't be meant together. */
export function refuseContradictedInput({ paths, config, ...args }: Arguments): void {
  const { "known-trunks": knownTrunks, "stdin-filename": name } = args;
  if (name !== undefined && !paths.includes(STDIN))
    throw new UsageError("--stdin-filename is about standard input, so it needs -");
  if (name === STDIN || name === "")
    throw new UsageError("--stdin-filename takes the name of a file", "rule.yaml says that it is YAML.");
  if (!paths.includes(STDIN)) return;
  if (paths.length > 1) throw new UsageError("- is standard input, and can't be combined with files");
  if (config !== undefined && name === undefined)
    throw new UsageError("a config goes by the names of files, so with - it needs --stdin-filename");
  if (knownTrunks === STDIN)
    throw new UsageError("standard input can't be both the request and the known trunks");
}

/** Standard input as it was read, and what becomes of the requests in it. */
export async function migratedInput(
  { "stdin-filename": name, config }: Arguments,
  options: MigrateOptions,
  isCheck?: true,
): Promise<{ source: Source | Unreadable; result: SourceResult }> {
  const path = name === undefined ? "-" : namedPath(name);
  const source = { ...readInput(STDIN, languageOfNamed(path).limit), path };
  // Without a name there is none that the patterns of a config could match.
  const decisions = name === undefined ? undefined : await configsOf([path], config).of(path);
  if (!("text" in source)) return { source, result: unreadableResult(source) };
  const document =
    name === undefined ? await readUnnamed(source.text) : await readDocument(path, source.text);
  if ("reason" in document) return { source, result: unreadableResult(document) };
  const all = { ...decisions?.optionsFor(path), ...options };
  const silences = decisions?.silencesFor(path) ?? [];
  const notices = await noticesIn(path, document);
  const context = { known: new Map(), silences, notices, isCheck };
  return { source, result: migrateDocument(path, document, all, context) };
}
