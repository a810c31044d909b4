import type { ProblemOf } from "../rule/problem.ts";
import type { RemarkOf } from "../sources/remark.ts";
import { reasonCheck, type Said } from "./check.ts";

export const wrongType = reasonCheck({
  id: "wrong-type",
  title: "A value is not of the kind that LiveKit wants",
  why: "`lk` and the server refuse the request.",
  next: "Write the value in the form that LiveKit wants, then run this again.",
  say: (problem: ProblemOf<"wrong-type"> | RemarkOf<"wrong-type">) => saidOf(problem),
});

function saidOf(problem: ProblemOf<"wrong-type"> | RemarkOf<"wrong-type">): Said {
  switch (problem.is) {
    case "two-of-one": {
      const [one, other] = problem.keys;
      return {
        message: `\`${one}\` and \`${other}\` stand together; a ${problem.message} takes one of them`,
        next: "Keep one of them.",
      };
    }
    case "half-a-pair":
      return {
        message: `${problem.inKey ? "this key in " : ""}\`${problem.path}\` holds half of a surrogate pair`,
      };
    case "another-kind":
      return {
        message: `\`${problem.path}\` has to be ${problem.wanted}, not ${problem.found}`,
        next: REPAIRS[`${problem.found} → ${problem.wanted}`],
      };
    case "wrong-class": {
      const { wanted, kind } = problem;
      const next = kind === undefined ? `Make a ${wanted} of it.` : `Write ${wanted}(${kind}=…) around it.`;
      return { message: wrongClass(problem), next };
    }
  }
}

/** What makes of one kind of value the one that is wanted. */
const REPAIRS: Readonly<Record<string, string>> = {
  "a number → a string": "Put it in quotes.",
  "a boolean → a string": "Put it in quotes.",
  "an object → a string": 'Write it as a text, with its quotes escaped: `"{\\"key\\": \\"value\\"}"`.',
  "a string → true or false": "Write it without quotes.",
  "a string → a list": "Put it in brackets, also where there is only one: `[…]`.",
  "a number → a list": "Put it in brackets, also where there is only one: `[…]`.",
};

/** A field of a Python message that is given a message of another class. */
export function wrongClass({
  field,
  given,
  wanted,
}: {
  field: string;
  given: string;
  wanted: string;
}): string {
  return `\`${field}\` is given a ${given} and takes a ${wanted}, so that Python raises a TypeError`;
}
