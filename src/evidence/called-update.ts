import { basename } from "node:path/posix";
import { languageOf } from "../sources/languages.ts";

/** Tells whether a file of data has a name such as `dispatch-update.json`. */
export function isCalledUpdate(path: string): boolean {
  const isData = ["json", "ndjson", "yaml"].includes(languageOf(path)?.id ?? "");
  return isData && /update(?!d)/i.test(basename(path));
}
