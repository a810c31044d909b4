import { check } from "./check.ts";

export const updateDropsNumbers = check({
  id: "update-drops-numbers",
  severity: "warning",
  title: "An update copies `inbound_numbers` of a rule and not its `numbers`",
  why: "An update replaces the whole rule, so that its `numbers` are erased, and it takes every call on its trunks.",
  next: "Copy `numbers`, too.",
  ofLine: () => ({
    message:
      "this makes a rule with the `inbound_numbers` of another and without its `numbers`, so that an update with it erases them, and the rule takes every call on its trunks",
  }),
});
