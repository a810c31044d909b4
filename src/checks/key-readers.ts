import type { Look } from "../evidence/evidence.ts";
import { isMovedKey, snake } from "../evidence/keys.ts";
import { WRAPPER } from "../rule/fields.ts";
import { compareText } from "../rule/text-order.ts";
import type { NumberFilter } from "../rule/wrap.ts";
import type { Position } from "../sources/position.ts";
import type { Finding } from "./finding.ts";

/**
 * What speaks against migrating a request: lines that look at its keys, its lines or its text before it goes on. They
 * would look in the wrong place once it is wrapped.
 */
export function changesFindings(changes: readonly Look[], wrapper: string, place: Position): Finding[] {
  return ofEachLine(changes).map(({ path, line, keys, isSure }): Finding => {
    const at = `${path}:${line}`;
    const fields = keys.filter(isMovedKey);
    const wraps = keys.some((key) => snake(key) === WRAPPER);
    const which = isSure ? "this request" : "what may be this request";
    const message = wraps
      ? `${at} puts ${which} into \`${WRAPPER}\` itself, so that it would be wrapped twice`
      : fields.length > 0
        ? `${at} looks for ${listed(fields)} in ${which} before it goes on, and would not find ${fields.length > 1 ? "them" : "it"} there once it is wrapped`
        : `${at} works on the text of ${which} (${listed(keys)}), and may do something else once it is wrapped`;
    const next = wraps
      ? "Leave the request as it is, or take the wrapper out of that line and migrate with `--unsafe`."
      : `Make that line look in \`${wrapper}\`, then migrate the request with \`--unsafe\`.`;
    return { id: "unfollowed-use", severity: "error", ...place, message, next };
  });
}

/** What to say of the lines that only read a request by its flat keys, one finding a file: a note. */
export function readersFindings(
  reads: readonly Look[],
  wrapper: string,
  filter: NumberFilter,
  place: Position,
  isWrapped = false,
): Finding[] {
  const files = new Map<string, Look[]>();
  for (const read of ofEachLine(reads)) files.set(read.path, [...(files.get(read.path) ?? []), read]);
  return [...files.values()].flatMap((ofFile): Finding[] => {
    const lines = ofFile.filter(({ keys }) => keys.some(isMovedKey));
    const [first, ...more] = lines;
    if (!first) return [];
    const keys = [...new Set(lines.flatMap((one) => one.keys.filter(isMovedKey)))];
    const also =
      more.length > 0
        ? ` (also ${more.length > 1 ? "lines" : "line"} ${more.map(({ line }) => line).join(", ")})`
        : "";
    const message = `${first.path}:${first.line}${also} reads ${listed(keys)} of this request, which ${isWrapped ? "stands" : "will stand"} in \`${wrapper}\``;
    const moved = keys.map((key) => `${wrapper}.${snake(key) === "inbound_numbers" ? filter : key}`);
    return [{ id: "reader", severity: "note", ...place, message, next: `Read ${listed(moved)} there.` }];
  });
}

/** One entry a line, in order. */
function ofEachLine(looks: readonly Look[]): Look[] {
  const lines = new Map<string, Look>();
  for (const look of looks) {
    const key = `${look.path}:${look.line}`;
    const known = lines.get(key);
    lines.set(key, known ? { ...known, keys: [...new Set([...known.keys, ...look.keys])] } : look);
  }
  return [...lines.values()].toSorted((a, b) => compareText(a.path, b.path) || a.line - b.line);
}

/** Words as code, each once: `a`, `b` and `c`. */
function listed(words: readonly string[]): string {
  const code = words.map((word) => `\`${word.replaceAll("`", "'")}\``);
  return code.length < 2 ? code.join("") : `${code.slice(0, -1).join(", ")} and ${code.at(-1)}`;
}
