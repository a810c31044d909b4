// Libraries without what they would read, load and make at every start.
import { resolve } from "node:path";

const standIn = (name) => ({ id: resolve("build/stand-ins", name) });

/** What is taken in place of modules, by the ends of the names under which they are imported. */
const REPLACED = {
  "string-width": () => standIn("string-width.mjs"),
  "wrap-ansi": () => standIn("wrap-ansi.mjs"),
  "platform-shims/esm.mjs": () => standIn("yargs-platform.mjs"),
  // yargs checks the arguments of its own functions, which the types do here.
  "/argsert.js": () => standIn("argsert.mjs"),
  // What jsonc-parser formats with: thousands of texts. Nothing here formats, so that it may be left out.
  "/string-intern": (id, importer) => ({ id: `${resolve(importer, "..", id)}.js`, moduleSideEffects: false }),
};

/** A plugin. */
export const leanLibraries = {
  name: "lean-libraries",
  resolveId: {
    filter: { id: new RegExp(`(?:${Object.keys(REPLACED).join("|")})$`) },
    handler(id, importer) {
      const [, replacement] = Object.entries(REPLACED).find(([end]) => id.endsWith(end));
      return replacement(id, importer);
    },
  },
};
