import type { Parser } from "web-tree-sitter";
import { requestField, WRAPPER } from "../../rule/fields.ts";
import type { Span } from "../../rule/value.ts";
import { enclose, insertion } from "../source/enclose.ts";
import { addedName } from "../source/imports.ts";
import { firstError, Node, spansOf } from "../source/tree.ts";
import type { Edit, Import, Move, Reading, Rewrite, Site, Syntax, Use } from "../syntax.ts";
import { parserFor } from "../tree-sitter.ts";
import { mayHoldRequest } from "../trigger.ts";
import { allFromImports, type FromImport, INFO } from "./imports.ts";
import type { Module } from "./names.ts";
import { type MessageSite, messageSites, REQUEST } from "./requests.ts";

/** Python: requests that code builds. Sites: the calls that make them. */
export async function loadPython(): Promise<Syntax> {
  const parser = await parserFor("python");
  return {
    read: (text) => (mayHoldRequest(text) ? readPython(parser, text) : nothing()),
    wrap: (_text, site, rewrite) => writers.get(site)?.(rewrite) ?? [],
  };
}

/** How each site that was read is rewritten. */
const writers = new WeakMap<Site, (rewrite: Rewrite) => Edit[]>();

function nothing(): Reading {
  return { sites: [], regions: [], problems: [], comments: [], refused: [] };
}

function readPython(parser: Parser, text: string): Reading {
  const lone = /\r(?!\n)/.exec(text);
  if (lone) {
    const at = { start: lone.index, end: lone.index + 1 };
    return { ...nothing(), problems: [{ at, message: "this line ends with a carriage return alone" }] };
  }
  const tree = parser.parse(text);
  if (!tree) return nothing();
  try {
    const error = firstError(tree);
    if (error)
      return { ...nothing(), problems: [{ at: error, message: "this is not Python 3 that can be parsed" }] };
    const [old] = spansOf(tree, ["print_statement", "exec_statement"]);
    if (old) return { ...nothing(), problems: [{ at: old, message: "this is a statement of Python 2" }] };
    const module: Module = { text, root: new Node(tree.rootNode), occurrences: new Map() };
    // The grammar counts a carriage return to the comment before it.
    const comments = spansOf(tree, ["comment"]).map(({ start, end }) => ({
      start,
      end: text[end - 1] === "\r" ? end - 1 : end,
    }));
    const strings = spansOf(tree, ["string"]).filter(({ start, end }) =>
      /[\r\n]/.test(text.slice(start, end)),
    );
    const statements = allFromImports(module, [REQUEST, INFO]);
    const imports = new Map<Node, Import>(
      statements.map(({ statement, names }) => [
        statement,
        { at: { start: statement.start, end: statement.end }, names: names.map(({ name }) => name) },
      ]),
    );
    const found = messageSites(module, imports);
    for (const one of found) {
      writers.set(one.site, (rewrite) => [
        ...enclosed(text, one, rewrite, comments, strings),
        ...(one.site.uses ?? []).flatMap((use) => useEdits(text, use, rewrite)),
        ...importEdits(text, one.site, statements, imports),
      ]);
    }
    const sites = found.map(({ site }) => site);
    return { sites, regions: [], problems: [], comments, refused: [], imports: [...imports.values()] };
  } finally {
    tree.delete();
  }
}

function enclosed(
  text: string,
  { list, items, info }: MessageSite,
  rewrite: Rewrite,
  comments: readonly Span[],
  strings: readonly Span[],
): Edit[] {
  if (items.length === 0) return [];
  const within = ({ start, end }: Span): boolean => list.start <= start && end <= list.end;
  const trunks = rewrite.trunkIds && `[${rewrite.trunkIds.map((id) => JSON.stringify(id)).join(", ")}]`;
  const empty = rewrite.moves.find((move) => move.to === "trunk_ids")?.member.value;
  return [
    ...enclose(
      text,
      { list, items, comments: comments.filter(within), strings: strings.filter(within) },
      {
        open: `${WRAPPER}=${info}(`,
        close: ")",
        first: trunks && !empty ? `trunk_ids=${trunks}` : undefined,
      },
    ),
    ...(trunks && empty ? [{ start: empty.start, end: empty.end, text: trunks }] : []),
    ...rewrite.moves.filter(({ member }) => within(member.at)).flatMap((move) => renamed(text, move)),
  ];
}

function renamed(text: string, { member, to }: Move): Edit[] {
  if (requestField(member.key) === to) return [];
  const written = text.slice(member.at.start, member.at.end);
  return [{ ...member.at, text: written.replace(member.key, to) }];
}

/** The wrapper goes between the request and the field, and the field takes its new name. */
function useEdits(text: string, { at, path, how, bare }: Use, { filter }: Rewrite): Edit[] {
  const field = path.at(-1) ?? "";
  const to = requestField(field) === "inbound_numbers" && filter === "numbers" ? filter : field;
  const last = text.lastIndexOf(field, at.end - field.length);
  const quote = text.slice(last - 1, last);
  const wrapper =
    how === "key" || how === "get" || how === "setdefault" ? `[${quote}${WRAPPER}${quote}]` : `.${WRAPPER}`;
  return [
    ...(bare ? [] : [insertion(at.start, wrapper)]),
    ...(to === field ? [] : [{ start: last, end: last + field.length, text: to }]),
  ];
}

function importEdits(
  text: string,
  { needs = [] }: Site,
  statements: readonly FromImport[],
  imports: ReadonlyMap<Node, Import>,
): Edit[] {
  return needs.flatMap(({ from, name }) => {
    const statement = statements.find((one) => imports.get(one.statement) === from);
    return statement ? addedName(text, statement, name) : [];
  });
}
