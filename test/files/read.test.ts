import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, closeSync, openSync, symlinkSync, truncateSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import * as fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { readSource } from "../../src/files/read.ts";
import { program, put, runBound, useTemporaryFolder } from "./temporary.ts";

const folder = useTemporaryFolder();
const limit = 64 * 2 ** 20;

describe("a file that can be read", () => {
  test("keeps its byte order mark, line endings and every other byte", () => {
    const text = '\uFEFF{\r\n\t"name": "Zoë 📞"\r}';
    const path = put(folder.path, "rule.json", text);
    expect(readSource(path, limit)).toStrictEqual({ path, text });
  });

  test("comes back byte for byte, whatever it says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.boolean(), (body, marked) => {
        const bytes = Buffer.from((marked ? "\uFEFF" : "") + body.replaceAll("\0", ""));
        const source = readSource(put(folder.path, "any", bytes), limit);
        expect("text" in source && Buffer.from(source.text).equals(bytes)).toBe(true);
      }),
    );
  });

  test("may be empty, and may be exactly as long as the limit", () => {
    expect(readSource(put(folder.path, "empty", ""), limit)).toMatchObject({ text: "" });
    expect(readSource(put(folder.path, "ten", "0123456789"), 10)).toMatchObject({ text: "0123456789" });
  });

  test("is reached through a link", () => {
    put(folder.path, "rule.json", "{}");
    const path = join(folder.path, "link");
    symlinkSync("rule.json", path);
    expect(readSource(path, limit)).toStrictEqual({ path, text: "{}" });
  });
});

const refused = (path: string, most = limit): unknown => {
  const found = readSource(path, most);
  expect(found).toMatchObject({ path, next: expect.stringMatching(/^[A-Z].*\.$/) });
  return "text" in found ? found.text : [found.reason, found.message];
};

describe("a path that gives no text", () => {
  test("missing", () => {
    expect(refused(join(folder.path, "none"))).toStrictEqual(["io", "no such file"]);
  });

  test("a directory", () => {
    expect(refused(folder.path)).toStrictEqual(["io", "is a directory"]);
  });

  test("below a file", () => {
    const path = join(put(folder.path, "file", ""), "below");
    expect(refused(path)).toStrictEqual(["io", "has a file where a directory should be in its path"]);
  });

  test("a loop of links", () => {
    const path = join(folder.path, "loop");
    symlinkSync("loop", path);
    expect(refused(path)).toStrictEqual(["io", "is a loop of links"]);
  });

  test("a name that is too long, and one that cannot be", () => {
    expect(refused(join(folder.path, "n".repeat(300)))).toStrictEqual(["io", "has a name that is too long"]);
    expect(refused("a\0b")).toStrictEqual(["io", "has a name that no file can have"]);
  });

  test("without permission", async () => {
    const path = put(folder.path, "secret", "{}");
    chmodSync(path, 0);
    const reader = await program(
      folder.elsewhere,
      `import { readSource } from "./read.ts";
       console.log(JSON.stringify(readSource(process.argv[2] ?? "", 100)));`,
    );
    const found = runBound([folder.path, folder.elsewhere], reader, path);
    expect(found).toMatchObject({ path, reason: "io", message: "permission denied" });
  });

  test("a pipe, which is not waited for", () => {
    const path = join(folder.path, "pipe");
    execFileSync("mkfifo", [path]);
    expect(refused(path)).toStrictEqual(["io", "is a named pipe, not a file"]);
  });

  test("a socket", async () => {
    const path = join(folder.path, "socket");
    const server = createServer().listen(path);
    await new Promise((resolve) => server.once("listening", resolve));
    expect(refused(path)).toStrictEqual(["io", "is a socket, not a file"]);
    server.close();
  });

  test("a device", () => {
    expect(refused("/dev/zero")).toStrictEqual(["io", "is a device, not a file"]);
  });

  test("over the limit, by its size alone", () => {
    const path = put(folder.path, "big", "");
    truncateSync(path, 65 * 2 ** 20);
    expect(refused(path)).toStrictEqual(["too-large", "is 65 MiB; the limit is 64 MiB"]);
    truncateSync(path, 64 * 2 ** 20 + 1);
    expect(refused(path)).toStrictEqual(["too-large", "is 64.1 MiB; the limit is 64 MiB"]);
    truncateSync(path, 11);
    expect(refused(path, 10)).toStrictEqual(["too-large", "is 11 bytes; the limit is 10 bytes"]);
  });

  test.runIf(process.platform === "linux")("over the limit although its size says nothing", () => {
    expect(refused("/proc/self/status", 100)).toStrictEqual(["too-large", "is over 100 bytes, the limit"]);
    expect(readSource("/proc/self/status", limit)).toMatchObject({ text: expect.stringContaining("Pid:") });
  });
});

/** Text as UTF-8, and bytes as they are. */
const concat = (pieces: (string | number[])[]): Buffer =>
  Buffer.concat(pieces.map((piece) => (typeof piece === "string" ? Buffer.from(piece) : Buffer.from(piece))));

/** Where and why these bytes are refused, in short. */
const place = (bytes: Uint8Array): unknown => {
  const found = readSource(put(folder.path, "odd", bytes), limit);
  return "text" in found ? found.text : [found.message, found.line, found.column];
};

describe("a file that is not UTF-8", () => {
  test.each([
    ["little-endian", "fffe7b00"],
    ["big-endian", "feff007b"],
  ])("but UTF-16, %s", (_, hex) => {
    expect(place(Buffer.from(hex, "hex"))).toStrictEqual(["is UTF-16, not UTF-8", undefined, undefined]);
  });

  test.each([
    ["a NUL byte", "is \n\na\0b", "holds a NUL byte", 3, 2],
    ["a NUL byte behind CRLF and a character of two units", "x\r\n📞\0", "holds a NUL byte", 2, 3],
  ])("%s", (_, text, message, line, column) => {
    expect(place(Buffer.from(text))).toStrictEqual([message, line, column]);
  });

  test.each([
    ["Latin-1", ['{\n  "name": "Zo', [0xeb], '"}'], 2, 14],
    ["after a byte order mark, which takes no column", ["\uFEFF", [0xff]], 1, 1],
    ["after a replacement character that is really there", ["\uFFFD", [0xff]], 1, 2],
    ["a sequence that another character cuts off", ["é", [0xef, 0xbf], "A"], 1, 2],
    ["a sequence that the end cuts off", ["a\r\n📞", [0xf0, 0x9f]], 2, 3],
    ["a surrogate", ["ab", [0xed, 0xa0, 0x80]], 1, 3],
    ["an overlong form", ["a", [0xc0, 0x80]], 1, 2],
  ])("%s", (_, pieces, line, column) => {
    expect(place(concat(pieces))).toStrictEqual(["is not valid UTF-8", line, column]);
  });
});

describe("standard input", () => {
  let reader = "";
  beforeEach(async () => {
    reader = await program(
      folder.elsewhere,
      `import { readStandardInput } from "./read.ts";
       if (process.argv[3]) process.stdin.readableFlowing; // opening the stream makes a pipe non-blocking
       const found = readStandardInput(Number(process.argv[2]));
       console.log(JSON.stringify("text" in found ? found.text.length : [found.path, found.reason, found.message]));`,
    );
  });
  const run = (most: number, input: { input: string } | { stdio: [number, "pipe", "pipe"] }): unknown => {
    const { stdout } = spawnSync(process.execPath, [reader, String(most)], { encoding: "utf8", ...input });
    return JSON.parse(stdout);
  };

  test("is read to its end", () => {
    expect(run(limit, { input: "x".repeat(300_000) })).toBe(300_000);
    expect(run(10, { input: "0123456789" })).toBe(10);
    expect(run(10, { input: "" })).toBe(0);
  });

  test("has a limit", () => {
    expect(run(10, { input: "01234567890" })).toStrictEqual([
      "-",
      "too-large",
      "is over 10 bytes, the limit",
    ]);
  });

  test("is refused when it is endless, or a directory", () => {
    for (const [path, found] of [
      ["/dev/zero", ["-", "too-large", "is over 1 MiB, the limit"]],
      [folder.path, ["-", "io", "is a directory"]],
    ] as const) {
      const file = openSync(path, "r");
      expect(run(2 ** 20, { stdio: [file, "pipe", "pipe"] })).toStrictEqual(found);
      closeSync(file);
    }
  });

  test("is waited for when it is non-blocking and slow", async () => {
    const child = spawn(process.execPath, [reader, String(limit), "open"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    setTimeout(() => child.stdin.write("first "), 200);
    setTimeout(() => child.stdin.end("second"), 400);
    const output: string[] = [];
    for await (const chunk of child.stdout) output.push(String(chunk));
    expect(output.join("")).toBe("12\n");
  });
});
