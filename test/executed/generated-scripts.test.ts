import fc from "fast-check";
import { describe, it } from "vitest";
import { MEMORY, useTemporaryFolder } from "../files/temporary.ts";
import { expectAllRight, type Tried } from "./expect-all-right.ts";
import { script } from "./generate-scripts.ts";
import { migrated } from "./migrated.ts";
import { beforeAndAfter, missing } from "./sandbox.ts";

/** How many scripts: `PROGRAMS=2000 npx vitest run test/executed/generated-scripts`. */
const COUNT = Number(process.env["PROGRAMS"] ?? 60);
const SEED = Number(process.env["SEED"] ?? 14);

const absent = missing(["bash", "jq", "envsubst", "perl", "python3", "xargs"]);
const lacking = absent.length > 0 ? ` (not run: there is no ${absent.join(", ")})` : "";

describe.skipIf(absent.length > 0 && process.env["CI"] !== "true")(`generated scripts${lacking}`, () => {
  const folder = useTemporaryFolder(MEMORY);

  it("give what they gave before, wrapped", { timeout: 0 }, async ({ annotate }) => {
    const tried: Tried[] = [];
    for (const [index, one] of fc.sample(script, { numRuns: COUNT, seed: SEED }).entries()) {
      const result = await migrated(`${folder.path}/${index}`, one.files);
      tried.push({ ...one, result, ...(await beforeAndAfter(one.files, result.files, one.run)) });
    }
    await expectAllRight(tried, annotate);
  });
});
