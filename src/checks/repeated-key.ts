import type { ProblemOf } from "../rule/problem.ts";
import { reasonCheck } from "./check.ts";

export const repeatedKey = reasonCheck({
  id: "repeated-key",
  title: "A key stands twice in one object",
  why: "Readers disagree about which one counts, and `lk` refuses it.",
  next: "Keep one of the two.",
  say: ({ path }: ProblemOf<"repeated-key">) => ({ message: `\`${path}\` stands here a second time` }),
});
