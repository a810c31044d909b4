import { isGiven } from "../migrate/calls.ts";
import { allDocuments, type Document } from "../migrate/document.ts";
import type { Unfollowed } from "../migrate/mentioning.ts";
import { tellsNoFile } from "../migrate/file-names.ts";
import { isDocument, languageOf } from "../syntax/registry.ts";

/**
 * The first place of a source that updates a rule with something of which it is not known what it is: a command whose
 * file is not known, or an update in code of which nothing else is known. Undefined where there is none, and in pages:
 * there somebody is told to put in a name.
 */
export function unfollowedIn(path: string, root: Document): Unfollowed | undefined {
  const isNotebook = root.syntaxId === "notebook";
  if (isDocument(path) && !isNotebook) return undefined;
  const line = unknownFile(root) ?? (isNotebook || isCode(path) ? updateInCode(root) : undefined);
  return line === undefined ? undefined : { line, names: namesIn(root.text) };
}

/** A line inside of a quoted script may be known from outside, where its variables are set. */
function unknownFile(root: Document): number | undefined {
  const updates = allDocuments(root).flatMap((document) =>
    (document.reading.mentions ?? [])
      .filter(({ does, file }) => does === "update" && file !== undefined && !isGiven(file))
      .map(({ file = "", at }) => ({ isKnown: !tellsNoFile(file), line: document.place(at.start).line })),
  );
  const known = new Set(updates.filter(({ isKnown }) => isKnown).map(({ line }) => line));
  return updates.find(({ isKnown, line }) => !isKnown && !known.has(line))?.line;
}

/** Languages in which a command, or a request, may be put together in ways that nobody follows. */
function isCode(path: string): boolean {
  return !NO_CODE.has(languageOf(path)?.id ?? "json");
}

const NO_CODE: ReadonlySet<string> = new Set(
  "json ndjson yaml http shell make just docker batch powershell".split(" "),
);

/** Where code updates a rule, if it does and nothing is known of what it sends. */
function updateInCode(root: Document): number | undefined {
  const documents = allDocuments(root);
  const isKnown = documents.some(({ reading }) => reading.mentions?.some(({ does }) => does === "update"));
  if (isKnown) return undefined;
  for (const document of documents.filter(
    ({ inner }) => root.syntaxId !== "notebook" || inner.length === 0,
  )) {
    const { text, reading } = document;
    for (const { index } of text.matchAll(UPDATES)) {
      const isSaid = reading.comments.some(({ start, end }) => start <= index && index < end);
      if (!isSaid && !/^\s*(\/\/|\*|#)/.test(lineAround(text, index))) return document.place(index).line;
    }
  }
  return undefined;
}

const UPDATES =
  /\bdispatch(?:-rules?)?["'`,.\s\])}]{1,8}update\b|\bUpdateSIPDispatchRule\b|\bupdate_(?:sip_)?dispatch_rule\b|\bupdateSipDispatchRule\b|\bupdate-sip-dispatch-rule\b/g;

function lineAround(text: string, at: number): string {
  return text.slice(text.lastIndexOf("\n", at) + 1, at).slice(0, 200);
}

/** The names of files that stand in a text, and what may be one without its ending: a word in quotes. */
function namesIn(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [name] of text.matchAll(/[\w@+-][\w.@+-]{0,200}\.[A-Za-z]\w{0,10}\b/g)) names.add(name);
  for (const { 1: name } of text.matchAll(/["'`]([\w.-]{1,100})["'`]/g))
    if (name !== undefined) names.add(name);
  return names;
}
