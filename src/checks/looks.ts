import type { Look } from "../evidence/evidence.ts";
import { compareText } from "../rule/text-order.ts";

/** One entry a line, with all keys that it looks at; in the order of paths and lines. */
export function ofEachLine(looks: readonly Look[]): Look[] {
  const lines = new Map<string, Look>();
  for (const look of looks) {
    const key = `${look.path}:${look.line}`;
    const known = lines.get(key);
    lines.set(key, known ? { ...known, keys: [...new Set([...known.keys, ...look.keys])] } : look);
  }
  return [...lines.values()].toSorted((a, b) => compareText(a.path, b.path) || a.line - b.line);
}
