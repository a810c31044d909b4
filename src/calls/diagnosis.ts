import type { CauseId, Certainty, LoggedCall } from "./call.ts";
import type { Hide } from "./cause.ts";
import { causeOf } from "./causes/index.ts";
import { ruleNamedIn } from "./causes/rule-conflict.ts";
import type { KnownRules, PartRule } from "./known-rules.ts";
import { sayWithRules } from "./with-rules.ts";
import { sayWithTrunks } from "./with-trunks.ts";

/** Why a call ended, and how sure that is. */
export interface Judged {
  call: LoggedCall;
  cause: CauseId;
  certainty: Certainty;
}

/** The explanation of a call. Sentences; empty where there is nothing to say. */
export interface Diagnosis extends Judged {
  wire: string;
  explanation: string;
  rule: PartRule | undefined;
  next: string;
}

/** Says why a call ended; what there is to say about it takes more time. */
export function judge(call: LoggedCall): Judged {
  const { cause, certainty } = causeOf(call);
  return { call, cause: cause.id, certainty };
}

/** Explains a call. `hide` is given each number and name that is to stand in a sentence. */
export function diagnose(call: LoggedCall, known: KnownRules, hide: Hide): Diagnosis {
  const { cause, certainty } = causeOf(call);
  const trunks = sayWithTrunks(call, cause.id, known.setup, hide);
  const rules = sayWithRules(call, cause.id, known, hide);
  const named = call.ruleId || ruleNamedIn(call.error);
  const part = call.ruleId === "" ? "in-conflict" : "took";
  return {
    call,
    cause: cause.id,
    certainty,
    wire: cause.wire(call),
    explanation: [
      cause.brief && (trunks || rules) ? cause.brief(call) : cause.explanation(call, hide),
      trunks?.explanation,
      rules?.explanation,
    ]
      .filter(Boolean)
      .join(" "),
    rule: rules?.rule ?? (named === "" ? undefined : { part, id: named, name: "", place: undefined }),
    next: [trunks?.next, rules?.next].filter(Boolean).join(" ") || cause.next(call, hide),
  };
}
