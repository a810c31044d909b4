import { spawn } from "node:child_process";
import { linkSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { undoRun } from "../../src/repo/undo.ts";
import { contents, git, program, put, useTemporaryFolder } from "./temporary.ts";

const folder = useTemporaryFolder();
const kills = 10;
const files = 60;

const before = (at: number): string => `{"name":"rule ${at}"}\n`.repeat(500);
const after = (at: number): string => `{"dispatch_rule":{"name":"rule ${at}"}}\n`.repeat(500);

// Every tenth file has a second name, so it is written in place and may be torn until undo has mended it.
const isLinked = (at: number): boolean => at % 10 === 0;

/** Starts the writer and kills it some milliseconds after its first file; resolves to how long it was writing. */
async function write(writer: string, paths: string[], killAfter: number): Promise<number> {
  const child = spawn(process.execPath, [writer, ...paths], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const started = performance.now();
  const timer = setTimeout(() => child.kill("SIGKILL"), killAfter);
  child.stdout.resume();
  await ended;
  clearTimeout(timer);
  return performance.now() - started;
}

test(`killed ${kills} times, every file is whole, and undo restores all of them`, async () => {
  const writer = program(
    folder.elsewhere,
    `import { writeSync } from "node:fs";
     import { openJournal } from "./journal.ts";
     import { readSource } from "./read.ts";
     import { replaceText } from "./write.ts";
     const write = async (): Promise<void> => {
       const journal = openJournal();
       for (const path of process.argv.slice(2)) {
         const source = readSource(path, 2 ** 20);
         if (!("text" in source)) throw new Error(source.message);
         const text = source.text.replace(/.+/g, (line) => \`{"dispatch_rule":\${line}}\`);
         const result = await replaceText(source, text, { force: false, journal });
         if (!result.written) throw new Error(result.message);
         writeSync(1, ".");
       }
     };
     void write();`,
  );
  const numbers = Array.from({ length: files }, (_, at) => at);
  const paths = numbers.map((at) => put(folder.path, `${at}.json`, before(at)));
  for (const at of numbers.filter(isLinked))
    linkSync(join(folder.path, `${at}.json`), join(folder.path, `${at}.too`));
  git(folder.path, "init", "-q");
  git(folder.path, "add", ".");
  git(folder.path, "commit", "-q", "-m", "test");
  const original = contents(folder.path);

  const whole = await write(writer, paths, 60_000);
  expect(paths.map((path) => readFileSync(path, "utf8"))).toStrictEqual(numbers.map(after));
  await undoRun();
  expect(contents(folder.path)).toStrictEqual(original);

  let inTheMiddle = 0;
  for (let kill = 0; kill < kills; kill++) {
    await write(writer, paths, Math.random() * whole);
    const texts = paths.map((path) => readFileSync(path, "utf8"));
    const isNew = numbers.map((at) => texts[at] === after(at));
    const isWhole = numbers.map((at) => isLinked(at) || isNew[at] === true || texts[at] === before(at));
    expect(isWhole).toStrictEqual(numbers.map(() => true));
    if (isNew.includes(true) && isNew.includes(false)) inTheMiddle++;
    const undone = await undoRun();
    expect(undone).toMatchObject({ found: true, run: { undone: true } });
    expect(contents(folder.path)).toStrictEqual(original);
  }
  expect(inTheMiddle).toBeGreaterThan(0);
});
