import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { CAUSES } from "../../src/calls/causes/index.ts";

it("docs/diagnose.md has a row for each cause, and no other", () => {
  const text = readFileSync(join(import.meta.dirname, "../../docs/diagnose.md"), "utf8");
  const [, table = ""] = text.split("\n## Causes\n");
  const rows = Array.from(table.split("\n## ")[0]?.matchAll(/^\| `([a-z-]+)` \|/gm) ?? [], ([, id]) => id);
  expect(rows.toSorted()).toEqual(CAUSES.map(({ id }) => id).toSorted());
});
