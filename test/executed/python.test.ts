import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, it } from "vitest";
import { describeWithPython } from "../behaviour/python/library.ts";
import { MEMORY } from "../files/temporary.ts";
import { expectAllRight } from "./expect-all-right.ts";
import { expectRight } from "./expect-right.ts";
import { pythonProgram } from "./generate-python.ts";
import { type Migrated, migrated } from "./migrated.ts";
import { type Project, projectsIn } from "./project.ts";
import type { Behaviour } from "./sandbox.ts";

/** How many programs: `PROGRAMS=2000 npx vitest run test/executed/python`. */
const COUNT = Number(process.env["PROGRAMS"] ?? 60);
const SEED = Number(process.env["SEED"] ?? 14);

describeWithPython("Python across modules", join(import.meta.dirname, "run_projects.py"), (run) => {
  const folder = { path: "" };
  beforeAll(() => {
    folder.path = realpathSync(mkdtempSync(join(MEMORY, "executed-")));
    process.env["SIP_DISPATCH_STATE"] = join(folder.path, "state");
  });
  afterAll(() => {
    rmSync(folder.path, { recursive: true, force: true });
  });

  /** Migrates projects, each in a folder of its own, and runs all of them before and after. */
  async function tried<P extends Pick<Project, "files">>(projects: readonly P[]) {
    const all: (P & { result: Migrated })[] = [];
    for (const [index, project] of projects.entries())
      all.push({
        ...project,
        result: await migrated(join(folder.path, `${projects.length}`, `${index}`), project.files),
      });
    const sides = all.flatMap(({ files, result }) => [files, result.files]);
    const behaviours = run(sides) as Behaviour[];
    return all.map((one, index) => {
      const [before, after] = behaviours.slice(2 * index, 2 * index + 2) as [Behaviour, Behaviour];
      return { ...one, before, after };
    });
  }

  describe("as people write it", () => {
    const projects = projectsIn("python", "python3 main.py");
    let results: Awaited<ReturnType<typeof tried<Project>>> = [];
    beforeAll(async () => {
      results = await tried(projects);
    });
    for (const [index, { name }] of projects.entries()) {
      it(`${name} does what it did`, () => {
        const { result, before, after, ...project } = results[index] ?? missing(name);
        expectRight(project, result, before, after);
      });
    }
  });

  it("as it is generated", { timeout: 0 }, async ({ annotate }) => {
    const programs = fc.sample(pythonProgram, { numRuns: COUNT, seed: SEED });
    await expectAllRight(await tried(programs), annotate);
  });
});

function missing(name: string): never {
  throw new Error(`${name} was not run`);
}
