import { execFile } from "node:child_process";
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cases } from "../cases.ts";
import { openJournal } from "../../src/files/journal/journal.ts";
import { listRuns, undoRun } from "../../src/files/journal/undo.ts";
import { replaceText } from "../../src/files/write/write.ts";
import { contents, program, put, useTemporaryFolder } from "./temporary.ts";

const folder = useTemporaryFolder();

/** A run that writes these texts to files that hold `old <name>`, and the files' paths. */
async function run(texts: Record<string, string>): Promise<string[]> {
  const journal = openJournal();
  const paths: string[] = [];
  for (const [name, text] of Object.entries(texts)) {
    const path = put(folder.path, name, `old ${name}`);
    expect(await replaceText({ path, text: `old ${name}` }, text, { force: false, journal })).toStrictEqual({
      written: true,
    });
    paths.push(path);
  }
  return paths;
}

async function outcomes(id?: string): Promise<unknown> {
  const result = await undoRun(id);
  return result.found ? [result.run.undone, ...result.files.map(({ outcome }) => outcome)] : result.message;
}

describe("undo", () => {
  test("restores every byte and mode of the last run", async () => {
    await run({ "a.json": "new a", "b.json": "new b" });
    chmodSync(join(folder.path, "b.json"), 0o751);
    expect(await outcomes()).toStrictEqual([true, "restored", "restored"]);
    expect(contents(folder.path)).toStrictEqual({
      [join(folder.path, "a.json")]: "old a.json",
      [join(folder.path, "b.json")]: "old b.json",
    });
    expect(statSync(join(folder.path, "b.json")).mode & 0o777).toBe(0o751);
  });

  test("goes back run by run, and then has nothing left", async () => {
    const path = put(folder.path, "rule.json", "1");
    for (const text of ["2", "3"]) {
      await replaceText({ path, text: readFileSync(path, "utf8") }, text, {
        force: false,
        journal: openJournal(),
      });
    }
    expect(await outcomes()).toStrictEqual([true, "restored"]);
    expect(readFileSync(path, "utf8")).toBe("2");
    expect(await outcomes()).toStrictEqual([true, "restored"]);
    expect(readFileSync(path, "utf8")).toBe("1");
    expect(await outcomes()).toBe(`no run to undo in ${folder.state}`);
  });

  test("takes a named run, once", async () => {
    await run({ "a.json": "new a" });
    await run({ "b.json": "new b" });
    const [, first] = listRuns();
    expect(await outcomes(first?.id)).toStrictEqual([true, "restored"]);
    expect(readFileSync(join(folder.path, "b.json"), "utf8")).toBe("new b");
    expect(await outcomes(first?.id)).toBe(`run ${first?.id} is already undone`);
    expect(await outcomes("../elsewhere")).toBe(`no run ../elsewhere in ${folder.state}`);
  });

  test("undoes a file that one run wrote twice", async () => {
    const path = put(folder.path, "rule.json", "1");
    const journal = openJournal();
    await replaceText({ path, text: "1" }, "2", { force: false, journal });
    await replaceText({ path, text: "2" }, "3", { force: false, journal });
    expect(await outcomes()).toStrictEqual([true, "restored", "restored"]);
    expect(readFileSync(path, "utf8")).toBe("1");
  });

  test("names what was edited, is gone or is read-only, restores the rest, and can be called again", async () => {
    const [edited = "", gone = "", readOnly = "", longer = ""] = await run({
      a: "new",
      b: "new",
      c: "new",
      d: "new",
      e: "new",
    });
    writeFileSync(edited, "mine");
    rmSync(gone);
    chmodSync(readOnly, 0o444);
    truncateSync(longer, 2 ** 40);
    expect(await outcomes()).toStrictEqual([false, "edited", "missing", "failed", "edited", "restored"]);
    expect(readFileSync(edited, "utf8")).toBe("mine");
    const [still] = listRuns();
    expect(still?.undone).toBe(false);
    writeFileSync(edited, "new");
    writeFileSync(longer, "new");
    writeFileSync(gone, "old b");
    chmodSync(readOnly, 0o644);
    expect(await outcomes()).toStrictEqual([
      true,
      "restored",
      "unchanged",
      "restored",
      "restored",
      "unchanged",
    ]);
  });

  test("lays the bytes of a vanished file out, and says where", async () => {
    const [path = ""] = await run({ a: "new" });
    rmSync(path);
    const result = await undoRun();
    expect(result).toMatchObject({ found: true, files: [{ path, outcome: "missing", message: "is gone" }] });
    expect(result.found && readFileSync(result.files[0]?.kept ?? "", "utf8")).toBe("old a");
  });

  test("does not follow a link that has taken a file's or a folder's place", async () => {
    mkdirSync(join(folder.path, "rules"));
    const [file = "", inFolder = ""] = await run({ "a.json": "new", "rules/b.json": "new" });
    renameSync(file, join(folder.path, "moved.json"));
    symlinkSync("moved.json", file);
    renameSync(join(folder.path, "rules"), join(folder.path, "moved"));
    symlinkSync("moved", join(folder.path, "rules"));
    expect(await outcomes()).toStrictEqual([false, "edited", "edited"]);
    expect(readFileSync(file, "utf8")).toBe("new");
    expect(readFileSync(inFolder, "utf8")).toBe("new");
  });

  test("refuses a copy that the journal has lost", async () => {
    const [path = ""] = await run({ a: "new" });
    const [id = ""] = readdirSync(folder.state);
    writeFileSync(join(folder.state, id, "bytes"), "odd");
    expect(await outcomes()).toStrictEqual([false, "failed"]);
    expect(readFileSync(path, "utf8")).toBe("new");
  });
});

const journalled = (text: string, after: string, inPlace: boolean): string => {
  const path = put(folder.path, "rule.json", text);
  const journal = openJournal();
  journal.keep([{ path, before: Buffer.from(text), after: Buffer.from(after), inPlace, mode: 0o644 }]);
  return path;
};

/** What a kill leaves of one text that was being written over another. */
const overwritten = (under: string, over: string, at: number): string =>
  over.slice(0, at) + under.slice(Math.min(at, over.length));

describe("undo after a run that was killed", () => {
  test("before it replaced the file, finds nothing to do", async () => {
    journalled("old", "new", false);
    expect(await outcomes()).toStrictEqual([true, "unchanged"]);
  });

  test("removes the folder of new files that it left, and no other file", async () => {
    const path = journalled("old", "new", false);
    const [id = ""] = readdirSync(folder.state);
    const temporary = join(folder.path, `.sip-dispatch-${id.slice(-8)}`);
    mkdirSync(temporary);
    put(temporary, "rule.json", "ne");
    const others = [".sip-dispatch-00000000", "rule.json.1"].map((name) => put(folder.path, name, ""));
    expect(await outcomes()).toStrictEqual([true, "unchanged"]);
    expect(existsSync(temporary)).toBe(false);
    expect(Object.keys(contents(folder.path)).toSorted()).toStrictEqual([...others, path].toSorted());
  });

  const text = fc.string({ unit: fc.constantFrom("a", "b", "\n"), maxLength: 40 });

  test("in the middle of an in-place write, at any byte of it or of an earlier undo", async () => {
    await fc.assert(
      fc.asyncProperty(text, text, fc.nat(40), fc.nat(40), async (before, after, cut, cutAgain) => {
        const path = journalled(before, after, true);
        const torn = overwritten(before, after, cut);
        writeFileSync(path, overwritten(torn, before, cutAgain));
        await undoRun();
        expect(readFileSync(path, "utf8")).toBe(before);
        rmSync(folder.state, { recursive: true });
      }),
      cases(100),
    );
  });

  test("takes a mixture for an edit where nothing was written in place", async () => {
    const path = journalled("aaaa", "bbbb", false);
    writeFileSync(path, "bbaa");
    expect(await outcomes()).toStrictEqual([false, "edited"]);
  });

  test("takes other bytes for an edit, also where something was written in place", async () => {
    const path = journalled("aaaa", "bbbb", true);
    for (const edit of ["bbca", "bb", "bbaaa"]) {
      writeFileSync(path, edit);
      expect(await outcomes()).toStrictEqual([false, "edited"]);
    }
  });

  test("restores a hard-linked file without breaking its links", async () => {
    const path = journalled("old", "newer", true);
    linkSync(path, join(folder.path, "other.json"));
    writeFileSync(path, "newer");
    expect(await outcomes()).toStrictEqual([true, "restored"]);
    expect(readFileSync(join(folder.path, "other.json"), "utf8")).toBe("old");
    expect(statSync(path).nlink).toBe(2);
  });
});

describe("the list of runs", () => {
  test("shows the newest first, with what each wrote", async () => {
    mkdirSync(join(folder.path, "rules/deep"), { recursive: true });
    mkdirSync(join(folder.path, "rules-too"));
    const first = await run({ "rules/a.json": "new", "rules/deep/b.json": "new" });
    await undoRun();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const second = await run({ "rules/a.json": "new", "rules-too/b.json": "new" });
    const id = expect.stringMatching(/^\d{4}-\d\d-\d\dT[-0-9]+Z-[0-9a-f]{8}$/);
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect([...listRuns()]).toStrictEqual([
      { id, time, files: second, directory: folder.path, undone: false },
      { id, time, files: first, directory: join(folder.path, "rules"), undone: true },
    ]);
  });

  test("is empty before the first run", async () => {
    expect([...listRuns()]).toStrictEqual([]);
    expect(await outcomes()).toBe(`no run to undo in ${folder.state}`);
  });
});

test("two runs at the same time each keep their own journal", async () => {
  const writer = await program(
    folder.elsewhere,
    `import { openJournal } from "./journal/journal.ts";
     import { replaceText } from "./write/write.ts";
     const write = async (): Promise<void> => {
       const journal = openJournal();
       for (const path of process.argv.slice(2)) {
         const result = await replaceText({ path, text: "old" }, "new", { force: false, journal });
         if (!result.written) throw new Error(result.message);
       }
     };
     void write();`,
  );
  const names = Array.from({ length: 20 }, (_, at) => at);
  const files = ["a", "b"].map((each) => names.map((at) => put(folder.path, `${each}${at}.json`, "old")));
  await Promise.all(files.map((paths) => promisify(execFile)(process.execPath, [writer, ...paths])));
  expect(new Set([...listRuns()].map((each) => each.files))).toStrictEqual(new Set(files));
  await undoRun();
  await undoRun();
  expect(files.flat().map((path) => readFileSync(path, "utf8"))).toStrictEqual(files.flat().map(() => "old"));
});
