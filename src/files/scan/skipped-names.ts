import { languageOf } from "../../sources/languages.ts";

/** A file that was not searched, or a folder as a whole: then the path ends with `/`. */
export interface Skipped {
  path: string;
  why:
    | "vendored"
    | "generated"
    /** A leftover of an interrupted atomic write: `rule.json.1234567`. */
    | "leftover"
    /** By `include`, `exclude` or a `.ignore` file. */
    | "excluded"
    | "link"
    | "binary"
    /** Of no language that is read, and over 64 MiB. */
    | "too-large"
    /** A named pipe, a socket or a device. */
    | "special"
    /** A repository inside the one that is scanned: a submodule, a linked work tree, a clone. */
    | "repository"
    /** A folder that git ignores and that holds too much to look for data files in it. */
    | "ignored";
}

/** Folders of other people's code, and what tools keep for themselves. */
const VENDORED = new Set([
  "node_modules",
  "bower_components",
  "jspm_packages",
  "vendor",
  "third_party",
  "third-party",
  "thirdparty",
  "Godeps",
  "Pods",
  "Carthage",
  "site-packages",
  "dist-packages",
  "__pypackages__",
  "venv",
  ".venv",
  "virtualenv",
  ".tox",
  ".nox",
  ".eggs",
  ".yarn",
  ".pnpm-store",
  ".bundle",
  ".gradle",
  ".terraform",
]);

/** Folders of what a build or a test run makes. Only where git ignores them: some repositories keep sources there. */
const MADE = new Set([
  "dist",
  "build",
  "_build",
  "out",
  "target",
  "obj",
  "coverage",
  "htmlcov",
  "DerivedData",
  "storybook-static",
  "cdk.out",
  "__pycache__",
  ".cache",
  ".parcel-cache",
  ".pytest_cache",
  ".mypy_cache",
  ".ruff_cache",
  ".hypothesis",
  ".nyc_output",
  ".next",
  ".nuxt",
  ".output",
  ".svelte-kit",
  ".astro",
  ".angular",
  ".expo",
  ".turbo",
  ".nx",
  ".vercel",
  ".netlify",
  ".serverless",
  ".wrangler",
  ".dart_tool",
  ".build",
]);

/** The folders of version control systems. They are no part of what is scanned. */
const VERSION_CONTROL = new Set([".git", ".hg", ".svn", ".jj"]);

const GENERATED =
  /(_pb2(_grpc)?\.pyi?|_pb\.(d\.ts|[cm]?[jt]s|rb)|\.pb(\.[a-z]+)?\.(go|dart|cc|h|swift|validate\.go)|\.twirp\.go|_twirp\.rb|[.-]min\.([cm]?js|css)|\.map|\.tsbuildinfo)$/;

const LOCK =
  /^(package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.ya?ml|yarn\.lock|bun\.lockb?|deno\.lock|poetry\.lock|uv\.lock|pdm\.lock|Pipfile\.lock|conda-lock\.ya?ml|Cargo\.lock|Gemfile\.lock|composer\.lock|mix\.lock|pubspec\.lock|Podfile\.lock|Package\.resolved|packages\.lock\.json|go\.(work\.)?sum|flake\.lock|gradle\.lockfile|\.terraform\.lock\.hcl)$/;

const LEFTOVER = /\.\d{6,10}$/;

const BINARY = new Set(
  "png jpg jpeg gif webp avif bmp ico icns tif tiff psd heic mp3 mp4 m4a m4v mov avi mkv webm wav ogg opus flac aac woff woff2 ttf otf eot pdf doc docx xls xlsx ppt pptx odt zip gz tgz bz2 xz zst 7z rar tar jar war whl egg gem deb rpm apk aab dmg iso exe dll so dylib a o obj lib class pyc pyo wasm bin dat sqlite sqlite3 db parquet onnx pt pth safetensors ckpt gguf npy npz h5 pkl".split(
    " ",
  ),
);

/** Tells whether a folder of this name holds other people's code. */
export function isVendored(folder: string): boolean {
  return VENDORED.has(folder);
}

/** Tells whether a folder of this name, if git ignores it, holds what can be made again. */
export function isMade(folder: string): boolean {
  return MADE.has(folder);
}

/** Tells whether something of this name belongs to a version control system. */
export function isVersionControl(name: string): boolean {
  return VERSION_CONTROL.has(name);
}

/** Why a file of this name is not searched; undefined for one that is. */
export function leftOut(name: string): "generated" | "leftover" | "binary" | undefined {
  const dot = name.lastIndexOf(".");
  if (dot < 0) return undefined;
  if (GENERATED.test(name) || LOCK.test(name)) return "generated";
  if (BINARY.has(name.slice(dot + 1).toLowerCase())) return "binary";
  return LEFTOVER.test(name) ? "leftover" : undefined;
}

/** Tells whether a path, from the folder that is looked into, leads to a file that is left out whatever it holds. */
export function isLeftOut(path: string): boolean {
  const folders = path.split("/");
  const name = folders.pop() ?? "";
  return folders.some(isVendored) || leftOut(name) !== undefined;
}

/** `rule.json`, `rules.ndjson`, and what is copied and filled in: `rule.json.example`. */
const RULE_FILE = /\.(jsonc?|ndjson|jsonl)(\.(example|sample|template|tmpl|dist))?$/i;

/** Tells whether rules that are to be routed or compared are looked for in a file of this name. */
export function isRuleFile(name: string): boolean {
  return RULE_FILE.test(name);
}

/** Languages whose files are data: what they hold is used by whoever reads them. */
const DATA: readonly string[] = ["json", "ndjson", "yaml"];

/** Tells whether a file of this name holds data. */
export function isData(name: string): boolean {
  return DATA.includes(languageOf(name)?.id ?? "");
}
