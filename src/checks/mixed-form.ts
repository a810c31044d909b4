import { requestField } from "../rule/fields.ts";
import type { ProblemOf } from "../rule/problem.ts";
import type { RemarkOf } from "../sources/remark.ts";
import { reasonCheck, type Said } from "./check.ts";

export const mixedForm = reasonCheck({
  id: "mixed-form",
  title: "Flat fields stand beside `dispatch_rule`",
  why: "The server reads the wrapper alone, so that the flat fields have no effect.",
  next: "Delete what the server ignores, or move it into the wrapper if it was meant to count.",
  say: (problem: ProblemOf<"mixed-form"> | RemarkOf<"mixed-form">): Said => {
    switch (problem.is) {
      case "beside-wrapper":
        return besideWrapper(problem);
      case "set-later":
        return {
          message: "`dispatch_rule` is set here, beside flat fields; the server reads the wrapper alone",
        };
      case "none":
        return { message: "`dispatch_rule` is set to None" };
    }
  },
});

/** An error where the server refuses what the wrapper holds, or where it takes every call because of what it lacks. */
function besideWrapper({ keys, wrapper, held }: ProblemOf<"mixed-form">): Said {
  const names = keys.map((key) => `\`${key}\``).join(", ");
  const message = `${names} ${keys.length === 1 ? "stands" : "stand"} beside \`${wrapper}\`; the server reads the wrapper alone`;
  const lacks = (field: "rule" | "inbound_numbers"): boolean =>
    held !== undefined && !held.includes(field) && keys.some((key) => requestField(key) === field);
  if (lacks("rule")) return { message: `${message}, and answers \`missing rule\`` };
  if (lacks("inbound_numbers") && !held?.includes("numbers"))
    return { message: `${message}, so that the rule takes calls from and to any number` };
  return { message, severity: "warning" };
}
