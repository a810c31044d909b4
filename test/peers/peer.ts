import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

/** LiveKit's protocol of today, and the last one that knew no `numbers`. */
export type Protocol = "v1.50.4" | "v1.43.0";

const SOURCE = fileURLToPath(new URL("go", import.meta.url));
const CACHE = fileURLToPath(new URL("../../node_modules/.cache/peers/", import.meta.url));
const MODULES: Record<Protocol, string> = { "v1.50.4": "go.mod", "v1.43.0": "v1.43.mod" };

/** How many cases a test of this part of LiveKit's code compares, of all that are asked for. */
export function casesFor(share: number): number {
  return Math.ceil(Number(process.env["PEER_CASES"] ?? 20_000) * share);
}

/**
 * Describes tests that ask LiveKit's own code. Without Go, or without the modules, they are skipped with the
 * reason; on CI they fail.
 */
export function describePeer(name: string, protocol: Protocol, tests: (peer: Peer) => void): void {
  const built = build(protocol);
  if ("program" in built) {
    describe(`${name} (LiveKit protocol ${protocol})`, () => tests(new Peer(built.program)));
  } else if (process.env["CI"] === "true") {
    test(name, () => expect.fail(`LiveKit's code can't be asked: ${built.problem}`));
  } else {
    test.skip(`${name}: LiveKit's code can't be asked: ${built.problem}`);
  }
}

function build(protocol: Protocol): { program: string } | { problem: string } {
  const program = `${CACHE}livekit-${protocol}${process.platform === "win32" ? ".exe" : ""}`;
  try {
    execFileSync("go", ["build", `-modfile=${MODULES[protocol]}`, "-o", program, "."], {
      cwd: SOURCE,
      stdio: ["ignore", "ignore", "pipe"],
      encoding: "utf8",
    });
    return { program };
  } catch (error) {
    if (error instanceof Error && "stderr" in error && error.stderr) return { problem: String(error.stderr) };
    return { problem: "there is no Go toolchain here" };
  }
}

/** The Go program, which runs for as long as the tests ask it. */
export class Peer {
  readonly #program: string;
  #process: ChildProcessByStdio<Writable, Readable, null> | undefined;
  #lines: AsyncIterator<string> | undefined;

  constructor(program: string) {
    this.#program = program;
  }

  /** Answers the cases in their order. The caller knows what an answer to its cases looks like. */
  async ask<Answer>(cases: readonly object[]): Promise<Answer[]> {
    if (!this.#process) {
      this.#process = spawn(this.#program, { stdio: ["pipe", "pipe", "inherit"] });
      this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
    }
    this.#process.stdin.write(cases.map((one) => `${JSON.stringify(one)}\n`).join(""));
    const answers: Answer[] = [];
    while (answers.length < cases.length) {
      const line = await this.#lines?.next();
      if (!line || line.done) throw new Error("the Go program ended");
      const answer = JSON.parse(line.value);
      if (answer.broken) throw new Error(`${answer.broken}: ${JSON.stringify(cases[answers.length])}`);
      answers.push(answer);
    }
    return answers;
  }

  stop(): void {
    this.#process?.stdin.end();
    this.#process = undefined;
  }
}

/** The value, which has to be there. */
export function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("a value is missing");
  return value;
}

/** What a case says about ours and theirs; undefined: the same. */
export type Difference = object | undefined;

/**
 * Compares ours with theirs on that many cases, a batch at a time; both work at once. Ends at the first batch with
 * differences, and gives those.
 */
export async function compare<Case extends object, Answer>(
  peer: Peer,
  count: number,
  generate: () => Case,
  differ: (one: Case, answer: Answer) => Difference,
): Promise<object[]> {
  const size = 400;
  let batch: Case[] = [];
  let answers: Promise<Answer[]> = Promise.resolve([]);
  for (let asked = 0; ;) {
    const next = Array.from({ length: Math.min(size, count - asked) }, generate);
    asked += next.length;
    const known = await answers;
    answers = peer.ask<Answer>(next);
    const differences = batch.flatMap((one, at) => {
      const answer = known[at];
      return answer === undefined ? [] : (differ(one, answer) ?? []);
    });
    if (differences.length > 0 || (next.length === 0 && batch.length === 0)) {
      await answers;
      return differences;
    }
    batch = next;
  }
}
