import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { isRoot, mountSmallDisk, useTemporaryFolder } from "../files/temporary.ts";
import { NOBODY } from "./run.ts";

// An install that another Node built: the first run keeps a code cache in the user's folder, where that is safe, and
// whatever stands there instead, the command does the same.

const folder = useTemporaryFolder();
const ROOT = join(import.meta.dirname, "../..");

/** The program as it is installed, without the caches that this Node's build made. */
let program = "";
let cache = "";

beforeEach(() => {
  for (const name of ["bin", "dist"]) {
    const filter = (path: string): boolean => !path.endsWith(".cache");
    cpSync(join(ROOT, name), join(folder.elsewhere, name), { recursive: true, filter });
  }
  program = join(folder.elsewhere, "bin/sip-dispatch.js");
  cache = join(folder.elsewhere, "cache/sip-dispatch");
  writeFileSync(join(folder.path, "rule.json"), '{"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}\n');
});

async function start(env: NodeJS.ProcessEnv = {}, user?: number, path = "rule.json"): Promise<unknown> {
  const all: NodeJS.ProcessEnv = { ...process.env, XDG_CACHE_HOME: join(folder.elsewhere, "cache"), ...env };
  delete all["NODE_COMPILE_CACHE"];
  const done = spawn(process.execPath, [program, "migrate", path, "--check"], {
    cwd: folder.path,
    env: all,
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  let stderr = "";
  done.stdout.resume();
  done.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const status = await new Promise((resolve) => done.on("close", resolve));
  return [status, stderr];
}

const FINE = [1, ""];

function kept(): string[] {
  return readdirSync(cache, { recursive: true, encoding: "utf8" }).toSorted();
}

describe("the migration of a file", () => {
  it("loads none of node's modules that bring its streams with them", async () => {
    const [list, hook] = [join(folder.elsewhere, "loaded"), join(folder.elsewhere, "hook.cjs")];
    const write = `require("node:fs").writeFileSync(${JSON.stringify(list)}, process.moduleLoadList.join("\\n"))`;
    writeFileSync(hook, `process.on("exit", () => ${write});\n`);
    expect(await start({ NODE_OPTIONS: `--require=${hook}` })).toEqual(FINE);
    const loaded = readFileSync(list, "utf8").split("\n");
    expect(loaded).toContain("NativeModule fs");
    const late = ["child_process", "crypto", "net", "stream", "tty", "zlib"].map(
      (name) => `NativeModule ${name}`,
    );
    expect(loaded.filter((name) => late.includes(name))).toEqual([]);
  });
});

describe("the code cache of a Node that did not build the command", () => {
  const { node }: { node: string } = createRequire(import.meta.url)("../../bin/load.js");
  const own = (): string => `${readFileSync(join(ROOT, "dist/id"), "utf8")}-${node}`;

  it("is the user's alone, and stays as it is once it is there", async () => {
    expect(await start()).toEqual(FINE);
    expect(kept()).toEqual([own(), `${own()}/cli`]);
    expect(statSync(cache).mode & 0o777).toBe(0o700);
    expect(statSync(join(cache, own(), "cli")).mode & 0o777).toBe(0o600);
    const { ino } = statSync(join(cache, own(), "cli"));
    expect(await start()).toEqual(FINE);
    expect(statSync(join(cache, own(), "cli")).ino).toBe(ino);
  });

  it("is kept once for all that a run loads, whatever flags of V8's it sets on the way", async () => {
    writeFileSync(join(folder.path, "rule.py"), "request = api.CreateSIPDispatchRuleRequest(name='a')\n");
    writeFileSync(join(folder.path, "rule.yaml"), "name: a\ntrunk_ids: [ST_a]\n");
    writeFileSync(join(folder.path, "trunk_ids.md"), "# trunk_ids of dispatch_rule\n");
    const inodes = (): unknown =>
      kept().map((name) => [name.replace(`${own()}/`, ""), statSync(join(cache, name)).ino]);
    await start({}, undefined, ".");
    const first = inodes();
    expect(first).toEqual(
      [
        own(),
        "cli",
        "later",
        ...["later", "libraries"].flatMap((kind) =>
          ["micromark", "web-tree-sitter", "yaml"].map((library) => `${kind}-${library}`),
        ),
      ].map((name) => [name, expect.any(Number)]),
    );
    await start({}, undefined, ".");
    expect(inodes()).toEqual(first);
  });

  it("is made once by two runs at once", async () => {
    expect(await Promise.all([start(), start(), start()])).toEqual([FINE, FINE, FINE]);
    expect(kept()).toEqual([own(), `${own()}/cli`]);
  });

  it("is made anew where it is broken", async () => {
    await start();
    const file = join(cache, own(), "cli");
    writeFileSync(file, "broken");
    expect(await start()).toEqual(FINE);
    expect(statSync(file).size).toBeGreaterThan(1000);
  });

  it.each<[string, () => void]>([
    ["a file", () => writeFileSync(cache, "")],
    ["a link", () => symlinkSync(folder.path, cache)],
    ["open to others", () => mkdirSync(cache) ?? chmodSync(cache, 0o770)],
  ])("is done without where its folder is %s", async (_, place) => {
    mkdirSync(join(folder.elsewhere, "cache"));
    place();
    expect(await start()).toEqual(FINE);
    expect(readdirSync(folder.path)).toEqual(["rule.json"]);
  });

  it("is done without where there is no home", async () => {
    expect(await start({ XDG_CACHE_HOME: "", HOME: "/dev/null" })).toEqual(FINE);
    const { HOME: _, ...homeless } = process.env;
    expect(await start({ ...homeless, XDG_CACHE_HOME: "/dev/full", HOME: undefined })).toEqual(FINE);
  });

  it("makes no home where there is none", async () => {
    const home = join(folder.elsewhere, "home");
    expect(await start({ XDG_CACHE_HOME: "", HOME: home })).toEqual(FINE);
    expect(existsSync(home)).toBe(false);
  });

  it.runIf(process.platform === "linux")("is done without where folders hold none", async () => {
    expect(await start({ XDG_CACHE_HOME: "/proc/self" })).toEqual(FINE);
  });

  it.skipIf(process.platform === "win32").each<[string, (file: string) => void]>([
    ["a pipe", (file) => execFileSync("mkfifo", [file])],
    ["a link to a device", (file) => symlinkSync("/dev/zero", file)],
    ["a folder", (file) => mkdirSync(file)],
  ])("is not read where %s stands in its place", async (_, place) => {
    mkdirSync(join(folder.elsewhere, "cache"));
    mkdirSync(cache, { mode: 0o700 });
    mkdirSync(join(cache, own()), { mode: 0o700 });
    place(join(cache, own(), "cli"));
    expect(await start()).toEqual(FINE);
    expect(kept()).toEqual([own(), `${own()}/cli`]);
  });

  it("is done without on a full disk, which holds no part of it", async ({ skip }) => {
    const disk = join(folder.elsewhere, "cache");
    const unmount = mountSmallDisk(disk, skip);
    try {
      expect(await start()).toEqual(FINE);
      expect(kept()).toEqual([own()]);
    } finally {
      unmount();
    }
  });

  it.runIf(isRoot)("is done without where it is somebody else's (needs root)", async () => {
    mkdirSync(cache, { recursive: true, mode: 0o700 });
    for (const path of [folder.elsewhere, folder.path]) chmodSync(path, 0o755);
    expect(await start({ SIP_DISPATCH_STATE: folder.path }, NOBODY)).toEqual(FINE);
    expect(kept()).toEqual([]);
  });

  it("is not wanted with NODE_DISABLE_COMPILE_CACHE", async () => {
    expect(await start({ NODE_DISABLE_COMPILE_CACHE: "1" })).toEqual(FINE);
    expect(readdirSync(folder.elsewhere)).not.toContain("cache");
  });
});

describe("a Node that is too old", () => {
  it("is named in a sentence", async () => {
    const text = readFileSync(program, "utf8");
    // As it would be there: the version is all that it asks for.
    writeFileSync(program, text.replace("process.versions.node.split", '"18.20.4".split'));
    expect(await start()).toEqual([
      2,
      expect.stringMatching(/is too old\.\nInstall Node\.js 20\.19 or newer\.\n$/),
    ]);
  });
});
