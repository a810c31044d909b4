import { spawnSync } from "node:child_process";
import { existsSync, fchmodSync, fchownSync, fstatSync, type Stats } from "node:fs";

/** Where systems keep it. It is not looked for elsewhere: what runs here must be the system's own. */
const CP = ["/bin/cp", "/usr/bin/cp"];

/** How it copies rights and attributes alone; macOS's copies the content too, over which others are written then. */
const HOW =
  process.platform === "darwin"
    ? ["-p"]
    : ["--attributes-only", "--preserve=mode,ownership,timestamps,xattr"];

/**
 * Gives a new file, which is open for writing and still empty, the owner and rights of an old one, its access control
 * list and its extended attributes. Node knows nothing of the last two, so the system's `cp` does it. Where that can't,
 * the group gets no rights: what its bits say may be the upper limit of a list, and more than the group may do itself.
 * Returns whether it came to that. Windows has no such rights; there it does nothing.
 */
export function takeRights(from: string, old: Stats, to: string, file: number): boolean {
  if (process.platform === "win32") return false;
  const cp = CP.find((path) => existsSync(path));
  const env = { PATH: "/usr/bin:/bin", LC_ALL: "C" };
  const isCopied =
    cp !== undefined && spawnSync(cp, [...HOW, "--", from, to], { env, stdio: "ignore" }).status === 0;
  const mode = isCopied ? old.mode : old.mode & ~0o070;
  const { uid, gid } = fstatSync(file);
  if (uid !== old.uid || gid !== old.gid) fchownSync(file, old.uid, old.gid);
  if (((fstatSync(file).mode ^ mode) & 0o7777) !== 0) fchmodSync(file, mode & 0o7777);
  return !isCopied;
}
