// Runs the built program's main paths on every Node that is supported. The first run of the command, and of what only some
// languages need, leaves a code cache for the next. What they print and write must be the same on all Nodes. These come
// from npm, by a lock file of their own, and only for Linux on x64.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { install, NODES } from "./nodes.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), "sip-dispatch-nodes-"));
const RUNS = [
  ["migrate", "support-line.json"],
  ["migrate", "support-line.json"],
  ["--version"],
  ["--help"],
  ["migrate", ".", "--format", "json"],
  ["convert", "support-line.json", "--to", "wrapped"],
  ["diff", "support-line.json", "lobby.json"],
  ["route", ".", "--to", "+15550100", "--from", "+15550101"],
  ["migrate", ".", "--write", "--quiet", "--force"],
  ["migrate", ".", "--check", "--quiet"],
  ["undo"],
  ["migrate", "nowhere.json"],
];

try {
  const why = install();
  if (why !== undefined) {
    if (process.env.CI) throw new Error(why);
    process.stdout.write(`skipped: ${why}\n`);
  } else compare();
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

function compare() {
  const expected = results(process.execPath, "own");
  for (const [name, node] of Object.entries(NODES)) {
    const found = results(node, name);
    for (const [index, run] of RUNS.entries()) {
      if (isDeepStrictEqual(found[index], expected[index])) continue;
      throw new Error(
        `${name}, run ${index + 1}, ${run.join(" ")}: ${JSON.stringify(found[index], null, 1)}`,
      );
    }
    process.stdout.write(`ok   ${execFileSync(node, ["--version"], { encoding: "utf8" })}`);
  }
}

/** How each run ended, and what stood in the folder's files then. */
function results(node, name) {
  const folder = join(temporary, name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(root, "examples"), folder, { recursive: true });
  cpSync(join(root, "test/fixtures/python/aligned/input.py"), join(folder, "create.py"));
  const env = {
    ...process.env,
    XDG_CACHE_HOME: join(temporary, "cache"),
    SIP_DISPATCH_STATE: join(temporary, "state"),
    NO_COLOR: "1",
  };
  return RUNS.map((args) => {
    const run = spawnSync(node, [join(root, "bin/sip-dispatch.js"), ...args], {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    const timeless = run.stdout.replaceAll(/\d{4}-\d\d-\d\dT[\d-]+Z-\w+/g, "RUN");
    const text = existsSync(folder) ? readFileSync(join(folder, "support-line.json"), "utf8") : "";
    return { status: run.status, stdout: timeless, stderr: run.stderr, text };
  });
}
