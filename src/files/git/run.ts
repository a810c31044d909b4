import { type ChildProcess, execFile, spawnSync } from "node:child_process";
import { gitEnvironment } from "./environment.ts";
import { errorCode } from "../error-words.ts";

/** What git answered. */
export interface Answer {
  /** Its exit status; `missing` where there is no git, `killed` where it was ended. */
  status: number | "missing" | "killed";
  output: Buffer;
  complaints: string;
}

/** Before a command: the paths behind it are no patterns. */
export const LITERAL = "--literal-pathspecs";

/** No repository takes that long, and nothing is asked that gives so much. */
const LIMITS = { timeout: 300_000, maxBuffer: 2 ** 28 };

/**
 * Asks git about the work tree at `top`, from there or from a folder in it. No program runs that the repository
 * configures, as long as no command is asked for that starts filters or hooks.
 */
export function git(
  top: string,
  args: readonly string[],
  { input = "", folder = top }: { input?: string; folder?: string } = {},
): Answer {
  const options = { ...LIMITS, env: gitEnvironment(top), input };
  const { status, error, stdout, stderr } = spawnSync("git", inFolder(folder, args), options);
  return answer(status ?? errorCode(error), stdout, stderr);
}

/** The same while we do other things: the answer is never rejected, and `signal` ends git. */
export async function gitMeanwhile(
  top: string,
  folder: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve) => {
    const options = { ...LIMITS, env: gitEnvironment(top), encoding: "buffer" } as const;
    const child = execFile("git", inFolder(folder, args), options, (error, output, complaints) => {
      resolve(answer(error === null ? 0 : error.code, output, complaints));
    });
    endWith(child, signal);
  });
}

/** Node's own `signal` option kills what never started too, by whatever number stands there: 0 is our own group. */
function endWith(child: ChildProcess, signal: AbortSignal): void {
  const kill = (): boolean => child.kill();
  if (child.pid === undefined) return;
  if (signal.aborted) kill();
  else signal.addEventListener("abort", kill);
}

function answer(
  code: string | number | null | undefined,
  output: Buffer | null,
  complaints: Buffer | null,
): Answer {
  const status = typeof code === "number" ? code : code === "ENOENT" ? "missing" : "killed";
  return { status, output: output ?? Buffer.alloc(0), complaints: (complaints ?? "").toString() };
}

function inFolder(folder: string, args: readonly string[]): string[] {
  const config = ["-c", "core.fsmonitor=false", "-c", "core.untrackedCache=false", "--no-pager"];
  return [...config, "-C", folder, ...args];
}
