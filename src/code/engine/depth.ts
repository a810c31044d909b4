import type { Tree } from "web-tree-sitter";

/**
 * Where the first node begins around which more than `most` others stand; undefined where there is none. Nodes that have
 * too few characters to hold as many levels are not looked into, so most of a tree is passed over.
 */
export function deepNode(tree: Tree, most: number): number | undefined {
  const cursor = tree.walk();
  let depth = 0;
  try {
    for (;;) {
      const mayBeDeep = cursor.endIndex - cursor.startIndex >= most - depth;
      if (mayBeDeep && cursor.gotoFirstChild()) {
        depth += 1;
        if (depth > most) return cursor.startIndex;
        continue;
      }
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) return undefined;
        depth -= 1;
      }
    }
  } finally {
    cursor.delete();
  }
}

/** Where a line begins that is indented more than `most` times, each time deeper than before; undefined for none. */
export function deepIndentation(text: string, most: number): number | undefined {
  const columns = [0];
  for (const { index, 0: space } of text.matchAll(/^[ \t]*(?=[^ \t\r\n])/gm)) {
    while ((columns.at(-1) ?? 0) > space.length) columns.pop();
    if ((columns.at(-1) ?? 0) < space.length) columns.push(space.length);
    if (columns.length > most + 1) return index;
  }
  return undefined;
}
