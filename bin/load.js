"use strict";
// Loads dist/cli.cjs with V8's code cache from the build, which saves a third of the start-up. Another version of
// Node rejects the cache and compiles as usual.
const { readFileSync } = require("node:fs");
const { createRequire, wrap } = require("node:module");
const path = require("node:path");
const vm = require("node:vm");

const file = path.join(__dirname, "..", "dist", "cli.cjs");
const cacheFile = path.join(__dirname, "..", "dist", "cli.cache");

/** Gives the script, and a function that runs it and returns what it exports. */
exports.load = (withCache) => {
  let cachedData;
  try {
    if (withCache) cachedData = readFileSync(cacheFile);
  } catch {
    // Without a cache everything works, only later.
  }
  const script = new vm.Script(wrap(readFileSync(file, "utf8")), { filename: file, cachedData });
  const run = () => {
    const module = { exports: {} };
    script.runInThisContext()(module.exports, createRequire(file), module, file, path.dirname(file));
    return module.exports;
  };
  return { script, run, cacheFile };
};
