import type { Finding, SiteResult } from "../migrate/outcome.ts";
import { difference } from "./difference.ts";
import { routingTable } from "./routing-table.ts";
import { type Style, visible, wrapWords } from "./style.ts";
import { outcomeInWords, sentence } from "./words.ts";

/** What the report says about one site: its place and outcome, what it does to calls, and what to do next. */
export function siteLines(site: SiteResult, style: Style): string[] {
  const lines = [headline(site, style)];
  lines.push(...evidenceLines(site, style));
  if (site.outcome === "migrated") lines.push(...migratedLines(site, style));
  else lines.push(...site.findings.flatMap((finding) => findingLines(finding, site, style)));
  return lines;
}

/** Which lines of the repository say what a request is for. */
function evidenceLines(site: SiteResult, style: Style): string[] {
  const { verdict, places } = site.evidence;
  const others = places.filter(({ path, line }) => path !== site.path || line !== site.line);
  if (others.length === 0 || site.outcome === "needs-person") return [];
  const where = others.map(({ path, line }) => `${visible(path)}:${line}`).join(", ");
  const what = verdict === "create" ? "A rule is created with it" : "It is used as a bare rule";
  return wrapWords(`${what}: ${where}.`, style.width - 2).map((line) => `  ${line}`);
}

/** A site's place and outcome in one line. */
export function headline(site: SiteResult, style: Style): string {
  const colors = { migrated: "green", "needs-person": "yellow", unreadable: "red" } as const;
  const nowhere = site.reason === "io" || site.reason === "too-large";
  const place = nowhere ? visible(site.path) : `${visible(site.path)}:${site.line}:${site.column}`;
  const outcome = outcomeInWords(site);
  const color = site.outcome in colors ? colors[site.outcome as keyof typeof colors] : undefined;
  const region = site.region === null || site.region === "line" ? "" : ` (${visible(site.region)})`;
  return `${style.paint("bold", place)}${region}  ${color ? style.paint(color, outcome) : outcome}`;
}

function migratedLines(site: SiteResult, style: Style): string[] {
  const lines: string[] = [];
  const paragraph = (text: string): void => {
    lines.push("", ...wrapWords(text, style.width - 2).map((line) => `  ${line}`));
  };

  const kept = site.moves.filter(({ from, to }) => to.endsWith(`.${from}`)).map(({ from }) => from);
  const renamed = site.moves.filter(({ from, to }) => !to.endsWith(`.${from}`));
  if (kept.length > 0) paragraph(`Moves into dispatch_rule as it is: ${kept.join(", ")}.`);
  for (const { from, to } of renamed) lines.push(`  Moves and changes its name: ${from} → ${to}`);

  const aboutRouting = site.findings.filter((finding) => ROUTING_FINDINGS.includes(finding.id));
  const others = site.findings.filter((finding) => !aboutRouting.includes(finding));
  if (aboutRouting.length > 0)
    lines.push("", ...aboutRouting.flatMap((finding) => findingLines(finding, site, style)));
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
  lines.push(...others.flatMap((finding) => findingLines(finding, site, style)));
  return lines;
}

/** These are said where the table shows what they are about. */
const ROUTING_FINDINGS = ["routing-change", "kept-as-callers", "trunks-bound"];

/** Whether a rule takes the calls that it took before, however its numbers are read. */
export function sameRouting({ routing }: SiteResult): boolean {
  return (
    routing !== null &&
    JSON.stringify(routing.documented) === JSON.stringify(routing.server) &&
    JSON.stringify(routing.server) === JSON.stringify(routing.after)
  );
}

const MARKS = { error: ["error:", "red"], warning: ["warning:", "yellow"], note: ["note:", "cyan"] } as const;

/** A finding as a paragraph, with its place where that is not the site's own. What to do next follows it. */
function findingLines(finding: Finding, site: SiteResult, style: Style): string[] {
  const away = finding.line !== site.line || finding.column !== site.column;
  const place = away && site.outcome !== "migrated" ? `${finding.line}:${finding.column} ` : "";
  const subject = site.outcome === "unreadable" && /^(is|has|holds) /.test(finding.message) ? "it " : "";
  return said(finding, `${place}${subject}`, style);
}

/** What is to be known about a place in a source that is no request. */
export function placedFinding(path: string, finding: Finding, style: Style): string[] {
  const place = style.paint("bold", `${visible(path)}:${finding.line}:${finding.column}`);
  return [`${place}  ${finding.id}`, ...said(finding, "", style)];
}

function said(finding: Finding, before: string, style: Style): string[] {
  const [word, color] = MARKS[finding.severity];
  const words = `${word} ${before}${sentence(visible(finding.message))}`;
  const message = wrapWords(words, style.width - 4);
  const next = finding.next ? wrapWords(visible(finding.next), style.width - 4) : [];
  return [
    ...message.map((line, index) =>
      index === 0 ? `  ${style.paint(color, word)}${line.slice(word.length)}` : `    ${line}`,
    ),
    ...next.map((line) => `    ${line}`),
  ];
}
