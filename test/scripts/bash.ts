import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** Takes scripts that end with a NUL, runs each in a shell of its own, and ends what it prints with a NUL. */
const SERVER = String.raw`while IFS= read -r -d "" script; do (eval "$script") </dev/null; printf "\0"; done`;

let server: ChildProcess | undefined;
let last: Promise<unknown> = Promise.resolve();
const folder = mkdtempSync(join(tmpdir(), "bash-"));
afterAll(() => {
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** What bash prints for a script. All scripts of a file of tests run in one folder, one after the other. */
export function printed(script: string): Promise<string> {
  server ??= spawn("bash", ["-c", SERVER], { cwd: folder, stdio: ["pipe", "pipe", "ignore"] });
  const { stdin, stdout } = server;
  const next = last.then(
    () =>
      new Promise<string>((resolve) => {
        const chunks: Buffer[] = [];
        const take = (chunk: Buffer): void => {
          chunks.push(chunk);
          if (chunk.at(-1) !== 0) return;
          stdout?.off("data", take);
          resolve(Buffer.concat(chunks).subarray(0, -1).toString());
        };
        stdout?.on("data", take);
        stdin?.write(`${script}\0`);
      }),
  );
  last = next;
  return next;
}
