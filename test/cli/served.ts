import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, openSync, readSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SERVER = join(import.meta.dirname, "server.cjs");

/** What became of a command line. `both` is what it printed to either, in order. */
export interface Served {
  status: number;
  stdout: Buffer;
  stderr: Buffer;
  both: Buffer;
}

/** The process of test/cli/server.cjs, by the pipes to it; it ends when this one does. */
let server: { questions: number; answers: number } | undefined;

/** Runs the built program's command line in a process that has run others before, and waits for it. */
export function served(
  folder: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  stdin: string | Uint8Array = "",
): Served {
  server ??= started();
  const input = Buffer.from(stdin).toString("base64");
  writeFileSync(server.questions, `${ascii(JSON.stringify({ folder, args, env, input }))}\n`);
  const parts: Buffer[] = [];
  const buffer = Buffer.alloc(65_536);
  do {
    const count = readSync(server.answers, buffer);
    if (count === 0) throw new Error(`the program ended its process: ${args.join(" ")}`);
    parts.push(Buffer.from(buffer.subarray(0, count)));
  } while (parts.at(-1)?.at(-1) !== "\n".charCodeAt(0));
  const { status, ...printed }: { status: number; stdout: string; stderr: string; both: string } = JSON.parse(
    Buffer.concat(parts).toString(),
  );
  const [stdout, stderr, both] = [printed.stdout, printed.stderr, printed.both].map((text) =>
    Buffer.from(text, "base64"),
  ) as [Buffer, Buffer, Buffer];
  return { status, stdout, stderr, both };
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
