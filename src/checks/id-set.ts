import type { ProblemOf } from "../rule/problem.ts";
import { check } from "./check.ts";

export const idSet = check({
  id: "id-set",
  severity: "error",
  title: "A create request has the id of a rule",
  why: "The server refuses it: `rule id must not be set`.",
  next: "Delete it to create a rule, or use `lk sip dispatch update` to change the one that has this id.",
  isReason: true,
  say: ({ key }: ProblemOf<"id-set">) => ({ message: `\`${key}\` must not be set in a create request` }),
});
