"use strict";
// Loads what the build bundled, with V8's code cache that the build made of it: that saves a third of the start-up, and
// most of the time that a library takes. Another version of Node rejects the cache and compiles as usual.
const { readFileSync, writeFileSync } = require("node:fs");
const { createRequire, wrap } = require("node:module");
const path = require("node:path");
const vm = require("node:vm");

const dist = path.join(__dirname, "..", "dist");
const loaded = new Map();

/** What dist/<name>.cjs exports. */
exports.load = (name) => {
  const known = loaded.get(name);
  if (known) return known.module.exports;
  const file = path.join(dist, `${name}.cjs`);
  let cachedData;
  try {
    cachedData = readFileSync(cacheOf(name));
  } catch {
    // Without a cache everything works, only later.
  }
  const script = new vm.Script(wrap(readFileSync(file, "utf8")), { filename: file, cachedData });
  const module = { exports: {} };
  loaded.set(name, { script, module });
  const requireOther = createRequire(file);
  const require = (id) => {
    const [, library] = /^\.\/(libraries\/.*)\.cjs$/.exec(id) ?? [];
    return library === undefined ? requireOther(id) : exports.load(library);
  };
  script.runInThisContext()(module.exports, require, module, file, path.dirname(file));
  return module.exports;
};

/** Writes a code cache of all that was compiled of dist/<name>.cjs, which has to be loaded. */
exports.keepCode = (name) => {
  const { script } = loaded.get(name);
  writeFileSync(cacheOf(name), script.createCachedData());
};

function cacheOf(name) {
  return path.join(dist, `${name}.cache`);
}
