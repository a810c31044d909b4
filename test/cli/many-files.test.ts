// The search of many files by two threads, with the built program: what it finds does not depend on the second one.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { useTemporaryFolder } from "../files/temporary.ts";
import { PROGRAM } from "./run.ts";

const folder = useTemporaryFolder();

const FLAT = '{ "name": "support", "rule": { "dispatchRuleDirect": { "roomName": "support" } } }\n';
const COUNT = 9000;

/** More files than one thread searches alone, with requests all over them. */
function plant(): void {
  for (let index = 0; index < COUNT; index++) {
    const inner = join(folder.path, "many", `part-${Math.floor(index / 300)}`);
    if (index % 300 === 0) mkdirSync(inner, { recursive: true });
    writeFileSync(join(inner, `file-${index}.json`), index % 1000 === 37 ? FLAT : "{}\n");
  }
  const last = join(folder.path, "many", "part-0");
  writeFileSync(join(last, "utf-16.json"), `\uFEFF${FLAT}`, "utf16le");
  writeFileSync(join(last, "picture.bin"), `\0\0${FLAT}`);
  writeFileSync(Buffer.concat([Buffer.from(`${last}/`), Buffer.from([0xe9]), Buffer.from(".json")]), FLAT);
  spawnSync("mkfifo", [join(last, "pipe.json")]);
}

function reportOf(program: string): { files: Record<string, unknown>; sites: { path: string }[] } {
  const args = [program, "migrate", "many", "--format", "json"];
  const { stdout } = spawnSync(process.execPath, args, {
    cwd: folder.path,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(stdout);
}

describe("a folder of many files outside git", () => {
  it("is searched whole, with the second thread and without it", () => {
    plant();
    const found = reportOf(PROGRAM);
    expect(found.sites.map(({ path }) => path).toSorted()).toEqual(
      [
        ...[37, 1037, 2037, 3037, 4037, 5037, 6037, 7037, 8037].map(
          (index) => `many/part-${Math.floor(index / 300)}/file-${index}.json`,
        ),
        "many/part-0/utf-16.json",
        "many/part-0/\\xE9.json",
      ].toSorted(),
    );
    expect(found.files).toMatchObject({ looked: COUNT + 4 });

    const copy = join(folder.path, "copy");
    for (const part of ["bin", "dist"])
      cpSync(join(dirname(PROGRAM), "..", part), join(copy, part), { recursive: true });
    cpSync(join(dirname(PROGRAM), "../package.json"), join(copy, "package.json"));
    rmSync(join(copy, "dist/second-searcher.cjs"));
    expect(reportOf(join(copy, "bin/sip-dispatch.js"))).toEqual(found);
  });
});
