import { spawn } from "node:child_process";
import { linkSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Random } from "../peers/random.ts";
import { contents, git, MEMORY, put as putFile, useTemporaryFolder } from "../files/temporary.ts";
import { PROGRAM, run } from "./run.ts";

const DIE = join(import.meta.dirname, "die.cjs");

/** `SIP_DISPATCH_KILLS=200 npx vitest run test/cli/kill` kills more often, and on a disk. */
const byHand = process.env["SIP_DISPATCH_KILLS"];
const KILLS = Number(byHand ?? 10);
const FILES = byHand === undefined ? 60 : 300;
const RANDOM = new Random(Number(process.env["SEED"] ?? 13));
const folder = useTemporaryFolder(byHand === undefined ? MEMORY : undefined);

const flat = (at: number): string => `{"name":"${at}","rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}\n`;
const wrapped = (at: number): string =>
  `{"dispatch_rule":{"name":"${at}","rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}}\n`;

// Every twentieth file has a second name, so it is written in place and may be torn until undo has mended it.
const isLinked = (at: number): boolean => at % 20 === 10;

/** Writes the files. The program is killed at this step that changes the disk, if at any; gives how many it made. */
async function write(paths: readonly string[], dieAt?: number): Promise<number> {
  const countIn = join(folder.elsewhere, "steps");
  const env = {
    ...process.env,
    ...(dieAt === undefined
      ? { COUNT_IN: countIn }
      : { DIE_AT: String(dieAt), DIE_AFTER: String(RANDOM.next()) }),
  };
  const command = ["--require", DIE, PROGRAM, "migrate", "--write", "--quiet", "--", ...paths];
  const child = spawn(process.execPath, command, { cwd: folder.path, stdio: "ignore", env });
  const signal = await new Promise((resolve) => child.once("close", (_, by) => resolve(by)));
  expect(signal).toBe(dieAt === undefined ? null : "SIGKILL");
  return dieAt ?? Number(readFileSync(countIn, "utf8"));
}

test(`killed ${KILLS} times, every file is whole, and undo restores all of them and leaves nothing behind`, async () => {
  mkdirSync(join(folder.path, "rules"));
  const numbers = Array.from({ length: FILES }, (_, at) => at);
  const names = numbers.map((at) => `rules/${at}.json`);
  const paths = names.map((name, at) => putFile(folder.path, name, flat(at)));
  mkdirSync(join(folder.path, "other"));
  for (const at of numbers.filter(isLinked)) linkSync(paths[at] ?? "", join(folder.path, `other/${at}`));
  git(folder.path, "init", "-q");
  git(folder.path, "add", ".");
  git(folder.path, "commit", "-q", "-m", "test");
  const files = (): Record<string, string> => contents(join(folder.path, "rules"));
  const original = files();

  const steps = await write(names);
  const migrated = files();
  expect(paths.map((path) => migrated[path])).toStrictEqual(numbers.map(wrapped));
  expect(run(folder.path, ["undo"]).status).toBe(0);
  expect(files()).toStrictEqual(original);

  let inTheMiddle = 0;
  let before = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    // One in each part of the run, so that the journal of the first files, a quarter of it, is hit in any case.
    await write(names, 1 + Math.floor(((kill + RANDOM.next()) / KILLS) * steps));
    const now = files();
    const isNew = numbers.map((at) => now[paths[at] ?? ""] === wrapped(at));
    const torn = numbers.filter((at) => !isNew[at] && now[paths[at] ?? ""] !== flat(at) && !isLinked(at));
    expect(torn).toStrictEqual([]);
    if (isNew.includes(true) && isNew.includes(false)) inTheMiddle++;
    if (!isNew.includes(true)) before++;
    const undone = run(folder.path, ["undo"]);
    if (isNew.includes(true)) expect([undone.status, undone.stderr]).toStrictEqual([0, ""]);
    else if (undone.status !== 0) expect(undone.stderr).toMatch(/^no run to undo/);
    expect(files()).toStrictEqual(original);
    expect(readdirSync(folder.path).toSorted()).toStrictEqual([".git", "other", "rules"]);
  }
  expect(inTheMiddle).toBeGreaterThan(KILLS / 2);
  expect(before).toBeGreaterThan(0);
}, 1_800_000);
