import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { displayPath } from "../../src/files/paths.ts";
import { scanFolders } from "../../src/files/scan/scan.ts";
import { expectAccount, plant, REQUEST, scanned, whys } from "./scanned.ts";
import { program, put, runBound, useTemporaryFolder } from "./temporary.ts";

const folder = useTemporaryFolder();

/** What is found of these files. */
async function candidates(files: Record<string, string> | string[]): Promise<string[]> {
  plant(folder.path, files);
  return (await scanned(folder.path)).candidates;
}

describe("what is found", () => {
  test("files with trigger words, in whatever language, sorted by their bytes", async () => {
    const names = [
      "a/b/rule.yaml",
      "a/create.py",
      "ä.md",
      "Makefile",
      "rule.json",
      "run",
      ".github/w.yml",
      "z.tf",
    ];
    plant(folder.path, { "b/other.json": "{}", empty: "", "trunk.txt": "a trunk, and ids" });
    const sorted = [
      ".github/w.yml",
      "Makefile",
      "a/b/rule.yaml",
      "a/create.py",
      "rule.json",
      "run",
      "z.tf",
      "ä.md",
    ];
    expect(await candidates(names)).toEqual(sorted);
    expect((await scanned(folder.path)).looked).toBe(11);
  });

  test("paths go from the working directory or are absolute, as the folder was named, so that they can be opened", async () => {
    plant(folder.path, ["a/rule.json"]);
    const code = `
      import { scanFolders } from "./scan/scan.ts";
      const folders = process.argv.slice(2);
      scanFolders(folders, { include: [], exclude: [], noIgnore: false }).then(({ candidates }) =>
        process.stdout.write(JSON.stringify(candidates)));`;
    const file = await program(folder.elsewhere, code);
    const from = (cwd: string, ...folders: string[]): unknown =>
      JSON.parse(execFileSync(process.execPath, [file, ...folders], { cwd, encoding: "utf8" }));
    expect(from(folder.path, ".")).toEqual(["a/rule.json"]);
    expect(from(folder.path, "a")).toEqual(["a/rule.json"]);
    expect(from(folder.path, join(folder.path, "a"))).toEqual([join(folder.path, "a/rule.json")]);
    expect(from(join(folder.path, "a"), ".")).toEqual(["rule.json"]);
    expect(from(join(folder.path, "a"), "..")).toEqual(["../a/rule.json"]);
  });

  test.each([
    ["at the end of the first piece that is read", 65_536],
    ["over the edge of it", 65_540],
    ["over a later edge", 131_075],
    ["far in", 5_000_000],
  ])("words %s", async (_, end) => {
    const words = "trunk_ids";
    expect(
      await candidates({ "a.txt": `${"x".repeat(end - words.length)}${words}${"x".repeat(50)}` }),
    ).toEqual(["a.txt"]);
  });

  test.each([
    ["utf16le and says so", "\uFEFF"],
    ["utf16be and says so", "\uFEFF"],
    ["utf16le without saying so", ""],
    ["utf16be without saying so", ""],
  ])("words in a file that is %s", async (encoding, mark) => {
    const bytes = Buffer.from(mark + REQUEST, "utf16le");
    if (encoding.startsWith("utf16be")) bytes.swap16();
    plant(folder.path, { "a.json": bytes });
    expect((await scanned(folder.path)).candidates).toEqual(["a.json"]);
  });

  test.each([
    "a\nb.json",
    "a\tb.json",
    '"a".json',
    " .json",
    "-rf.json",
    "*.json",
    "[a].json",
    "!a.json",
    "a\\b.json",
  ])("a file of the name %j", async (name) => {
    expect(await candidates([name])).toEqual([name]);
  });

  test("progress is told", async () => {
    plant(
      folder.path,
      Array.from({ length: 2100 }, (_, at) => `${at}.json`),
    );
    const told: number[] = [];
    await scanned(folder.path, { progress: (looked) => told.push(looked) });
    expect(told).toEqual([1024, 2048]);
  });
});

describe("what is left out", () => {
  test("other people's code, a folder at a time", async () => {
    const folders = ["node_modules", "vendor", "third_party", "Pods", "bower_components", "venv", ".venv"];
    plant(
      folder.path,
      folders.flatMap((name) => [`${name}/a/rule.json`, `${name}/b.json`, `inner/${name}/c.json`]),
    );
    plant(folder.path, ["env/lib/rule.json", "env/pyvenv.cfg", "environment/rule.json", "vendors/rule.json"]);
    const scan = await scanned(folder.path);
    expect(scan.candidates).toEqual(["environment/rule.json", "vendors/rule.json"]);
    const left = [...folders, ...folders.map((name) => `inner/${name}`), "env"].map(
      (name) => `${name}/: vendored`,
    );
    expect(new Set(whys(scan))).toEqual(new Set(left));
    expect(scan.looked).toBe(left.length + 2);
  });

  test("generated files, lock files and leftovers, by their names", async () => {
    const generated = [
      "sip_pb2.py",
      "sip_pb2_grpc.py",
      "sip_pb2.pyi",
      "sip.pb.go",
      "sip_pb.ts",
      "sip_pb.js",
      "sip_pb.d.ts",
    ];
    generated.push(
      "sip.twirp.go",
      "app.min.js",
      "app.js.map",
      "package-lock.json",
      "pnpm-lock.yaml",
      "yarn.lock",
    );
    const leftovers = ["rule.json.1234567", "rule.json.1234567890"];
    const others = ["rule.json.12345", "pb.go", "min.js", "lock.json", "1234567"];
    plant(folder.path, [...generated, ...leftovers, ...others]);
    const scan = await scanned(folder.path);
    expect(new Set(scan.candidates)).toEqual(new Set(others));
    expect(new Set(whys(scan))).toEqual(
      new Set([
        ...generated.map((name) => `${name}: generated`),
        ...leftovers.map((name) => `${name}: leftover`),
      ]),
    );
  });

  test.each([
    ["a.go", "// Code generated by protoc-gen-go. DO NOT EDIT.\n", "generated"],
    ["a.rs", "// @generated\n", "generated"],
    ["a.ts", "/* eslint-disable */\n/**\n * @generated by a tool\n */\n", "generated"],
    ["a.md", "How to tell that a file is @generated: it says so.\n", undefined],
    ["a.py", `#${" ".repeat(3000)}\n# @generated\n`, undefined],
  ])("%s that begins with %.20j: %s", async (name, beginning, why) => {
    plant(folder.path, { [name]: beginning + REQUEST });
    expect(whys(await scanned(folder.path))).toEqual(why ? [`${name}: ${why}`] : []);
  });

  test("dist and build stay in, unless they are ignored", async () => {
    expect(await candidates(["dist/rule.json", "build/rule.json"])).toEqual([
      "build/rule.json",
      "dist/rule.json",
    ]);
    plant(folder.path, { ".gitignore": "dist/\n/build\n" });
    const scan = await scanned(folder.path);
    expect(whys(scan)).toEqual(["build/: generated", "dist/: generated"]);
    expect(scan.ignored).toEqual([]);
  });

  test("binary files: by their names, or by a NUL near the words", async () => {
    plant(folder.path, { "a.png": REQUEST, "b.json": `\0${REQUEST}`, "c.json": "\0", "d.json": REQUEST });
    const scan = await scanned(folder.path);
    expect(scan.candidates).toEqual(["d.json"]);
    expect(whys(scan)).toEqual(["a.png: binary", "b.json: binary"]);
  });

  test("what include and exclude say", async () => {
    plant(folder.path, ["a/rule.json", "a/old/rule.json", "a/rule.py", "b/rule.json"]);
    const of = async (include: string[], exclude: string[]): Promise<unknown[]> => {
      const scan = await scanned(folder.path, { include, exclude });
      expect(scan.looked).toBe(scan.candidates.length + scan.skipped.length);
      return [scan.candidates, whys(scan)];
    };
    expect(await of([], ["old/"])).toEqual([
      ["a/rule.json", "a/rule.py", "b/rule.json"],
      ["a/old/: excluded"],
    ]);
    expect(await of([], ["OLD/", "/A/"])).toEqual([
      ["a/old/rule.json", "a/rule.json", "a/rule.py", "b/rule.json"].toSorted(),
      [],
    ]);
    expect(await of(["*.py"], [])).toEqual([
      ["a/rule.py"],
      ["a/old/rule.json: excluded", "a/rule.json: excluded", "b/rule.json: excluded"],
    ]);
    const [all, but] = [join(displayPath(folder.path), "a"), join(displayPath(folder.path), "a/old")];
    expect(await of([], [all])).toEqual([["b/rule.json"], ["a/: excluded"]]);
    expect(await of([all, "b"], [but])).toEqual([
      ["a/rule.json", "a/rule.py", "b/rule.json"],
      ["a/old/: excluded"],
    ]);
  });

  test("links: neither out of the tree, nor to a second name, nor round in a circle", async () => {
    plant(folder.elsewhere, ["rule.json"]);
    plant(folder.path, ["rule.json"]);
    symlinkSync(folder.elsewhere, join(folder.path, "out"));
    symlinkSync(folder.path, join(folder.path, "round"));
    symlinkSync(join(folder.elsewhere, "rule.json"), join(folder.path, "far.json"));
    symlinkSync("rule.json", join(folder.path, "near.json"));
    symlinkSync("nowhere", join(folder.path, "nowhere.json"));
    const scan = await scanned(folder.path);
    expect(scan.candidates).toEqual(["rule.json"]);
    const links = ["far.json", "near.json", "nowhere.json", "out", "round"];
    expect(whys(scan)).toEqual(links.map((name) => `${name}: link`));
  });

  test("a link that is named is followed", async () => {
    plant(folder.elsewhere, ["rules/rule.json"]);
    symlinkSync(join(folder.elsewhere, "rules"), join(folder.path, "rules"));
    expect((await scanned(join(folder.path, "rules"))).candidates).toEqual(["rule.json"]);
  });

  test("pipes and sockets", async () => {
    execFileSync("mkfifo", [join(folder.path, "pipe.json")]);
    const server = createServer().listen(join(folder.path, "socket.json"));
    try {
      expect(whys(await scanned(folder.path))).toEqual(["pipe.json: special", "socket.json: special"]);
    } finally {
      server.close();
    }
  });
});

describe("ignore files, without git", () => {
  test("data that is ignored is named, and only that", async () => {
    plant(folder.path, { ".gitignore": "*.local.json\nsecret/\n*.log\n.env\n", "a.local.json": "{}" });
    plant(folder.path, [
      "b.local.json",
      "secret/rule.yaml",
      "secret/a/rule.ndjson",
      "secret/create.py",
      "a.log",
    ]);
    plant(folder.path, [".env", "secret/node_modules/a.json", "rule.json"]);
    const scan = await scanned(folder.path);
    expect(scan.candidates).toEqual(["rule.json"]);
    expect(scan.ignored).toEqual(["b.local.json", "secret/a/rule.ndjson", "secret/rule.yaml"]);
    // rule.json, .gitignore, the four data files, and the vendored folder.
    expect(scan.looked).toBe(7);
    const all = await scanned(folder.path, { noIgnore: true });
    expect(all.ignored).toEqual([]);
    expect(all.candidates).toEqual([
      ".env",
      "a.log",
      "b.local.json",
      "rule.json",
      "secret/a/rule.ndjson",
      "secret/create.py",
      "secret/rule.yaml",
    ]);
    expect(whys(all)).toEqual(["secret/node_modules/: vendored"]);
  });

  test("an ignored folder that holds very much is left out as a whole", async () => {
    plant(folder.path, { ".gitignore": "data/\n" });
    plant(folder.path, ["data/a/rule.json"]);
    for (let at = 0; at <= 50_000; at++) put(join(folder.path, "data"), `${at}.json`, "");
    const scan = await scanned(folder.path);
    expect(whys(scan)).toEqual(["data/: ignored"]);
    expect(scan.looked).toBe(2);
  });

  test("the deeper file decides, and of one file the later line", async () => {
    plant(folder.path, { ".gitignore": "*.json\n!b.json\n", "in/.gitignore": "!c.json\nb.json\n" });
    plant(folder.path, ["a.json", "b.json", "in/a.json", "in/b.json", "in/c.json"]);
    const scan = await scanned(folder.path);
    expect(scan.candidates).toEqual(["b.json", "in/c.json"]);
    expect(scan.ignored).toEqual(["a.json", "in/a.json", "in/b.json"]);
  });

  test("a folder that a deeper file takes back is looked into", async () => {
    plant(folder.path, { ".gitignore": "made/\n", "in/.gitignore": "!made/\n" });
    plant(folder.path, ["made/a.json", "in/made/a.json"]);
    const scan = await scanned(folder.path);
    expect([scan.candidates, scan.ignored]).toEqual([["in/made/a.json"], ["made/a.json"]]);
  });

  test(".ignore excludes, and takes back what .gitignore says", async () => {
    plant(folder.path, { ".ignore": "old/\n!kept.json\n", ".gitignore": "kept.json\n" });
    plant(folder.path, ["old/a.json", "kept.json", "rule.json"]);
    const scan = await scanned(folder.path);
    expect(scan.candidates).toEqual(["kept.json", "rule.json"]);
    expect(whys(scan)).toEqual(["old/: excluded"]);
    expect((await scanned(folder.path, { noIgnore: true })).candidates).toContain("old/a.json");
  });

  test("a pattern that would take for ever ignores nothing", async () => {
    const deep = "a/".repeat(100);
    plant(folder.path, { ".gitignore": `${"**/a/".repeat(12)}b\n${"*a".repeat(40)}b\n` });
    plant(folder.path, [`${deep}rule.json`, `${"a".repeat(200)}.json`]);
    expect((await scanned(folder.path)).candidates).toHaveLength(2);
  });

  test("an ignore file that is a link or a pipe is not read", async () => {
    put(folder.elsewhere, "patterns", "*.json\n");
    symlinkSync(join(folder.elsewhere, "patterns"), join(folder.path, ".gitignore"));
    execFileSync("mkfifo", [join(folder.path, ".ignore")]);
    expect(await candidates(["rule.json"])).toEqual(["rule.json"]);
  });
});

describe("what can't be searched", () => {
  test("too large: data is unreadable, anything else is skipped; neither is read", async () => {
    for (const name of ["rule.json", "dump.sql"]) {
      const path = put(folder.path, name, "");
      truncateSync(path, 3 * 2 ** 30);
    }
    const scan = await scanned(folder.path);
    expect(scan.unreadable).toMatchObject([{ path: "rule.json", reason: "too-large" }]);
    expect(whys(scan)).toEqual(["dump.sql: too-large"]);
  });

  test("a folder and a file without permission, and a folder that is not there", async () => {
    plant(folder.path, ["rule.json", "closed/rule.json", "closed.json"]);
    const code = `
      import { chmodSync } from "node:fs";
      import { scanFolders } from "./scan/scan.ts";
      scanFolders([process.argv[2], process.argv[2] + "/gone"], { include: [], exclude: [], noIgnore: false })
        .then((scan) => process.stdout.write(JSON.stringify(scan)));`;
    const file = await program(folder.elsewhere, code);
    execFileSync("chmod", ["0", join(folder.path, "closed"), join(folder.path, "closed.json")]);
    const scan = runBound([folder.path, folder.elsewhere], file, folder.path);
    execFileSync("chmod", ["700", join(folder.path, "closed")]);
    expect(scan).toMatchObject({
      candidates: [expect.stringMatching(/\/rule\.json$/)],
      looked: 4,
      unreadable: [
        { path: expect.stringMatching(/\/closed\.json$/), reason: "io", message: "permission denied" },
        { path: expect.stringMatching(/\/closed\/$/), reason: "io", message: "permission denied" },
        { path: expect.stringMatching(/\/gone\/$/), reason: "io", message: "no such file" },
      ],
    });
  });

  test("names that are not UTF-8", async () => {
    const raw = (name: string): Buffer =>
      Buffer.concat([Buffer.from(`${folder.path}/`), Buffer.from(name, "latin1")]);
    writeFileSync(raw("caf\xe9.json"), REQUEST);
    writeFileSync(raw("th\xe9.json"), "{}");
    mkdirSync(raw("\xff\xfe"));
    plant(folder.path, ["\uFFFD.json", "rule.json"]);
    const scan = await scanned(folder.path);
    expect(scan.candidates).toEqual(["rule.json", "\uFFFD.json"]);
    expect(scan.unreadable).toMatchObject([
      { path: "\\xFF\\xFE/", message: "has a name that is not UTF-8" },
      { path: "caf\\xE9.json", message: "has a name that is not UTF-8" },
    ]);
    expect(scan.looked).toBe(5);
  });
});

describe("several folders", () => {
  test("that overlap count once", async () => {
    plant(folder.path, ["a/rule.json", "a/b/rule.json", "c/rule.json"]);
    const inside = ["a/b", "a", "", "a/../a"].map((name) => join(folder.path, name));
    const scan = await scanFolders(inside, { include: [], exclude: [], noIgnore: false });
    expectAccount(scan);
    expect([scan.candidates.length, scan.looked]).toEqual([3, 3]);
  });

  test("a folder that is named is looked into, even if it is left out of another", async () => {
    plant(folder.path, { ".gitignore": "data/\n" });
    plant(folder.path, ["node_modules/a/rule.json", "data/rule.json"]);
    const named = ["", "node_modules/a", "data"].map((name) => join(folder.path, name));
    const scan = await scanFolders(named, { include: [], exclude: [], noIgnore: false });
    expect(scan.candidates).toHaveLength(1);
    expect(scan.ignored).toHaveLength(1);
    expect((await scanned(join(folder.path, "data"))).candidates).toEqual(["rule.json"]);
  });
});
