import type { VersionRange } from "../rule/protocol-library.ts";
import { compareVersions, type Version } from "../rule/version.ts";

/**
 * The versions that a requirement allows, as pip, Poetry, Pipenv and conda write it: `>=0.8,<1.0`, `~=0.8.2`, `^0.8`,
 * `0.8.2`, `=0.8`, `==0.8.*`. Undefined where it says nothing or is not understood: `*`, pre-releases, alternatives.
 */
export function versionRange(requirement: string): VersionRange | undefined {
  const clause =
    /(?:\s*,)?\s*(?:(===|==|~=|!=|<=|>=|<|>|\^|~|=)\s*)?v?(\d{1,9}(?:\.\d{1,9})*)(\.\*)?(?:\.post\d+)?(?=[,\s]|$)/y;
  const clauses = requirement.trim();
  const ranges: VersionRange[] = [];
  while (clause.lastIndex < clauses.length) {
    const [, operator = "==", numbers = "", wildcard] = clause.exec(clauses) ?? [];
    if (numbers === "") return undefined;
    ranges.push(clauseRange(operator, numbers.split(".").map(Number), wildcard !== undefined));
  }
  const bounded = ranges.filter(({ from, to }) => from.length > 0 || to);
  return bounded.length === 0 ? undefined : bounded.reduce(both);
}

/** Returns what one of the ranges allows, as far as a range can say it. */
export function either(a: VersionRange, b: VersionRange): VersionRange {
  const from = compareVersions(a.from, b.from) <= 0 ? a.from : b.from;
  if (!a.to || !b.to) return { from };
  return { from, to: isLower(a.to, b.to) ? b.to : a.to };
}

function both(a: VersionRange, b: VersionRange): VersionRange {
  const from = compareVersions(a.from, b.from) >= 0 ? a.from : b.from;
  const to = a.to && b.to ? (isLower(a.to, b.to) ? a.to : b.to) : (a.to ?? b.to);
  return { from, ...(to && { to }) };
}

function isLower(a: NonNullable<VersionRange["to"]>, b: NonNullable<VersionRange["to"]>): boolean {
  const distance = compareVersions(a.version, b.version);
  return distance < 0 || (distance === 0 && !a.included);
}

function clauseRange(operator: string, version: Version, wildcard: boolean): VersionRange {
  const last = version.length - 1;
  const before = (part: number): VersionRange => ({
    from: version,
    to: { version: next(version, part), included: false },
  });
  switch (operator) {
    case ">=":
    case ">":
      return { from: version };
    case "<":
    case "<=":
      return { from: [], to: { version, included: operator === "<=" } };
    case "!=":
      return { from: [] };
    case "~=":
      return before(Math.max(0, last - 1));
    case "~":
      return before(Math.min(1, last));
    case "^": {
      const significant = version.findIndex((number) => number > 0);
      return before(significant < 0 ? last : significant);
    }
    default:
      return wildcard || operator === "=" ? before(last) : { from: version, to: { version, included: true } };
  }
}

/** The lowest version that differs in this part, or in one before it. */
function next(version: Version, part: number): Version {
  return version.slice(0, part + 1).map((number, at) => (at === part ? number + 1 : number));
}
