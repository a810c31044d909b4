import type { MentioningSource } from "./evidence.ts";
import { spelled } from "./file-names.ts";

/** A file that a source writes, and whether it lies where files do not stay. */
export interface Written {
  file: string;
  isTemporary: boolean;
}

/** Where files do not stay. */
export const TEMPORARY = /^\/(tmp|var\/tmp|dev\/shm)\//;

/** The files that a source writes, by their names from the top. */
export function filesWrittenIn({ path, documents }: MentioningSource): Written[] {
  return documents.flatMap(({ mentions }) =>
    mentions.flatMap(({ to, inTurn }) =>
      to && !inTurn ? [{ file: spelled(to, path), isTemporary: TEMPORARY.test(to) }] : [],
    ),
  );
}

/** Whether a path stands in a folder that is not known: a copy there is no file of the repository by its name alone. */
export function isSomewhere(path: string): boolean {
  return path.includes("/") && /^\$\{(?![./]\})/.test(path);
}

/** A document of a source. */
export function nodeOf(path: string, document: string): string {
  return `${path}\0${document}`;
}

/** Whether a name is that of a document, and not written anywhere. */
export function isNode(name: string): boolean {
  return name.includes("\0");
}

/** A file that a source writes, by the name that it has there; a version of it, if it shows several. */
export function nodeOfWritten(path: string, file: string, turn?: number): string {
  return `${path}\0>${spelled(file, path)}${turn === undefined ? "" : `:${turn}`}`;
}

/** Which version of a file a line is about, where a page shows some: the last one before it, or else the first. */
export function turnsIn({
  path,
  documents,
}: MentioningSource): (file: string, line: number) => number | undefined {
  const lines = new Map<string, number[]>();
  for (const { inTurn, to, line } of documents.flatMap(({ mentions }) => mentions)) {
    if (!inTurn || to === undefined) continue;
    const file = spelled(to, path);
    lines.set(file, [...(lines.get(file) ?? []), line]);
  }
  return (file, line) => {
    const all = lines.get(file);
    return all?.findLast((one) => one <= line) ?? all?.[0];
  };
}
