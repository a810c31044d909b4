import type { ProblemOf } from "../rule/problem.ts";
import type { RemarkOf } from "../sources/remark.ts";
import { reasonCheck, type Said } from "./check.ts";
import { wrongClass } from "./wrong-type.ts";

export const wrongNesting = reasonCheck({
  id: "wrong-nesting",
  title: "A field stands one level too high or too low",
  why: "Which level was meant is not for a program to guess.",
  next: "Put it where it belongs, then run this again.",
  say: (problem: ProblemOf<"wrong-nesting"> | RemarkOf<"wrong-nesting">) => saidOf(problem),
});

function saidOf(problem: ProblemOf<"wrong-nesting"> | RemarkOf<"wrong-nesting">): Said {
  switch (problem.is) {
    case "kind-at-top":
      return { message: `\`${problem.key}\` stands at the top; it belongs in \`rule\`` };
    case "kind-in-wrapper": {
      const { wrapper, key } = problem;
      return { message: `\`${wrapper}\` holds \`${key}\` directly; that belongs in \`${wrapper}.rule\`` };
    }
    case "rule-in-rule":
      return { message: "`rule` holds another `rule`; its fields belong one level up" };
    case "field-in-rule":
      return { message: `\`rule.${problem.key}\` belongs beside \`rule\`, not in it` };
    case "info-for-field":
      return {
        message: wrongClass(problem),
        next: `Give it to \`dispatch_rule\` instead of \`${problem.field}\`.`,
      };
    case "info-for-request":
      return {
        message: "a SIPDispatchRuleInfo is given to the method that takes a CreateSIPDispatchRuleRequest",
        next: "Write CreateSIPDispatchRuleRequest(dispatch_rule=…) around it.",
      };
  }
}
