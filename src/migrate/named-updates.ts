import type { Place } from "./evidence.ts";

/** A line that speaks of updating rules, and a file that it names, as it is written there. */
export interface NamedUpdate {
  file: string;
  place: Place;
}

/** Languages of which all is followed that they do with files. What they only print or remark is no use of it. */
const FOLLOWED: readonly (string | undefined)[] = ["shell", "powershell", "markdown"];

/** How `lk`, LiveKit's libraries and its HTTP interface write it, also as words of a list. */
const UPDATES =
  /dispatch["'`]?[\s,]{1,40}["'`]?update\b|["'\s]update["']?[\s,]{1,40}["']?--id\b|update_?(?:sip_?)?dispatch_?rule/gi;

/** The name of a file stands so close behind, in UTF-16 code units. */
const CLOSE = 200;

/** What ends the command: a line that does not go on, or another command. */
const ENDS = /(?<![\\,([{`+\s])[ \t]*\r?\n|\bcreate|\bdelete|\bupdate/i;
const REMARK = /^[ \t]*(?:#|\/\/|--|;|\*|rem\b)/i;

/**
 * What a text says of updates, by words alone: for languages in which nothing else can follow it. `language` is undefined
 * where none is known.
 */
export function namedUpdates(path: string, text: string, language: string | undefined): NamedUpdate[] {
  if (FOLLOWED.includes(language)) return [];
  const found: NamedUpdate[] = [];
  let line = 1;
  let start = 0;
  for (const match of text.matchAll(UPDATES)) {
    for (
      let next = text.indexOf("\n", start);
      next >= 0 && next < match.index;
      next = text.indexOf("\n", start)
    ) {
      start = next + 1;
      line++;
    }
    if (REMARK.test(text.slice(start, match.index))) continue;
    const end = match.index + match[0].length;
    const [close = ""] = text.slice(end, end + CLOSE).split(ENDS, 1);
    for (const [file] of close.matchAll(/[\w.@%+~/${}()-]+/g)) {
      if (/\.\w|\//.test(file)) found.push({ file: withUnknown(file), place: { path, line } });
    }
  }
  return found;
}

/** With variables as mentions write them. */
function withUnknown(file: string): string {
  return file.replaceAll(/\$\w+|\$?\$[({][^)}]*[)}]/g, "${}");
}
