// Installs the project from a bare clone of what is committed, as `npm i github:…` does, into empty folders: with
// scripts, which ends with a command that runs; and globally, where npm builds nothing, which leaves nothing behind.
// What npm packs without scripts says what to do. `npm run test:pack` calls it.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sip-dispatch-git-"));
const bare = join(folder, "sip-dispatch.git");

/** The environment without the settings of this project, which `npm run` hands on. */
function userEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_config_/i.test(name)));
}

/** A folder with a package.json of its own and a rule. */
function userFolder(name) {
  const target = join(folder, name);
  mkdirSync(target);
  writeFileSync(join(target, "package.json"), '{ "name": "user", "private": true }\n');
  copyFileSync(join(root, "examples/lobby.json"), join(target, "lobby.json"));
  return target;
}

function npm(cwd, ...words) {
  return spawnSync("npm", [...words, "--prefer-offline", "--no-audit", "--no-fund"], {
    cwd,
    env: userEnvironment(),
    encoding: "utf8",
  });
}

/** Runs the command that is installed in a folder. */
function run(cwd) {
  const program = join(cwd, "node_modules/.bin/sip-dispatch");
  return spawnSync(program, ["migrate", "lobby.json"], { cwd, encoding: "utf8" });
}

try {
  execFileSync("git", ["clone", "--quiet", "--bare", root, bare], { stdio: "inherit" });

  const whole = userFolder("with-scripts");
  const installed = npm(whole, "install", `git+file://${bare}`);
  assert.equal(installed.status, 0, installed.stderr);
  const migrated = run(whole);
  assert.equal(migrated.status, 0, migrated.stderr);
  assert.match(migrated.stdout, /^lobby\.json:1:1 {2}would migrate$/m);

  // What npm makes of a clone where scripts are ignored, without the packages that it fetches in vain.
  const clone = join(folder, "clone");
  execFileSync("git", ["clone", "--quiet", bare, clone], { stdio: "inherit" });
  const packed = npm(clone, "pack", "--ignore-scripts", "--pack-destination", folder);
  assert.equal(packed.status, 0, packed.stderr);
  const unbuilt = userFolder("without-scripts");
  const unpacked = npm(unbuilt, "install", "--ignore-scripts", join(folder, packed.stdout.trim()));
  assert.equal(unpacked.status, 0, unpacked.stderr);
  const refused = run(unbuilt);
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /not built yet\.\n.*npm install --ignore-scripts=false/);

  const prefix = join(folder, "prefix");
  const global = npm(userFolder("global"), "install", "--global", "--prefix", prefix, `git+file://${bare}`);
  assert.notEqual(global.status, 0);
  assert.match(global.stderr, /npm can't install this globally from git/);
  assert.ok(!existsSync(join(prefix, "bin/sip-dispatch")));

  process.stdout.write("it installs from git\n");
} finally {
  rmSync(folder, { recursive: true });
}
