import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, openSync, readSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SERVER = join(import.meta.dirname, "server.cjs");

/** What became of a command line. */
export interface Served {
  status: number;
  stdout: Buffer;
  stderr: Buffer;
}

/** The process of test/cli/server.cjs, by the pipes to it; it ends when this one does. */
let server: { questions: number; answers: number } | undefined;

/** Runs the built program's command line in a process that has run others before, and waits for it. */
export function served(folder: string, args: readonly string[], env: NodeJS.ProcessEnv): Served {
  server ??= started();
  writeFileSync(server.questions, `${ascii(JSON.stringify({ folder, args, env }))}\n`);
  const parts: Buffer[] = [];
  const buffer = Buffer.alloc(65_536);
  do {
    const count = readSync(server.answers, buffer);
    if (count === 0) throw new Error(`the program ended its process: ${args.join(" ")}`);
    parts.push(Buffer.from(buffer.subarray(0, count)));
  } while (parts.at(-1)?.at(-1) !== "\n".charCodeAt(0));
  const answer: { status: number; stdout: string; stderr: string } = JSON.parse(
    Buffer.concat(parts).toString(),
  );
  const { status, stdout, stderr } = answer;
  return { status, stdout: Buffer.from(stdout, "base64"), stderr: Buffer.from(stderr, "base64") };
}

/** A shell opens the pipes, so that they are closed however the server fares. */
function started(): { questions: number; answers: number } {
  const folder = mkdtempSync(join(tmpdir(), "served-"));
  const [to, from] = [join(folder, "to"), join(folder, "from")];
  execFileSync("mkfifo", [to, from]);
  const open = 'exec 3<"$1" 4>"$2"; shift 2; exec "$@"';
  spawn("sh", ["-c", open, "sh", to, from, process.execPath, SERVER], {
    stdio: ["ignore", "ignore", "inherit"],
  }).unref();
  try {
    return { questions: openSync(to, "w"), answers: openSync(from, "r") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function ascii(text: string): string {
  return text.replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
