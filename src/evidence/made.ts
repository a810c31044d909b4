import type { Evidence } from "./evidence.ts";

/** A statement of a source, by its lines, that creates a rule with the request of a file: its path from the top. */
export interface MadeHere {
  line: number;
  lastLine: number;
  of: string;
  /** The form of the request; `ruleless` is a wrapper without a rule, `bare` a rule without one. */
  form: RequestForm;
}

export type RequestForm = "flat" | "wrapped" | "ruleless" | "bare";

/** A file with a request, by its path from the top, and its text. */
export interface RequestFile {
  path: string;
  text: string;
  form: RequestForm;
}

/**
 * The statements that create rules with the requests of other files, by the path of their source. `found` goes by path
 * and document, with a NUL between; `forms` are those of the files.
 */
export function madeOf(
  found: ReadonlyMap<string, Evidence>,
  forms: ReadonlyMap<string, RequestForm>,
): Map<string, MadeHere[]> {
  const all = new Map<string, MadeHere[]>();
  for (const [id, { creates }] of found) {
    const [of = "", document] = id.split("\0");
    if (document !== "") continue;
    for (const { path, line, lastLine } of creates) {
      if (path === of) continue;
      const made = { line, lastLine, of, form: forms.get(of) ?? "flat" };
      const known = all.get(path);
      if (known) known.push(made);
      else all.set(path, [made]);
    }
  }
  return all;
}
