import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pinIn, Pins } from "../../src/files/library-pins.ts";
import { git, put, useTemporaryFolder } from "./temporary.ts";

/** A file's name and text, and what it says: the line and the versions as they are written. */
const SAID: readonly [string, string, [number, string]][] = [
  ["requirements.txt", "livekit-api\nlivekit-protocol==0.8.2\n", [2, "==0.8.2"]],
  ["requirements.txt", "livekit-protocol==0.8.2\r\nrequests\r\n", [1, "==0.8.2"]],
  ["requirements.txt", "livekit_protocol == 0.8.2  # old\n", [1, "== 0.8.2"]],
  ["requirements.txt", "LiveKit-Protocol>=0.8,<1 ; python_version < '3.12'\n", [1, ">=0.8,<1"]],
  ["requirements.txt", "livekit-protocol[x] (>=0.8)\n", [1, ">=0.8"]],
  ["requirements.txt", "livekit-protocol==0.8.2 \\\n    --hash=sha256:00\n", [1, "==0.8.2"]],
  ["requirements.txt", "livekit-protocol==0.8.2 --hash=sha256:00\n", [1, "==0.8.2"]],
  ["requirements-dev.txt", "livekit-protocol<1\n", [1, "<1"]],
  ["dev-requirements.txt", "livekit-protocol<1\n", [1, "<1"]],
  ["requirements/base.in", "livekit-protocol<1\n", [1, "<1"]],
  ["constraints.txt", "livekit-protocol<1\n", [1, "<1"]],
  ["pyproject.toml", '[project]\ndependencies = [\n  "livekit-protocol~=0.8",\n]\n', [3, "~=0.8"]],
  ["pyproject.toml", 'dependencies = ["livekit-api~=1.0", "livekit-protocol==0.8.2"]\n', [1, "==0.8.2"]],
  [
    "pyproject.toml",
    '[tool.poetry.dependencies]\npython = "^3.11"\nlivekit-protocol = "^0.8"\n',
    [3, "^0.8"],
  ],
  ["pyproject.toml", 'livekit-protocol = { extras = ["x"], version = "^0.8" }\n', [1, "^0.8"]],
  ["pyproject.toml", '[tool.poetry.dependencies.livekit-protocol]\nversion = "^0.8"\n', [2, "^0.8"]],
  ["pyproject.toml", '[tool.poetry.group.dev.dependencies]\n"livekit-protocol" = "0.8.2"\n', [2, "0.8.2"]],
  ["setup.py", 'setup(\n  install_requires=["livekit-protocol>=0.8,<1.0"],\n)\n', [2, ">=0.8,<1.0"]],
  ["setup.cfg", "[options]\ninstall_requires =\n    livekit-protocol==0.8.2\n", [3, "==0.8.2"]],
  ["Pipfile", '[packages]\nlivekit-protocol = "==0.8.2"\n', [2, "==0.8.2"]],
  ["environment.yml", "dependencies:\n  - pip:\n      - livekit-protocol==0.8.2\n", [3, "==0.8.2"]],
  ["environment.yml", 'dependencies:\n  - "livekit-protocol=0.8"\n', [2, "=0.8"]],
  ["poetry.lock", '[[package]]\nname = "livekit-protocol"\nversion = "0.8.2"\n', [3, "0.8.2"]],
  ["uv.lock", '[[package]]\r\nname = "livekit-protocol"\r\nversion = "0.8.2"\r\n', [3, "0.8.2"]],
  ["pdm.lock", 'x = 1\n[[package]]\nname = "livekit-protocol"\nversion = "0.8.2"\n', [4, "0.8.2"]],
  ["pylock.toml", '[[packages]]\nname = "livekit-protocol"\nversion = "0.8.2"\n', [3, "0.8.2"]],
  [
    "Pipfile.lock",
    '{\n"default": {\n"livekit-protocol": {\n"hashes": ["sha256:00"],\n"version": "==0.8.2"\n}}}',
    [5, "==0.8.2"],
  ],
  ["livekit_protocol-0.8.2.dist-info/METADATA", "Metadata-Version: 2.4\nVersion: 0.8.2\n", [2, "0.8.2"]],
];

const SILENT: readonly [string, string][] = [
  ["requirements.txt", "livekit-protocol\n"],
  ["requirements.txt", "# livekit-protocol==0.8.2\n"],
  ["requirements.txt", "livekit-protocol-extras==0.8.2\nmy-livekit-protocol==0.8.2\n"],
  ["requirements.txt", "livekit-protocol @ git+https://example.com/protocol\n"],
  ["requirements.txt", "livekit-protocol==1.0.0rc1\n"],
  ["requirements.txt", "livekit-api==0.4.0\nlivekit-agents==0.8.0\n"],
  [
    "pyproject.toml",
    'dependencies = [\n  # "livekit-protocol==0.8.2",\n  "livekit-api",  # "livekit-protocol==0.8.2"\n]\n',
  ],
  ["pyproject.toml", 'livekit-protocol = { git = "https://example.com/protocol", tag = "0.8.2" }\n'],
  ["pyproject.toml", 'livekit-protocol = "*"\n'],
  [
    "uv.lock",
    '[[package]]\nname = "livekit-api"\nversion = "0.8.2"\ndependencies = [{ name = "livekit-protocol" }]\n',
  ],
  ["Pipfile.lock", '{"default": {"livekit-protocol": {"git": "x"}, "other": {"version": "==0.8.2"}}}'],
  ["notes.txt", "livekit-protocol==0.8.2\n"],
];

describe("what a file says about livekit-protocol", () => {
  it.each(SAID)("%s: %j", (name, text, [line, written]) => {
    expect(pinIn(name, text)).toMatchObject({ line, written });
  });

  it.each(SILENT)("nothing in %s: %j", (name, text) => {
    expect(pinIn(name, text)).toBeUndefined();
  });

  it("is all that one of its lines allows", () => {
    const lines = [
      'livekit-protocol==1.1.2; python_version>="3.10"',
      'livekit-protocol==0.8.2; python_version<"3.10"',
    ];
    expect(pinIn("requirements.txt", lines.join("\n"))).toEqual({
      line: 2,
      written: "==0.8.2",
      range: { from: [0, 8, 2], to: { version: [1, 1, 2], included: true } },
    });
  });

  it("is found in linear time", () => {
    const hostile = [
      "livekit-protocol = {",
      '"livekit-protocol": {',
      "livekit-protocol[",
      "[a.dependencies.livekit-protocol]",
    ];
    for (const text of hostile.flatMap((one) => [one.repeat(20_000), `${one}\n`.repeat(20_000)])) {
      for (const name of ["requirements.txt", "pyproject.toml", "Pipfile.lock", "uv.lock"]) {
        expect(pinIn(name, text)).toBeUndefined();
      }
    }
  });
});

describe("which pins govern a file", () => {
  const folder = useTemporaryFolder();
  const tree = (files: Record<string, string>): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder.path, path, ".."), { recursive: true });
      put(folder.path, path, text);
    }
  };
  const governing = async (file: string): Promise<string[]> => {
    const pins = await new Pins().governing(join(folder.path, file), folder.path);
    return pins.map(({ path, written }) => `${path.slice(path.lastIndexOf("/") + 1)} ${written}`);
  };
  const locked = (version: string): string =>
    `[[package]]\nname = "livekit-protocol"\nversion = "${version}"\n`;

  it("those of the nearest folder above", async () => {
    tree({
      "requirements.txt": "livekit-protocol==1.1.2\n",
      "agent/requirements.txt": "livekit-protocol==0.8.2\n",
      "web/requirements/base.txt": "livekit-protocol==1.0.0\n",
    });
    expect(await governing("agent/src/deep/setup.py")).toEqual(["requirements.txt ==0.8.2"]);
    expect(await governing("web/app.py")).toEqual(["base.txt ==1.0.0"]);
    expect(await governing("scripts/app.py")).toEqual(["requirements.txt ==1.1.2"]);
    expect(await governing("app.py")).toEqual(["requirements.txt ==1.1.2"]);
  });

  it("all of a folder, lock files too", async () => {
    tree({ "pyproject.toml": 'dependencies = ["livekit-protocol>=0.8"]\n', "uv.lock": locked("1.1.2") });
    expect(await governing("app.py")).toEqual(["pyproject.toml >=0.8", "uv.lock 1.1.2"]);
  });

  it("those of a lock file further up, for a project that leaves the version open", async () => {
    tree({
      "uv.lock": locked("0.8.2"),
      "packages/open/pyproject.toml": 'dependencies = ["livekit-protocol>=0.8"]\n',
      "packages/decided/pyproject.toml": 'dependencies = ["livekit-protocol>=1.1.2"]\n',
    });
    expect(await governing("packages/open/app.py")).toEqual(["pyproject.toml >=0.8", "uv.lock 0.8.2"]);
    expect(await governing("packages/decided/app.py")).toEqual(["pyproject.toml >=1.1.2"]);
  });

  it("none for a folder whose own requirements leave livekit-protocol to others", async () => {
    tree({ "poetry.lock": locked("0.8.2"), "agent/requirements.txt": "livekit-api==1.0.6\n" });
    expect(await governing("agent/app.py")).toEqual([]);
  });

  it("not those above the repository", async () => {
    tree({ "requirements.txt": "livekit-protocol==0.8.2\n", "agent/app.py": "" });
    const pins = await new Pins().governing(join(folder.path, "agent/app.py"), join(folder.path, "agent"));
    expect(pins).toEqual([]);
  });

  it.each([
    ["agent/venv/lib/python3.12/site-packages", "agent/app.py", "app.py"],
    ["agent/.venv/Lib/site-packages", "agent/app.py", "app.py"],
    ["agent/site-packages", "agent/app.py", "app.py"],
    ["lambda", "lambda/app.py", "agent/app.py"],
  ])("a committed environment in %s", async (environment, inside, outside) => {
    const metadata = `${environment}/livekit_protocol-0.8.2.dist-info/METADATA`;
    tree({ [metadata]: "Metadata-Version: 2.1\nName: livekit-protocol\nVersion: 0.8.2\n" });
    git(folder.path, "init", "-q");
    expect(await governing(inside)).toEqual([]);
    git(folder.path, "add", "-f", ".");
    expect(await governing(inside)).toEqual(["METADATA 0.8.2"]);
    expect(await governing(outside)).toEqual([]);
  });
});
