import type { ProblemOf } from "../rule/problem.ts";
import { check } from "./check.ts";

export const wrongType = check({
  id: "wrong-type",
  severity: "error",
  title: "A value is not of the kind that LiveKit wants",
  why: "`lk` and the server refuse the request.",
  next: "Write the value in the form that LiveKit wants, then run this again.",
  isReason: true,
  say: (problem: ProblemOf<"wrong-type">) => ({ message: sentence(problem) }),
});

function sentence(problem: ProblemOf<"wrong-type">): string {
  switch (problem.is) {
    case "two-of-one": {
      const [one, other] = problem.keys;
      return `\`${one}\` and \`${other}\` stand together; a ${problem.message} takes one of them`;
    }
    case "half-a-pair":
      return `${problem.inKey ? "this key in " : ""}\`${problem.path}\` holds half of a surrogate pair`;
    case "another-kind":
      return `\`${problem.path}\` has to be ${problem.wanted}, not ${problem.found}`;
  }
}
