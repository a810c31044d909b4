import { expect } from "vitest";
import type { Outcome } from "../../src/plan/outcome.ts";
import { faultsOf } from "./law.ts";
import type { Migrated } from "./migrated.ts";
import type { Project } from "./project.ts";
import type { Behaviour } from "./sandbox.ts";

/** Outcomes that leave a request as it is, and of which nobody has to know. */
const QUIET: readonly Outcome[] = ["not-create", "already-wrapped"];

/** Expects what a project says of its requests, and the law of what it did before and after its migration. */
export function expectRight(project: Project, result: Migrated, before: Behaviour, after: Behaviour): void {
  const { right, names, readers } = project;
  const expected = right.map(({ path, outcomes }) => `${path} ${outcomes.join("|")}`);
  expect.soft(outcomesOf(result, project)).toEqual(expected);
  const isLeft = result.sites.some(({ outcome }) => outcome === "needs-person");
  const unnamed = names.filter((line) => !result.names(line));
  if (isLeft) expect.soft(unnamed, "lines that the report does not name").toEqual([]);
  expect.soft(before.calls.length, "calls before").toBeGreaterThan(0);
  const isSaid = readers.length > 0 && readers.every((line) => result.names(line, "reader"));
  const faults = faultsOf(before, after).filter(({ kind }) => kind === "request" || !isSaid);
  expect.soft(faults).toEqual([]);
}

/** What became of each request, in the project's words where they allow it. */
function outcomesOf({ sites }: Migrated, { right }: Project): string[] {
  const found = [...sites];
  const expected = right.map(({ path, outcomes }) => {
    const at = found.findIndex((site) => site.path === path && outcomes.includes(site.outcome));
    if (at < 0) return `${path} nothing`;
    found.splice(at, 1);
    return `${path} ${outcomes.join("|")}`;
  });
  const others = found.filter(({ outcome }) => !QUIET.includes(outcome));
  return [...expected, ...others.map(({ path, outcome, reason }) => `${path} ${outcome} ${reason}`)];
}
