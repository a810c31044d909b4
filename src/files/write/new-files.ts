import { spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  mkdirSync,
  openSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/** A new file that is open for writing and holds nothing yet. */
export interface NewFile {
  file: number;
  path: string;
  /** The name that the old file may have meanwhile. */
  aside: string;
  /** True if an access control list and extended attributes could not be kept. */
  isNarrowed: boolean;
}

/**
 * The files that a run makes to take the places of others. Until then they stand beside those, in folders that only the
 * user may enter.
 */
export class NewFiles {
  readonly #run: string;
  /** The names of the files to come, by their folders. */
  readonly #expected = new Map<string, string[]>();
  readonly #folders = new Set<string>();
  /** When the old file had last been changed in any way, for each that has a new one with its rights. */
  readonly #made = new Map<string, number>();

  /** `paths` are real ones, of files that will be asked for. `run` names the folders. */
  constructor(run: string, paths: readonly string[]) {
    this.#run = run;
    for (const path of paths) {
      const names = this.#expected.get(dirname(path)) ?? [];
      names.push(basename(path));
      this.#expected.set(dirname(path), names);
    }
  }

  /**
   * Opens a new file with the owner and rights of the one at a real path, its access control list and its extended
   * attributes. Node knows nothing of the last two, so the system's `cp` does it, once for all files of a folder. Where
   * that can't, the group gets no rights: what its bits say may be the upper limit of a list, and more than the group may
   * do itself. Windows has no such rights. Undefined where there is no file any more; throws an error of the operating
   * system when it fails.
   */
  open(path: string): NewFile | undefined {
    const folder = dirname(path);
    const ours = folderOfRun(folder, this.#run);
    if (!this.#folders.has(folder)) {
      mkdirSync(ours, { mode: 0o700 });
      this.#folders.add(folder);
      this.#make(folder, this.#expected.get(folder) ?? []);
    }
    // Also where its rights were changed since.
    if (this.#made.get(path) !== changedAt(path)) this.#make(folder, [basename(path)]);
    const old = statSync(path, { throwIfNoEntry: false });
    if (!old) return undefined;
    const isMade = this.#made.delete(path);
    const isNarrowed = !isMade && process.platform !== "win32";
    const made = this.#newPath(path);
    const file = openSync(made, isMade ? "r+" : "wx", 0o600);
    try {
      if (process.platform !== "win32") giveRights(file, old, isNarrowed ? 0o070 : 0);
    } catch (error) {
      closeSync(file);
      throw error;
    }
    return { file, path: made, aside: join(ours, basename(ours)), isNarrowed };
  }

  /** Removes what has taken no file's place. */
  remove(): void {
    for (const path of this.#made.keys()) rmSync(this.#newPath(path), { force: true });
    for (const folder of this.#folders) {
      try {
        rmdirSync(folderOfRun(folder, this.#run));
      } catch {
        // What else is in there is not ours.
      }
    }
  }

  #newPath(path: string): string {
    return join(folderOfRun(dirname(path), this.#run), basename(path));
  }

  #make(folder: string, names: readonly string[]): void {
    const there = names.flatMap((name): { name: string; path: string; changed: number }[] => {
      const path = join(folder, name);
      rmSync(this.#newPath(path), { force: true });
      this.#made.delete(path);
      const changed = changedAt(path);
      return changed === undefined ? [] : [{ name, path, changed }];
    });
    if (there.length === 0) return;
    const from = there.map(({ name }) => name);
    const isCopied = copyRights(folder, from, basename(folderOfRun(folder, this.#run)));
    for (const { path, changed } of there) {
      if (isCopied) this.#made.set(path, changed);
      else rmSync(this.#newPath(path), { force: true });
    }
  }
}

/** The folder of a run in a folder of its files, which only a kill leaves there. */
export function folderOfRun(folder: string, run: string): string {
  return join(folder, `.sip-dispatch-${run.slice(-8)}`);
}

/** When anything of a file was last changed, in milliseconds; undefined where there is none, or something else. */
function changedAt(path: string): number | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() ? stats.ctimeMs : undefined;
}

/** Where systems keep it. It is not looked for elsewhere: what runs here must be the system's own. */
const CP = ["/bin/cp", "/usr/bin/cp"];

/** How it copies rights and attributes alone; macOS's copies the content too, over which others are written then. */
const HOW =
  process.platform === "darwin"
    ? ["-p"]
    : ["--attributes-only", "--preserve=mode,ownership,timestamps,xattr"];

/** Makes files with the rights of others in a folder of theirs. Tells whether all of it worked for all of them. */
function copyRights(folder: string, names: readonly string[], to: string): boolean {
  const cp = CP.find((path) => existsSync(path));
  const env = { PATH: "/usr/bin:/bin", LC_ALL: "C" };
  const args = [...HOW, "--", ...names, `./${to}/`];
  return cp !== undefined && spawnSync(cp, args, { cwd: folder, env, stdio: "ignore" }).status === 0;
}

function giveRights(file: number, old: Stats, without: number): void {
  const mode = old.mode & 0o7777 & ~without;
  const { uid, gid } = fstatSync(file);
  if (uid !== old.uid || gid !== old.gid) fchownSync(file, old.uid, old.gid);
  if ((fstatSync(file).mode & 0o7777) !== mode) fchmodSync(file, mode);
}
