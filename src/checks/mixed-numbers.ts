import { barrierCheck } from "./check.ts";

/** What to do about a rule that has callers and own numbers in one filter. */
export const TWO_RULES =
  "Make two rules of it: a rule that filters both `numbers` and `inbound_numbers` wants both to match.";

export const mixedNumbers = barrierCheck({
  id: "mixed-numbers",
  title: "Some of the rule's numbers are callers, and the others are not",
  why: "One rule can't say that: with both filters set, both have to match.",
  next: TWO_RULES,
  /** The numbers that the known trunks allow as callers, and those that are their own. */
  say: ({ allowed, own }: { allowed: readonly string[]; own: readonly string[] }) => ({
    message: `the known trunks allow ${allowed.join(", ")} as ${allowed.length === 1 ? "a caller" : "callers"}, and ${
      own.length === 0
        ? "do not know the rule's other numbers"
        : `${own.join(", ")} ${own.length === 1 ? "is a number" : "are numbers"} of their own`
    }`,
    next: TWO_RULES,
  }),
});
