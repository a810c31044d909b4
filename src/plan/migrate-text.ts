import type { MigrateOptions } from "../config/options.ts";
import { noticesOf } from "../evidence/existing-rules.ts";
import type { Reader } from "../sources/readers.ts";
import { readDocument } from "../sources/document.ts";
import { migrateDocument } from "./migrate.ts";
import type { SourceResult } from "./outcome.ts";

/**
 * Decides what happens to the requests in a source, and gives its new text, verified, when something in it
 * migrates. `path` is only a name; nothing is read from or written to a disk.
 */
export async function migrateText(
  path: string,
  text: string,
  options: MigrateOptions = {},
  known?: readonly Reader[],
): Promise<SourceResult> {
  const document = await readDocument(path, text, known);
  const notices = noticesOf(path, document);
  return migrateDocument(path, document, options, { known: new Map(), silences: [], notices });
}
