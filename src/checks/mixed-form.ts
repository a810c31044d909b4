import type { ProblemOf } from "../rule/problem.ts";
import { check } from "./check.ts";

export const mixedForm = check({
  id: "mixed-form",
  severity: "error",
  title: "Flat fields stand beside `dispatch_rule`",
  why: "The server reads the wrapper alone, so that the flat fields have no effect.",
  next: "Delete what the server ignores, or move it into the wrapper if it was meant to count.",
  isReason: true,
  say: ({ keys, wrapper }: ProblemOf<"mixed-form">) => ({
    message: `${keys.map((key) => `\`${key}\``).join(", ")} ${keys.length === 1 ? "stands" : "stand"} beside \`${wrapper}\`; the server reads the wrapper alone`,
  }),
});
