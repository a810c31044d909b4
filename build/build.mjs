// Builds dist/: the command as one CommonJS file with V8's code cache beside it, the library as one ES module
// with its types. `npm run build` calls it; so do the tests.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
rmSync("dist", { recursive: true, force: true });

const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  // Otherwise jsonc-parser's UMD build is taken, whose inner requires a bundle cannot follow.
  mainFields: ["module", "main"],
  logLevel: "warning",
};

await build({
  ...common,
  entryPoints: ["src/cli/main.ts"],
  outfile: "dist/cli.cjs",
  format: "cjs",
  minify: true,
  keepNames: true,
  legalComments: "none",
  alias: { "string-width": "./build/stand-ins/string-width.mjs" },
  define: { "import.meta.url": "moduleUrl" },
  banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
});

await build({
  ...common,
  entryPoints: ["src/index.ts"],
  outfile: "dist/index.js",
  format: "esm",
  external: ["@bufbuild/protobuf", "@bufbuild/protobuf/*", "json-diff", "write-file-atomic"],
});

execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
  stdio: "inherit",
});
execFileSync(process.execPath, ["bin/sip-dispatch.js", "--help"], {
  env: { ...process.env, SIP_DISPATCH_WRITE_CODE_CACHE: "1" },
  stdio: "ignore",
});
