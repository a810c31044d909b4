import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { migrateText } from "../../src/plan/migrate-text.ts";
import type { SiteResult } from "../../src/plan/outcome.ts";
import { openWriter } from "../../src/run/write-results.ts";
import { listRuns, undoRun } from "../../src/files/journal/undo.ts";
import { useTemporaryFolder } from "../files/temporary.ts";

const folder = useTemporaryFolder();
const FLAT = '{"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}';
const WRAPPED = '{"dispatch_rule":{"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}}';

/** Writes the migrated request to `name` in the folder, as `migrate -o` does. */
async function writeTo(name: string, force: boolean): Promise<SiteResult | undefined> {
  const source = { path: "rule.json", text: FLAT };
  const result = await migrateText(source.path, source.text);
  const writing = openWriter(force).writeElsewhere(join(folder.path, name), [{ source, result }]);
  const { value: written } = await writing.next();
  return written?.sites[0];
}

describe("writing elsewhere over a file that is there", () => {
  it("is refused", async () => {
    writeFileSync(join(folder.path, "out.json"), "precious");
    expect(await writeTo("out.json", false)).toMatchObject({
      outcome: "needs-person",
      reason: "exists",
      written: false,
    });
    expect(readFileSync(join(folder.path, "out.json"), "utf8")).toBe("precious");
  });

  it("keeps its bytes for undo when it is forced, its mode, and the link to it", async () => {
    const path = join(folder.path, "out.json");
    writeFileSync(path, "precious");
    chmodSync(path, 0o640);
    symlinkSync("out.json", join(folder.path, "link"));
    expect(await writeTo("link", true)).toMatchObject({ outcome: "migrated", written: true });
    expect([readFileSync(path, "utf8"), statSync(path).mode & 0o777]).toEqual([WRAPPED, 0o640]);
    expect(lstatSync(join(folder.path, "link")).isSymbolicLink()).toBe(true);
    await undoRun([...listRuns()][0]?.id);
    expect(readFileSync(path, "utf8")).toBe("precious");
  });

  it("is refused when it is read-only, forced or not", async () => {
    const path = join(folder.path, "out.json");
    writeFileSync(path, "precious");
    chmodSync(path, 0o444);
    expect(await writeTo("out.json", true)).toMatchObject({ reason: "read-only", written: false });
    expect(readFileSync(path, "utf8")).toBe("precious");
  });
});
