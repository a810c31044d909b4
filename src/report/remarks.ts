import type { ComparedCalls } from "../routing/call-shares.ts";
import { counted } from "../rule/count-words.ts";
import { isAlone } from "./refusal-words.ts";
import { hasTestCalls } from "./test-calls.ts";

/**
 * Returns what is to be known about the lines about calls, a sentence each: what was left out, and that Cloud is
 * another matter.
 */
export function callRemarks({ difference, shares }: ComparedCalls, { cloud }: { cloud: boolean }): string[] {
  const { moved, cut, oldRefusals } = difference;
  const beside = oldRefusals.filter((refusal) => !isAlone(refusal)).length;
  return [
    ...(moved.size > 1 && shares.length > 1
      ? ["Left out: calls from one number that changes its filter to another such number."]
      : []),
    ...(beside > 0
      ? [
          `livekit-server would not have held ${counted(beside, "rule")} beside the others before, so ${beside === 1 ? "it is taken for a rule" : "they are taken for rules"} of another server.`,
        ]
      : []),
    ...(cut > 0
      ? [
          `${counted(cut, "number or trunk", "numbers and trunks")} left out, because there are too many to compare.`,
        ]
      : []),
    ...(!cloud && shares.some((share) => hasTestCalls(share, difference)) ? [ON_CLOUD] : []),
  ];
}

/** The remark where the rules are not known to be for Cloud. */
const ON_CLOUD =
  "On LiveKit Cloud, whose matching is closed source, make test calls: `--server cloud` lists them.";
