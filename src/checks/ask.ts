import type { Span } from "../rule/value.ts";
import type { Document } from "../sources/document.ts";
import type { SdkCall } from "../sources/syntax.ts";
import type { Check, Rename, SaidOfRule } from "./check.ts";
import { ALL_CHECKS, checkOf } from "./index.ts";
import type { CodeLine, MigratedRequest, RuleFacts, RuleSet, WrappedRequest } from "./facts.ts";
import { type Finding, findingOf } from "./finding.ts";
import { nameOfFields } from "./rule-name.ts";

/**
 * Returns the findings about a request that migrates, in the order of the checks. Those `known` already keep their
 * order, and stand where the first check stands that they come from.
 */
export function findingsOfMigrated(request: MigratedRequest, known: readonly Finding[]): Finding[] {
  const ids = new Set(known.map(({ id }) => id));
  const first = ALL_CHECKS.findIndex(({ id }) => ids.has(id));
  return ALL_CHECKS.flatMap((check, index) => {
    const found = (check.ofMigrated?.(request) ?? []).map((said) => findingOf(check, said, request.place));
    return index === first ? [...known, ...found] : found;
  });
}

/** Returns what the checks say of a request that has the wrapper. */
export function findingsOfWrapped(request: WrappedRequest): Finding[] {
  return ALL_CHECKS.flatMap((check) =>
    (check.ofWrapped?.(request) ?? []).map((said) => findingOf(check, said, request.place)),
  );
}

/** Returns what the checks say of one rule, and the first repair of it that one of them knows. */
export function findingsOfRule(rule: RuleFacts): { findings: Finding[]; repair?: RuleRepair } {
  let repair: RuleRepair | undefined;
  const findings = ALL_CHECKS.flatMap((check) =>
    (check.ofRule?.(rule) ?? []).map((said) => {
      const finding = findingOf(check, said, rule.place, nameOfFields(rule.fields));
      if (said.renames) repair ??= { rule, renames: said.renames, finding };
      return finding;
    }),
  );
  return { findings, ...(repair && { repair }) };
}

/** A repair of one rule, and the finding that it is for. */
export interface RuleRepair {
  rule: RuleFacts;
  renames: readonly Rename[];
  finding: Finding;
}

/** Returns what the checks say of rules together, each at its rule, without what is silenced there. */
export function findingsOfRules(set: RuleSet): { path: string; finding: Finding }[] {
  return ALL_CHECKS.flatMap((check) =>
    (check.ofRules?.(set) ?? [])
      .filter(({ rule }) => !rule.silenced.includes(check.id))
      .map((said) => ({ path: said.rule.path, finding: findingOfRules(check, said) })),
  );
}

function findingOfRules(check: Check, said: SaidOfRule): Finding {
  const { rule, also = [] } = said;
  const finding = findingOf(check, said, rule, rule.name);
  const others = also.map(({ path, line, column }) => ({ path, line, column }));
  return { ...finding, ...(others.length > 0 && { also: others }) };
}

/** Returns what its check says of a line of code. */
export function findingOfLine(line: CodeLine): Finding | undefined {
  const { notice, document } = line;
  const check = checkOf(notice.code);
  const said = check.ofLine?.(line);
  return said && findingOf(check, said, document.place(notice.at.start));
}

/** Returns what the checks say of a call of the SDK, each with where it stands in its document. */
export function findingsOfCall(call: SdkCall, document: Document): { at: Span; finding: Finding }[] {
  return ALL_CHECKS.flatMap((check) =>
    (check.ofCall?.(call) ?? []).map(({ at, ...said }) => ({
      at,
      finding: findingOf(check, said, document.place(at.start)),
    })),
  );
}
