import type { ProblemOf } from "../rule/problem.ts";
import { reasonCheck } from "./check.ts";

export const idSet = reasonCheck({
  id: "id-set",
  title: "A create request has the id of a rule",
  why: "The server refuses it: `rule id must not be set`.",
  next: "Delete it to create a rule, or use `lk sip dispatch update` to change the one that has this id.",
  say: ({ key }: ProblemOf<"id-set">) => ({ message: `\`${key}\` must not be set in a create request` }),
});
