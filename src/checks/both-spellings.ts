import type { ProblemOf } from "../rule/problem.ts";
import { check } from "./check.ts";

export const bothSpellings = check({
  id: "both-spellings",
  severity: "error",
  title: "A field is there in two spellings",
  why: "`lk` refuses that.",
  next: "Keep one of the two.",
  isReason: true,
  say: ({ keys: [one, other] }: ProblemOf<"both-spellings">) => ({
    message: `\`${one}\` and \`${other}\` spell the same field`,
  }),
});
