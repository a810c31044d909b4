/**
 * What expressions of a language say about paths, as a mention writes it: `${name}` for what is not known, `${.}` for the
 * folder of the text itself, `${@}` for a word that the program is given. Several where it may be one of several.
 */
export abstract class PathTexts<Expression> {
  /** How many expressions are looked at before the rest counts as unknown. */
  #left = 300;
  #depth = 0;

  /** What an expression says; one that is missing is not known. */
  of(expression: Expression | undefined): string[] {
    if (expression === undefined) return ["${}"];
    const unknown = unknownAs(this.written(expression));
    if (this.#left-- <= 0 || this.#depth > 30) return [unknown];
    this.#depth++;
    const found = this.known(expression) ?? [];
    this.#depth--;
    return found.length > 0 ? [...new Set(found)].slice(0, MOST_PATHS) : [unknown];
  }

  /** What the language knows of an expression, by `of` its parts. */
  protected abstract known(expression: Expression): string[] | undefined;

  /** The expression as it is written. */
  protected abstract written(expression: Expression): string;
}

/** What stands in a path, or a command, for an expression that is not known, by how that is written. */
export function unknownAs(written: string): string {
  return `\${${written.slice(0, 60).replaceAll(/\W+/g, "_")}}`;
}

/** The path of what a program reads from its input. */
export const STANDARD_INPUT = "/dev/stdin";

/** A word that the program is given. */
export const ANY_WORD = "${@}";

/** How many paths an expression may say at most; the others are left out. */
export const MOST_PATHS = 64;

/** Each of the texts with each of the others behind it. */
export function together(left: readonly string[], right: readonly string[]): string[] {
  return left.flatMap((one) => right.map((other) => one + other)).slice(0, MOST_PATHS);
}

/** The parts as one path; an absolute part begins it anew. */
export function joined(parts: readonly (readonly string[])[]): string[] {
  return parts.reduce<string[]>(
    (paths, part) =>
      paths
        .flatMap((path) =>
          part.map((name) =>
            path === "" || name.startsWith("/") || name.startsWith("${.}")
              ? name
              : `${path.replace(/\/$/, "")}/${name}`,
          ),
        )
        .slice(0, MOST_PATHS),
    [""],
  );
}

/** `sip` of `sip/rule.json`, `.` of a name alone, and one folder up of what is a folder without a name. */
export function folderOf(path: string): string {
  if (path === ".") return "..";
  if (path.endsWith("..") || /^\$\{[^}]*\}$/.test(path)) return `${path}/..`;
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : path.slice(0, slash) || "/";
}
