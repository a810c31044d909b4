import { afterEach, describe, expect, it } from "vitest";
import type { SiteResult } from "../../src/plan/outcome.ts";
import { runMigration } from "../../src/run/run.ts";
import { plant } from "../files/scanned.ts";
import { MEMORY, useTemporaryFolder } from "../files/temporary.ts";
import { DRY_RUN } from "../run/settings.ts";

/** A flat request. */
export const FLAT =
  '{ "name": "desk", "trunk_ids": ["ST_a"], "rule": { "dispatchRuleDirect": { "roomName": "desk" } } }';
/** The same, wrapped. */
export const WRAPPED = `{ "dispatch_rule": ${FLAT} }`;
export const URL = "https://example.com/twirp/livekit.SIP";

/** A repository: files by their paths. A request that it does not say otherwise of is `FLAT`. */
export interface Repository {
  files: Record<string, string>;
  /** `file outcome reason, and the lines that decide`, in any order; what is no request is left out. */
  says: string[];
}

/** A file `sip/rule.json` with a flat request, and a script beside it. */
export function script(text: string, path = "run.sh"): Repository["files"] {
  return { "sip/rule.json": FLAT, [path]: text };
}

/** What is said of a file from which this line creates. */
export const created = (place: string, file = "sip/rule.json"): string[] => [
  `${file} migrated create-evidence ${place}`,
];
/** What is said of a file that this line updates from, or puts into a wrapper. */
export const updated = (place: string, file = "sip/rule.json"): string[] => [
  `${file} not-create update-evidence ${place}`,
];
/** What is said of a file of which nothing is known. */
export const assumed = (file = "sip/rule.json"): string[] => [`${file} migrated assumed-create`];
/** What is said of a file that this line may update from. */
export const unclear = (place: string, file = "sip/rule.json"): string[] => [
  `${file} needs-person unclear-use ${place}`,
];
/** What is said of a file of which this line changes something before it goes on. */
export const unfollowed = (place: string, file = "sip/rule.json"): string[] => [
  `${file} needs-person unfollowed-use ${place}`,
];

/** What a run says of each request, with paths from the folder. */
export async function verdicts(folder: string, paths: readonly string[]): Promise<string[]> {
  const { results } = await runMigration(paths, DRY_RUN);
  return results.flatMap(({ sites }) =>
    sites
      .filter(({ reason }) => reason !== "not-a-request")
      .map((site) => {
        const { path, outcome, reason, findings } = site;
        const remark = findings.some(({ id }) => id === "wrapped-for-update") ? ["wrapped-for-update"] : [];
        return [path, outcome, reason, ...placesOf(site), ...remark].join(" ").replaceAll(`${folder}/`, "");
      }),
  );
}

/** The lines that decide; for a person, those of which the finding speaks. */
function placesOf({ reason, evidence, findings }: SiteResult): string[] {
  if (reason !== "unclear-use" && reason !== "unfollowed-use") {
    return evidence.places.map(({ path, line }) => `${path}:${line}`);
  }
  return findings
    .filter(({ id }) => id === reason)
    .flatMap(({ message }) => message.match(/(?<=^|\()\S+?:\d+|(?<=, )\S+?:\d+(?=[,)])/g) ?? []);
}

/** A folder of its own for each test, which may change the working directory. */
export function useFolder(): ReturnType<typeof useTemporaryFolder> {
  const folder = useTemporaryFolder(MEMORY);
  const home = process.cwd();
  afterEach(() => process.chdir(home));
  return folder;
}

/** A group of tests, of which nothing else needs the folder. */
export function itSaysOf(name: string, repositories: Readonly<Record<string, Repository>>): void {
  describe.each([name])("%s", () => {
    itSays(useFolder(), repositories);
  });
}

/** Tests of what a run over the whole of each repository says of its requests, in any order. */
export function itSays(
  folder: ReturnType<typeof useFolder>,
  repositories: Readonly<Record<string, Repository>>,
): void {
  it.each(Object.entries(repositories))("%s", async (_, { files, says }) => {
    plant(folder.path, files);
    process.chdir(folder.path);
    expect((await verdicts(folder.path, ["."])).toSorted()).toEqual(says.toSorted());
  });
}
