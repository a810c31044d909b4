import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe } from "vitest";
import { keptIn } from "../../kept.ts";

const REQUIREMENTS = join(import.meta.dirname, "requirements.txt");
const CACHE = keptIn("python");

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

/** Describes tests that compare programs before and after with LiveKit's own Python library. */
export function describeWithLibrary(name: string, tests: (compare: Compare) => void): void {
  describeWithPython(name, join(import.meta.dirname, "compare.py"), (run) => {
    tests((programs) => run(programs) as Behaviour[]);
  });
}

/**
 * Describes tests that run a Python program with LiveKit's own library: it reads JSON and prints JSON. Without Python,
 * or without the library, they are skipped and the title says why; on CI they fail.
 */
export function describeWithPython(
  name: string,
  program: string,
  tests: (run: (input: unknown) => unknown) => void,
): void {
  const python = interpreter();
  const problem = "problem" in python ? `; it can't be run: ${python.problem}` : "";
  describe.skipIf(problem !== "" && process.env["CI"] !== "true")(
    `${name} (livekit-api 1.2.2${problem})`,
    () => {
      tests((input) => {
        if ("problem" in python) throw new Error(python.problem);
        const done = spawnSync(python.path, [program], {
          input: JSON.stringify(input),
          encoding: "utf8",
          maxBuffer: 2 ** 28,
        });
        if (done.status !== 0) throw new Error(done.stderr);
        const answer: unknown = JSON.parse(done.stdout);
        return answer;
      });
    },
  );
}

/**
 * The interpreter of an environment with the pinned library, made once; or why there is none. The folder in which it
 * stands also has `just`.
 */
export function interpreter(): { path: string } | { problem: string } {
  const pins = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex").slice(0, 12);
  const environment = join(CACHE, pins);
  const program = process.platform === "win32" ? "Scripts/python.exe" : "bin/python";
  const path = join(environment, program);
  if (existsSync(path)) return { path };
  // Two test files may come here at once, so what is being made has another name until it is complete.
  const unfinished = `${environment}.${process.pid}`;
  const python = join(unfinished, program);
  const steps = [
    ["python3", ["-m", "venv", unfinished]],
    [python, ["-m", "pip", "install", "--quiet", "--no-deps", "-r", REQUIREMENTS]],
    [python, ["-c", "import livekit.api"]],
  ] as const;
  for (const [command, args] of steps) {
    const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
    if (status === 0) continue;
    rmSync(unfinished, { recursive: true, force: true });
    if (status === null) return { problem: "there is no Python 3" };
    return { problem: stderr.trim().split("\n").at(-1) ?? "it can't be installed" };
  }
  try {
    renameSync(unfinished, environment);
  } catch (error) {
    if (!existsSync(path)) throw error;
    rmSync(unfinished, { recursive: true, force: true });
  }
  return { path };
}
