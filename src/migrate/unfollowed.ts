import { positions } from "../syntax/position.ts";
import { isDocument, languageOf } from "../syntax/registry.ts";
import { isGiven } from "./calls.ts";
import { allDocuments, type Document } from "./document.ts";
import type { Place } from "./evidence.ts";
import { tellsNoFile } from "./file-names.ts";

/**
 * A line that updates a rule, and of which nobody can follow with what. A bare rule for an update looks like a flat
 * request, so what it may be is not wrapped unasked.
 */
export interface UnfollowedUpdate {
  place: Place;
  /** What it may be: the file that it names, as it is written there, or any of these files and any part of its source. */
  with: string | ReadonlySet<string>;
}

/**
 * The first line of a source that updates a rule with something of which nothing is known: a command with a file that
 * can't be told, or an update in code of which only the words are understood. It may be every file that the source
 * names. None in pages: there somebody is told to put in a name.
 */
export function unfollowedIn(path: string, root: Document): UnfollowedUpdate[] {
  if (isPage(path)) return [];
  const line = withUnknownFile(root) ?? (isCode(path) ? inWordsAlone(root) : undefined);
  return line === undefined ? [] : [{ place: { path, line }, with: namesIn(root.text) }];
}

/**
 * The lines of a text that speak of updating rules and name a file, for languages in which commands are not followed:
 * also where none is known, and `language` is undefined. There a variable may hold every file that the text names.
 */
export function namedUpdates(path: string, text: string, language: string | undefined): UnfollowedUpdate[] {
  if (FOLLOWED.has(language)) return [];
  const place = positions(text);
  return updatesIn(text, UPDATE_BY_ID).flatMap(({ start, end }) => {
    const [close = ""] = text.slice(end, end + CLOSE).split(ENDS, 1);
    const files = [...close.matchAll(/[\w.@%+~/${}()-]+/g)].flatMap(([file]) =>
      /\.\w|\//.test(file) ? withUnknown(file) : [],
    );
    const isVariable = files.length === 0 && language === undefined && /\$\w/.test(close) && !isPage(path);
    const meant = isVariable ? [namesIn(text)] : files;
    return meant.map((what) => ({ place: { path, line: place(start).line }, with: what }));
  });
}

/** Whether people read the file, and no program: what it shows is for them to fill in. */
export function isPage(path: string): boolean {
  return isDocument(path) && languageOf(path)?.id !== "notebook";
}

/** Languages of which all is followed that they do with files. What they only print or remark is no use of it. */
const FOLLOWED: ReadonlySet<string | undefined> = new Set(["shell", "powershell", "markdown", "mdx"]);

/** The name of a file stands so close behind, in UTF-16 code units. */
const CLOSE = 200;

/** What ends the command: a line that does not go on, or another command. */
const ENDS = /(?<![\\,([{`+\s])[ \t]*\r?\n|\bcreate|\bdelete|\bupdate/i;

/** A line inside of a quoted script may be known from outside, where its variables are set. */
function withUnknownFile(root: Document): number | undefined {
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
function inWordsAlone(root: Document): number | undefined {
  const documents = allDocuments(root);
  const isKnown = documents.some(({ reading }) => reading.mentions?.some(({ does }) => does === "update"));
  if (isKnown) return undefined;
  for (const document of documents.filter(
    ({ inner }) => root.syntaxId !== "notebook" || inner.length === 0,
  )) {
    const { text, reading } = document;
    const said = updatesIn(text, UPDATE).find(
      (update) => !reading.comments.some(({ start, end }) => start <= update.start && update.start < end),
    );
    if (said) return document.place(said.start).line;
  }
  return undefined;
}

/** How `lk`, LiveKit's libraries and its HTTP interface write it, also as words of a list. */
const SPOKEN = String.raw`dispatch(?:-rules?)?(?:["'\x60]?[\s,]{1,40}["'\x60]?|["'\x60,.\s\])}]{1,8})update\b|update_?(?:sip_?)?dispatch_?rule|update-sip-dispatch-rule\b`;
const UPDATE = new RegExp(SPOKEN, "gi");

/** Where a file follows, what is updated by its id need not be said to be a rule. */
const UPDATE_BY_ID = new RegExp(String.raw`${SPOKEN}|["'\s]update["']?[\s,]{1,40}["']?--id\b`, "gi");

/** How a line begins that is no use of its words. An option of a command begins with `--`, too. */
const REMARK = /^[ \t]*(?:#|\/\/|--(?!\w)|;|\*|rem\b)/i;

/** Where a text speaks of updating rules, but for remarks. Takes linear time: each line is looked at once. */
function updatesIn(text: string, words: RegExp): { start: number; end: number }[] {
  let line = 0;
  let isRemark = REMARK.test(text);
  return [...text.matchAll(words)].flatMap(({ 0: said, index }) => {
    const before = line;
    for (let next = text.indexOf("\n", line); next >= 0 && next < index; next = text.indexOf("\n", line)) {
      line = next + 1;
    }
    if (line > before) isRemark = REMARK.test(text.slice(line));
    return isRemark ? [] : [{ start: index, end: index + said.length }];
  });
}

/** With variables as mentions write them. */
function withUnknown(file: string): string {
  return file.replaceAll(/\$\w+|\$?\$[({][^)}]*[)}]/g, "${}");
}

/** The names of files that stand in a text, and what may be one without its ending: a word in quotes. */
function namesIn(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [name] of text.matchAll(/[\w@+-][\w.@+-]{0,200}\.[A-Za-z]\w{0,10}\b/g)) names.add(name);
  for (const { 1: name } of text.matchAll(/["'`]([\w.-]{1,100})["'`]/g))
    if (name !== undefined) names.add(name);
  return names;
}
