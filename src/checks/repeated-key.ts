import type { ProblemOf } from "../rule/problem.ts";
import { check } from "./check.ts";

export const repeatedKey = check({
  id: "repeated-key",
  severity: "error",
  title: "A key stands twice in one object",
  why: "Readers disagree about which one counts, and `lk` refuses it.",
  next: "Keep one of the two.",
  isReason: true,
  say: ({ path }: ProblemOf<"repeated-key">) => ({ message: `\`${path}\` stands here a second time` }),
});
