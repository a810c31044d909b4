import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonObject } from "@bufbuild/protobuf";
import { report, run } from "../cli/run.ts";

const FIXTURES = join(import.meta.dirname, "../fixtures/migrate");

/** A request that a fixture migrates: flat, which is also the rule that a server makes of it, and the rule after. */
export interface Migrated {
  fixture: string;
  flat: JsonObject;
  after: JsonObject;
}

/** Those of all fixtures, each request once. */
export function migratedFixtures(): Migrated[] {
  // Not where they stand: what a repository says about its files counts too.
  const top = mkdtempSync(join(tmpdir(), "sip-dispatch-fixtures-"));
  try {
    const byText = new Map<string, Migrated>();
    for (const { folder, args, inputs } of laidOut(top)) {
      for (const site of report(run(folder, ["migrate", "--format", "json", ...args, ...inputs])).sites) {
        if (site.outcome !== "migrated" || !site.before || !site.after) continue;
        const [flat, after] = [site.before as JsonObject, site.after as JsonObject];
        byText.set(JSON.stringify([flat, after]), { fixture: site.path, flat, after });
      }
    }
    return [...byText.values()];
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

/** Fixtures that one command migrates. */
interface Batch {
  folder: string;
  args: readonly string[];
  inputs: string[];
}

/** Lays the fixtures out in folders: together where they have the same arguments and no file beside their input. */
function laidOut(top: string): Iterable<Batch> {
  const batches = new Map<string, Batch>();
  for (const name of readdirSync(FIXTURES)) {
    const fixture = join(FIXTURES, name);
    const { args }: { args: string[] } = JSON.parse(readFileSync(join(fixture, "case.json"), "utf8"));
    const files = readdirSync(fixture).filter((file) => !/^(case\.json$|expected(\.|$))/.test(file));
    const key = JSON.stringify(files.length > 1 ? name : args);
    const batch = batches.get(key) ?? { folder: join(top, `${batches.size}`), args, inputs: [] };
    batches.set(key, batch);
    mkdirSync(batch.folder, { recursive: true });
    for (const file of files) {
      const isInput = /^input(\.|$)/.test(file);
      const to = isInput ? `${name}${file.slice("input".length)}` : file;
      copyFileSync(join(fixture, file), join(batch.folder, to));
      if (isInput) batch.inputs.push(to);
    }
  }
  return batches.values();
}
