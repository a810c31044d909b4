// Installs the project from a bare clone of what is committed, as `npm i github:…` does, into empty folders with a
// fresh cache: with scripts, which ends with a command that runs; without, where the command says what to do; with
// nothing to build it with, and globally, where npm builds nothing: both leave nothing behind.
// `npm run test:pack` calls it.
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

/** What `npm install` with these words gives in an empty folder. */
function install(name, ...words) {
  const target = join(folder, name);
  mkdirSync(target);
  writeFileSync(join(target, "package.json"), '{ "name": "user", "private": true }\n');
  copyFileSync(join(root, "examples/lobby.json"), join(target, "lobby.json"));
  const cache = join(folder, words.includes("--offline") ? "no-cache" : "cache");
  const args = ["install", ...words, "--cache", cache, "--no-audit", "--no-fund", `git+file://${bare}`];
  const npm = spawnSync("npm", args, { cwd: target, env: userEnvironment(), encoding: "utf8" });
  const run = () =>
    spawnSync(join(target, "node_modules/.bin/sip-dispatch"), ["migrate", "lobby.json"], {
      cwd: target,
      encoding: "utf8",
    });
  return { npm, run };
}

try {
  execFileSync("git", ["clone", "--quiet", "--bare", root, bare], { stdio: "inherit" });

  const whole = install("with-scripts");
  assert.equal(whole.npm.status, 0, whole.npm.stderr);
  const migrated = whole.run();
  assert.equal(migrated.status, 0, migrated.stderr);
  assert.match(migrated.stdout, /^lobby\.json:1:1 {2}would migrate$/m);

  const unbuilt = install("without-scripts", "--ignore-scripts");
  assert.equal(unbuilt.npm.status, 0, unbuilt.npm.stderr);
  const refused = unbuilt.run();
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /not built yet\.\n.*npm install --ignore-scripts=false/);

  const offline = install("offline", "--offline");
  assert.notEqual(offline.npm.status, 0);
  assert.match(offline.npm.stderr, /git dep preparation failed/);
  assert.ok(!existsSync(join(folder, "offline/node_modules")));

  const global = install("global", "--global", "--prefix", join(folder, "prefix"));
  assert.notEqual(global.npm.status, 0);
  assert.match(global.npm.stderr, /npm can't install this globally from git/);
  assert.ok(!existsSync(join(folder, "prefix/bin/sip-dispatch")));

  process.stdout.write("it installs from git\n");
} finally {
  rmSync(folder, { recursive: true });
}
