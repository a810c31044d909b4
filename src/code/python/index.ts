import type { Parser, Tree } from "web-tree-sitter";
import type { Span } from "../../rule/value.ts";
import { type Bracketed, enclose, insertion } from "../engine/enclose.ts";
import { deepIndentation, deepNode } from "../engine/depth.ts";
import { firstError, Node, spansOf } from "../engine/tree.ts";
import {
  type Brackets,
  type Edit,
  emptyTrunks,
  filledList,
  type Import,
  type KeyPath,
  type Move,
  type Reading,
  type Rewrite,
  type Site,
  type Syntax,
  tooDeep,
  type Use,
} from "../../sources/syntax.ts";
import { parserFor } from "../engine/tree-sitter.ts";
import { type IsWorth, mayHoldRequest } from "../../sources/trigger.ts";
import { dictSites, keysOfRequests } from "./dict-requests.ts";
import { barTrunks, markNested, markUsesInside } from "./nested-requests.ts";
import { allFromImports, INFO, REQUEST } from "./imports.ts";
import { identifiersNamed, type Module, newModule } from "./scopes.ts";
import { regionsIn } from "./regions.ts";
import { objectSites } from "./object-requests.ts";
import { messageSites } from "./message-requests.ts";

/** Python: requests that code builds. Sites: the calls that make them. */
export async function loadPython(): Promise<Syntax> {
  const parser = await parserFor("python");
  return {
    read: (text, isWorth = mayHoldRequest) => (isWorth(text) ? readPython(parser, text, isWorth) : nothing()),
    wrap: wrapPython,
  };
}

/** The edits that put the fields of a call or a dict into the wrapper, and have what reaches for them do so there. */
function wrapPython(text: string, site: Site, rewrite: Rewrite, { comments, strings = [] }: Reading): Edit[] {
  const { brackets, uses = [], needs = [] } = site;
  if (!brackets) return [];
  const within = ({ start, end }: Span): boolean => brackets.list.start <= start && end <= brackets.list.end;
  const bracketed = { ...brackets, comments: comments.filter(within), strings: strings.filter(within) };
  return [
    ...enclosed(text, bracketed, rewrite),
    ...uses.flatMap((use, index) => useEdits(text, use, rewrite.wrapper, rewrite.uses[index] ?? use.path)),
    ...needs.flatMap(({ edits }) => edits),
  ];
}

function nothing(): Reading {
  return { sites: [], regions: [], problems: [], comments: [], refused: [] };
}

function readPython(parser: Parser, text: string, isWorth: IsWorth): Reading {
  const lone = /\r(?!\n)/.exec(text);
  if (lone) return unreadable(lone.index, "this line ends with a carriage return alone");
  const staircase = deepIndentation(text, MOST_INDENTED);
  if (staircase !== undefined) return unreadableAsDeep(staircase);
  const tree = parseInTime(parser, text);
  if (!tree) return unreadableAsDeep(0, "this is no Python that can be parsed in time");
  try {
    const deep = deepNode(tree, MOST_DEPTH);
    if (deep !== undefined) return unreadableAsDeep(deep);
    const error = firstError(tree);
    if (error) return unreadable(error.start, "this is not Python 3 that can be parsed");
    const spans = spansOf(tree, ["print_statement", "exec_statement", "comment"]);
    const old = spans.find(({ type }) => type.endsWith("statement"));
    if (old) return unreadable(old.start, "this is a statement of Python 2");
    // The grammar counts a carriage return to the comment before it.
    const comments = spans.map(({ start, end }) => ({ start, end: text[end - 1] === "\r" ? end - 1 : end }));
    const all = spansOf(tree, ["string"], rowsWithStrings(text, isWorth));
    const strings = outermost(all.filter(({ start, end }) => /[\r\n]/.test(text.slice(start, end))));
    const module = newModule(text, new Node(tree.rootNode), strings);
    const tooMany =
      identifiersNamed(module, REQUEST)[MOST_REQUESTS]?.start ?? keysOfRequests(text)[MOST_REQUESTS];
    if (tooMany !== undefined)
      return unreadable(tooMany, `this file has more than ${MOST_REQUESTS} requests`);
    return readModule(module, comments, all, isWorth);
  } finally {
    tree.delete();
  }
}

/**
 * Parses a text, or gives null. Where a line is no Python the parser looks for what it may be, which takes time by the square
 * of the line's length and more: 10,000 characters of `<!--` take 18 s. Only a clock can tell: its steps get longer, but no
 * more numerous.
 */
function parseInTime(parser: Parser, text: string): Tree | null {
  const end = performance.now() + MOST_MILLISECONDS + text.length / CHARACTERS_A_MILLISECOND;
  const tree = parser.parse(text, null, { progressCallback: () => performance.now() > end });
  if (!tree) parser.reset();
  return tree;
}

/** Ten times as long as Python takes, which is 4 ms for 1,000 characters, and 2 s on top. */
const MOST_MILLISECONDS = 2000;
const CHARACTERS_A_MILLISECOND = 25;

/** Python takes as many (MAXINDENT in its tokenizer); with five times as many its grammar writes beyond its memory. */
const MOST_INDENTED = 100;
/** The reader calls itself for each level. */
const MOST_DEPTH = 1000;

/** The lines in which strings begin that go over several, and those that are worth reading. */
function rowsWithStrings(text: string, isWorth: IsWorth): number[] {
  const lines = text.split("\n");
  return lines.flatMap((line, row) => (/"""|'''|\\\r?$/.test(line) || isWorth(line) ? [row] : []));
}

/** The spans that stand in no other; f-strings hold strings. */
function outermost(spans: readonly Span[]): Span[] {
  let end = 0;
  return spans.filter((span) => {
    if (span.end <= end) return false;
    end = span.end;
    return true;
  });
}

/** People write a few in a file. What is done for each looks at the others, so that many more would take long. */
const MOST_REQUESTS = 1000;

function unreadableAsDeep(
  start: number,
  message = "what stands here is nested too deep, or is a part of too long a chain",
): Reading {
  return { ...nothing(), problems: [tooDeep({ start, end: start }, message)] };
}

function unreadable(start: number, message: string): Reading {
  return { ...nothing(), problems: [{ at: { start, end: start }, message }] };
}

function readModule(module: Module, comments: Span[], strings: readonly Span[], isWorth: IsWorth): Reading {
  const statements = allFromImports(module, [REQUEST, INFO]);
  const imports = new Map<Node, Import>(
    statements.map(({ statement, names }) => [
      statement,
      { at: { start: statement.start, end: statement.end }, names: names.map(({ name }) => name) },
    ]),
  );
  const messages = messageSites(module, imports);
  const called = messages.map(({ site }) => site);
  const taken = messages.flatMap(({ call, dicts: spread }) => [call, ...spread]);
  const dicts = dictSites(module, taken);
  const inStrings = regionsIn(
    module,
    strings,
    outermost([...called, ...dicts].map(({ at }) => at).toSorted((a, b) => a.start - b.start)),
    isWorth,
  );
  const sites = [...called, ...dicts, ...objectSites(module, taken)].toSorted(
    (a, b) => a.at.start - b.at.start,
  );
  markUsesInside(sites);
  markNested(sites);
  const empty = new Set(called.filter(({ brackets }) => !brackets?.items.length));
  for (const site of sites) barTrunks(site, empty.has(site));
  return {
    sites,
    regions: inStrings.regions,
    facts: inStrings.facts,
    problems: [],
    comments,
    refused: [],
    strings: module.strings,
    imports: [...imports.values()],
  };
}

function enclosed(text: string, bracketed: Bracketed & Brackets, rewrite: Rewrite): Edit[] {
  const { items, list, before, after, open, close } = bracketed;
  const { wrapper, moves, trunks } = rewrite;
  if (items.length === 0) return [];
  const ids = trunks && `[${trunks.ids.map((id) => JSON.stringify(id)).join(", ")}]`;
  const empty = emptyTrunks(rewrite);
  const own = moves.filter(({ member: { at } }) => list.start <= at.start && at.end <= list.end);
  const first = ids && !empty ? before + trunks.to.at(-1) + after + ids : undefined;
  return [
    ...enclose(text, bracketed, { open: before + wrapper + after + open, close, first }),
    ...(ids && empty ? [filledList(text, empty.value, ids)] : []),
    ...own.flatMap((move) => renamed(text, move)),
  ];
}

function renamed(text: string, { member, to }: Move): Edit[] {
  const key = to.at(-1) ?? member.key;
  if (member.key === key) return [];
  const written = text.slice(member.at.start, member.at.end);
  return [{ ...member.at, text: written.replace(member.key, key) }];
}

/** The wrapper goes between the request and the field, and the field takes its new name. */
function useEdits(text: string, { at, path, how, bare }: Use, wrapper: string, to: KeyPath): Edit[] {
  const field = path.at(-1) ?? "";
  const key = to.at(-1) ?? field;
  const last = text.lastIndexOf(field, at.end - field.length);
  const quote = text.slice(last - 1, last);
  const isKey = how === "key" || how === "get" || how === "setdefault";
  const between = isKey ? `[${quote}${wrapper}${quote}]` : `.${wrapper}`;
  return [
    ...(bare ? [] : [insertion(at.start, between)]),
    ...(key === field ? [] : [{ start: last, end: last + field.length, text: key }]),
  ];
}
