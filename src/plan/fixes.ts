import type { Finding, Fix, TextEdit } from "../checks/finding.ts";
import { flatForm } from "../checks/flat-form.ts";
import { SIPDispatchRuleInfoSchema } from "../gen/livekit/livekit_sip_pb.ts";
import { routingOfInfo } from "../routing/rule-routing.ts";
import { messageJson } from "../rule/message.ts";
import type { Document } from "../sources/document.ts";
import type { Edit } from "../sources/syntax.ts";
import type { SiteResult } from "./outcome.ts";
import type { Plans, Repair } from "./plan.ts";
import type { Rewritten } from "./rewriting.ts";

/** Says at each finding that a plan repairs how that is done: in the text of the source. */
export function withFixes({ document, edits: all }: Rewritten): void {
  for (const { plan, edits } of all) {
    const repaired = plan.repair ? plan.repair.finding.id : flatForm.id;
    const fix: Fix = {
      applicability: plan.repair ? "unsafe" : "safe",
      edits: inOrder(document, edits),
    };
    const { findings, path } = plan.result;
    plan.result = {
      ...plan.result,
      findings: findings.map((finding) => (finding.id === repaired ? fixed(finding, fix, path) : finding)),
    };
  }
}

/** Standard input, whose path is `-`, is no file that the command could write. */
function fixed(finding: Finding, fix: Fix, path: string): Finding {
  if (path === "-") return { ...finding, fix };
  const how = fix.applicability === "safe" ? "`check --fix` does it." : "`check --fix --unsafe` does it.";
  return { ...finding, next: finding.next === undefined ? how : `${finding.next} ${how}`, fix };
}

/** The edits one behind the other, as `applyEdits` makes them; what is put before a replacement is a part of it. */
function inOrder(root: Document, edits: readonly Edit[]): TextEdit[] {
  const pieces: { start: number; end: number; text: string }[] = [];
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const { start, end } = edit;
    const text = "text" in edit ? edit.text : root.text.slice(edit.copy.start, edit.copy.end);
    const last = pieces.at(-1);
    if (last?.start === start && last.end === start) Object.assign(last, { end, text: last.text + text });
    else pieces.push({ start, end, text });
  }
  return pieces.map(({ start, end, text }) => ({ start: root.place(start), end: root.place(end), text }));
}

/** Makes the repairs of rules, which are migrated by them, or leaves the rules as they are. */
export function decideRepairs(plans: Plans, isWanted: boolean): void {
  for (const plan of [...plans.values()].flat()) {
    if (isWanted && plan.repair) plan.result = repairedResult(plan.result, plan.repair);
    else delete plan.repair;
  }
}

function repairedResult(result: SiteResult, { moves, expected }: Repair): SiteResult {
  const { before, routing } = result;
  const after = messageJson(SIPDispatchRuleInfoSchema, expected);
  return {
    ...result,
    outcome: "migrated",
    reason: "repaired",
    applicability: "review",
    moves: moves.map(({ member, to }) => ({ from: member.key, to: to.join(".") })),
    before,
    after,
    routing: routing && { ...routing, after: routingOfInfo(expected) },
  };
}
