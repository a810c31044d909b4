import { dirname, isAbsolute, join, resolve, sep } from "node:path";
import { type Document, withSites } from "../sources/document.ts";
import { displayPath, namedPath } from "../files/paths.ts";
import { readSource } from "../files/read.ts";
import { isThere, realPath } from "../files/there.ts";
import { requestField } from "../rule/fields.ts";
import { languageOfNamed } from "../sources/languages.ts";
import type { Remark } from "../sources/remark.ts";

/** A line that reaches into a field of a request. */
interface Reach {
  path: string;
  line: number;
  field: string;
  isSet: boolean;
}

/**
 * Returns a source with remarks that say of its requests that functions of other modules get which line there reaches into
 * them, where such a line is found in the same repository. `top` is that of the repository.
 */
export function withReaches(path: string, document: Document, top: string | undefined): Document {
  if (top === undefined) return document;
  const toShow = isAbsolute(path) ? namedPath : displayPath;
  const known = new Map<string, Reach | undefined>();
  return withSites(document, (site) => {
    const remarks = site.remarks?.map((remark): Remark => {
      const { givenTo, at, weighs } = remark;
      const key = `${givenTo?.module}.${givenTo?.name}`;
      if (givenTo && !known.has(key) && known.size < MOST_FUNCTIONS)
        known.set(key, reachOf(givenTo, resolve(path), top));
      const reach = known.get(key);
      if (!givenTo || !reach) return remark;
      const { field, isSet } = reach;
      const by = `${toShow(reach.path)}:${reach.line}`;
      return { code: "unfollowed-use", is: "reached-into", name: givenTo.name, field, isSet, by, at, weighs };
    });
    return remarks ? { ...site, remarks } : site;
  });
}

/** So many are looked up for one source; the others are named all the same. */
const MOST_FUNCTIONS = 50;

function reachOf(
  { module, name }: NonNullable<Remark["givenTo"]>,
  from: string,
  top: string,
): Reach | undefined {
  const path = fileOf(module, from, top);
  const source = path === undefined ? undefined : readSource(path, languageOfNamed(path).limit);
  if (path === undefined || !source || !("text" in source)) return undefined;
  const defined = new RegExp(String.raw`^(?:async[ \t]+)?def[ \t]+${name}[ \t]*\(([^)]{0,2000})\)`, "m").exec(
    source.text,
  );
  if (!defined) return undefined;
  const parameters = new Set(defined[1]?.match(/[^\W\d]\w*/g));
  const before = source.text.slice(0, defined.index + defined[0].length).split(LINE_END);
  const after = source.text.slice(defined.index + defined[0].length).split(LINE_END);
  const end = after.findIndex((line, index) => index > 0 && /^[^\s#)]/.test(line));
  for (const [index, line] of after.slice(0, end < 0 ? undefined : end).entries()) {
    for (const [, object = "", field = "", rest = ""] of line.matchAll(/\b([^\W\d]\w*)\.(\w+)(?=(.*))/g)) {
      if (!parameters.has(object) || requestField(field) === undefined) continue;
      return { path, line: before.length + index, field, isSet: SETS.test(rest) };
    }
  }
  return undefined;
}

const LINE_END = /\r\n|\n|\r/;

/** Sets or changes the field before it. */
const SETS =
  /^[\w.[\]"']*\s*[+|]?=(?!=)|\.(?:append|extend|insert|add|update|clear|remove|pop|CopyFrom|MergeFrom)\(/;

/** The file of a module that another one imports: beside that, or in a folder above; only in the repository. */
function fileOf(module: string, from: string, top: string): string | undefined {
  const [, dots = "", rest = ""] = /^(\.*)(.*)$/.exec(module) ?? [];
  const parts = rest.split(".").filter((part) => part !== "");
  let folder = dirname(from);
  for (let up = 1; up < dots.length; up++) folder = dirname(folder);
  for (;;) {
    if (folder !== top && !folder.startsWith(top + sep)) return undefined;
    const base = join(folder, ...parts);
    const found = [`${base}.py`, join(base, "__init__.py")].find(isThere);
    if (found !== undefined) return realPath(found)?.startsWith(`${realPath(top)}${sep}`) ? found : undefined;
    if (dots !== "" || folder === top) return undefined;
    folder = dirname(folder);
  }
}
