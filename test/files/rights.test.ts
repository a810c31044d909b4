import type * as ChildProcess from "node:child_process";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, statSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openJournal } from "../../src/files/journal/journal.ts";
import { undoRun } from "../../src/files/journal/undo.ts";
import { replaceText, replaceTexts, type WriteResult } from "../../src/files/write/write.ts";
import { put, useTemporaryFolder } from "./temporary.ts";

vi.mock("node:child_process", async (original) => {
  const real = await original<typeof ChildProcess>();
  return { ...real, spawnSync: vi.fn<typeof real.spawnSync>(real.spawnSync) };
});

// Who may read a file may never be more after it was written than before.

const folder = useTemporaryFolder();

const hasPython = spawnSync("python3", ["--version"]).status === 0;
const isHere = process.platform === "linux" && (hasPython || process.env["CI"] === "true");

async function rewrite(path: string): Promise<WriteResult> {
  return replaceText({ path, text: "old" }, "new", { force: false, journal: openJournal() });
}

function python(code: string, ...args: string[]): string {
  return execFileSync("python3", ["-c", `import os, sys\n${code}`, ...args], { encoding: "utf8" }).trim();
}

/** A list by which user 65534 may read, the group nothing, and whose upper limit is to read. See acl(5). */
const LIST = [
  [0x01, 6, -1],
  [0x02, 4, 65_534],
  [0x04, 0, -1],
  [0x10, 4, -1],
  [0x20, 0, -1],
].reduce(
  (bytes, [tag = 0, rights = 0, id = 0]) => {
    const entry = Buffer.alloc(8);
    entry.writeUInt16LE(tag, 0);
    entry.writeUInt16LE(rights, 2);
    entry.writeInt32LE(id, 4);
    return Buffer.concat([bytes, entry]);
  },
  Buffer.from([2, 0, 0, 0]),
);
const ACL = "system.posix_acl_access";
const ATTRIBUTE = "user.origin";
const READ = `print(*[os.getxattr(sys.argv[1], name).hex() for name in sorted(os.listxattr(sys.argv[1]))])`;

describe("several files of a folder", () => {
  const together = (paths: readonly string[]): AsyncGenerator<WriteResult, void> =>
    replaceTexts(
      paths.map((path) => ({ source: { path, text: "old" }, newText: "new" })),
      { force: false, journal: openJournal(), linked: new Set() },
    );
  const modes = [0o600, 0o640, 0o755, 0o664];
  const several = (): string[] =>
    modes.map((mode, index) => {
      const path = put(folder.path, `rule-${index}.json`, "old");
      chmodSync(path, mode);
      return path;
    });
  afterEach(() => {
    vi.mocked(spawnSync).mockClear();
  });

  test("keep their rights, by one program for all of them", async () => {
    const paths = several();
    for await (const result of together(paths)) expect(result).toStrictEqual({ written: true });
    expect(paths.map((path) => statSync(path).mode & 0o777)).toStrictEqual(modes);
    const programs = vi.mocked(spawnSync).mock.calls.map(([program]) => program);
    expect(programs.filter((program) => program.endsWith("/cp"))).toHaveLength(1);
    expect(readdirSync(folder.path)).toHaveLength(paths.length);
  });

  test("keep rights that are taken away while the first of them is written", async () => {
    const paths = several();
    for await (const _ of together(paths)) for (const path of paths) chmodSync(path, 0o600);
    expect(paths.map((path) => readFileSync(path, "utf8"))).toStrictEqual(modes.map(() => "new"));
    expect(paths.map((path) => statSync(path).mode & 0o777)).toStrictEqual(modes.map(() => 0o600));
  });

  test("leave nothing behind where writing stops before the last", async () => {
    const paths = several();
    for await (const _ of together(paths)) break;
    expect(paths.map((path) => readFileSync(path, "utf8"))).toStrictEqual(["new", "old", "old", "old"]);
    expect(readdirSync(folder.path)).toHaveLength(paths.length);
  });
});

describe.skipIf(!isHere)("on Linux, with Python to set attributes", () => {
  let path: string;

  beforeEach(() => {
    path = put(folder.path, "rule.json", "old");
    chmodSync(path, 0o600);
    const set = `for name, value in zip(sys.argv[2::2], sys.argv[3::2]): os.setxattr(sys.argv[1], name, bytes.fromhex(value))`;
    python(set, path, ACL, LIST.toString("hex"), ATTRIBUTE, Buffer.from("deploy").toString("hex"));
  });
  afterEach(() => {
    vi.mocked(spawnSync).mockRestore();
  });

  test("a file keeps its mode, its access control list and its attributes, and undo keeps them too", async () => {
    const before = [statSync(path).mode, python(READ, path)];
    expect(before).toEqual([0o100_640, `${LIST.toString("hex")} ${Buffer.from("deploy").toString("hex")}`]);
    expect(await rewrite(path)).toStrictEqual({ written: true });
    expect(readFileSync(path, "utf8")).toBe("new");
    expect([statSync(path).mode, python(READ, path)]).toEqual(before);
    await undoRun();
    expect(readFileSync(path, "utf8")).toBe("old");
    expect([statSync(path).mode, python(READ, path)]).toEqual(before);
  });

  test("where nothing can copy them, the group gets nothing, and that is said", async () => {
    vi.mocked(spawnSync).mockReturnValue({ ...spawnSync("true"), status: 1 });
    expect(await rewrite(path)).toStrictEqual({ written: true, narrowed: true });
    expect(readFileSync(path, "utf8")).toBe("new");
    expect([statSync(path).mode, python(READ, path)]).toEqual([0o100_600, ""]);
  });

  test("that is said too where the group had no rights, because attributes are lost", async () => {
    path = put(folder.path, "own.json", "old");
    chmodSync(path, 0o604);
    vi.mocked(spawnSync).mockReturnValue({ ...spawnSync("true"), status: 1 });
    expect(await rewrite(path)).toStrictEqual({ written: true, narrowed: true });
    expect(statSync(path).mode & 0o777).toBe(0o604);
  });
});
