import { expect } from "vitest";
import type { Outcome } from "../../src/migrate/outcome.ts";
import { faultsOf } from "./law.ts";
import { type Migrated, migrated } from "./migrated.ts";
import type { Project } from "./project.ts";
import { behaviour } from "./sandbox.ts";

/** Outcomes that leave a request as it is, and of which nobody has to know. */
const QUIET: readonly Outcome[] = ["not-create", "already-wrapped"];

/** Runs a project before and after its migration, and expects the law and what the project says of its requests. */
export async function expectRight(folder: string, project: Project): Promise<void> {
  const result = await migrated(folder, project.files);
  expect
    .soft(outcomes(result, project))
    .toEqual(project.right.map(({ path, outcomes: all }) => `${path} ${all.join("|")}`));
  const isLeft = result.sites.some(({ outcome }) => outcome === "needs-person");
  if (isLeft)
    expect
      .soft(
        project.names.filter((line) => !result.names(line)),
        "lines that are not named",
      )
      .toEqual([]);

  const before = await behaviour(project.files, project.run);
  expect.soft(before.calls.length, "calls before").toBeGreaterThan(0);
  const faults = faultsOf(before, await behaviour(result.files, project.run));
  const isSaid = project.readers.length > 0 && project.readers.every((line) => result.names(line, "reader"));
  expect.soft(faults.filter(({ kind }) => kind === "request" || !isSaid)).toEqual([]);
}

/** What became of each request, in the project's words where they allow it. */
function outcomes({ sites }: Migrated, { right }: Project): string[] {
  const found = [...sites];
  const expected = right.map(({ path, outcomes: all }) => {
    const at = found.findIndex((site) => site.path === path && all.includes(site.outcome));
    if (at < 0) return `${path} nothing`;
    found.splice(at, 1);
    return `${path} ${all.join("|")}`;
  });
  const others = found.filter(({ outcome }) => !QUIET.includes(outcome));
  return [...expected, ...others.map(({ path, outcome, reason }) => `${path} ${outcome} ${reason}`)];
}
