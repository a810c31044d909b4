// Some of node's modules and some libraries, loaded when one of their functions is first called: most runs call none.
// Node's are those that take longest to load, because they bring its streams with them. Libraries are files of their own beside
// the command, for what stands in the command's own costs time at every start, even where it is not run.

/** The entries of the libraries' files by name. */
export const LIBRARIES = {
  yaml: "yaml",
  micromark: "micromark",
  // The launcher compiles the command as a script, which can't import as the ES module of this one does.
  "web-tree-sitter": "./node_modules/web-tree-sitter/web-tree-sitter.cjs",
  "json-diff": "json-diff",
  ignore: "ignore",
};

/** The functions and classes of each that the command imports and calls at once. The build refuses any other. */
const FUNCTIONS = {
  "node:child_process": ["execFile", "spawn", "spawnSync"],
  "node:crypto": ["createHash", "randomBytes"],
  "node:module": ["createRequire"],
  "node:net": ["BlockList", "isIP", "isIPv4", "isIPv6"],
  "node:timers/promises": ["setImmediate"],
  "node:tty": ["isatty"],
  "node:v8": ["setFlagsFromString"],
  "node:worker_threads": ["Worker"],
  "node:zlib": ["createGunzip"],
  "json-diff": ["diffString"],
  ignore: ["default"],
};

/** Before the names of those that are loaded at a call. */
export const LATER = "\0later:";

/** A plugin. */
export const laterModules = {
  name: "later-modules",
  resolveId: {
    filter: { id: new RegExp(`^(?:${Object.keys({ ...FUNCTIONS, ...LIBRARIES }).join("|")})$`) },
    handler(id, importer = "") {
      // yargs-parser makes itself a `require` at every start, for files of options, which nobody names here.
      if (id === "node:module" && importer.includes("yargs-parser")) return `${LATER}none`;
      if (Object.hasOwn(FUNCTIONS, id) && !importer.startsWith(LATER)) return LATER + id;
      return { id: Object.hasOwn(LIBRARIES, id) ? `./libraries/${id}.cjs` : id, external: true };
    },
  },
  load: {
    filter: { id: new RegExp(`^${LATER}`) },
    handler(id) {
      const name = id.slice(LATER.length);
      if (name === "none") return "export const createRequire = undefined;";
      return FUNCTIONS[name]
        .map((as) => {
          const kept = `(require("${name}").${as})`;
          return `export ${as === "default" ? "default function" : `function ${as}`} (...words) {
          return new.target ? new ${kept}(...words) : ${kept}(...words);
        }`;
        })
        .join("\n");
    },
  },
};
