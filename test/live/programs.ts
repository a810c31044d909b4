import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { keptIn } from "../kept.ts";

/** Where a program is, or why it can't be had: a sentence's end. */
export type Program = { path: string } | { problem: string };

/** The real programs, each as its ordinary client installs it. */
export interface Programs {
  redis: Program;
  server: Program;
  /** Asks a livekit-server what becomes of calls. */
  client: Program;
  lk: Program;
  /** An interpreter with LiveKit's library. */
  python: Program;
  /** The folder with LiveKit's library for Node. */
  node: Program;
}

/** Which livekit-server is run. 1.13.5 is the newest that can be had unchanged: later ones need replaced modules. */
export const SERVER = process.env["LIVE_SERVER"] ?? "1.13.5";
export const LK = "2.18.2";
export const PYTHON_SDK = "1.2.2";
export const NODE_SDK = "2.19.2";

const CACHE = keptIn("live");
const HERE = import.meta.dirname;
/** More than the longest build takes on two slow cores. */
const PATIENCE = 30 * 60_000;

/** Installs what is not there yet, and says what it waits for. */
export function install(say: (line: string) => void): Programs {
  mkdirSync(CACHE, { recursive: true });
  const made = (name: string, file: string, steps: (folder: string) => Step[]): Program => {
    const folder = join(CACHE, name);
    const path = join(folder, file);
    if (existsSync(path)) return { path };
    say(`Installing ${name} into ${CACHE}; that is done once.`);
    // Two runs may come here at once, so what is being made has another name until it is complete.
    const unfinished = `${folder}.${process.pid}`;
    const problem = steps(unfinished).map(run).find(Boolean);
    if (!problem && !existsSync(path)) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(unfinished, folder);
    }
    rmSync(unfinished, { recursive: true, force: true });
    return problem ? { problem } : { path };
  };
  return {
    redis: redis(),
    server: made(`livekit-server-${SERVER}`, "server", (folder) => [
      {
        command: "go",
        args: ["install", `github.com/livekit/livekit-server/cmd/server@v${SERVER}`],
        env: { GOBIN: folder, CGO_ENABLED: "0" },
      },
    ]),
    // Its source is ours, so it is built each time, which takes a moment.
    client: client(join(CACHE, "client")),
    lk: made(`lk-${LK}`, "lk", (folder) => [
      {
        command: "go",
        args: [
          "build",
          "-tags=portaudio_system",
          "-o",
          join(folder, "lk"),
          "github.com/livekit/livekit-cli/v2/cmd/lk",
        ],
        cwd: join(HERE, "lk"),
      },
    ]),
    python: made(`livekit-api-${PYTHON_SDK}`, "bin/python", (folder) => [
      { command: "python3", args: ["-m", "venv", "--copies", folder] },
      {
        command: join(folder, "bin/python"),
        args: [
          "-m",
          "pip",
          "install",
          "--quiet",
          "--no-deps",
          "-r",
          join(HERE, "../behaviour/python/requirements.txt"),
        ],
      },
    ]),
    node: made(`livekit-server-sdk-${NODE_SDK}`, "node_modules", (folder) => [
      { command: "cp", args: ["-r", join(HERE, "sdks"), folder] },
      { command: "npm", args: ["ci", "--silent", "--no-audit", "--no-fund"], cwd: folder },
    ]),
  };
}

/** A command, and where and with what it runs. */
interface Step {
  command: string;
  args: readonly string[];
  cwd?: string;
  env?: Record<string, string>;
}

/** Why it failed; undefined: it didn't. */
function run({ command, args, cwd, env }: Step): string | undefined {
  const { status, stderr, error } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    timeout: PATIENCE,
    maxBuffer: 2 ** 26,
  });
  if (status === 0) return undefined;
  if (error && "code" in error && error.code === "ENOENT") return `there is no ${command}`;
  const last = stderr.trim().split("\n").at(-1);
  return `${command} ${args[0]} ${status === null ? "took too long" : "failed"}${last ? `: ${last}` : ""}`;
}

function client(path: string): Program {
  const problem = run({ command: "go", args: ["build", "-o", path, "."], cwd: join(HERE, "client") });
  return problem ? { problem } : { path };
}

function redis(): Program {
  const problem = run({ command: "redis-server", args: ["--version"] });
  return problem ? { problem } : { path: "redis-server" };
}
