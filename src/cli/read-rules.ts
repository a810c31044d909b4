import { isRuleFile } from "../files/scan/skipped-names.ts";
import { rulesIn } from "../run/rules-in-text.ts";
import { Router } from "../routing/match.ts";
import type { Server } from "../rule/server.ts";
import type { WrittenRule } from "../routing/written-rules.ts";
import { findSources } from "../run/find-sources.ts";
import { languageOfNamed } from "../sources/languages.ts";
import type { Unusable } from "../sources/unreadable.ts";
import { configsOf } from "./configs.ts";
import { readInput, STDIN, textOption } from "./options.ts";
import { UsageError } from "./usage-error.ts";

/** `--environment`: which rules are on the server. */
export const environmentOption = textOption("Route with the rules of this environment of the config");

export interface ReadRules {
  rules: WrittenRule[];
  unusable: Unusable[];
  /** How many files were looked at, and standard input. */
  sources: number;
  /** The files of the folders among them. */
  scanned: readonly string[];
  /** True if one of those that were named is a listing in which there is nothing. */
  isEmptyListing: boolean;
}

/**
 * The rules in standard input, in files, and in the rule files of folders: those that `migrate` looks at, and those
 * that git ignores, unless `withoutIgnored`. A file that is named twice is read once.
 */
export async function readRules(paths: readonly string[], withoutIgnored = false): Promise<ReadRules> {
  const input = paths.includes(STDIN) ? [STDIN] : [];
  const others = paths.filter((path) => path !== STDIN);
  const configs = configsOf(others);
  const { wanted, scan } = await findSources(others, {
    include: [],
    exclude: [],
    noIgnore: false,
    configs,
    counts: isRuleFile,
    progress: () => {},
  });
  const isFound = new Set(wanted.filter((file) => !file.named).map((file) => file.path));
  const named = wanted.filter((file) => file.named).length;
  const read: ReadRules = {
    rules: [],
    unusable: [...(scan?.unreadable ?? [])],
    sources: input.length + named + (scan?.looked ?? 0),
    scanned: [...(scan?.candidates ?? []), ...(scan?.without ?? [])],
    isEmptyListing: false,
  };
  const ignored = withoutIgnored ? [] : (scan?.ignored ?? []);
  for (const path of [...input, ...wanted.map((file) => file.path), ...ignored]) {
    const source = readInput(path, languageOfNamed(path).limit);
    if (!("text" in source)) {
      read.unusable.push(source);
      continue;
    }
    const environment = path === STDIN ? undefined : (await configs.of(path))?.environmentOf(path);
    const isEmptyListing = await addRules(read, source, environment);
    read.isEmptyListing ||= isEmptyListing && !isFound.has(path);
  }
  return read;
}

/** Adds the rules in a text to those that were read, and returns whether it is a listing in which there is nothing. */
export async function addRules(
  read: Pick<ReadRules, "rules" | "unusable">,
  { path, text }: { path: string; text: string },
  environment: string | undefined,
): Promise<boolean> {
  const { rules, unusable, isEmptyListing } = await rulesIn(path, text);
  // Not spread into one call: there may be more rules than a call takes arguments.
  for (const rule of rules) read.rules.push(environment === undefined ? rule : { ...rule, environment });
  for (const rule of unusable) read.unusable.push(rule);
  return isEmptyListing;
}

/** Routes calls through these rules. */
export function routerOf(rules: readonly WrittenRule[], server: Server): Router<WrittenRule> {
  return new Router(
    rules.map((rule) => ({ label: rule, info: rule.info })),
    server,
  );
}

/** Binds the rules that have no trunk to these, as `--trunks` of the line that creates them does. */
export function bindTrunks(rules: readonly WrittenRule[], trunkIds: readonly string[] | undefined): void {
  for (const { info, documented } of trunkIds ? rules : []) {
    for (const one of [info, documented]) if (one.trunkIds.length === 0) one.trunkIds = [...(trunkIds ?? [])];
  }
}

/**
 * The rules of one environment; those of several are never on one server, so that a call has no one way among them. Throws
 * a UsageError where it is not said which, or none is of it.
 */
export function inEnvironment(read: ReadRules, wanted: string | undefined): ReadRules {
  const names = [...new Set(read.rules.flatMap(({ environment }) => environment ?? []))].toSorted();
  if (wanted !== undefined) {
    if (!names.includes(wanted)) {
      const known =
        names.length === 0 ? "the config names none for these rules" : `there is ${names.join(", ")}`;
      throw new UsageError(`--environment ${wanted}: no rule here is of that environment; ${known}`);
    }
    return { ...read, rules: read.rules.filter(({ environment }) => environment === wanted) };
  }
  if (new Set(read.rules.map(({ environment }) => environment)).size <= 1) return read;
  const isAll = read.rules.every(({ environment }) => environment !== undefined);
  throw new UsageError(
    `these rules are never on one server: they are of ${names.join(", ")}${isAll ? "" : " and of no environment"}`,
    "Say which rules to route with: --environment, or paths.",
  );
}
