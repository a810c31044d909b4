import { allDocuments, type Document, readDocument } from "../sources/document.ts";
import { readSource, type Source } from "../files/read.ts";
import type { Unreadable } from "../sources/unreadable.ts";
import { counted, grouped } from "../rule/count-words.ts";
import { looksLikeJson, looksLikeYaml } from "../sources/recognise.ts";
import { languageOf, languageOfNamed, RECORD, UNKNOWN_TEXT } from "../sources/languages.ts";
import { mayHoldRequest } from "../sources/trigger.ts";
import { holdsRequest } from "./holds-request.ts";
import type { WantedFile } from "./find-sources.ts";

/** A source in its language, or why there is none. */
export type Read = ReadSource | Unreadable | Unread;

export interface ReadSource {
  source: Source;
  document: Document;
  /** Nothing but its content tells its language: it is a source only if a line sends its request to LiveKit. */
  isGuessed?: true;
}

/** A file that was found in a folder, in a language in which requests are not looked for. */
export interface Unread {
  path: string;
  language: null;
}

/** A source that was read; `read` is missing where holding it would take too much memory. */
export interface Held extends WantedFile {
  read?: Read;
}

/** Of how much text the documents are held at once, in UTF-16 code units, and of which size a single one. */
const MOST_HELD = 32 * 1024 * 1024;
const LARGEST_HELD = 1024 * 1024;
/** A region or a request takes as much memory as so much text. */
const PER_PART = 2 * 1024;

/** Tells whether it is a file in no language that is read. */
export function isUnread(read: Read): read is Unread {
  return "language" in read;
}

/** Reads every file; `seen` gets each as it was read, also where it is not held. */
export async function readAll(
  wanted: readonly WantedFile[],
  seen: (path: string, document: Document) => Promise<void>,
  progress: (words: string) => void,
): Promise<Held[]> {
  let room = MOST_HELD;
  const sources: Held[] = [];
  for (const [index, file] of wanted.entries()) {
    progress(`${grouped(index)} of ${counted(wanted.length, "file")} read`);
    const read = await readOne(file);
    const size = "source" in read ? read.source.text.length : 0;
    const weight = size + ("document" in read ? PER_PART * partsOf(read.document) : 0);
    const held = size <= LARGEST_HELD && weight <= room;
    if (held) room -= weight;
    if ("document" in read) await seen(file.path, read.document);
    sources.push(held ? { ...file, read } : file);
  }
  return sources;
}

function partsOf(root: Document): number {
  return allDocuments(root).reduce((sum, { reading }) => sum + 1 + reading.sites.length, 0);
}

/** The source as it was read, or read once more where it could not be held. */
export async function readAgain({ read, ...wanted }: Held): Promise<Read> {
  return read ?? readOne(wanted);
}

async function readOne({ path, named, isOfAnyKind }: WantedFile): Promise<Read> {
  const source = readSource(path, languageOfNamed(path).limit);
  if (!("text" in source)) return isOfAnyKind && source.reason !== "io" ? { path, language: null } : source;
  const [firstLine] = source.text.split("\n", 1);
  const isMeant = isOfAnyKind && looksLikeJson(source.text) && mayHoldRequest(source.text);
  if (named || isMeant || languageOf(path, firstLine)) {
    return { source, document: await readDocument(path, source.text) };
  }
  const document = await readByContent(path, source.text);
  if (document) return { source, document, ...(!isOfAnyKind && { isGuessed: true }) };
  if (RECORD.test(path)) return { path, language: null };
  const text = await readDocument(`${path}.${UNKNOWN_TEXT}`, source.text);
  return text.reading.sites.length > 0 ? { source, document: text } : { path, language: null };
}

/** A request in a file whose name tells no language, as JSON or YAML; undefined where it seems to be none. */
async function readByContent(path: string, text: string): Promise<Document | undefined> {
  if (text.length > LARGEST_HELD) return undefined;
  const isJson = looksLikeJson(text);
  if (!isJson && !looksLikeYaml(text)) return undefined;
  const document = await readDocument(isJson ? path : `${path}.yaml`, text);
  return holdsRequest(document, "flat", "wrapped") ? document : undefined;
}
