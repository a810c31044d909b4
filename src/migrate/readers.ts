import { requestField, WRAPPER } from "../rule/fields.ts";
import type { NumberFilter } from "../rule/wrap.ts";
import { compareText } from "../rule/text-order.ts";
import type { Position } from "../syntax/position.ts";
import type { Finding } from "./outcome.ts";

/** A line that reads, or sets, keys of a request that stands in a file, or that makes the file anew. */
export interface Reader {
  does: "read" | "write";
  path: string;
  line: number;
  /** Undefined where they can't be told. */
  keys?: readonly string[] | undefined;
}

/**
 * What to say of the lines that read a request by its flat keys, which will stand in the wrapper: one finding a line.
 * Keys that stay where they are, such as annotations, are no matter. `filter` is what `inbound_numbers` become.
 */
export function readersFindings(
  readers: readonly Reader[],
  wrapper: string,
  filter: NumberFilter,
  place: Position,
): Finding[] {
  const lines = new Map<string, Reader[]>();
  const inOrder = readers.toSorted((a, b) => compareText(a.path, b.path) || a.line - b.line);
  for (const reader of inOrder) {
    const line = `${reader.does} ${reader.path}:${reader.line}`;
    lines.set(line, [...(lines.get(line) ?? []), reader]);
  }
  return [...lines.values()].flatMap((ofLine): Finding[] => {
    const [first] = ofLine;
    if (!first) return [];
    const finding = { id: "reader", severity: "warning" as const, ...place };
    const at = `${first.path}:${first.line}`;
    const keys = ofLine.flatMap((reader) => reader.keys ?? []);
    const moved = [...new Set(keys)].filter((key) => movedField(key) !== undefined);
    const written = moved.map((key) => `\`${key}\``).join(", ");
    if (first.does === "write") {
      if (moved.length === 0 && keys.length > 0) return [];
      const what = moved.length > 0 ? `writes ${written} at the top of this file` : "writes this file anew";
      const message = `${at} ${what}, and so would undo the migration`;
      return [{ ...finding, message, next: `Let it write \`${wrapper}\`, too.` }];
    }
    if (moved.length > 0) {
      const message = `${at} reads ${written} of this file, which will stand in \`${wrapper}\``;
      const next = `Read ${moved.map((key) => `\`${wrapper}.${movedKey(key, filter)}\``).join(", ")} there.`;
      return [{ ...finding, message, next }];
    }
    if (ofLine.every((reader) => reader.keys !== undefined)) return [];
    const message = `${at} uses what stands in this file, and which keys it reads can't be told`;
    const next = `See whether it can do with fields that stand in \`${wrapper}\`.`;
    return [{ ...finding, severity: "note", message, next }];
  });
}

/** The flat field to which a path of keys leads. */
function movedField(key: string) {
  const field = requestField(key.split(".")[0] ?? "");
  return field === WRAPPER ? undefined : field;
}

/** The path of keys inside the wrapper. */
function movedKey(key: string, filter: NumberFilter): string {
  const [first = "", ...deeper] = key.split(".");
  return [movedField(key) === "inbound_numbers" && filter === "numbers" ? filter : first, ...deeper].join(
    ".",
  );
}
