import type { SiteResult } from "../plan/outcome.ts";
import { changesRouting, staysAsDocumented } from "../plan/call-changes.ts";
import { isSameRouting } from "../routing/rule-routing.ts";
import { difference } from "./structural-difference.ts";
import { allFindingLines, isAboutRouting, questionLines } from "./finding.ts";
import { type MigrationContext, siteCallLines } from "./migration-calls.ts";
import { docsLines, ruleRows } from "./rule-rows.ts";
import { hanging } from "./layout.ts";
import { type Shown, type Style, visible, wrapWords } from "./style.ts";
import { outcomeInWords } from "./outcome-words.ts";
import { placesInWords } from "../checks/places.ts";
import { checkNamed } from "../checks/index.ts";

/** How a site is shown. */
export interface SiteOptions extends Shown {
  /** The change for calls, where there is one and it is to be shown. */
  calls?: MigrationContext | undefined;
  /** True if the rule is shown as JSON before and after. */
  jsonDiff: boolean;
}

/**
 * Returns what the report says about one site: its place and outcome, what it does to calls, and what to do next. In a
 * report of many (`isWhole` is false) what only a look at the request itself would show is left out. `marks` are the ids
 * of warnings that are said elsewhere.
 */
export function siteLines(
  site: SiteResult,
  options: SiteOptions,
  marks: readonly string[] = [],
  isWhole = true,
): string[] {
  const { style } = options;
  const isPlain = !isWhole && site.outcome === "migrated" && staysAsDocumented(site);
  return [
    headline(site, style, marks),
    ...(isPlain ? [] : evidenceLines(site, style)),
    ...(site.outcome === "migrated" && !isPlain
      ? migratedLines(site, options, isWhole)
      : allFindingLines(site.findings, site, style)),
  ];
}

/** Names the lines of the repository that say what a request is for. */
function evidenceLines(site: SiteResult, style: Style): string[] {
  const { verdict, places } = site.evidence;
  const others = places.filter(({ path, line }) => path !== site.path || line !== site.line);
  if (others.length === 0 || site.outcome === "needs-person") return [];
  const what = verdict === "create" ? "A rule is created with it" : "It is used as a bare rule";
  return hanging(`${what}: ${visible(placesInWords(others))}.`, style, "  ");
}

/** A site's place and outcome, in one line where it is wide enough. */
export function headline(site: SiteResult, style: Style, marks: readonly string[] = []): string {
  const colors = { migrated: "green", "needs-person": "yellow", unreadable: "red" } as const;
  const place = checkNamed(site.reason)?.hasNoPlace
    ? visible(site.path)
    : `${visible(site.path)}:${site.line}:${site.column}`;
  const outcome = outcomeInWords(site) + (marks.length > 0 ? ` (${marks.join(", ")})` : "");
  const color = site.outcome in colors ? colors[site.outcome as keyof typeof colors] : undefined;
  const paint = (text: string): string => (color ? style.paint(color, text) : text);
  const region = site.region === null || site.region === "line" ? "" : ` (${visible(site.region)})`;
  const start = style.paint("bold", place) + region;
  if (place.length + region.length + 2 + outcome.length <= style.width) return `${start}  ${paint(outcome)}`;
  return [start, ...wrapWords(outcome, style.width - 2).map((line) => `  ${paint(line)}`)].join("\n");
}

function migratedLines(site: SiteResult, options: SiteOptions, isWhole: boolean): string[] {
  const { style } = options;
  const lines = hanging(summaryOf(site), style, "  ");
  const { routing } = site;
  if (routing && !staysAsDocumented(site)) {
    const { documented, server, after } = routing;
    const rows = ruleRows(server, after, [], { ...options, isBrief: !isWhole });
    const isSaid = isWhole || !isSameRouting(documented, after);
    lines.push(
      ...(isWhole ? [""] : []),
      ...rows,
      ...(isSaid ? docsLines(documented, server, after, style) : []),
    );
    const calls = options.calls ? siteCallLines(site, options.calls) : [];
    lines.push(...(isWhole && calls.length > 0 ? [""] : []), ...calls);
  }
  lines.push(...questionLines(site.findings, style));
  if (options.jsonDiff && site.before && site.after) {
    const changes = difference(site.before, site.after, style);
    if (changes.length > 0) lines.push("", ...changes.map((line) => `  ${line}`));
  }
  const others = site.findings.filter((finding) => !isAboutRouting(finding));
  if (isWhole && others.length > 0 && lines.length > 1) lines.push("");
  lines.push(...allFindingLines(others, site, style));
  return lines;
}

/** The rule's name, what is renamed in it, and what that comes to. */
function summaryOf(site: SiteResult): string {
  const renamed = site.moves.flatMap(({ from, to }) => {
    const field = to.slice(to.indexOf(".") + 1);
    return field === from ? [] : [`${from} → ${field}`];
  });
  const what = renamed.length > 0 ? renamed.join(", ") : "moved into dispatch_rule";
  const verdict = changesRouting(site)
    ? "calls change"
    : staysAsDocumented(site)
      ? "same calls, same room, same agents"
      : "same calls as livekit-server takes today";
  return `${site.name ? `${visible(site.name)}: ` : ""}${what}; ${verdict}`;
}
