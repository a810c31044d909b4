import { WHOLE } from "./document.ts";
import type { Lines } from "./lines.ts";
import type { DocumentName } from "./mentioning.ts";
import { namedBy, type Node, type Nodes } from "./nodes.ts";
import type { ProgramName } from "./readers.ts";

/** A program that can be rewritten, and all the documents whose keys it reads or sets. */
export interface ReadingProgram extends ProgramName {
  reads: readonly DocumentName[];
}

/** The programs of which all is known that they read. */
export function readingPrograms(lines: Lines, nodes: Nodes): ReadingProgram[] {
  return [...lines.programs.values()].flatMap(({ name, reads }): ReadingProgram[] => {
    const documents = reads.map((read) => read && documentsBehind(read, lines, nodes));
    return documents.every((one) => one !== undefined) ? [{ ...name, reads: documents.flat() }] : [];
  });
}

/** The documents of which some nodes are copies that have their keys; undefined where other things may be in them. */
function documentsBehind(
  read: readonly Node[],
  { originals, changed }: Lines,
  nodes: Nodes,
): DocumentName[] | undefined {
  const seen = new Set<Node>();
  const documents: DocumentName[] = [];
  const open = [...read];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (changed.has(node)) return undefined;
    const { path, document, isWritten } = namedBy(node);
    const behind = originals.get(node);
    const isCopyAlone = isWritten || (document === WHOLE && !nodes.isCommitted(path));
    if (!isCopyAlone) documents.push({ path, document });
    else if (!behind) return undefined;
    open.push(...(behind ?? []));
  }
  return documents;
}
