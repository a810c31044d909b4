import type { SiteResult, SourceResult } from "../plan/outcome.ts";
import { hanging } from "./layout.ts";
import { type Style, visible } from "./style.ts";
import { sentence } from "./outcome-words.ts";
import { counted } from "../rule/count-words.ts";
import { groupBy } from "../rule/group-by.ts";
import type { Finding } from "../checks/finding.ts";
import { checkNamed } from "../checks/index.ts";

/** The colour of a finding, by its severity. */
export const COLORS = { error: "red", warning: "yellow", note: "cyan" } as const;

/** Tells whether a finding says in a sentence what the table of its rule shows. */
export function saysRouting({ id }: Finding): boolean {
  return checkNamed(id)?.routing === "in-table";
}

/** Tells whether a finding is about what becomes of the calls of its rule, so that it is said beside that. */
export function isAboutRouting({ id }: Finding): boolean {
  return checkNamed(id)?.routing !== undefined;
}

/** The findings about calls that a table of the rule does not say: what to ask, and what the trunks know. */
export function questionLines(findings: readonly Finding[], style: Style): string[] {
  return findings.flatMap((finding) => {
    if (!isAboutRouting(finding)) return [];
    const text = [
      ...(saysRouting(finding) ? [] : [`${finding.message}.`]),
      ...(finding.next === undefined ? [] : [finding.next]),
    ].join(" ");
    return hanging(visible(text), style, `  ${style.paint("yellow", "?")} `, "    ");
  });
}

/** A finding as a paragraph, with its place where that is not the site's own. What to do next follows it. */
function findingLines(finding: Finding, site: SiteResult, style: Style): string[] {
  const away = finding.line !== site.line || finding.column !== site.column;
  const place = away && site.outcome !== "migrated" ? `${finding.line}:${finding.column} ` : "";
  const subject = site.outcome === "unreadable" && /^(is|has|holds) /.test(finding.message) ? "it " : "";
  return said(finding, `${place}${subject}`, style);
}

/**
 * Findings as paragraphs. What to do about several in a row is said at the first. Of very many of one kind the first are
 * said, and how many more there are.
 */
export function allFindingLines(findings: readonly Finding[], site: SiteResult, style: Style): string[] {
  const { shown, more } = firstOfEachKind(findings);
  const lines = shown.flatMap(({ next, ...finding }, index) => {
    const isSaid = next === undefined || next === shown[index - 1]?.next;
    return findingLines(isSaid ? finding : { ...finding, next }, site, style);
  });
  return [...lines, ...more.flatMap((text) => hanging(text, style, "  "))];
}

/** Of very many findings of one kind and severity the first, and a sentence about how many more there are. */
export function firstOfEachKind(findings: readonly Finding[]): { shown: Finding[]; more: string[] } {
  const counts = new Map<string, { id: string; count: number }>();
  const shown = findings.filter(({ id, severity }) => {
    const count = (counts.get(`${severity} ${id}`)?.count ?? 0) + 1;
    counts.set(`${severity} ${id}`, { id, count });
    return count <= MOST_ALIKE;
  });
  const more = [...counts.values()]
    .filter(({ count }) => count > MOST_ALIKE)
    .map(
      ({ id, count }) =>
        `and ${counted(count - MOST_ALIKE, "more finding")} of this kind (${id}); the JSON report has them all.`,
    );
  return { shown, more };
}

const MOST_ALIKE = 6;

/**
 * Returns what is to be known about code that is no request: the places, and below those that are alike what it is.
 */
export function codeFindings(results: readonly SourceResult[], style: Style): string[][] {
  const placed = results.flatMap(({ path, findings = [] }) => findings.map((finding) => ({ path, finding })));
  const alike = groupBy(placed, ({ finding: { id, message, next } }) => [id, message, next].join("\0"));
  return Array.from(alike.values(), (group) => [
    ...group.map(({ path, finding: { id, line, column } }) => {
      return `${style.paint("bold", `${visible(path)}:${line}:${column}`)}  ${id}`;
    }),
    ...group.slice(0, 1).flatMap(({ finding }) => said(finding, "", style)),
  ]);
}

function said({ severity, message, next }: Finding, before: string, style: Style): string[] {
  return [
    ...paragraph(severity, `${severity}:`, before + sentence(visible(message)), style),
    ...(next === undefined ? [] : indented(visible(next), style)),
  ];
}

/** A paragraph that begins with a short label in the colour of how severe it is: `note:` or `note (…):`. */
export function paragraph(
  severity: Finding["severity"],
  label: string,
  text: string,
  style: Style,
): string[] {
  const [first = "", ...rest] = hanging(`${label} ${text}`, style, "  ", "    ");
  return [`  ${style.paint(COLORS[severity], label)}${first.slice(2 + label.length)}`, ...rest];
}

/** Returns what goes on below the first line of a paragraph. */
export function indented(text: string, style: Style): string[] {
  return hanging(text, style, "    ");
}
