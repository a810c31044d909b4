import type { Node as Raw, Tree } from "web-tree-sitter";
import type { Span } from "../../rule/value.ts";
import { spanAt } from "../../sources/search.ts";

/**
 * A node of a syntax tree that knows its parent and asks for its children once, when somebody looks at them. So a walk
 * costs what it visits, whatever the size of the file, and climbing costs nothing.
 */
export class Node implements Span {
  readonly parent: Node | undefined;
  readonly type: string;
  readonly start: number;
  readonly end: number;
  /** False for brackets, operators and keywords. */
  readonly named: boolean;
  readonly #raw: Raw;
  #children: readonly Node[] | undefined;

  constructor(raw: Raw, parent?: Node) {
    this.#raw = raw;
    this.parent = parent;
    this.type = raw.type;
    this.start = raw.startIndex;
    this.end = raw.endIndex;
    this.named = raw.isNamed;
  }

  /** All children in the order of the text, comments and brackets too. */
  get children(): readonly Node[] {
    this.#children ??= this.#raw.children.map((child) => new Node(child, this));
    return this.#children;
  }

  /** The children that are neither punctuation nor comments nor escaped line breaks. */
  get parts(): readonly Node[] {
    return this.children.filter((child) => child.named && !/^(comment|line_continuation)$/.test(child.type));
  }

  /** The child that the grammar calls so. */
  field(name: string): Node | undefined {
    const found = this.#raw.childForFieldName(name);
    return found ? this.children.find((child) => child.#raw.id === found.id) : undefined;
  }

  /** Returns what the grammar calls this node in its parent. */
  is(name: string): boolean {
    return this.parent?.field(name) === this;
  }

  /** The nearest node around this one of one of these types. */
  within(...types: string[]): Node | undefined {
    let node = this.parent;
    while (node && !types.includes(node.type)) node = node.parent;
    return node;
  }

  holds(other: Span): boolean {
    return this.start <= other.start && other.end <= this.end;
  }
}

/**
 * The spans of all nodes of these types, in the order of the text; only of those in lines of which one begins `rows`, if
 * these are given (from 0, in order). It takes long for what is many.
 */
export function spansOf(tree: Tree, types: string[], rows?: readonly number[]): (Span & { type: string })[] {
  const root = tree.rootNode;
  const isFew = rows !== undefined && rows.length <= MOST_ROWS;
  const nodes = isFew
    ? rows.flatMap((row) => root.descendantsOfType(types, { row, column: 0 }, { row: row + 1, column: 0 }))
    : root.descendantsOfType(types);
  const known = new Map(nodes.map((node) => [node.id, node]));
  return [...known.values()].map(({ type, startIndex, endIndex }) => ({
    type,
    start: startIndex,
    end: endIndex,
  }));
}

/** For more it is faster to go through the tree once. */
const MOST_ROWS = 50;

/** The smallest node around this character. */
export function nodeAt(root: Node, offset: number): Node {
  let node = root;
  for (;;) {
    const child = spanAt(node.children, offset);
    if (!child) return node;
    node = child;
  }
}

/** The first place that the grammar could not read; undefined where it could read all. */
export function firstError(tree: Tree): Span | undefined {
  let node: Raw | null = tree.rootNode;
  if (!node.hasError) return undefined;
  while (node) {
    if (node.isError || node.isMissing) return { start: node.startIndex, end: node.endIndex };
    node = node.children.find((child) => child.hasError || child.isMissing) ?? null;
  }
  return { start: 0, end: 0 };
}

/** Where a node stands, without the tree that it is of. */
export function spanOf({ start, end }: Span): Span {
  return { start, end };
}
