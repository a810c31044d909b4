import type { ProblemOf } from "../rule/problem.ts";
import type { RemarkOf } from "../sources/remark.ts";
import { check } from "./check.ts";

export const mixedForm = check({
  id: "mixed-form",
  severity: "error",
  title: "Flat fields stand beside `dispatch_rule`",
  why: "The server reads the wrapper alone, so that the flat fields have no effect.",
  next: "Delete what the server ignores, or move it into the wrapper if it was meant to count.",
  isReason: true,
  say: (problem: ProblemOf<"mixed-form"> | RemarkOf<"mixed-form">) => ({ message: sentence(problem) }),
});

function sentence(problem: ProblemOf<"mixed-form"> | RemarkOf<"mixed-form">): string {
  switch (problem.is) {
    case "beside-wrapper": {
      const { keys, wrapper } = problem;
      const names = keys.map((key) => `\`${key}\``).join(", ");
      return `${names} ${keys.length === 1 ? "stands" : "stand"} beside \`${wrapper}\`; the server reads the wrapper alone`;
    }
    case "set-later":
      return "`dispatch_rule` is set here, beside flat fields; the server reads the wrapper alone";
    case "none":
      return "`dispatch_rule` is set to None";
  }
}
