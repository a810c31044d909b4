import { findingsOfRules } from "../checks/ask.ts";
import type { Replacement, SetRule } from "../checks/facts.ts";
import type { Finding } from "../checks/finding.ts";
import { callsOfMigration, type MigrationCalls } from "../plan/call-changes.ts";
import { isRefused, type SiteResult, type SourceResult } from "../plan/outcome.ts";
import { type SIPDispatchRuleInfo, SIPDispatchRuleInfoSchema } from "../gen/livekit/livekit_sip_pb.ts";
import { isStored } from "../plan/repair.ts";
import { nothingAt } from "../plan/results.ts";
import { routingOfInfo } from "../routing/rule-routing.ts";
import { messageJson } from "../rule/message.ts";
import type { Server } from "../rule/server.ts";
import { compareText } from "../rule/text-order.ts";
import { byPlace } from "../sources/position.ts";
import { isDocument } from "../sources/languages.ts";
import { isThere } from "../files/there.ts";
import { namedPath } from "../files/paths.ts";
import type { Account } from "./account.ts";
import { ruleSets } from "./rule-sets.ts";
import { saidIfNoRule, saidIfTrunksAlone } from "./no-rule.ts";
import { runMigration } from "./run.ts";
import type { RunSettings } from "./settings.ts";

/** The findings of one file, in the order of their places. */
export interface CheckedFile {
  path: string;
  findings: Finding[];
  /** How many rules stand in it, also such as can't be read to the end. */
  rules: number;
  /** True if the file can't be read, so that there may be more. */
  isUnread: boolean;
}

/** The result of a check; there is an account where folders were looked at. */
export interface Checked {
  /** The files of which there is something to say, in the order of their paths. */
  files: CheckedFile[];
  /** How many files were checked, and how many rules stand in them. */
  sources: number;
  rules: number;
  results: readonly SourceResult[];
  account?: Account;
  /** The files that were named and are none that can hold rules: of no language that is read, or deleted. */
  skipped: readonly string[];
  /** True if only the files count that git says changed; the others were read for what they say of these. */
  isOfChanges?: true;
  /** The rules of listings that an update on their server repairs. */
  replacements: Replaced;
  /** The repairs that `--fix` wrote, or could not write, before this check. */
  repaired?: Repaired;
}

/**
 * The results of which something was to be written, with those sites alone, and the change for calls by all of them.
 */
export interface Repaired {
  results: SourceResult[];
  calls: MigrationCalls | undefined;
}

/** Rules that a server lists, each with how it is repaired, and the change for the calls of all that it lists. */
export interface Replaced {
  rules: (SetRule & { info: SIPDispatchRuleInfo; replacement: Replacement; site: SiteResult })[];
  calls: MigrationCalls | undefined;
}

/** Writes the repairs of what is wrong in files and folders, where a program can make them. */
export async function runRepairs(
  paths: readonly string[],
  settings: RunSettings & Required<Pick<RunSettings, "write">>,
): Promise<Repaired> {
  const { results } = await runMigration(paths, { ...settings, isCheck: true });
  const calls = callsOfMigration(results, settings.options.server, isDocument);
  const changed = results.map(({ path, sites }) => ({ path, sites: sites.flatMap(asRepaired) }));
  return { results: changed.filter(({ sites }) => sites.length > 0), calls };
}

/** A site that was written, or refused to be, without what the check that follows says of it. */
function asRepaired(site: SiteResult): SiteResult[] {
  if (site.written) return [{ ...site, findings: [] }];
  return isRefused(site) ? [site] : [];
}

/** The settings of a check beside those of every run. */
export interface CheckSettings {
  /** True if every rule has to name its trunks. */
  requireTrunks?: boolean;
}

/** Checks the rules in files and folders: each alone, and those together that one server would hold. */
export async function runCheck(
  paths: readonly string[],
  settings: Omit<RunSettings, "isCheck"> & CheckSettings,
): Promise<Checked> {
  const deleted = await deletedAmong(paths);
  const there = paths.filter((path) => !deleted.has(path));
  const run = await runMigration(there, { ...settings, isCheck: true });
  const { results, trunks, account, unread } = run;
  const said = account ? results : saidIfTrunksAlone(results);
  const options = { ...trunks, ...settings.options };
  const named = account ? [] : unread;
  return {
    ...checkedResults(said, { ...settings, options }),
    sources: results.length,
    skipped: [...named, ...[...deleted].map(namedPath)],
    ...(account && { account }),
  };
}

/** Those that are not there, and that git had: a list of what changed names them, too. */
async function deletedAmong(paths: readonly string[]): Promise<Set<string>> {
  if (paths.every(isThere)) return new Set();
  return (await import("../files/git/changed.ts")).deletedFiles(paths);
}

/** Checks the rules in a text that came alone, of which `result` was said. */
export function checkInput(
  text: string,
  result: SourceResult,
  settings: Pick<RunSettings, "options"> & CheckSettings,
): Checked {
  return { ...checkedResults([saidIfNoRule(text, result)], settings), sources: 1, skipped: [] };
}

/** The findings in results of which the rules were checked one by one, with those about the rules together. */
export function checkedResults(
  results: readonly SourceResult[],
  { options, requireTrunks = false }: Pick<RunSettings, "options"> & CheckSettings,
): Pick<Checked, "files" | "rules" | "results" | "replacements"> {
  const byPath = new Map<string, CheckedFile>();
  const fileOf = (path: string): CheckedFile => {
    const file = byPath.get(path) ?? { path, findings: [], rules: 0, isUnread: false };
    byPath.set(path, file);
    return file;
  };
  for (const { path, sites, findings = [], rules: known = [] } of results) {
    const file = fileOf(path);
    file.rules = Math.max(known.length, sites.filter(isOfRule).length);
    // Not spread into one call: there may be more than a call takes arguments.
    for (const site of sites) {
      if (site.outcome !== "silenced") for (const finding of site.findings) file.findings.push(finding);
      file.isUnread ||= site.outcome === "unreadable";
    }
    for (const finding of findings) file.findings.push(finding);
  }
  const rules = results.flatMap((result) => result.rules ?? []);
  const { knownTrunks, unlistedTrunks, server } = options;
  for (const set of ruleSets(rules, { knownTrunks, unlistedTrunks, server, requireTrunks }))
    for (const { path, finding } of findingsOfRules(set)) fileOf(path).findings.push(finding);
  const files = [...byPath.values()]
    .filter(({ findings, isUnread }) => findings.length > 0 || isUnread)
    .map((file) => ({
      ...file,
      findings: file.findings.toSorted(byPlace),
    }))
    .toSorted((a, b) => compareText(a.path, b.path));
  return { files, rules: rules.length, results, replacements: replacementsOf(rules, server) };
}

/** Tells whether a rule stands at a site, or several do. */
function isOfRule({ form }: SiteResult): boolean {
  return form !== null && form !== "other" && form !== "trunk";
}

function replacementsOf(rules: readonly SetRule[], server: Server | undefined): Replaced {
  if (!rules.some(({ replacement }) => replacement)) return { rules: [], calls: undefined };
  const listed = rules
    .filter(isStored)
    .flatMap(({ info, ...rule }) => (info ? [{ ...rule, info, site: siteOf(rule, info) }] : []));
  const calls = callsOfMigration([{ path: "", sites: listed.map(({ site }) => site) }], server);
  const replaced = listed.flatMap(({ replacement, ...rule }) =>
    replacement ? [{ ...rule, replacement }] : [],
  );
  return { rules: replaced, calls };
}

/** A rule of a listing as a site, so that its calls are told as those of any other. */
function siteOf(
  { path, line, column, replacement }: Omit<SetRule, "info">,
  info: SIPDispatchRuleInfo,
): SiteResult {
  const after = replacement && "after" in replacement ? replacement.after : undefined;
  const routing = routingOfInfo(info);
  return {
    ...nothingAt(path, { line, column }),
    form: "info",
    ...(after && { outcome: "migrated", reason: "repaired" }),
    routing: { documented: routing, server: routing, after: after ? routingOfInfo(after) : routing },
    before: messageJson(SIPDispatchRuleInfoSchema, info),
    after: messageJson(SIPDispatchRuleInfoSchema, after ?? info),
  };
}
