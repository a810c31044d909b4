import type { Document } from "../sources/document.ts";
import type { Site } from "../sources/syntax.ts";

/** By which what is done with a site is asked for; `id` is that of its document. */
export function siteId({ syntaxId }: Document, id: string, { at }: Pick<Site, "at">): string {
  return IN_DATA.has(syntaxId) ? id : `${id}@${at.start}`;
}

/** Languages in which a document is a request, or holds some that nobody tells apart. */
export const IN_DATA: ReadonlySet<string> = new Set(["json", "ndjson", "yaml"]);
