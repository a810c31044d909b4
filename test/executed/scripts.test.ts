import { describe, it } from "vitest";
import { MEMORY, useTemporaryFolder } from "../files/temporary.ts";
import { expectRight } from "./expect-right.ts";
import { type Project, projectsIn } from "./project.ts";
import { migrated } from "./migrated.ts";
import { beforeAndAfter, missing } from "./sandbox.ts";

const NEEDED = ["bash", "dash", "jq", "make", "perl", "python3", "npm", "node", "envsubst", "just"];

describe("scripts as people write them, run before and after", () => {
  const folder = useTemporaryFolder(MEMORY);
  const absent = missing(NEEDED);
  const isCI = process.env["CI"] === "true";
  for (const project of projectsIn("scripts", "bash run.sh")) {
    const lacks = absent.filter((program) => needs(project, program));
    const title =
      lacks.length > 0 ? `${project.name} (not run: there is no ${lacks.join(", ")})` : project.name;
    const test = lacks.length > 0 && !isCI ? it.skip : it;
    test(title, async () => {
      const result = await migrated(folder.path, project.files);
      const { before, after } = await beforeAndAfter(project.files, result.files, project.run);
      expectRight(project, result, before, after);
    });
  }
});

function needs({ run, files }: Project, program: string): boolean {
  return [run, ...Object.values(files)].some((text) =>
    new RegExp(`(?:^|[\\s|(])${program}\\s`, "m").test(text),
  );
}
