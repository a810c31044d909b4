import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** The program of each Node that is supported, by the name of its package here. */
export const NODES = Object.fromEntries(
  ["node-20", "node-22", "node-24", "node-26"].map((name) => [
    name,
    `${folder}node_modules/${name}/bin/node`,
  ]),
);

/** Installs them where they are not. Returns why there are none: a phrase. */
export function install() {
  if (process.platform !== "linux" || process.arch !== "x64") return "the Nodes to try are for Linux on x64";
  if (Object.values(NODES).every((node) => existsSync(node))) return undefined;
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return status === 0 ? undefined : "npm could not install the Nodes to try";
}
