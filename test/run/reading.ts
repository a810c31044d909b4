import { expect } from "vitest";
import { runMigration } from "../../src/run/run.ts";
import { plant } from "../repo/scanned.ts";
import { git } from "../repo/temporary.ts";
import { DRY_RUN } from "./settings.ts";

const RULE =
  '{"name": "desk", "trunk_ids": ["ST_5nQd8kVYtWcM"], "inbound_numbers": ["+15550100"], "rule": {"dispatch_rule_direct": {"room_name": "desk"}}}';

/** A little repository in which one file holds a flat request. */
export interface Repository {
  idea: string;
  files: Record<string, string>;
  /** The file with the request; `sip/rule.json` unless said. */
  about?: string;
  /** Why it becomes what it becomes; `assumed-create` unless said. */
  verdict?: string;
  /** The findings about its readers: `path:line`, and the keys that should be read. */
  readers: string[];
  /** Where keys are set that would stand beside the wrapper: `path:line`, and the keys. The file needs a person then. */
  setters?: string[];
}

/** Migrates the repository in a folder, and expects what is said of the file's readers. */
export async function expectReaders(
  folder: string,
  { files, about = "sip/rule.json", verdict = "assumed-create", readers, setters = [] }: Repository,
): Promise<void> {
  git(folder, "init", "-q");
  plant(folder, { [about]: RULE, ...files });
  const run = await runMigration([folder], DRY_RUN);
  const site = run.results.flatMap(({ sites }) => sites).find(({ path }) => path.endsWith(about));
  expect(site?.reason).toBe(verdict);
  const said = (site?.findings ?? []).filter(({ id }) => id === "reader");
  const prefix = new RegExp(`^.*${folder.slice(1)}/`);
  expect(
    said.map(({ message, next = "" }) => {
      const place = message.replace(prefix, "").split(" ", 1)[0] ?? "";
      const keys = [...next.matchAll(/`([^`]+)`/g)].map(([, key]) => key);
      return `${place} ${keys.join(", ")}`;
    }),
  ).toEqual(readers);
  const stops = (site?.findings ?? []).filter(({ id }) => id === "unfollowed-use");
  expect(
    stops.map(({ message }) => {
      const [, place, what = ""] =
        /^(\S+) ((?:sets|writes) (?:`\w+`(?:, )?)+)/.exec(message.replace(prefix, "")) ?? [];
      return `${place} ${what.replaceAll("`", "")}`;
    }),
  ).toEqual(setters);
}
