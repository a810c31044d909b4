// Builds dist/: the command as one CommonJS file with V8's code cache beside it, the library as one ES module
// with its types. `npm run build` calls it; so do the tests, and npm when it installs the project from git (prepare).
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import Module from "node:module";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { decodedDescriptors } from "./descriptors.mjs";
import { laterFields } from "./later-fields.mjs";
import { laterModules } from "./later-modules.mjs";
import { licenses } from "./licenses.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
rmSync("dist", { recursive: true, force: true });

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  // Otherwise jsonc-parser's UMD build is taken, whose inner requires a bundle cannot follow.
  mainFields: ["module", "main"],
  logLevel: "warning",
};

/**
 * What only some languages need. Each is a file of its own beside the command: what stands in that one costs time at
 * every start, even where it is not run.
 */
const apart = {
  yaml: "yaml",
  micromark: "micromark",
  // The launcher compiles the command as a script, which can't import as the ES module of this one does.
  "web-tree-sitter": "./node_modules/web-tree-sitter/web-tree-sitter.cjs",
};
const libraries = {
  name: "libraries",
  setup(plugin) {
    plugin.onResolve({ filter: new RegExp(`^(${Object.keys(apart).join("|")})$`) }, ({ path }) => ({
      path: `./libraries/${path}.cjs`,
      external: true,
    }));
  },
};
/** Libraries without what they would read, load and make at every start. */
const leanLibraries = {
  name: "lean-libraries",
  setup(plugin) {
    plugin.onResolve({ filter: /platform-shims\/esm\.mjs$/ }, () => ({
      path: `${root}build/stand-ins/yargs-platform.mjs`,
    }));
    // yargs checks the arguments of its own functions, which the types do here.
    plugin.onResolve({ filter: /\/argsert\.js$/ }, () => ({ path: `${root}build/stand-ins/argsert.mjs` }));
    // What jsonc-parser formats with: thousands of texts. Nothing here formats, so that it may be left out.
    plugin.onResolve({ filter: /\/string-intern$/ }, ({ path, resolveDir }) => ({
      path: `${resolve(resolveDir, path)}.js`,
      sideEffects: false,
    }));
  },
};
const bundledLibraries = await build({
  ...common,
  metafile: true,
  entryPoints: Object.entries(apart).map(([out, source]) => ({ in: source, out })),
  outdir: "dist/libraries",
  outExtension: { ".js": ".cjs" },
  format: "cjs",
  minify: true,
  legalComments: "none",
  define: { "import.meta.url": "moduleUrl" },
  banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
});

const command = await build({
  ...common,
  plugins: [libraries, leanLibraries, decodedDescriptors, laterFields, laterModules],
  metafile: true,
  entryPoints: ["src/cli/main.ts"],
  outfile: "dist/cli.cjs",
  format: "cjs",
  minify: true,
  legalComments: "none",
  alias: {
    "string-width": "./build/stand-ins/string-width.mjs",
    "wrap-ansi": "./build/stand-ins/wrap-ansi.mjs",
    assert: "./build/stand-ins/assert.cjs",
    // json-diff is told to use no colours.
    "colors/safe": "./build/stand-ins/colors-safe.cjs",
  },
  define: {
    "import.meta.url": "moduleUrl",
    VERSION: JSON.stringify(version),
  },
  banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
});

// What bin/load.js loads, in the function that node puts around a module. Beyond ASCII these files hold expressions alone,
// in which an escape means the same. V8 takes half as long for ASCII.
const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
for (const name of ["cli", ...Object.keys(apart).map((library) => `libraries/${library}`)]) {
  const bundled = readFileSync(`dist/${name}.cjs`, "utf8");
  writeFileSync(`dist/${name}.cjs`, Module.wrap(bundled.replaceAll(/[^\0-\x7f]/g, escaped)));
}

// The thread that src/files/scan/second-search.ts starts, for the command and the library.
await build({
  ...common,
  entryPoints: ["src/files/scan/second-searcher.ts"],
  outfile: "dist/second-searcher.cjs",
  format: "cjs",
  minify: true,
});

const library = await build({
  ...common,
  metafile: true,
  entryPoints: ["src/index.ts"],
  outfile: "dist/index.js",
  format: "esm",
  minify: true,
  legalComments: "none",
  // What is bundled as CommonJS asks for node's modules with a function that an ES module has not.
  banner: {
    js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);",
  },
});
copyFileSync("types/index.d.ts", "dist/index.d.ts");

// What src/code/engine/tree-sitter.ts loads: the parser and a grammar for each language, as their packages ship them.
mkdirSync("dist/grammars");
const grammars = ["python"].map((name) => `tree-sitter-${name}/tree-sitter-${name}.wasm`);
for (const file of ["web-tree-sitter/web-tree-sitter.wasm", ...grammars]) {
  const name = /(?:tree-sitter-|web-)([a-z-]+)\.wasm$/.exec(file)[1];
  copyFileSync(`node_modules/${file}`, `dist/grammars/${name}.wasm`);
}

writeFileSync(
  "dist/third-party-licenses.txt",
  licenses([
    ...[command, library, bundledLibraries].flatMap(({ metafile }) => Object.keys(metafile.inputs)),
    ...grammars.map((file) => `node_modules/${file}`),
  ]),
);
execFileSync(process.execPath, ["build/code-cache.mjs"], { stdio: ["ignore", "ignore", "inherit"] });

// By which bin/load.js tells the caches of builds from each other.
const bundles = readdirSync("dist", { recursive: true }).filter((name) => name.endsWith(".cjs"));
const id = createHash("sha256");
for (const name of bundles.toSorted()) id.update(readFileSync(`dist/${name}`));
writeFileSync("dist/id", id.digest("hex").slice(0, 16));
