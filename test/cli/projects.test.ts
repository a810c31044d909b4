import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { git, MEMORY, useTemporaryFolder } from "../files/temporary.ts";
import { type Report, report, run } from "./run.ts";

/** What case.json of a folder in test/fixtures/projects says. */
interface Project {
  /** The one thing that the project shows. */
  idea: string;
  /** The project whose tree this one starts from, where that is not its own. */
  before?: string;
  /** Arguments beside `migrate .`. */
  args?: string[];
  /** Makes it a git repository in which all files are committed that git does not ignore. */
  git?: boolean;
  /** Files that are not committed. */
  untracked?: string[];
  /** Files that are committed although git is to ignore them. */
  forced?: string[];
  status: number;
  /**
   * All requests and all else that needs a person, by path and in order: the outcome, or outcome and reason. A `|`
   * stands between alternatives.
   */
  sites: Record<string, string[]>;
  /** What is not a create request and worth saying: the reasons, by path and in order. */
  notCreate?: Record<string, string[]>;
  /** Some of the report's totals. */
  totals?: Record<string, number>;
  /** What a person reads in the report. */
  says?: string[];
  /** Files about which nothing is tested yet, with what is to be expected of them one day. Theirs in `after/` is that. */
  later?: Record<string, { why: string; sites: string[] }>;
}

type Tree = Record<string, string>;

const PROJECTS = join(import.meta.dirname, "../fixtures/projects");

describe("every project, with the built program", () => {
  const folder = useTemporaryFolder(MEMORY);
  const projects = readdirSync(PROJECTS).map((name) => {
    const project: Project = JSON.parse(readFileSync(join(PROJECTS, name, "case.json"), "utf8"));
    return [name, project] as const;
  });

  it.each(projects)("%s", (name, project) => {
    const { args = [], status, says = [], later = {} } = project;
    const before = fixtureTree(join(PROJECTS, project.before ?? name, "before"));
    const after = { ...before, ...fixtureTree(join(PROJECTS, name, "after")) };
    const tested = (tree: Tree): Tree =>
      Object.fromEntries(Object.entries(tree).filter(([path]) => !(path in later)));
    putTree(folder.path, before);
    if (project.git) commit(folder.path, project);
    const migrate = ["migrate", ".", ...args];

    const dry = run(folder.path, [...migrate, "--format", "json"]);
    expect.soft(sitesIn(report(dry), project)).toEqual(project.sites);
    expect.soft(notCreateIn(report(dry), project)).toEqual(project.notCreate ?? {});
    expect.soft(report(dry).totals).toMatchObject(project.totals ?? {});
    expect.soft(outcomes(report(dry))).toBe(report(dry).totals["sites"]);
    expect.soft(report(dry).sites).toHaveLength(report(dry).totals["sites"] ?? -1);
    expect.soft(dry.status, dry.stderr).toBe(status);
    const words = oneLine(run(folder.path, migrate).stdout);
    for (const part of says) expect.soft(words).toContain(part);
    expect.soft(treeOf(folder.path), "after a dry run").toEqual(before);

    const written = run(folder.path, [...migrate, "--write", "--format", "json"]);
    expect.soft(written.status, written.stderr).toBe(status);
    expect.soft(sitesIn(report(written), project)).toEqual(project.sites);
    const migrated = report(written).sites.filter(({ outcome }) => outcome === "migrated");
    expect.soft(migrated.filter((site) => !site.written)).toEqual([]);
    expect.soft(tested(treeOf(folder.path)), "after --write").toEqual(tested(after));

    const writtenTree = treeOf(folder.path);
    const again = report(run(folder.path, [...migrate, "--write", "--format", "json"]));
    expect.soft(again.sites.filter(({ outcome }) => outcome === "migrated")).toEqual([]);
    expect.soft(treeOf(folder.path), "after a second --write").toEqual(writtenTree);

    if (migrated.length === 0) return;
    expect.soft(run(folder.path, ["undo"]).status).toBe(0);
    expect.soft(treeOf(folder.path), "after undo").toEqual(before);
  });
});

/** What the report says of each path, as far as it stands in `sites`; each entry as the project words it, if it fits. */
function sitesIn({ sites }: Report, project: Project): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { path, outcome, reason } of sites) {
    if (outcome === "not-create" || path in (project.later ?? {})) continue;
    const list = (found[path] ??= []);
    const expected = project.sites[path]?.[list.length];
    const fits = expected?.split("|").some((one) => one === outcome || one === `${outcome} ${reason}`);
    list.push(expected !== undefined && fits ? expected : `${outcome} ${reason}`);
  }
  return found;
}

function notCreateIn({ sites }: Report, { notCreate = {} }: Project): Record<string, string[]> {
  const reasons = (path: string): string[] =>
    sites.filter((site) => site.path === path && site.outcome === "not-create").map(({ reason }) => reason);
  return Object.fromEntries(Object.keys(notCreate).map((path) => [path, reasons(path)]));
}

/** The sum of all outcomes, which has to be the number of sites. */
function outcomes({ totals }: Report): number {
  const names = ["migrated", "alreadyWrapped", "notCreate", "needsPerson", "unreadable", "silenced"];
  return names.reduce((sum, name) => sum + (totals[name] ?? Number.NaN), 0);
}

/**
 * The files of a fixture. A name there that begins with `@` stands for the same without: this keeps the tools that
 * work on our own repository from acting on a `.gitignore` or a `node_modules` in a fixture.
 */
function fixtureTree(folder: string): Tree {
  const tree = treeOf(folder);
  return Object.fromEntries(
    Object.entries(tree).map(([path, text]) => [path.replaceAll(/(^|\/)@/g, "$1"), text]),
  );
}

/** Every file below a folder, but for what git keeps for itself; empty where there is no such folder. */
function treeOf(folder: string): Tree {
  const tree: Tree = {};
  const open = [folder];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const entry of entriesOf(next)) {
      const path = join(next, entry.name);
      if (entry.isDirectory() && entry.name !== ".git") open.push(path);
      if (entry.isFile()) tree[relative(folder, path)] = readFileSync(path, "utf8");
    }
  }
  return tree;
}

function entriesOf(folder: string): { name: string; isDirectory(): boolean; isFile(): boolean }[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function putTree(folder: string, tree: Tree): void {
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function commit(folder: string, { untracked = [], forced = [] }: Project): void {
  git(folder, "init", "-q");
  git(folder, "add", "-A", ".", ...untracked.map((path) => `:!${path}`));
  if (forced.length > 0) git(folder, "add", "-f", ...forced);
  git(folder, "commit", "-q", "-m", "test");
}

/** As words, because the report breaks its lines at 80 columns. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
