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
    message:
      `the known trunks allow ${allowed.join(", ")} as ${plural(allowed, "a caller", "callers")}, ` +
      (own.length > 0
        ? `and ${own.join(", ")} ${plural(own, "is a number", "are numbers")} of their own`
        : "and do not know the rule's other numbers"),
    next: TWO_RULES,
  }),
});

function plural(items: readonly unknown[], one: string, many: string): string {
  return items.length === 1 ? one : many;
}
