import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { openJournal, stateFolder, type Journal } from "../../src/files/journal/journal.ts";
import { journalledRuns } from "../../src/files/journal/runs.ts";
import { put, useTemporaryFolder } from "./temporary.ts";

const folder = useTemporaryFolder();
const environment = { ...process.env };
afterEach(() => {
  process.env = { ...environment };
});

const bytes = { before: Buffer.from("old"), after: Buffer.from("newer"), inPlace: false, mode: 0o640 };

/** What the journal says to files of these paths, kept together. */
function keep(journal: Journal, ...paths: string[]): (number | string)[] {
  return [...journal.keep(paths.map((path) => ({ path, ...bytes }))).values()];
}

const runs = () => [...journalledRuns()];

const mode = (path: string): number => statSync(path).mode & 0o777;

describe("a journal", () => {
  test("is nowhere until something is kept", () => {
    openJournal();
    expect(readdirSync(folder.elsewhere)).toStrictEqual([]);
    expect(runs()).toStrictEqual([]);
  });

  test("holds the old and the new bytes and says what they are", () => {
    const journal = openJournal();
    expect(keep(journal, "/rules/a.json")).toStrictEqual([1]);
    const other = { path: "/rules/b.json", ...bytes, inPlace: true, mode: 0o600 };
    expect([...journal.keep([other]).values()]).toStrictEqual([2]);
    const [run] = runs();
    // The sums are those of sha256sum.
    const before = { sha256: "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4", bytes: 3 };
    const after = { sha256: "804f51f71254c4081e37e7c887073560f4a6fa6cdad202e9ac67e032c43ed1e1", bytes: 5 };
    expect(run?.entries).toStrictEqual([
      {
        number: 1,
        path: "/rules/a.json",
        mode: 0o640,
        before: { ...before, at: 0 },
        after: { ...after, at: 3 },
        inPlace: false,
      },
      {
        number: 2,
        path: "/rules/b.json",
        mode: 0o600,
        before: { ...before, at: 8 },
        after: { ...after, at: 11 },
        inPlace: true,
      },
    ]);
    expect(readFileSync(join(run?.folder ?? "", "bytes"), "utf8")).toBe("oldneweroldnewer");
  });

  test("is for its owner's eyes only", () => {
    keep(openJournal(), "/rules/a.json");
    const [run = ""] = readdirSync(folder.state);
    expect([folder.state, join(folder.state, run)].map(mode)).toStrictEqual([0o700, 0o700]);
    const kept = readdirSync(join(folder.state, run)).toSorted();
    expect(kept).toStrictEqual(["bytes", "manifest"]);
    expect(kept.map((name) => mode(join(folder.state, run, name)))).toStrictEqual([0o600, 0o600]);
  });

  test("forgets what was dropped, and a run of which nothing is left", () => {
    const journal = openJournal();
    keep(journal, "/rules/a.json");
    keep(journal, "/rules/b.json");
    journal.drop([1]);
    expect(runs()[0]?.entries.map(({ path }) => path)).toStrictEqual(["/rules/b.json"]);
    journal.drop([2]);
    expect(runs()).toStrictEqual([]);
  });

  test("is read up to a line that was cut off, and goes on behind it", () => {
    const journal = openJournal();
    keep(journal, "/rules/a.json");
    const [run = ""] = readdirSync(folder.state);
    appendFileSync(join(folder.state, run, "manifest"), '\n{"entry":{"number":2,"pa');
    expect(runs()[0]?.entries.map(({ number }) => number)).toStrictEqual([1]);
    keep(journal, "/rules/b.json");
    expect(runs()[0]?.entries.map(({ number }) => number)).toStrictEqual([1, 2]);
  });

  test("does not mix with that of another run at the same time", () => {
    const journals = [openJournal(), openJournal()];
    for (const name of ["a", "b", "c"]) {
      for (const [at, journal] of journals.entries()) {
        keep(journal, `/${name}${at}`);
      }
    }
    const found = runs().map(({ entries }) => entries.map(({ path }) => path));
    const expected = [
      ["/a0", "/b0", "/c0"],
      ["/a1", "/b1", "/c1"],
    ];
    expect(new Set(found)).toStrictEqual(new Set(expected));
  });

  test("says why it can't be kept", () => {
    process.env["SIP_DISPATCH_STATE"] = put(folder.path, "file", "");
    const why = keep(openJournal(), "/rules/a.json");
    expect(why).toStrictEqual(["something else is there already"]);
  });

  test("is not disturbed by what else lies in its folder", () => {
    keep(openJournal(), "/rules/a.json");
    mkdirSync(join(folder.state, "zzz"));
    writeFileSync(join(folder.state, "zzz/manifest"), '7\nnull\n"entry"\n');
    writeFileSync(join(folder.state, "zzzz"), "");
    expect(runs()).toHaveLength(1);
  });
});

test.each([
  [{ SIP_DISPATCH_STATE: "/own", XDG_STATE_HOME: "/states" }, "/own"],
  [{ SIP_DISPATCH_STATE: "", XDG_STATE_HOME: "/states" }, "/states/sip-dispatch"],
  [{ XDG_STATE_HOME: "relative" }, join(homedir(), ".local/state/sip-dispatch")],
  [{}, join(homedir(), ".local/state/sip-dispatch")],
])("with %j runs are kept in %s", (variables, expected) => {
  delete process.env["SIP_DISPATCH_STATE"];
  delete process.env["XDG_STATE_HOME"];
  Object.assign(process.env, variables);
  expect(stateFolder()).toBe(expected);
});
