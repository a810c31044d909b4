import type { ProblemOf } from "../rule/problem.ts";
import { reasonCheck } from "./check.ts";

export const missingRule = reasonCheck({
  id: "missing-rule",
  title: "The request has no rule",
  why: "The server answers `missing rule`, or refuses every call once it holds such a rule.",
  next: "Add a `rule` that says which room a call goes to.",
  say: (problem: ProblemOf<"missing-rule">) => ({ message: sentence(problem) }),
});

function sentence(problem: ProblemOf<"missing-rule">): string {
  switch (problem.is) {
    case "null-wrapper":
      return "`dispatch_rule` is null and nothing else is set";
    case "no-rule":
      return `there is no \`rule\`${problem.wrapper === undefined ? "" : ` in \`${problem.wrapper}\``}`;
    case "no-kind":
      return "`rule` holds none of dispatch_rule_direct, dispatch_rule_individual, dispatch_rule_callee";
  }
}
