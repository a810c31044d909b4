"use strict";
// Loads what the build bundled, with V8's code cache that the build made of it: that saves a third of the start-up, and
// most of the time that a library takes. No other Node can use the cache; its first run keeps one of its own
// in the user's folder. Node's own compile cache keeps only what is compiled at once, and saves a quarter as much.
const { readFileSync, statSync, writeFileSync } = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const dist = path.join(__dirname, "..", "dist");
/** What tells this build from others. The build writes it last, so that none is kept before. */
const buildId = path.join(dist, "id");
const loaded = new Map();

/**
 * Which Node this is. Its version does not tell: V8 takes a cache that another build of the same V8 has made, and crashes.
 * So 20.19.0 did with one of 20.20.2's.
 */
const { size = 0, mtimeMs = 0 } = statSync(process.execPath, { throwIfNoEntry: false }) ?? {};
exports.node = `${process.version}-${process.arch}-${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}`;

/** What dist/<name>.cjs exports. */
exports.load = (name) => {
  const known = loaded.get(name);
  if (known) return known.module.exports;
  const file = path.join(dist, `${name}.cjs`);
  const source = readFileSync(file, "latin1"); // ASCII: the build sees to it
  const script = withoutFlag(() => compiled(name, source, file));
  const module = { exports: {} };
  loaded.set(name, { script, module });
  // They ask for node's own modules, and for the files and libraries beside the command.
  const requireFor = (id) => (id.startsWith("./") ? loadAll(id.slice(2, -".cjs".length)) : require(id));
  script.runInThisContext()(module.exports, requireFor, module, file, path.dirname(file));
  return module.exports;
};

/** With what build/later-exports.mjs holds back until another file asks. */
function loadAll(name) {
  const module = exports.load(name);
  module.others?.();
  return module;
}

/** The names under which something was loaded. */
exports.loadedNames = () => [...loaded.keys()];

/** Writes a code cache of all that was compiled of dist/<name>.cjs, which has to be loaded, for whoever has this Node. */
exports.keepCode = (name) => {
  withoutFlag(() => writeFileSync(builtFile(name), loaded.get(name).script.createCachedData()));
};

/** V8 takes no cache under other flags than it was made under, and src/code/engine/tree-sitter.ts sets one. */
function withoutFlag(work) {
  if (!loaded.has("libraries/web-tree-sitter")) return work();
  const { setFlagsFromString } = require("node:v8");
  const flags = ["wasm-dynamic-tiering", "wasm-tier-up"];
  for (const flag of flags) setFlagsFromString(`--${flag}`);
  const result = work();
  for (const flag of flags) setFlagsFromString(`--no-${flag}`);
  return result;
}

function compiled(name, source, filename) {
  let script;
  for (const find of [builtCache, usersCache]) {
    const cachedData = find(name);
    if (cachedData) script = new vm.Script(source, { filename, cachedData });
    if (script?.cachedDataRejected === false) return script;
  }
  script ??= new vm.Script(source, { filename });
  if (missing.size === 0) process.once("exit", () => withoutFlag(keepMissing));
  missing.set(name, script);
  return script;
}

/** Those of which neither the build nor an earlier run has left a cache for this Node. */
const missing = new Map();

function keepMissing() {
  const id = usersId();
  for (const [name, script] of missing) {
    if (id !== undefined) require("./user-cache.js").write(id, name, script.createCachedData());
  }
}

function usersCache(name) {
  const id = usersId();
  return id === undefined ? undefined : require("./user-cache.js").read(id, name);
}

function usersId() {
  const id = bytesOf(buildId);
  return id && `${id}-${exports.node}`;
}

function builtCache(name) {
  return bytesOf(builtFile(name));
}

/** Named after the Node that made it, so that no other reads it in vain. */
function builtFile(name) {
  return path.join(dist, `${name}-${exports.node}.cache`);
}

function bytesOf(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined; // Without a cache everything works, only later.
  }
}
