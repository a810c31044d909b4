import type { SiteResult } from "../migrate/outcome.ts";
import { difference } from "./difference.ts";
import { allFindingLines, isAboutRouting, saysRouting } from "./finding.ts";
import { routingTable } from "./routing-table.ts";
import { routingLines, sameRouting } from "./routing-words.ts";
import { type Style, visible, wrapWords } from "./style.ts";
import { outcomeInWords } from "./words.ts";
import { counted } from "../rule/counted.ts";

/** What the report says about one site: its place and outcome, what it does to calls, and what to do next. */
export function siteLines(site: SiteResult, style: Style, marks: readonly string[] = []): string[] {
  const lines = [headline(site, style, marks)];
  lines.push(...evidenceLines(site, style));
  if (site.outcome === "migrated") lines.push(...migratedLines(site, style));
  else lines.push(...allFindingLines(site.findings, site, style));
  return lines;
}

/**
 * The same in a report of many: what only a look at the request itself would show is left out. `marks` are the ids of
 * warnings that are said elsewhere.
 */
export function briefLines(site: SiteResult, marks: readonly string[], style: Style): string[] {
  if (site.reason === "reader") return siteLines(site, style, marks);
  const lines = [headline(site, style, marks)];
  const isPlain = site.outcome === "migrated" && sameRouting(site);
  if (!isPlain) lines.push(...evidenceLines(site, style));
  const isShown = site.outcome === "migrated" && site.routing !== null && !isPlain;
  if (isShown && site.routing) lines.push(...routingLines(site.routing, style));
  const findings = site.findings.filter((finding) => !isShown || !saysRouting(finding));
  lines.push(...allFindingLines(findings, site, style));
  return lines;
}

/** A sentence names so many places at most. */
const MOST_PLACES = 5;

/** Which lines of the repository say what a request is for. */
function evidenceLines(site: SiteResult, style: Style): string[] {
  const { verdict, places } = site.evidence;
  const others = places.filter(({ path, line }) => path !== site.path || line !== site.line);
  if (others.length === 0 || site.outcome === "needs-person") return [];
  const named = others.slice(0, MOST_PLACES).map(({ path, line }) => `${visible(path)}:${line}`);
  const more = others.length - named.length;
  const where = named.join(", ") + (more > 0 ? ` and ${counted(more, "more line")}` : "");
  if (site.reason === "reader") {
    return wrapWords(`It reads what migrates: ${where}.`, style.width - 2).map((line) => `  ${line}`);
  }
  const what = verdict === "create" ? "A rule is created with it" : "It is used as a bare rule";
  return wrapWords(`${what}: ${where}.`, style.width - 2).map((line) => `  ${line}`);
}

/** A site's place and outcome, in one line where it is wide enough. */
export function headline(site: SiteResult, style: Style, marks: readonly string[] = []): string {
  const colors = { migrated: "green", "needs-person": "yellow", unreadable: "red" } as const;
  const nowhere = site.reason === "io" || site.reason === "too-large";
  const place = nowhere ? visible(site.path) : `${visible(site.path)}:${site.line}:${site.column}`;
  const outcome = outcomeInWords(site) + (marks.length > 0 ? ` (${marks.join(", ")})` : "");
  const color = site.outcome in colors ? colors[site.outcome as keyof typeof colors] : undefined;
  const paint = (text: string): string => (color ? style.paint(color, text) : text);
  const region = site.region === null || site.region === "line" ? "" : ` (${visible(site.region)})`;
  const start = style.paint("bold", place) + region;
  if (place.length + region.length + 2 + outcome.length <= style.width) return `${start}  ${paint(outcome)}`;
  return [start, ...wrapWords(outcome, style.width - 2).map((line) => `  ${paint(line)}`)].join("\n");
}

function migratedLines(site: SiteResult, style: Style): string[] {
  if (site.reason === "reader")
    return site.moves.map(({ from, to }) => `  ${visible(from)} → ${visible(to)}`);
  const lines: string[] = [];
  const paragraph = (text: string): void => {
    lines.push("", ...wrapWords(text, style.width - 2).map((line) => `  ${line}`));
  };

  const kept = site.moves.filter(({ from, to }) => to.endsWith(`.${from}`)).map(({ from }) => from);
  const renamed = site.moves.filter(({ from, to }) => !to.endsWith(`.${from}`));
  if (kept.length > 0) paragraph(`Moves into dispatch_rule as it is: ${kept.join(", ")}.`);
  for (const { from, to } of renamed) lines.push(`  Moves and changes its name: ${from} → ${to}`);

  const aboutRouting = site.findings.filter(isAboutRouting);
  const others = site.findings.filter((finding) => !aboutRouting.includes(finding));
  if (aboutRouting.length > 0) lines.push("", ...allFindingLines(aboutRouting, site, style));
  if (site.routing) {
    if (sameRouting(site)) {
      paragraph("Routing stays the same: the rule takes the calls that it took before.");
    } else {
      lines.push("", ...routingTable(site.routing, style).map((line) => `  ${line}`));
    }
  }
  const changes = site.before && site.after ? difference(site.before, site.after, style) : [];
  if (changes.length > 0) {
    lines.push("", "  The rule that livekit-server makes of it, before and after:");
    lines.push(...changes.map((line) => `  ${line}`));
  }
  if (others.length > 0) lines.push("");
  lines.push(...allFindingLines(others, site, style));
  return lines;
}
