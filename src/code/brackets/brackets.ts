import type { Span } from "../../rule/value.ts";

/** A pair of brackets, and what stands in it, cut at its commas and semicolons. */
export interface Group extends Span {
  bracket: "{" | "(" | "[" | "";
  items: Item[];
}

/** One of the things between two commas: `name: "desk"`, `Rule = new Rule { … }`, `f(x)`. */
export interface Item extends Span {
  /** The name before a `:`, `=` or `=>`, without quotes. */
  key?: { name: string; at: Span };
  /** Where the value begins; the item's start where there is no key. */
  valueStart: number;
  groups: Group[];
}

/** The differences between languages that matter for finding brackets. */
export interface Lexis {
  /** True if `#` begins a comment. */
  hash: boolean;
  /** True if `'` begins a string, and not a single character or a lifetime. */
  singleQuotes: boolean;
}

/** How text around JSON is read: `#` begins no comment there, and `'` no string. */
export const AROUND_JSON: Lexis = { hash: false, singleQuotes: false };

/** How deep brackets are told apart. What stands deeper is skipped: no request does. */
const DEEPEST = 200;

const KEY =
  /^[\s,;{([]*(?:(?:export|const|let|var|val|final|static|mut)\s+)*(?:[@.$]?|["'`])([A-Za-z_]\w*)["'`]?\??[ \t]*$/;
const NEXT = /\/\/[^\r\n]*|\/\*|"""|'''|["'`#]|[{}()[\],;]|=>|[=!<>]=|::|:=|\?:|[:=]/g;

/** A text's brackets and strings. */
export interface Brackets {
  root: Group;
  /** With their quotes, in order. */
  strings: Span[];
}

/**
 * Finds the brackets of a text, or of a part of it. Reads any text, in linear time; brackets that nothing closes end with
 * it.
 */
export function readBrackets(text: string, lexis: Lexis, part = { start: 0, end: text.length }): Brackets {
  const root: Group = { bracket: "", ...part, items: [newItem(part.start)] };
  const strings: Span[] = [];
  const open = [root];
  let skipped = 0;
  NEXT.lastIndex = part.start;
  // What stands behind the part is not looked through for the next bracket.
  const upTo = text.slice(0, part.end);
  for (let match = NEXT.exec(upTo); match; match = NEXT.exec(upTo)) {
    const [token] = match;
    const at = match.index;
    const end = at + token.length;
    const group = open.at(-1) ?? root;
    const item = group.items.at(-1) ?? newItem(at);
    switch (token) {
      case "/*":
        NEXT.lastIndex = endAfter(text, "*/", end);
        break;
      case '"""':
      case "'''":
        NEXT.lastIndex = endAfter(text, token, end);
        strings.push({ start: at, end: NEXT.lastIndex });
        break;
      case '"':
      case "`":
        NEXT.lastIndex = stringEnd(text, at, token === "`");
        strings.push({ start: at, end: NEXT.lastIndex });
        break;
      case "'":
        if (lexis.singleQuotes) {
          NEXT.lastIndex = stringEnd(text, at, false);
          strings.push({ start: at, end: NEXT.lastIndex });
        } else
          NEXT.lastIndex = at + (/^'(\\.[^']{0,8}|[^'\\])'/.exec(text.slice(at, at + 12))?.[0].length ?? 1);
        break;
      case "#":
        if (lexis.hash) NEXT.lastIndex = at + (/[^\r\n]*/.exec(text.slice(at, at + 10_000))?.[0].length ?? 1);
        break;
      case "{":
      case "(":
      case "[": {
        if (open.length >= DEEPEST) {
          skipped++;
          break;
        }
        const inner: Group = { bracket: token, start: at, end: part.end, items: [newItem(end)] };
        item.groups.push(inner);
        open.push(inner);
        break;
      }
      case "}":
      case ")":
      case "]":
        if (skipped > 0) skipped--;
        else if (open.length > 1) {
          item.end = at;
          group.end = end;
          open.pop();
        }
        break;
      case ",":
      case ";":
        item.end = at;
        group.items.push(newItem(end));
        break;
      case "=":
      case ":=":
        // Statements may end with their lines.
        if (item.groups.length > 0 && group.bracket !== "(" && group.bracket !== "[") {
          item.end = at;
          group.items.push(newItem(item.groups.at(-1)?.end ?? at));
        }
        noteKey(text, group.items.at(-1) ?? item, at, end);
        break;
      case ":":
      case "=>":
        noteKey(text, item, at, end);
        break;
      default:
    }
  }
  for (const group of open) {
    const last = group.items.at(-1);
    if (last) last.end = part.end;
  }
  return { root, strings };
}

/** All brackets of a text, each with the item in which it stands; outer ones come before inner ones. */
export function groupsIn(root: Group): { group: Group; item: Item | undefined; parent: Group | undefined }[] {
  const all: ReturnType<typeof groupsIn> = [];
  const open: typeof all = [{ group: root, item: undefined, parent: undefined }];
  for (let next = open.pop(); next; next = open.pop()) {
    all.push(next);
    for (const item of next.group.items.toReversed()) {
      for (const group of item.groups.toReversed()) open.push({ group, item, parent: next.group });
    }
  }
  return all;
}

function newItem(start: number): Item {
  return { start, end: start, valueStart: start, groups: [] };
}

function noteKey(text: string, item: Item, at: number, end: number): void {
  if (item.key || item.groups.length > 0 || at - item.start > LONGEST_KEY) return;
  const before = text.slice(item.start, at);
  const line = before.slice(Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1);
  const name = KEY.exec(line)?.[1];
  if (name === undefined) return;
  const start = at - line.length + line.lastIndexOf(name);
  item.key = { name, at: { start, end: start + name.length } };
  item.valueStart = end;
}

/** In UTF-16 code units, with the comments before it. */
const LONGEST_KEY = 2000;

function endAfter(text: string, closing: string, from: number): number {
  const at = text.indexOf(closing, from);
  return at < 0 ? text.length : at + closing.length;
}

/** A string ends with its quote, or with its line if it can't go over several. */
function stringEnd(text: string, start: number, overLines: boolean): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === quote) return at + 1;
    else if (!overLines && (character === "\n" || character === "\r")) return at;
  }
  return text.length;
}
