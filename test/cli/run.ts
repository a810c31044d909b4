import { spawnSync, type SpawnSyncOptions } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isRoot } from "../files/temporary.ts";
import { served } from "./served.ts";

/** The built program. */
export const PROGRAM = join(import.meta.dirname, "../../bin/sip-dispatch.js");

/** How a run of the program ended. `bytes` is standard output as it came, `stdout` the same as text. */
export interface Run {
  status: number | null;
  stdout: string;
  stderr: string;
  bytes: Buffer;
}

/**
 * Runs the built program in a folder as a script would: no terminal, no colours asked for, and a file as its standard
 * input. It runs in a process that has run it before, which is much faster. The journal goes where SIP_DISPATCH_STATE
 * says (`useTemporaryFolder` sets it).
 */
export function run(folder: string, args: readonly string[], stdin: string | Uint8Array = ""): Run {
  const { status, stdout, stderr } = served(folder, args, environment(), stdin);
  return { status, stdout: stdout.toString(), stderr: stderr.toString(), bytes: stdout };
}

/** Runs it in a process of its own, with a pipe as its standard input. */
export function runAlone(folder: string, args: readonly string[], stdin: string | Uint8Array = ""): Run {
  return spawn(folder, args, { input: stdin });
}

/**
 * Runs it with no more than 2 GiB of memory and 20 s of the processor, which whatever reads a device to its end goes
 * beyond. What waits for a pipe is killed in the end, and has no status then.
 */
export function runLimited(folder: string, args: readonly string[]): Run {
  const limited = ["-c", 'ulimit -v 2097152 && ulimit -t 20 && exec "$@"', "sh", process.execPath, PROGRAM];
  return spawn(folder, args, { input: "", timeout: 120_000 }, ["sh", ...limited]);
}

/** Runs it as a user whom permissions bind: who runs the tests, unless root. `open` are opened to that user. */
export function runBound(folder: string, args: readonly string[], open: readonly string[]): Run {
  if (!isRoot) return run(folder, args);
  for (const path of open) chmodSync(path, 0o777);
  return spawn(folder, args, { input: "", uid: NOBODY, gid: NOBODY });
}

/** The user that runBound takes instead of root. */
export const NOBODY = 65_534;

function spawn(
  folder: string,
  args: readonly string[],
  options: SpawnSyncOptions,
  [program = "", ...words]: readonly string[] = [process.execPath, PROGRAM],
): Run {
  const env = environment();
  const done = spawnSync(program, [...words, ...args], { ...options, cwd: folder, env, maxBuffer: 2 ** 28 });
  const bytes = Buffer.from(done.stdout);
  return { status: done.status, stdout: bytes.toString(), stderr: done.stderr.toString(), bytes };
}

/** That of the tests, without what would ask for colours. */
function environment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, COLUMNS: "80" };
  for (const name of ["FORCE_COLOR", "CLICOLOR_FORCE", "NODE_OPTIONS"]) delete env[name];
  return env;
}

/** The report of `--format json`, as far as tests look at it. */
export interface Report {
  version: number;
  totals: Record<string, number>;
  sites: ReportedSite[];
}

/** One entry of the report. */
export interface ReportedSite {
  path: string;
  line: number;
  column: number;
  outcome: string;
  reason: string;
  written: boolean;
  /** The rules that livekit-server stores, as JSON; null where that is not known. */
  before: unknown;
  after: unknown;
  findings: { id: string; severity: string; line: number; column: number; message: string; next?: string }[];
}

/** The report that a run with `--format json` printed. */
export function report({ stdout, stderr }: Run): Report {
  if (!stdout.startsWith("{")) throw new Error(`no report on standard output: ${stdout}${stderr}`);
  const parsed: Report = JSON.parse(stdout);
  return parsed;
}

/** Writes files into a folder, by their names. */
export function put(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}
