/** The path of what a program reads from its input. */
export const STANDARD_INPUT = "/dev/stdin";

/** How many paths an expression may be. */
export const MOST_PATHS = 16;

/** What each of the left, with each of the right behind it, makes. */
export function together(left: readonly string[], right: readonly string[]): string[] {
  return left.flatMap((one) => right.map((other) => one + other)).slice(0, MOST_PATHS);
}

/** The paths that parts make, each of which may be several: one that begins anew takes the place of what is before it. */
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
