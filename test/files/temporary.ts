import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "rolldown";
import { afterEach, beforeEach } from "vitest";

/** Where files are kept in memory, so that nothing waits for a disk; or else the usual folder. */
export const MEMORY = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** Gives every test a folder of its own and, elsewhere, one for its journal. The paths are free of links. */
export function useTemporaryFolder(parent = tmpdir()): {
  readonly path: string;
  readonly elsewhere: string;
  readonly state: string;
} {
  const folders = { path: "", elsewhere: "", state: "" };
  beforeEach(() => {
    folders.path = realpathSync(mkdtempSync(join(parent, "repo-")));
    folders.elsewhere = realpathSync(mkdtempSync(join(parent, "repo-")));
    folders.state = join(folders.elsewhere, "sip-dispatch");
    process.env["SIP_DISPATCH_STATE"] = folders.state;
  });
  afterEach(() => {
    for (const folder of [folders.path, folders.elsewhere]) rmSync(folder, { recursive: true, force: true });
  });
  return folders;
}

/** Writes a file into a folder and returns its path. */
export function put(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Every regular file below a folder with its text. */
export function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map(({ parentPath, name }) => [
      join(parentPath, name),
      readFileSync(join(parentPath, name), "utf8"),
    ]),
  );
}

export const isRoot = process.getuid?.() === 0;

/**
 * Runs a program as a user whom permissions bind and gives what it prints as JSON. Who runs the tests is such a
 * user, unless root; the folders are opened to that other user.
 */
export function runBound(folders: readonly string[], file: string, ...args: string[]): unknown {
  if (isRoot) for (const folder of folders) chmodSync(folder, 0o777);
  const user = isRoot ? { uid: 65534, gid: 65534 } : {};
  return JSON.parse(execFileSync(process.execPath, [file, ...args], { encoding: "utf8", ...user }));
}

/** Runs git as its user would, without that user's own configuration. */
export function git(folder: string, ...args: string[]): string {
  const identity = [
    "-c",
    "user.name=Test",
    "-c",
    "user.email=test@example.com",
    "-c",
    "commit.gpgSign=false",
  ];
  return execFileSync("git", [...identity, "-C", folder, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_TERMINAL_PROMPT: "0",
    },
  });
}

/** Makes a program of a piece of code that imports from `src/files/`, as the build would bundle it. */
export async function program(folder: string, code: string): Promise<string> {
  const input = join(import.meta.dirname, "../../src/files/program.ts");
  const file = join(folder, "program.cjs");
  await build({
    input,
    platform: "node",
    plugins: [
      {
        name: "code",
        load: (id) => (id === input ? code : undefined),
        resolveId: (id) => (id === input ? id : undefined),
      },
    ],
    output: { file, format: "cjs", codeSplitting: false },
    logLevel: "silent",
  });
  return file;
}

/** Makes the folder a disk of 64 KiB and gives what takes it away again; skips the test, saying why, where it can't. */
export function mountSmallDisk(folder: string, skip: (why: string) => never): () => void {
  if (!isRoot) skip("only root can mount a small disk");
  mkdirSync(folder);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], { stdio: "pipe" });
  } catch (error) {
    skip(`no small disk can be mounted here: ${String(error)}`);
  }
  return () => execFileSync("umount", [folder]);
}
