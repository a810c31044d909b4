import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const here = import.meta.dirname;
const lock = createHash("sha256")
  .update(readFileSync(join(here, "package-lock.json")))
  .digest("hex");
/** In the user's cache, so that all checkouts share them. */
const folder = join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
  "sip-dispatch-nodes",
  lock.slice(0, 16),
);

/** The program of each Node that is supported, by the name of its package here. */
export const NODES = Object.fromEntries(
  ["node-20", "node-22", "node-24", "node-26"].map((name) => [
    name,
    join(folder, "node_modules", name, "bin/node"),
  ]),
);

/** Installs them where they are not. Returns why there are none: a phrase. */
export function install() {
  if (process.platform !== "linux" || process.arch !== "x64") return "the Nodes to try are for Linux on x64";
  if (Object.values(NODES).every((node) => existsSync(node))) return undefined;
  mkdirSync(folder, { recursive: true });
  for (const name of ["package.json", "package-lock.json"])
    copyFileSync(join(here, name), join(folder, name));
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return status === 0 ? undefined : "npm could not install the Nodes to try";
}
