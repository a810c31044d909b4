import { allRefusals, type Meeting } from "../routing/conflicts.ts";
import { storedRule } from "../routing/stored-rule.ts";
import { NEWEST } from "../rule/server.ts";
import { check, type SaidOfRule } from "./check.ts";
import type { SetRule } from "./facts.ts";

/** Protocol sip/sip.go at v1.50.4, ValidateDispatchRulesIter. */
export const overlap = check({
  id: "overlap",
  severity: "error",
  title: "Two rules that livekit-server refuses together",
  why: "It refuses to create the second one; where both came in by an update, every call to their trunks fails with 503.",
  next: "Give them different numbers, trunks or PINs, or delete one.",
  ofRules: ({ rules, server = NEWEST }) => {
    const stored = rules.map((rule) => storedRule({ label: rule, info: rule.info }, server));
    return allRefusals(stored).refusals.flatMap((refusal): SaidOfRule[] =>
      refusal.code === "conflict" && !refusal.itself
        ? [{ rule: refusal.rule, also: [refusal.other], message: messageOf(refusal.other, refusal.meeting) }]
        : [],
    );
  },
});

function messageOf({ path, line }: SetRule, meeting: Meeting): string {
  const { pin, trunkId, calledNumber, callingNumber, isSpelledOtherwise } = meeting;
  const calls = [
    `calls to ${calledNumber ?? "any number"}`,
    `from ${callingNumber ?? "anyone"}`,
    `on ${trunkId === undefined ? "any trunk" : `trunk ${trunkId}`}`,
    ...(pin === "" ? [] : ["with the same PIN"]),
  ];
  const normalised = isSpelledOtherwise ? ", once numbers are normalised" : "";
  return `livekit-server refuses this rule beside the one at ${path}:${line}: both take ${calls.join(" ")}${normalised}`;
}
