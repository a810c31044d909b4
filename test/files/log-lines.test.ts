import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { LogLines } from "../../src/files/log-lines.ts";
import { useTemporaryFolder } from "./temporary.ts";

const folder = useTemporaryFolder();
const MARKS = ["SCL_", "SIP "];

/** The lines with a mark in a file of these bytes, and why not all of it can be read. */
async function read(bytes: Uint8Array | string): Promise<{ lines: string[]; problem: string | undefined }> {
  const path = join(folder.path, "log");
  writeFileSync(path, bytes);
  return readFrom(path);
}

async function readFrom(path: string): Promise<{ lines: string[]; problem: string | undefined }> {
  const log = new LogLines({ path }, MARKS);
  const lines: string[] = [];
  for await (const some of log.lines()) lines.push(...some);
  return { lines, problem: log.problem?.message };
}

const TEXT = "SCL_1 first\nother\n\nSIP two SCL_2\r\nmore\n  SIP 3 +15550100 ü\nSCL_4 no line feed";
const LINES = ["SCL_1 first", "SIP two SCL_2\r", "  SIP 3 +15550100 ü", "SCL_4 no line feed"];

describe("the lines with a mark are found", () => {
  it("in text", async () => {
    expect(await read(TEXT)).toEqual({ lines: LINES, problem: undefined });
  });

  it("in text that is compressed, in one piece or several, once or twice", async () => {
    const [half, rest] = [TEXT.slice(0, 20), TEXT.slice(20)];
    const packed = [
      gzipSync(TEXT),
      Buffer.concat([gzipSync(half), gzipSync(rest)]),
      gzipSync(gzipSync(TEXT)),
    ];
    for (const bytes of packed) expect(await read(bytes)).toEqual({ lines: LINES, problem: undefined });
  });

  it("in UTF-16 with a byte order mark, as PowerShell writes it, compressed too", async () => {
    const little = Buffer.from(`\ufeff${TEXT}`, "utf16le");
    const big = Buffer.from(little).swap16();
    for (const bytes of [little, big, gzipSync(little)]) {
      expect(await read(bytes)).toEqual({ lines: LINES, problem: undefined });
    }
  });

  it("beside bytes that are no UTF-8", async () => {
    const bytes = Buffer.concat([
      Buffer.from("SCL_1 "),
      Buffer.from([0xff, 0x00, 0xc3]),
      Buffer.from("\nSCL_2"),
    ]);
    expect(await read(bytes)).toEqual({ lines: ["SCL_1 \ufffd\u0000\ufffd", "SCL_2"], problem: undefined });
  });

  it("across the pieces in which a file is read", async () => {
    const filler = "x".repeat(100_003);
    const lines = Array.from({ length: 40 }, (_, at) => `${filler} SCL_${at}`);
    expect((await read(lines.join("\nother\n"))).lines).toEqual(lines);
  });

  it("of ten megabytes, and a longer one than any log has is passed by", async () => {
    const long = `${"y".repeat(10_000_000)} SCL_a`;
    const endless = `${"z".repeat(40_000_000)} SCL_b`;
    const { lines } = await read(`SCL_1\n${long}\nSCL_2\n${endless}\nSCL_3\n${endless}`);
    expect(lines.map((line) => line.slice(0, 6))).toEqual(["SCL_1", "yyyyyy", "SCL_2", "SCL_3"]);
  });
});

describe("what can't be read is said", () => {
  it("of text that is cut off in its compressed form, what stands before is used", async () => {
    const noise = Array.from({ length: 20_000 }, (_, at) => `other ${(at * 7919) % 10_007}`).join("\n");
    const packed = gzipSync(`SCL_1\n${noise}\nSCL_2`);
    const { lines, problem } = await read(packed.subarray(0, packed.length / 2));
    expect([lines, problem]).toEqual([["SCL_1"], "is compressed by gzip, and cut off"]);
  });

  it("of a broken one, a folder, and nothing", async () => {
    expect((await read(Buffer.from([0x1f, 0x8b, 1, 2, 3, 4]))).problem).toBe("is broken gzip");
    mkdirSync(join(folder.path, "logs"));
    expect((await readFrom(join(folder.path, "logs"))).problem).toBe("is a directory");
    expect((await readFrom(join(folder.path, "none"))).problem).toBe("no such file");
    expect((await readFrom("/dev/zero")).problem).toBe("is a device, not a file");
    expect(await read("")).toEqual({ lines: [], problem: undefined });
    expect(await read("S")).toEqual({ lines: [], problem: undefined });
  });
});
