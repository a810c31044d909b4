import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { describe } from "vitest";
import { parseServer, type Server } from "../../src/rule/server.ts";
import { keptIn } from "../kept.ts";

/**
 * Versions of LiveKit's protocol, each with a livekit-server that does as it does: today's, which the next server is
 * taken to have; one that crashes over a hidden caller without a number and compares addresses with the From host; the
 * last one that knew no `numbers`.
 */
const SERVERS = { "v1.54.0": "1.13.12", "v1.50.4": "1.13.5", "v1.43.0": "1.9.10" };
export type Protocol = keyof typeof SERVERS;
export const PROTOCOLS: readonly Protocol[] = ["v1.54.0", "v1.50.4", "v1.43.0"];
/** Those that know `numbers`: what a claim says without naming versions holds for all of them. */
const TODAY: readonly Protocol[] = ["v1.54.0", "v1.50.4"];

const SOURCE = fileURLToPath(new URL("go", import.meta.url));
const CACHE = keptIn("peers");
const MODULES: Record<Protocol, string> = {
  "v1.54.0": "go.mod",
  "v1.50.4": "v1.50.mod",
  "v1.43.0": "v1.43.mod",
};

/** The livekit-server that does as this protocol does. */
export function serverOf(protocol: Protocol): Server {
  return given(parseServer(SERVERS[protocol]));
}

/** The claims that are about this version of the protocol. */
export function claimsOn<Claim extends { protocols?: readonly Protocol[] }>(
  protocol: Protocol,
  claims: readonly Claim[],
): Claim[] {
  return claims.filter(({ protocols = TODAY }) => protocols.includes(protocol));
}

/** How many cases a test of this part of LiveKit's code compares, of all that are asked for. */
export function casesFor(share: number): number {
  return Math.ceil(Number(process.env["PEER_CASES"] ?? 20_000) * share);
}

/**
 * Describes tests that ask LiveKit's own code. Without Go, or without the modules, they are skipped and the
 * title says why; on CI they fail.
 */
export function describePeer(name: string, protocol: Protocol, tests: (peer: Peer) => void): void {
  const built = build(protocol);
  const problem = "problem" in built ? `; it can't be asked: ${built.problem}` : "";
  const skipped = problem !== "" && process.env["CI"] !== "true";
  describe.skipIf(skipped)(`${name} (LiveKit protocol ${protocol}${problem})`, () => {
    tests(new Peer(built));
  });
}

/** The Go program's path, or why there is none. */
type Built = { program: string } | { problem: string };

/** It is built once from the same source, for all checkouts. */
function build(protocol: Protocol): Built {
  const source = createHash("sha256");
  for (const name of readdirSync(SOURCE).toSorted()) source.update(readFileSync(join(SOURCE, name)));
  const name = `livekit-${protocol}-${source.digest("hex").slice(0, 16)}`;
  const program = join(CACHE, process.platform === "win32" ? `${name}.exe` : name);
  if (existsSync(program)) return { program };
  // Two may come here at once.
  const unfinished = `${program}.${process.pid}`;
  const args = ["build", `-modfile=${MODULES[protocol]}`, "-o", unfinished, "."];
  const { status, stderr } = spawnSync("go", args, {
    cwd: SOURCE,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  if (status !== 0) return { problem: status === null ? "there is no Go toolchain" : stderr.trim() };
  renameSync(unfinished, program);
  return { program };
}

/** The Go program, which runs for as long as the tests ask it. */
export class Peer {
  readonly #built: Built;
  readonly #args: readonly string[];
  #process: ChildProcessByStdio<Writable, Readable, null> | undefined;
  #lines: AsyncIterator<string> | undefined;

  constructor(built: Built, args: readonly string[] = []) {
    this.#built = built;
    this.#args = args;
  }

  /** Answers the cases in their order. The caller knows what an answer to its cases looks like. */
  async ask<Answer>(cases: readonly object[]): Promise<Answer[]> {
    if ("problem" in this.#built) throw new Error(this.#built.problem);
    if (!this.#process) {
      this.#process = spawn(this.#built.program, this.#args, { stdio: ["pipe", "pipe", "inherit"] });
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

/** What is compared: a case's JSON is what the Go program is asked. */
export interface Comparison<Case extends object, Answer> {
  peer: Peer;
  count: number;
  generate: () => Case;
  differ: (one: Case, answer: Answer) => Difference;
}

/**
 * Compares a batch at a time; both programs work at once. Gives the differences of the first batch that has
 * some.
 */
export async function compare<Case extends object, Answer>({
  peer,
  count,
  generate,
  differ,
}: Comparison<Case, Answer>): Promise<object[]> {
  const size = 400;
  let batch: Case[] = [];
  let answers: Promise<Answer[]> = Promise.resolve([]);
  for (let asked = 0; asked < count || batch.length > 0;) {
    const next = Array.from({ length: Math.min(size, count - asked) }, generate);
    asked += next.length;
    const known = await answers;
    answers = peer.ask<Answer>(next);
    const differences = batch.flatMap((one, at) => differ(one, given(known[at])) ?? []);
    if (differences.length > 0) {
      await answers;
      return differences;
    }
    batch = next;
  }
  return [];
}
