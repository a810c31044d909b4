import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe } from "vitest";

const REQUIREMENTS = join(import.meta.dirname, "requirements.txt");
const CACHE = join(import.meta.dirname, "../../../node_modules/.cache/python");

/** A program before and after its migration, and the expressions that run it; `lk` is the client in them. */
export interface Program {
  before: string;
  after: string;
  /** Whether some of its requests are left as they are, for a person. */
  partly: boolean;
  calls: readonly string[];
}

/** How a program behaved: how many requests it sent both times and what it raised, or both sides where they differ. */
export type Behaviour = { sent: number; raised: string[] } | { before: object; after: object };

/** Runs programs in one interpreter with LiveKit's library. */
export type Compare = (programs: readonly Program[]) => Behaviour[];

/**
 * Describes tests that run LiveKit's own Python library. Without Python, or without the library, they are skipped and
 * the title says why; on CI they fail.
 */
export function describeWithLibrary(name: string, tests: (compare: Compare) => void): void {
  const python = interpreter();
  const problem = "problem" in python ? `; it can't be run: ${python.problem}` : "";
  describe.skipIf(problem !== "" && process.env["CI"] !== "true")(
    `${name} (livekit-api 1.2.2${problem})`,
    () => {
      tests((programs) => {
        if ("problem" in python) throw new Error(python.problem);
        const done = spawnSync(python.path, [join(import.meta.dirname, "compare.py")], {
          input: JSON.stringify(programs),
          encoding: "utf8",
          maxBuffer: 2 ** 28,
        });
        if (done.status !== 0) throw new Error(done.stderr);
        const answers: Behaviour[] = JSON.parse(done.stdout);
        return answers;
      });
    },
  );
}

/** The interpreter of an environment with the pinned library, made once; or why there is none. */
function interpreter(): { path: string } | { problem: string } {
  const pins = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex").slice(0, 12);
  const environment = join(CACHE, pins);
  const path = join(environment, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (existsSync(join(environment, "complete"))) return { path };
  rmSync(environment, { recursive: true, force: true });
  const steps = [
    ["python3", ["-m", "venv", environment]],
    [path, ["-m", "pip", "install", "--quiet", "--no-deps", "-r", REQUIREMENTS]],
    [path, ["-c", `import livekit.api; open(${JSON.stringify(join(environment, "complete"))}, "w").close()`]],
  ] as const;
  for (const [command, args] of steps) {
    const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
    if (status === null) return { problem: "there is no Python 3" };
    if (status !== 0) return { problem: stderr.trim().split("\n").at(-1) ?? "it can't be installed" };
  }
  return { path };
}
