import type { ProblemOf } from "../rule/problem.ts";
import { reasonCheck } from "./check.ts";

export const bothSpellings = reasonCheck({
  id: "both-spellings",
  title: "A field is there in two spellings",
  why: "`lk` refuses that.",
  next: "Keep one of the two.",
  say: ({ keys: [one, other] }: ProblemOf<"both-spellings">) => ({
    message: `\`${one}\` and \`${other}\` spell the same field`,
  }),
});
