import { WRAPPER } from "../rule/fields.ts";
import type { NumberFilter } from "../rule/wrap.ts";
import { compareText } from "../rule/text-order.ts";
import type { Position } from "../syntax/position.ts";
import { isFlatPath, pathInWrapper } from "./key-paths.ts";
import type { Finding } from "./outcome.ts";

/** A line that reads, or sets, keys of a request that stands in a file, or that makes the file anew. */
export interface Reader {
  does: "read" | "write";
  path: string;
  line: number;
  /** Undefined where they can't be told. */
  keys?: readonly string[] | undefined;
  /** Whether these keys are changed. */
  sets?: boolean | undefined;
  /** The program that does it, or the object that is written, if it can be rewritten. */
  program?: ProgramName;
  /** Whether it is rewritten together with the request, so that nothing is to be said of it. */
  follows?: boolean;
  /** The command that would rewrite it together with the request, if it is only no part of this run. */
  together?: Together | undefined;
}

/** A command that does what a run does, and rewrites programs of other files with it. */
export interface Together {
  command: string;
  /** Whether this run writes, and so has to be taken back first where it did. */
  writes: boolean;
}

/**
 * A program of a source: its document there, and its index in the reading of that. An object that is written to a file
 * goes by where it begins.
 */
export interface ProgramName {
  path: string;
  document: string;
  index: number;
}

/** One word for a name, which no other has. */
export function programId({ path, document, index }: ProgramName): string {
  return `${path}\0${document}\0${index}`;
}

/**
 * What speaks against migrating a request: lines that set its flat keys, or make its file anew with such, and that stay
 * as they are. What they set would stand beside the wrapper, where the server ignores it.
 */
export function settersFindings(readers: readonly Reader[], wrapper: string, place: Position): Finding[] {
  const found = readers
    .filter(({ does, sets, follows }) => !follows && (sets || does === "write"))
    .map(({ keys, ...reader }) => ({ ...reader, keys: keys?.filter(isMoved) }))
    .filter(({ does, keys }) => (keys ? keys.length > 0 : does === "read"))
    .toSorted((a, b) => compareText(a.path, b.path) || a.line - b.line);
  const said = found.map(({ does, path, line, keys, together }): Finding => {
    const named = keys?.map((key) => `\`${key}\``).join(", ") ?? "keys that can't be told";
    const what = `${does === "write" ? "writes" : "sets"} ${named}`;
    const message =
      does === "write"
        ? `${path}:${line} ${what} at the top of this file, and so would undo the migration`
        : `${path}:${line} ${what} of this file, which would then stand beside \`${wrapper}\``;
    const unsafe = "with `--unsafe` the file is migrated alone";
    const next = together
      ? `${nameIt({ ...together, writes: false })}; ${unsafe}.`
      : `Let that line set it in \`${wrapper}\`, and migrate the file together with it; ${unsafe}.`;
    return { id: "unfollowed-use", severity: "error", ...place, message, next };
  });
  return [...new Map(said.map((finding) => [finding.message, finding])).values()];
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
  words = LATER,
): Finding[] {
  const lines = new Map<string, Reader[]>();
  const inOrder = readers
    .filter(({ follows }) => !follows)
    .toSorted((a, b) => compareText(a.path, b.path) || a.line - b.line);
  for (const reader of inOrder) {
    const line = `${reader.does} ${reader.sets ? "set" : ""} ${reader.path}:${reader.line}`;
    lines.set(line, [...(lines.get(line) ?? []), reader]);
  }
  return [...lines.values()].flatMap((ofLine): Finding[] => {
    const [first] = ofLine;
    if (!first) return [];
    const finding = { id: "reader", severity: "warning" as const, ...place };
    const at = `${first.path}:${first.line}`;
    const keys = ofLine.flatMap((reader) => reader.keys ?? []);
    const moved = [...new Set(keys)].filter(isMoved);
    const written = moved.map((key) => `\`${key}\``).join(", ");
    const together = ofLine.every((reader) => reader.together) ? first.together : undefined;
    const nextOr = (next: string): string => (together ? `${nameIt(together)}.` : next);
    if (first.does === "write") {
      if (moved.length === 0 && keys.length > 0) return [];
      const what = moved.length > 0 ? `writes ${written} at the top of this file` : "writes this file anew";
      const message = `${at} ${what}, and so ${words.undoes} the migration`;
      return [{ ...finding, message, next: nextOr(`Let it write \`${wrapper}\`, too.`) }];
    }
    if (first.sets) {
      const isUntold = ofLine.some((reader) => reader.keys === undefined);
      if (moved.length === 0 && !isUntold) return [];
      const what = moved.length > 0 ? written : "keys that can't be told";
      const message = `${at} sets ${what} of this file, which ${words.standsBeside} \`${wrapper}\``;
      return [{ ...finding, message, next: nextOr(`Let it set that in \`${wrapper}\`.`) }];
    }
    if (moved.length > 0) {
      const message = `${at} reads ${written} of this file, which ${words.standsIn} \`${wrapper}\``;
      const read = moved
        .map((key) => `\`${[wrapper, ...pathInWrapper(key.split("."), filter)].join(".")}\``)
        .join(", ");
      return [{ ...finding, message, next: nextOr(`Read ${read} there.`) }];
    }
    if (ofLine.every((reader) => reader.keys !== undefined)) return [];
    const message = `${at} uses what stands in this file, and which keys it reads can't be told`;
    const next = `See whether it can do with fields that stand in \`${wrapper}\`.`;
    return [{ ...finding, severity: "note", message, next }];
  });
}

/** What to do about a program that is no part of the run, without the full stop. */
function nameIt({ command, writes }: Together): string {
  return writes
    ? `Take this run back with \`sip-dispatch undo\`, and name that file too: \`${command}\``
    : `To have it rewritten with this file, name it too: \`${command}\``;
}

/** How it is said of a request that will be wrapped, and of one that is. */
const LATER = { standsIn: "will stand in", standsBeside: "would then stand beside", undoes: "would undo" };
const NOW = { standsIn: "stands in", standsBeside: "stands beside", undoes: "undoes" };

/** What to say of lines that still look for flat keys in a request that is wrapped. */
export function leftBehind(readers: readonly Reader[], place: Position): Finding[] {
  const flat = readers.filter(({ keys }) => keys?.some(isMoved));
  return readersFindings(flat, WRAPPER, "numbers", place, NOW);
}

/** Whether a key, or a path of keys with dots, leads to a flat field, which moves into the wrapper. */
function isMoved(key: string): boolean {
  return isFlatPath(key.split("."));
}
