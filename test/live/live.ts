import { describe, inject } from "vitest";
import type { Programs } from "./programs.ts";

/** The paths of programs that are there. */
export type Paths = Record<keyof Programs, string>;

/**
 * Describes tests that run these programs. Where one is missing they are skipped, and the title says why; on CI they
 * fail.
 */
export function describeLive(
  name: string,
  needed: readonly (keyof Programs)[],
  tests: (paths: Paths) => void,
): void {
  const programs = inject("programs");
  const problems = needed.flatMap((one) => ("problem" in programs[one] ? programs[one].problem : []));
  const skipped = problems.length > 0 && process.env["CI"] !== "true";
  const problem = problems.length > 0 ? ` (can't be run: ${problems.join("; ")})` : "";
  describe.skipIf(skipped)(`${name}${problem}`, () => {
    const path = (one: keyof Programs): string => ("path" in programs[one] ? programs[one].path : one);
    tests({
      redis: path("redis"),
      server: path("server"),
      client: path("client"),
      lk: path("lk"),
      python: path("python"),
      node: path("node"),
    });
  });
}
