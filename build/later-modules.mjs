// Some of node's modules, loaded when one of their functions is first called: most runs call none, and these take longest
// to load, because they bring node's streams with them.

/** The functions of each that the command imports. The build refuses any other. */
const FUNCTIONS = {
  "node:child_process": ["execFile", "spawn", "spawnSync"],
  "node:crypto": ["createHash", "randomBytes"],
  "node:module": ["createRequire"],
  "node:net": ["isIP", "isIPv4", "isIPv6"],
  "node:tty": ["isatty"],
  "node:zlib": ["createGunzip"],
};

/** An esbuild plugin. */
export const laterModules = {
  name: "later-modules",
  setup(plugin) {
    // yargs-parser makes itself a `require` at every start, for files of options, which nobody names here.
    plugin.onResolve({ filter: /^node:module$/ }, ({ importer }) =>
      importer.includes("yargs-parser") ? { path: "node:module", namespace: "none" } : undefined,
    );
    plugin.onLoad({ filter: /.*/, namespace: "none" }, () => ({
      contents: "export const createRequire = undefined;",
    }));
    const filter = new RegExp(`^(?:${Object.keys(FUNCTIONS).join("|")})$`);
    plugin.onResolve({ filter }, ({ path, namespace }) =>
      namespace === "later" ? undefined : { path, namespace: "later" },
    );
    plugin.onLoad({ filter, namespace: "later" }, ({ path }) => ({
      contents: FUNCTIONS[path]
        .map((name) => `export const ${name} = (...words) => require("${path}").${name}(...words);\n`)
        .join(""),
    }));
  },
};
