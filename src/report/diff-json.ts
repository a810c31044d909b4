import type { CallDifference, CallOutcome, RuleNumber } from "../routing/call-flows.ts";
import type { Selection } from "../routing/selection.ts";
import { withoutFilledIn } from "../routing/meaning.ts";
import type { WrittenRule } from "../routing/written-rules.ts";
import type { JsonObject } from "../rule/message.ts";
import { callLines } from "./call-lines.ts";
import { callContext, type Comparison, isSamePair } from "./comparison.ts";
import type { DiffOptions } from "./diff.ts";
import { REDACTED, redactJson } from "./redact.ts";
import { namedRefusal, conflictInWords } from "./refusal-words.ts";
import { replayJson } from "./replay.ts";
import { jsonText, styleFor, visible } from "./style.ts";

/** The difference for programs, as docs/diff.md describes it. `same` is what the exit status says. */
export function diffJson(
  comparison: Comparison,
  { redact, replayed }: Pick<DiffOptions, "redact" | "replayed">,
): string {
  const { pairs, difference, skipped } = comparison;
  const wide = { ...styleFor(false), width: Infinity };
  const context = callContext(comparison, { style: wide, redact });
  const place = (rule: WrittenRule | undefined) =>
    rule ? { path: rule.path, line: rule.line, column: rule.column, form: rule.form } : null;
  const info = (rule: WrittenRule, other: WrittenRule = rule): JsonObject => {
    const json = withoutFilledIn(rule.info, other.info);
    return redact ? redactJson(json) : json;
  };
  const rules = pairs.map((pair) => ({
    name: (pair.after ?? pair.before)?.info.name ?? "",
    id: pair.after?.info.sipDispatchRuleId || pair.before?.info.sipDispatchRuleId || "",
    same: isSamePair(pair),
    before: place(pair.before),
    after: place(pair.after),
    beforeInfo: pair.before ? info(pair.before, pair.after) : null,
    afterInfo: pair.after ? info(pair.after, pair.before) : null,
  }));
  const calls = pairs.flatMap((_, rule) =>
    callLines(rule, context).map((line) => `${context.nameOf(rule)}: ${line}`),
  );
  const newConflicts = difference.newRefusals.map((one) =>
    visible(conflictInWords(namedRefusal(one, context.nameOf))),
  );
  return jsonText({
    version: 1,
    same: rules.every(({ same }) => same),
    rules,
    calls,
    changes: changesJson(difference, (rule) => rule, redact),
    newConflicts,
    cut: difference.cut,
    skipped,
    ...(replayed && { loggedCalls: replayJson(replayed) }),
  });
}

/** Calls that go elsewhere, for programs: a box of calls each, with the rules that take them before and after. */
export function changesJson<Named>(
  { flows, treatments }: CallDifference,
  nameOf: (rule: RuleNumber) => Named,
  redact: boolean,
) {
  const outcome = (one: CallOutcome, when: "before" | "after") => {
    if (one.kind === "no-rule") return { kind: one.kind };
    const rule = nameOf(one.rule);
    if (one.kind === "wrong-pin") return { kind: one.kind, rule };
    const { room = "", agents = [] } = treatments[one.rule]?.[when] ?? {};
    return { kind: "room" as const, rule, room, agents, pin: one.asked };
  };
  return flows.flatMap(({ boxes, before, after }) =>
    boxes.map(({ called, calling, trunk, pin }) => ({
      calledNumbers: selectionJson(called),
      callingNumbers: selectionJson(calling),
      trunkIds: selectionJson(trunk),
      pins: selectionJson(redact ? { ...pin, values: pin.values.map(() => REDACTED) } : pin),
      before: outcome(before, "before"),
      after: outcome(after, "after"),
    })),
  );
}

/** The values, or `"any"`, or `{"not": […]}` for all but these. */
function selectionJson({ values, isRest }: Selection) {
  if (!isRest) return values;
  return values.length === 0 ? "any" : { not: values };
}
