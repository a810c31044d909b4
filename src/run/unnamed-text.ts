import { sizeInWords } from "../files/error-words.ts";
import { looksLikeJson, looksLikeYaml } from "../sources/recognise.ts";
import { languageOf, languageWithId } from "../sources/languages.ts";
import type { PlacedNotice } from "../evidence/existing-rules.ts";
import { type Document, isDataAlone, readDocument } from "../sources/document.ts";
import type { Unreadable } from "../sources/unreadable.ts";

/**
 * Reads a text of which nobody said in what language it is: in that of the program which its first line names, else as
 * JSON or YAML, whichever it looks like. It is read once. Of one that is over the limit of YAML it says so.
 */
export async function readUnnamed(text: string): Promise<Document | Unreadable> {
  const [firstLine] = text.split("\n", 1);
  if (languageOf("-", firstLine) || looksLikeJson(text)) return readDocument("-", text);
  if (!looksLikeYaml(text)) {
    const next = "Name its language with `--stdin-filename`: `--stdin-filename rule.sh`.";
    return saying(await readDocument("-", text), { message: "this is neither JSON nor YAML", next });
  }
  const { limit } = languageWithId("yaml");
  if (Buffer.byteLength(text) > limit) {
    const message = `is over ${sizeInWords(limit)}, the limit for YAML`;
    return { path: "-", reason: "too-large", message, next: "Split it into smaller files." };
  }
  const next = "Fix it, or name its language with `--stdin-filename`, then run this again.";
  return saying(await readDocument("-.yaml", text), { next });
}

/** The document with other words about why it is none of its language, if it is not. */
function saying(document: Document, words: { message?: string; next: string }): Document {
  const { reading } = document;
  const problems = reading.problems.map((problem) =>
    problem.code === undefined && problem.part === undefined ? { ...problem, ...words } : problem,
  );
  return { ...document, reading: { ...reading, problems } };
}

/** Returns what a person should know about the lines of a text that is in no file; `path` is only a name. */
export async function noticesIn(path: string, document: Document): Promise<readonly PlacedNotice[]> {
  if (isDataAlone(document)) return [];
  const { noticesOf } = await import("../evidence/existing-rules.ts");
  return noticesOf(path, document);
}
