import type { ProblemOf } from "../rule/problem.ts";
import { check } from "./check.ts";

export const wrongNesting = check({
  id: "wrong-nesting",
  severity: "error",
  title: "A field stands one level too high or too low",
  why: "Which level was meant is not for a program to guess.",
  next: "Put it where it belongs, then run this again.",
  isReason: true,
  say: (problem: ProblemOf<"wrong-nesting">) => ({ message: sentence(problem) }),
});

function sentence(problem: ProblemOf<"wrong-nesting">): string {
  switch (problem.is) {
    case "kind-at-top":
      return `\`${problem.key}\` stands at the top; it belongs in \`rule\``;
    case "kind-in-wrapper": {
      const { wrapper, key } = problem;
      return `\`${wrapper}\` holds \`${key}\` directly; that belongs in \`${wrapper}.rule\``;
    }
    case "rule-in-rule":
      return "`rule` holds another `rule`; its fields belong one level up";
    case "field-in-rule":
      return `\`rule.${problem.key}\` belongs beside \`rule\`, not in it`;
  }
}
