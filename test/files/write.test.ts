import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { openJournal } from "../../src/files/journal/journal.ts";
import { readSource, type Source } from "../../src/files/read.ts";
import { listRuns } from "../../src/files/journal/undo.ts";
import { replaceText, writeNewFile, type WriteResult } from "../../src/files/write/write.ts";
import { git, isRoot, mountSmallDisk, program, put, runBound, useTemporaryFolder } from "./temporary.ts";

const folder = useTemporaryFolder();

function read(path: string): Source {
  const source = readSource(path, 2 ** 20);
  if (!("text" in source)) throw new Error(`${path} ${source.message}`);
  return source;
}

/** Reads the file, lets something happen, and writes. */
async function rewrite(
  path: string,
  text: string,
  { force = false, meanwhile = () => {} } = {},
): Promise<WriteResult> {
  const source = read(path);
  meanwhile();
  return replaceText(source, text, { force, journal: openJournal() });
}

/** A program that reads the file it is given, writes a text to it and prints the result. */
function writer(): Promise<string> {
  return program(
    folder.elsewhere,
    `import { openJournal } from "./journal/journal.ts";
     import { readSource } from "./read.ts";
     import { replaceText } from "./write/write.ts";
     const [path = "", text = ""] = process.argv.slice(2);
     const source = readSource(path, 100);
     if ("text" in source) {
       const result = replaceText(source, text, { force: false, journal: openJournal() });
       void result.then((value) => console.log(JSON.stringify(value)));
     }`,
  );
}

const written = { written: true };
const refused = (reason: string, message: string): unknown => ({
  written: false,
  reason,
  message,
  next: expect.stringMatching(/^[A-Z].*\.$/),
});

describe("replacing a text", () => {
  test("puts exactly the new bytes there and leaves nothing else behind", async () => {
    const path = put(folder.path, "rule.json", "\uFEFF{}\r\n");
    const text = '\uFEFF{\r\n  "name": "📞"\r\n}';
    expect(await rewrite(path, text)).toStrictEqual(written);
    expect(readFileSync(path)).toStrictEqual(Buffer.from(text));
    expect(readdirSync(folder.path)).toStrictEqual(["rule.json"]);
  });

  test("can empty a file, and fill an empty one", async () => {
    const path = put(folder.path, "rule.json", "{}");
    expect(await rewrite(path, "")).toStrictEqual(written);
    expect(await rewrite(path, "[]")).toStrictEqual(written);
    expect(readFileSync(path, "utf8")).toBe("[]");
  });

  test.each([0o600, 0o640, 0o755, 0o666, 0o2775])("keeps the mode %o", async (mode) => {
    const path = put(folder.path, "rule.sh", "old");
    chmodSync(path, mode);
    expect(await rewrite(path, "new")).toStrictEqual(written);
    expect(statSync(path).mode & 0o7777).toBe(mode);
  });

  test("takes a new file's place, so that whoever has the old one open still reads it whole", async () => {
    const path = put(folder.path, "rule.json", "old");
    const { ino } = statSync(path);
    await rewrite(path, "new");
    expect(statSync(path).ino).not.toBe(ino);
  });

  test("writes through links to the file", async () => {
    mkdirSync(join(folder.path, "real"));
    const path = put(join(folder.path, "real"), "rule.json", "old");
    symlinkSync("real/rule.json", join(folder.path, "one"));
    symlinkSync("one", join(folder.path, "two"));
    expect(await rewrite(join(folder.path, "two"), "new")).toStrictEqual(written);
    expect(readlinkSync(join(folder.path, "two"))).toBe("one");
    expect(readlinkSync(join(folder.path, "one"))).toBe("real/rule.json");
    expect(lstatSync(path).isFile()).toBe(true);
    expect(readFileSync(path, "utf8")).toBe("new");
    expect([...listRuns()][0]?.files).toStrictEqual([path]);
  });

  test("keeps hard links together, whether the file grows or shrinks", async () => {
    const path = put(folder.path, "rule.json", "old");
    const other = join(folder.path, "other.json");
    linkSync(path, other);
    for (const text of ["much longer than before", "short"]) {
      expect(await rewrite(path, text)).toStrictEqual(written);
      expect(readFileSync(other, "utf8")).toBe(text);
      expect(statSync(path).nlink).toBe(2);
    }
  });

  test.runIf(isRoot)("keeps the owner when root writes", async () => {
    const path = put(folder.path, "rule.json", "old");
    chownSync(path, 65534, 12345);
    expect(await rewrite(path, "new")).toStrictEqual(written);
    expect(statSync(path)).toMatchObject({ uid: 65534, gid: 12345 });
  });

  test.runIf(isRoot)("keeps an owner that the writer may not give a file to", async () => {
    const path = put(folder.path, "rule.json", "old");
    chmodSync(path, 0o666);
    const result = runBound([folder.path, folder.elsewhere], await writer(), path, "new");
    expect(result).toStrictEqual(written);
    expect(statSync(path)).toMatchObject({ uid: 0, gid: 0 });
    expect(readFileSync(path, "utf8")).toBe("new");
  });
});

describe("a file that is not the one that was read", () => {
  const stale = refused("stale", "has changed since it was read");

  test.each([false, true])("was edited (force: %s)", async (force) => {
    const path = put(folder.path, "rule.json", "old");
    const meanwhile = (): void => writeFileSync(path, "odd");
    expect(await rewrite(path, "new", { force, meanwhile })).toStrictEqual(stale);
    expect(readFileSync(path, "utf8")).toBe("odd");
    expect([...listRuns()]).toStrictEqual([]);
  });

  test("grew, vanished, or is another thing by now", async () => {
    const path = put(folder.path, "rule.json", "old");
    expect(await rewrite(path, "new", { meanwhile: () => appendFileSync(path, " ") })).toStrictEqual(stale);
    expect(await rewrite(path, "new", { meanwhile: () => rmSync(path) })).toStrictEqual(stale);
    expect(existsSync(path)).toBe(false);
    put(folder.path, "rule.json", "old");
    const meanwhile = (): void => {
      rmSync(path);
      execFileSync("mkfifo", [path]);
    };
    expect(await rewrite(path, "new", { meanwhile })).toStrictEqual(stale);
  });

  test("changes while the journal is written", async () => {
    const path = put(folder.path, "rule.json", "old");
    const journal = openJournal();
    const keep = journal.keep.bind(journal);
    journal.keep = (...entry) => {
      writeFileSync(path, "odd");
      return keep(...entry);
    };
    expect(await replaceText(read(path), "new", { force: false, journal })).toStrictEqual(stale);
    expect(readFileSync(path, "utf8")).toBe("odd");
    expect(readdirSync(folder.path)).toStrictEqual(["rule.json"]);
    expect([...listRuns()]).toStrictEqual([]);
  });
});

describe("a file that may not be written", () => {
  test("has no write bit, which counts for root too", async () => {
    const path = put(folder.path, "rule.json", "old");
    chmodSync(path, 0o444);
    expect(await rewrite(path, "new", { force: true })).toStrictEqual(refused("read-only", "is read-only"));
    expect(readFileSync(path, "utf8")).toBe("old");
  });

  test.runIf(isRoot)("is somebody else's", async () => {
    const path = put(folder.path, "rule.json", "old");
    chmodSync(path, 0o644);
    const result = runBound([folder.path, folder.elsewhere], await writer(), path, "new");
    expect(result).toStrictEqual(refused("read-only", "is read-only"));
  });

  test.runIf(isRoot)("stands in somebody else's directory", async () => {
    const path = put(folder.path, "rule.json", "old");
    chownSync(path, 65534, 65534);
    chmodSync(folder.path, 0o755);
    const result = runBound([folder.elsewhere], await writer(), path, "new");
    expect(result).toStrictEqual(refused("read-only", "is in a read-only directory"));
  });

  test("stands in a directory that takes no temporary file", async () => {
    const path = put(folder.path, "rule.json", "old");
    chmodSync(folder.path, 0o555);
    const result = await rewrite(path, "new");
    chmodSync(folder.path, 0o755);
    expect(result).toStrictEqual(refused("read-only", "is in a read-only directory"));
    expect(readFileSync(path, "utf8")).toBe("old");
  });
});

const changed = (): string => {
  git(folder.path, "init", "-q");
  const path = put(folder.path, "rule.json", "old");
  git(folder.path, "add", ".");
  git(folder.path, "commit", "-q", "-m", "test");
  writeFileSync(path, "mine");
  return path;
};

describe("uncommitted changes", () => {
  test("are refused, and overruled by force", async () => {
    const path = changed();
    expect(await rewrite(path, "new")).toStrictEqual(refused("uncommitted", "has uncommitted changes"));
    expect(readFileSync(path, "utf8")).toBe("mine");
    expect(await rewrite(path, "new", { force: true })).toStrictEqual(written);
  });

  test("are those of the file a link leads to", async () => {
    const path = join(folder.path, "link");
    symlinkSync(changed(), path);
    expect(await rewrite(path, "new")).toStrictEqual(refused("uncommitted", "has uncommitted changes"));
  });

  test("can't be told in a broken repository", async () => {
    const path = changed();
    put(folder.path, ".git/index", "broken");
    const unknown = refused("uncommitted", "is in a repository that git can't read");
    expect(await rewrite(path, "new")).toStrictEqual(unknown);
  });

  test("can't be told without git", async () => {
    const path = changed();
    vi.stubEnv("PATH", folder.elsewhere);
    const result = await rewrite(path, "new");
    vi.unstubAllEnvs();
    expect(result).toMatchObject({ reason: "uncommitted", next: "Install git, or use --force." });
    expect(readFileSync(path, "utf8")).toBe("mine");
  });
});

describe("when writing fails", () => {
  test("because the journal can't be kept, the file is not written", async () => {
    const path = put(folder.path, "rule.json", "old");
    process.env["SIP_DISPATCH_STATE"] = join(path, "state");
    const why = "can't be recorded in the journal: has a file where a directory should be in its path";
    expect(await rewrite(path, "new")).toStrictEqual(refused("io", why));
    expect(readFileSync(path, "utf8")).toBe("old");
  });

  test.for(["alone", "with a hard link"])(
    "because the disk is full, a file %s stays whole",
    async (kind, { skip }) => {
      const disk = join(folder.path, "disk");
      const unmount = mountSmallDisk(disk, skip);
      try {
        const old = "o".repeat(20_000);
        const path = put(disk, "rule.json", old);
        if (kind === "with a hard link") linkSync(path, join(disk, "other.json"));
        const names = readdirSync(disk);
        expect(await rewrite(path, "n".repeat(100_000))).toStrictEqual(refused("io", "the disk is full"));
        expect(readFileSync(path, "utf8")).toBe(old);
        expect(readdirSync(disk)).toStrictEqual(names);
        expect([...listRuns()]).toStrictEqual([]);
      } finally {
        unmount();
      }
    },
  );

  test("because the journal's disk is full, the file is not written", async ({ skip }) => {
    const disk = join(folder.path, "disk");
    const unmount = mountSmallDisk(disk, skip);
    try {
      process.env["SIP_DISPATCH_STATE"] = disk;
      const path = put(folder.path, "rule.json", "old");
      const full = "can't be recorded in the journal: the disk is full";
      expect(await rewrite(path, "n".repeat(100_000))).toStrictEqual(refused("io", full));
      expect(readFileSync(path, "utf8")).toBe("old");
    } finally {
      unmount();
    }
  });
});

const write = (name: string): WriteResult => writeNewFile(join(folder.path, name), "new");

describe("writing a new file", () => {
  test("that does not exist yet", async () => {
    expect(write("rule.json")).toStrictEqual(written);
    expect(readFileSync(join(folder.path, "rule.json"), "utf8")).toBe("new");
    expect(readdirSync(folder.path)).toStrictEqual(["rule.json"]);
  });

  test("that exists with the same bytes", async () => {
    const { ino } = statSync(put(folder.path, "rule.json", "new"));
    expect(write("rule.json")).toStrictEqual(written);
    expect(statSync(join(folder.path, "rule.json")).ino).toBe(ino);
  });

  test("that exists with other bytes", async () => {
    const path = put(folder.path, "rule.json", "old");
    expect(write("rule.json")).toStrictEqual(refused("exists", "exists and holds something else"));
    expect(readFileSync(path, "utf8")).toBe("old");
  });

  test("but not through a link that leads nowhere", async () => {
    symlinkSync("nowhere", join(folder.path, "dangling"));
    expect(write("dangling")).toStrictEqual(refused("exists", "is a link that leads nowhere"));
  });

  test("where something stands that is no file", async () => {
    mkdirSync(join(folder.path, "directory"));
    execFileSync("mkfifo", [join(folder.path, "pipe")]);
    expect(write("directory")).toStrictEqual(refused("exists", "is a directory"));
    expect(write("pipe")).toStrictEqual(refused("exists", "is a named pipe, not a file"));
    const device = writeNewFile("/dev/null", "new");
    expect(device).toStrictEqual(refused("exists", "is a device, not a file"));
  });

  test("without a directory to stand in", async () => {
    expect(write("none/rule.json")).toStrictEqual(refused("io", "is in a directory that doesn't exist"));
    put(folder.path, "file", "");
    const below = refused("io", "has a file where a directory should be in its path");
    expect(write("file/rule.json")).toStrictEqual(below);
  });
});
