import type { Box } from "../routing/call-boxes.ts";
import type { CallDifference, RuleNumber } from "../routing/call-flows.ts";
import { isEvery, type Selection } from "../routing/selection.ts";
import { isNoticedAlike } from "../routing/treatment.ts";
import type { Part, Share } from "../routing/call-shares.ts";
import { answerOf, type CallContext } from "./call-lines.ts";
import { REDACTED } from "./redact.ts";
import { hanging, heading } from "./layout.ts";
import { visible } from "./style.ts";
import { grouped } from "../rule/count-words.ts";

/** Of more test calls the rest is counted. */
const MOST_CALLS = 12;

/**
 * For LiveKit Cloud, whose matching nobody outside can look at: a call for each kind of change, which number to dial
 * from which phone, and what to expect. None where nothing changes, or the rules are not for Cloud.
 */
export function testCallLines(
  context: CallContext,
  { cloud, verbose }: { cloud: boolean; verbose: boolean },
): string[] {
  const { style } = context;
  const parts = context.shares.flatMap((share) => partsToTest(share, context.difference));
  if (!cloud || parts.length === 0) return [];
  const calls = parts.flatMap((part) => testCalls(part, context));
  const shown = verbose ? calls : calls.slice(0, MOST_CALLS);
  const more = calls.length - shown.length;
  const title =
    "Test calls for LiveKit Cloud. Its matching is closed source: a self-hosted livekit-server would do what is said here, and Cloud is documented to do the same.";
  return [
    ...heading(title, style),
    ...shown.flatMap((call, at) => hanging(call, style, `  ${String(at + 1).padStart(2)}. `, "      ")),
    ...(more > 0 ? [`      and ${grouped(more)} more`] : []),
  ];
}

/** Tells whether a call would show what changes at the rule. */
export function hasTestCalls(share: Share, difference: CallDifference): boolean {
  return partsToTest(share, difference).length > 0;
}

/** A call shows no change where only metadata and the like differ. */
function partsToTest({ gains, loses, changes }: Share, { treatments }: CallDifference): Part[] {
  const isSeen = ({ from }: Part): boolean => {
    const { before, after } = treatments[from ?? -1] ?? {};
    return !isNoticedAlike(before, after);
  };
  return [...gains, ...loses, ...changes.filter(isSeen)];
}

function testCalls({ from, to, examples }: Part, context: CallContext): string[] {
  const today = context.before === "today" ? "Today" : "Before";
  return examples.map(({ box, reached }) => {
    const ending = (rule: RuleNumber | undefined, when: "before" | "after"): string => {
      if (rule === undefined) return "no rule takes it";
      return reached[when] ? answerOf(rule, when, context) : "the PIN is wrong";
    };
    return `${dialInWords(box, context)}. ${today}: ${ending(from, "before")}. Then: ${ending(to, "after")}.`;
  });
}

function dialInWords({ called, calling, trunk, pin }: Box, { redact }: CallContext): string {
  return [
    `Dial ${valueInWords(called, "any number", "a number that no rule lists")}`,
    `from ${valueInWords(calling, "any phone", "a phone that no rule lists")}`,
    ...(isEvery(trunk) ? [] : [`over ${valueInWords(trunk, "", "another trunk")}`]),
    ...(isEvery(pin)
      ? []
      : [
          `and, where asked, enter ${pin.isRest ? "another PIN" : `the PIN ${redact ? REDACTED : valueInWords(pin, "", "")}`}`,
        ]),
  ].join(" ");
}

function valueInWords(selection: Selection, every: string, other: string): string {
  if (isEvery(selection)) return every;
  return selection.isRest ? other : visible(selection.values[0] ?? "");
}
