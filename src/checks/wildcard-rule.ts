import { commandWord } from "../rule/command-words.ts";
import { isAny, type Routing } from "../routing/rule-routing.ts";
import type { Trunk } from "../routing/trunks.ts";
import { check, type SaidOfRule } from "./check.ts";
import type { RuleSet, SetRule } from "./facts.ts";
import { otherInWords } from "./rule-name.ts";

/** Protocol sip/sip.go at v1.50.4, MatchDispatchRuleIter: a rule without trunks takes calls over any, and over none. */
export const wildcardRule = check({
  id: "wildcard-rule",
  severity: "note",
  title: "A rule without trunks",
  why: "It takes calls over every trunk, those of trunks that come later, and those that no trunk takes: from callers and addresses that a trunk refuses.",
  next: "Name its trunks in `trunk_ids`, or pass `--trunks ST_…` to `lk sip dispatch create`.",
  ofRules: (set) => {
    const bound = set.rules.find(({ routing }) => !isAny(routing.trunkIds));
    return set.rules.flatMap((rule) => ofRule(rule, set, bound));
  },
});

/** `bound` is another rule of the set that names its trunks. */
function ofRule(rule: SetRule, set: RuleSet, bound: SetRule | undefined): SaidOfRule[] {
  const { routing, creates, isChanged } = rule;
  if (!isAny(routing.trunkIds) || routing.kind === "") return [];
  const [creation] = creates;
  const by =
    creation && creates.every(({ flags }) => flags?.trunks === undefined) && creation.path !== rule.path
      ? `, and ${creation.path}:${creation.line} passes none`
      : "";
  const others = takesOthers(routing, set, bound);
  const message = `this rule names no trunk${by}, so that it takes ${wanted(routing)} over any trunk and over none${others ?? ""}`;
  const isLoose = others !== undefined || creation !== undefined;
  const severity = set.requireTrunks ? "error" : isLoose && !isChanged ? "warning" : "note";
  // What a line puts into it on the way may be its trunks.
  const id = rule.form === "listed" ? rule.info?.sipDispatchRuleId : undefined;
  const next =
    id && `Bind it to its trunks: \`lk sip dispatch update --id ${commandWord(id)} --trunks ST_…\`.`;
  return [{ rule, message, severity, ...(next && { next }), ...(isChanged && { certainty: "likely" }) }];
}

function wanted({ calledNumbers, callingNumbers }: Routing): string {
  return isAny(calledNumbers) && isAny(callingNumbers) ? "all calls" : "its calls";
}

/** Returns whose calls a rule takes that filters nothing: the end of a sentence. */
function takesOthers(
  { calledNumbers, callingNumbers, pin }: Routing,
  { knownTrunks = [], unlistedTrunks = [] }: RuleSet,
  bound: SetRule | undefined,
): string | undefined {
  if (!isAny(calledNumbers) || !isAny(callingNumbers) || pin !== "") return undefined;
  const trunks = [...knownTrunks, ...unlistedTrunks];
  const strict = trunks.find(
    ({ allowedNumbers, allowedAddresses }) => allowedNumbers.length + allowedAddresses.length > 0,
  );
  if (strict) return `, also those that ${nameOf(strict)} refuses`;
  if (knownTrunks.length > 1) return `, of which ${knownTrunks.length} are known`;
  return bound && `, also those that ${otherInWords(bound)} leaves`;
}

/** A trunk that a request creates has no id yet. */
function nameOf({ id, path = "" }: Trunk): string {
  return id === "" ? `the trunk in ${path}` : id;
}
