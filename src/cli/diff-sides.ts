import { dirname, join, posix, relative, resolve, sep } from "node:path";
import {
  commonSnapshot,
  INDEX,
  pathInside,
  type Repository,
  repositoryHere,
  readSnapshot,
  type Snapshot,
  snapshotNamed,
} from "../files/git/revision.ts";
import { isThere } from "../files/there.ts";
import { languageOfNamed } from "../sources/languages.ts";
import { configsOf } from "./configs.ts";
import { STDIN } from "./options.ts";
import { UsageError } from "./usage-error.ts";
import { addRules, type ReadRules, readRules } from "./read-rules.ts";

/** One of the two things that are compared, before anything of it is read. */
export type Side =
  /** Files and folders, or standard input; `root` is what paths are told apart from. */
  | { kind: "files"; paths: string[]; root: string; isWorkTree: boolean }
  | { kind: "revision"; repository: Repository; snapshot: Snapshot; paths: string[]; root: string }
  | { kind: "nothing" };

/** The rules of a side, and what can't be used of it. */
export interface ReadSide extends Pick<ReadRules, "rules" | "unusable"> {
  /** A rule's path without what only says which side it is of. */
  insideOf: (path: string) => string;
}

/** The two sides to compare, and, for git's diff driver, the file that they are versions of. */
export interface Sides {
  before: Side;
  after: Side;
  driverPath?: string;
}

/** The next step where git can't read its repository. */
const FIX = "Fix the repository, or name files.";

/** git calls a diff driver with path old-file old-hex old-mode new-file new-hex new-mode, and two more for a rename. */
const DRIVER_WORDS = [7, 9];

/** What was named can't be used as a side. */
class NoSide extends UsageError {
  override readonly status = 3;
  constructor(path: string, message: string, next = "Name a file, a folder, a revision, or REV:path.") {
    super(`${message}. ${next}`, NOTHING_COMPARED, path);
  }
}

/** What is said at last where a side can't be read. */
export const NOTHING_COMPARED = "Nothing was compared, because one side is missing.";

/**
 * Returns the sides to compare, as git has it: nothing or a revision means the work tree, two are what they name.
 * Whether the revisions are there is seen to first. Throws a UsageError where what is named can't be compared.
 */
export function sidesOf(named: readonly string[], paths: readonly string[], staged: boolean): Sides {
  const [first = "", second = "", , , fifth = ""] = named;
  if (DRIVER_WORDS.includes(named.length) && paths.length === 0 && !staged) {
    return { before: filesSide([second]), after: filesSide([fifth]), driverPath: first };
  }
  const place = new Places(paths);
  // As git does it: outside of a repository the paths are what is compared.
  if (named.length === 0 && paths.length === 2 && !staged && !place.isInRepository) {
    const [one = "", other = ""] = paths;
    return { before: place.named(one), after: place.named(other) };
  }
  const [, from, dots, to] = /^(.*?[^.]|)(\.{2,3})([^.].*|)$/.exec(first) ?? [];
  if (named.length > (staged ? 1 : 2)) {
    const most = staged ? "one revision" : "two sides";
    throw new UsageError(`diff takes ${most}; paths stand behind --: \`sip-dispatch diff HEAD -- sip\``);
  }
  if (staged) return { before: place.revision(first || "HEAD"), after: place.of(INDEX) };
  if (named.length === 0) return { before: place.revision("HEAD"), after: place.workTree() };
  if (named.length === 1 && dots !== undefined && (from || to) && !isThere(first)) {
    const [one, other] = [from || "HEAD", to || "HEAD"];
    const before = dots === ".." ? place.revision(one) : place.common(one, other);
    return { before, after: place.revision(other) };
  }
  if (named.length === 1) return place.alone(first);
  return { before: place.named(first), after: place.named(second) };
}

/** Looks up what words name, in the work tree and in git. */
class Places {
  readonly #paths: readonly string[];
  readonly #repository: ReturnType<typeof repositoryHere>;

  constructor(paths: readonly string[]) {
    this.#paths = paths;
    this.#repository = repositoryHere();
  }

  get isInRepository(): boolean {
    return this.#repository !== undefined;
  }

  /** The revision of that name, at the paths behind `--`. */
  revision(name: string): Side {
    const snapshot = snapshotNamed(this.#usable(), name);
    if (!snapshot) throw new NoSide(name, "git knows no such revision");
    return this.of(snapshot);
  }

  common(one: string, other: string): Side {
    const snapshot = commonSnapshot(this.#usable(), one, other);
    if (!snapshot) throw new NoSide(`${one}...${other}`, "git knows no common revision");
    return this.of(snapshot);
  }

  of(snapshot: Snapshot): Side {
    const repository = this.#usable();
    const inside = this.#paths.map((path) => topPath(repository, path));
    return {
      kind: "revision",
      repository,
      snapshot,
      paths: inside.length > 0 ? inside : [""],
      root: "",
    };
  }

  /** The files of the work tree, at the paths behind `--`; one that is gone holds nothing. */
  workTree(paths: readonly string[] = this.#paths): Side {
    const repository = this.#usable();
    const all = relative(resolve("."), repository.top) || ".";
    return {
      kind: "files",
      paths: paths.length > 0 ? paths.filter(isThere) : [all],
      root: repository.top,
      isWorkTree: true,
    };
  }

  /** A revision, compared with the work tree; or a path, as it is in HEAD and in the work tree. */
  alone(name: string): Sides {
    const side = this.named(name);
    if (side.kind === "revision") {
      const { repository, paths } = side;
      const here = paths.map((path) => relative(resolve("."), join(repository.top, path)) || ".");
      const isWhole = !name.includes(":");
      return { before: side, after: isWhole ? this.workTree() : this.workTree(here) };
    }
    if (this.#paths.length > 0) throw new UsageError(`${name} is no revision, so -- can't stand behind it`);
    const place = new Places([name]);
    return { before: place.revision("HEAD"), after: place.workTree() };
  }

  /** A file, a folder, standard input, a revision, or REV:path. */
  named(name: string): Side {
    const isPath = name === STDIN || isThere(name);
    const found = name === STDIN ? undefined : this.#revisionOrPath(name);
    if (isPath && found) {
      throw new UsageError(
        `${name} is a revision and a path`,
        `\`./${name}\` means the path, and \`${name}:\` the revision.`,
      );
    }
    if (found) return found;
    if (!isPath && this.#repository && "problem" in this.#repository)
      throw new NoSide(name, `can't be read, because ${this.#repository.problem}`, FIX);
    if (!isPath) throw new NoSide(name, "is neither a file nor a git revision");
    if (this.#paths.length > 0 && this.#repository) {
      throw new UsageError("paths behind -- are those of revisions, and no revision is compared");
    }
    return filesSide([name]);
  }

  #revisionOrPath(name: string): Side | undefined {
    const repository = this.#repository;
    if (!repository || "problem" in repository || name.startsWith("./") || name.startsWith("/"))
      return undefined;
    const colon = name.indexOf(":");
    const rev = colon < 0 ? name : name.slice(0, colon);
    const snapshot = snapshotNamed(repository, rev);
    if (!snapshot) return undefined;
    if (colon < 0) return this.of(snapshot);
    const path = pathInside(repository, name.slice(colon + 1));
    return { kind: "revision", repository, snapshot, paths: [path], root: path };
  }

  #usable(): Repository {
    const repository = this.#repository;
    if (!repository) {
      throw new UsageError(
        "diff needs two files or folders, because there is no git repository here",
        "In one, `sip-dispatch diff` compares HEAD with the work tree.",
      );
    }
    if ("problem" in repository)
      throw new NoSide("git", `can't be asked, because ${repository.problem}`, FIX);
    return repository;
  }
}

function filesSide(paths: string[]): Side {
  const [root = ""] = paths;
  return root === "/dev/null" ? { kind: "nothing" } : { kind: "files", paths, root, isWorkTree: false };
}

function topPath({ top }: Repository, path: string): string {
  return relative(top, resolve(path)).split(sep).join("/");
}

/**
 * Reads the rules of a side. git hands its driver temporary copies, whose own names say nothing. Throws a UsageError where
 * there is nothing at all at what was named.
 */
export async function readSide(side: Side, driverPath: string | undefined): Promise<ReadSide> {
  if (side.kind === "nothing") return { rules: [], unusable: [], insideOf: () => "" };
  if (side.kind === "files") {
    const { rules, unusable } = await readRules(side.paths, side.isWorkTree);
    const renamed = <T extends { path: string }>(one: T): T => ({ ...one, path: driverPath ?? one.path });
    const insideOf = (path: string): string =>
      driverPath === undefined ? relative(resolve(side.root), resolve(path)).split(sep).join("/") : "";
    return { rules: rules.map(renamed), unusable: unusable.map(renamed), insideOf };
  }
  const { repository, snapshot, paths, root } = side;
  const limit = languageOfNamed("rule.json").limit;
  const decisionsIn = await configsOf(["."]).ofFolders();
  const revision = readSnapshot(repository, snapshot, paths, limit, decisionsIn);
  if (!revision.exists && root !== "") {
    const next = "Check the path; it starts at the repository's top.";
    throw new NoSide(`${snapshot.name}:${root}`, "is not in that revision", next);
  }
  const environmentOf = (path: string): string | undefined => {
    const file = join(repository.top, path.slice(snapshot.name.length + 1));
    return decisionsIn(dirname(file))?.environmentOf(file);
  };
  const insideOf = (path: string): string => posix.relative(root, path.slice(snapshot.name.length + 1));
  const read: ReadSide = { rules: [], unusable: [...revision.unreadable], insideOf };
  for (const source of revision.sources) await addRules(read, source, environmentOf(source.path));
  return read;
}
