import { comparedIn } from "../checks/compared-rules.ts";
import type { RuleSet, SetRule } from "../checks/facts.ts";
import { namedEnvironment } from "../routing/environments.ts";
import { groupBy } from "../rule/group-by.ts";
import { compareText } from "../rule/text-order.ts";
import { byPlace } from "../sources/position.ts";
import { isDocument, isOfTests } from "../sources/languages.ts";

/**
 * The rules in sets that one server would hold together: those of each listing, and those of each environment. Where no
 * config says which these are, files are taken apart by the stages and regions in their paths. What a page shows need not
 * be on any server, and what tests hold is on none.
 */
export function ruleSets(rules: readonly SetRule[], common: Omit<RuleSet, "rules" | "apart">): RuleSet[] {
  const sets = (groups: ReadonlyMap<string, SetRule[]>): RuleSet[] =>
    Array.from(groups.values(), (some) => ({ ...common, rules: some, apart: [] }));
  const shown = rules
    .filter(({ path, isWrong }) => !isWrong && !isDocument(path) && !isOfTests(path))
    .toSorted((a, b) => compareText(a.path, b.path) || byPlace(a, b));
  const isListed = ({ form }: SetRule): boolean => form === "listed";
  const listed = sets(groupBy(shown.filter(isListed), ({ path }) => path));
  const written = shown.filter((rule) => !isListed(rule));
  if (written.some(({ environment }) => environment !== undefined))
    return [...listed, ...sets(groupBy(written, ({ environment = "" }) => environment))];

  const byName = groupBy(written, ({ path }) => namedEnvironment(path) ?? "");
  const together = { ...common, rules: written, apart: [] };
  if ([...byName.keys()].filter((name) => name !== "").length < 2) return [...listed, together];
  const [first, ...rest] = sets(byName);
  return [...listed, ...(first ? [{ ...first, apart: apartIn(together) }] : []), ...rest];
}

/** The first pair of rules of each two named environments that one server would refuse. */
function apartIn(set: RuleSet): RuleSet["apart"] {
  const found = new Map<string, RuleSet["apart"][number]>();
  for (const { rule, other } of comparedIn(set).pairs) {
    const folders = [namedEnvironment(rule.path) ?? "", namedEnvironment(other.path) ?? ""] as const;
    if (folders[0] === folders[1] || folders.includes("")) continue;
    const key = folders.toSorted(compareText).join("\n");
    if (!found.has(key)) found.set(key, { rule, other, folders });
  }
  return [...found.values()];
}
