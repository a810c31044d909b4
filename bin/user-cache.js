"use strict";
// V8's code caches in a folder of the user's own, for a Node that did not build the command. What can't be read or
// written there is done without. Nobody else may have been able to write there: a cache is code that is run.
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

/** The largest cache that is read, in bytes. */
const LARGEST = 64 * 1024 * 1024;
/** A link is not followed, and a pipe not waited for. */
const READ = fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0) | (fs.constants.O_NONBLOCK ?? 0);
/** Caches of a build that was not used for so long are removed when another one is written. */
const LONGEST_UNUSED = 30 * 24 * 60 * 60 * 1000;

/** The cache of this name, for the build and the Node that the id tells; undefined where there is none. */
exports.read = (id, name) => {
  try {
    if (!isOurs(root())) return undefined;
    const file = fs.openSync(fileOf(id, name), READ);
    try {
      const stats = fs.fstatSync(file);
      if (!stats.isFile()) return undefined;
      const { size } = stats;
      const bytes = Buffer.allocUnsafe(Math.min(size, LARGEST));
      return size <= LARGEST && fs.readSync(file, bytes) === size ? bytes : undefined;
    } finally {
      fs.closeSync(file);
    }
  } catch {
    return undefined;
  }
};

/** Keeps a cache, in one step: another run may read or write it just now. */
exports.write = (id, name, bytes) => {
  let temporary;
  try {
    const file = fileOf(id, name);
    makeFolder(path.dirname(root()));
    makeFolder(root());
    if (!isOurs(root())) return;
    removeUnused();
    makeFolder(path.dirname(file));
    temporary = `${file}.${process.pid}`;
    fs.writeFileSync(temporary, bytes, { mode: 0o600, flag: "wx" });
    fs.renameSync(temporary, file);
  } catch {
    if (temporary !== undefined) remove(temporary);
  }
};

function root() {
  const { XDG_CACHE_HOME: shared, LOCALAPPDATA: windows, NODE_DISABLE_COMPILE_CACHE: off } = process.env;
  if (off) throw new Error("no cache is wanted");
  const home = process.platform === "win32" ? windows : undefined;
  const base = shared && path.isAbsolute(shared) ? shared : (home ?? path.join(os.homedir(), ".cache"));
  return path.join(base, "sip-dispatch");
}

function fileOf(id, name) {
  return path.join(root(), id, name.replaceAll("/", "-"));
}

function remove(file) {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // Then it is removed with its build's others.
  }
}

/** Not those above it: a home that is not there is not made, and in /proc Node's recursive mkdir never ends. */
function makeFolder(folder) {
  if (!fs.existsSync(folder)) fs.mkdirSync(folder, { mode: 0o700 });
}

/** Whether it is a folder, no link, that only its owner may use, who runs this. */
function isOurs(folder) {
  const stats = fs.lstatSync(folder);
  if (process.platform === "win32") return stats.isDirectory();
  return stats.isDirectory() && stats.uid === process.geteuid() && (stats.mode & 0o077) === 0;
}

function removeUnused() {
  for (const name of fs.readdirSync(root())) {
    const folder = path.join(root(), name);
    const isUnused = Date.now() - fs.statSync(folder).mtimeMs > LONGEST_UNUSED;
    if (isUnused) fs.rmSync(folder, { recursive: true, force: true });
  }
}
