import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plant } from "../repo/scanned.ts";
import { useFolder } from "../cli/evidence.ts";
import { type Generated, script } from "./generate.ts";
import { KNOWN_STEPS } from "./known-faults.ts";
import { faultsOf } from "./law.ts";
import { type Migrated, migrated } from "./migrated.ts";
import { behaviour, missing } from "./sandbox.ts";

/** How many scripts: `PROGRAMS=2000 npx vitest run test/executed/generated`. */
const COUNT = Number(process.env["PROGRAMS"] ?? 100);
const SEED = Number(process.env["SEED"] ?? 14);

const absent = missing(["bash", "jq", "envsubst", "python3", "xargs"]);
const lacking = absent.length > 0 ? ` (not run: there is no ${absent.join(", ")})` : "";

describe.skipIf(absent.length > 0 && process.env["CI"] !== "true")(`generated scripts${lacking}`, () => {
  const folder = useFolder();

  it("get what they got before, wrapped", { timeout: 0 }, async ({ annotate }) => {
    const account: Account = { plain: [0, 0], looked: [0, 0] };
    const wrong: Wrong[] = [];
    for (const [index, one] of fc.sample(script, { numRuns: COUNT, seed: SEED }).entries()) {
      const found = await wrongOf(`${folder.path}/${index}`, one, account);
      if (found) wrong.push(found);
    }
    const [unknown, known] = [false, true].map((is) =>
      wrong.filter(({ steps }) => steps.some((name) => name in KNOWN_STEPS) === is),
    ) as [Wrong[], Wrong[]];
    await annotate(`migrated and all, of the plain and of the others: ${JSON.stringify(account)}`);
    await annotate(`wrong: ${tally([...unknown, ...known])}`);
    const shortest = unknown.toSorted((a, b) => textOf(a).length - textOf(b).length);
    expect.soft(shortest.slice(0, 3), tally(unknown)).toEqual([]);
    const mended = Object.keys(KNOWN_STEPS).filter(
      (name) => !known.some(({ steps }) => steps.includes(name)),
    );
    if (COUNT >= 100) expect.soft(mended, "come out right now: take their lines away").toEqual([]);
    // Otherwise it would prove nothing.
    expect(account.plain[1]).toBeGreaterThan(COUNT / 4);
    expect(account.looked[1]).toBeGreaterThan(COUNT / 4);
  });
});

/** How many were migrated, of how many: where that has to be, and where a person may be needed. */
interface Account {
  plain: [number, number];
  looked: [number, number];
}

interface Wrong {
  steps: string[];
  why: unknown;
  files: Record<string, string>;
  after: Record<string, string>;
}

/** Runs a script before and after its migration in a folder, and says what is wrong with that. */
async function wrongOf(place: string, one: Generated, account: Account): Promise<Wrong | undefined> {
  plant(place, {});
  const result = await migrated(place, one.files);
  const isMigrated = result.sites.some(({ path, outcome }) => path === one.written && outcome === "migrated");
  const count = account[one.isPlain ? "plain" : "looked"];
  if (isMigrated) count[0]++;
  count[1]++;
  const { steps, files, neighbour } = one;
  const wrong = (why: unknown): Wrong => ({ steps, why, files, after: result.files });
  if (one.isPlain && !isMigrated) return wrong(outcomesOf(result));
  const beside = result.sites.find(({ path }) => path === neighbour?.path);
  if (beside?.outcome !== neighbour?.outcome) return wrong(outcomesOf(result));
  const before = await behaviour(files, one.run);
  const isSaid = one.reader !== undefined && result.names(`run.sh:${one.reader}`, "reader");
  const faults = faultsOf(before, await behaviour(result.files, one.run));
  const unexcused = faults.filter(({ kind }) => kind === "request" || !isSaid);
  return unexcused.length > 0 ? wrong(unexcused) : undefined;
}

function outcomesOf({ sites }: Migrated): string[] {
  return sites.map(({ path, line, outcome, reason }) => `${path}:${line} ${outcome} ${reason}`);
}

/** How many are wrong, by their steps. */
function tally(wrong: readonly Wrong[]): string {
  const counts = new Map<string, number>();
  for (const step of wrong.flatMap(({ steps }) => steps)) counts.set(step, (counts.get(step) ?? 0) + 1);
  const sorted = [...counts].toSorted(([, a], [, b]) => b - a);
  return [`${wrong.length} scripts`, ...sorted.map(([step, count]) => `${step} ${count}`)].join(", ");
}

function textOf({ files }: Wrong): string {
  return Object.values(files).join("");
}
