import type * as Fs from "node:fs";
import { linkSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { afterEach, expect, test, vi } from "vitest";
import { openJournal } from "../../src/files/journal/journal.ts";
import { listRuns } from "../../src/files/journal/undo.ts";
import { replaceText, writeNewFile } from "../../src/files/write/write.ts";
import { put, useTemporaryFolder } from "./temporary.ts";

vi.mock("node:fs", async (original) => {
  const real = await original<typeof Fs>();
  return {
    ...real,
    renameSync: vi.fn<typeof real.renameSync>(real.renameSync),
    linkSync: vi.fn<typeof real.linkSync>(real.linkSync),
  };
});

// What others write in the moment before a file is replaced.

const folder = useTemporaryFolder();
const { renameSync: rename, linkSync: link } = await vi.importActual<typeof Fs>("node:fs");
afterEach(() => {
  vi.mocked(renameSync).mockReset().mockImplementation(rename);
  vi.mocked(linkSync).mockReset().mockImplementation(link);
});

const replace = (path: string): ReturnType<typeof replaceText> =>
  replaceText({ path, text: "old" }, "new", { force: false, journal: openJournal() });

test("what somebody writes into a file after it was last looked at stays, and that is said", async () => {
  const path = put(folder.path, "rule.json", "old");
  vi.mocked(renameSync).mockImplementationOnce((from, to) => {
    writeFileSync(path, "theirs");
    rename(from, to);
  });
  expect(await replace(path)).toMatchObject({ written: false, reason: "stale" });
  expect(readFileSync(path, "utf8")).toBe("theirs");
  expect(readdirSync(folder.path)).toStrictEqual(["rule.json"]);
  expect([...listRuns()]).toStrictEqual([]);
});

test("a file is replaced also where there are no hard links", async () => {
  const path = put(folder.path, "rule.json", "old");
  vi.mocked(linkSync).mockImplementation(() => {
    throw Object.assign(new Error("EPERM"), { code: "EPERM", syscall: "link" });
  });
  expect(await replace(path)).toStrictEqual({ written: true });
  expect(readFileSync(path, "utf8")).toBe("new");
  expect(writeNewFile(`${path}.new`, "new")).toStrictEqual({ written: true });
  expect(readdirSync(folder.path)).toStrictEqual(["rule.json", "rule.json.new"]);
});

test("a file that somebody makes while a new one is written stays", () => {
  const path = `${folder.path}/rule.json`;
  vi.mocked(linkSync).mockImplementationOnce((from, to) => {
    writeFileSync(path, "theirs");
    link(from, to);
  });
  expect(writeNewFile(path, "new")).toMatchObject({ written: false, reason: "exists" });
  expect(readFileSync(path, "utf8")).toBe("theirs");
  expect(readdirSync(folder.path)).toStrictEqual(["rule.json"]);
});
