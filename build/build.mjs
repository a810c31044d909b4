// Builds dist/: the command as CommonJS files with V8's code caches beside them, the library as one ES module
// with its types. `npm run build` calls it; so do the tests, and npm when it installs the project from git (prepare).
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import Module from "node:module";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";
import { decodedDescriptors } from "./descriptors.mjs";
import { laterExports } from "./later-exports.mjs";
import { laterFields, laterReaders, wrappersByName } from "./later-fields.mjs";
import { LIBRARIES, laterModules } from "./later-modules.mjs";
import { leanLibraries } from "./lean-libraries.mjs";
import { licenses } from "./licenses.mjs";
import { startChunk } from "./start-chunk.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
rmSync("dist", { recursive: true, force: true });

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const libraries = Object.entries(LIBRARIES).map(([name, file]) =>
  bundle({ format: "cjs", input: { [name]: file }, dir: "dist/libraries" }),
);
const bundled = await Promise.all([
  ...libraries,
  bundle({
    format: "cjs",
    input: { cli: "src/cli/main.ts" },
    dir: "dist",
    // yargs would load a file of options with it.
    define: { "import.meta.resolve": "undefined", VERSION: JSON.stringify(version) },
    plugins: [leanLibraries, decodedDescriptors, laterFields, laterReaders, wrappersByName, laterModules],
    codeSplitting: startChunk("cli", "later"),
  }),
  // The thread that src/files/scan/second-search.ts starts, for the command and the library.
  bundle({ format: "cjs", input: { "second-searcher": "src/files/scan/second-searcher.ts" }, dir: "dist" }),
  bundle({ format: "esm", input: { index: "src/index.ts" }, dir: "dist", codeSplitting: false }),
]);
copyFileSync("types/index.d.ts", "dist/index.d.ts");

// What bin/load.js loads, in the function that node puts around a module. Beyond ASCII these files hold expressions alone,
// in which an escape means the same. V8 takes half as long for ASCII.
const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
const isLoaded = (name) => name.endsWith(".cjs") && name !== "second-searcher.cjs";
for (const name of readdirSync("dist", { recursive: true }).filter(isLoaded)) {
  const built = readFileSync(`dist/${name}`, "utf8");
  const text = name === "cli.cjs" ? laterExports(built) : built;
  writeFileSync(`dist/${name}`, Module.wrap(text.replaceAll(/[^\0-\x7f]/g, escaped)));
}

// What src/code/engine/tree-sitter.ts loads: the parser and a grammar for each language, as their packages ship them.
mkdirSync("dist/grammars");
const grammars = ["python"].map((name) => `tree-sitter-${name}/tree-sitter-${name}.wasm`);
for (const file of ["web-tree-sitter/web-tree-sitter.wasm", ...grammars]) {
  const name = /(?:tree-sitter-|web-)([a-z-]+)\.wasm$/.exec(file)[1];
  copyFileSync(`node_modules/${file}`, `dist/grammars/${name}.wasm`);
}

writeFileSync(
  "dist/third-party-licenses.txt",
  licenses([...bundled.flat(), ...grammars.map((file) => `node_modules/${file}`)]),
);
execFileSync(process.execPath, ["build/code-cache.mjs"], { stdio: ["ignore", "ignore", "inherit"] });

// By which bin/load.js tells the caches of builds from each other.
const bundles = readdirSync("dist", { recursive: true }).filter((name) => name.endsWith(".cjs"));
const id = createHash("sha256");
for (const name of bundles.toSorted()) id.update(readFileSync(`dist/${name}`));
writeFileSync("dist/id", id.digest("hex").slice(0, 16));
