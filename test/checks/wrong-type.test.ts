import { expect, it } from "vitest";
import { saidOfProblem } from "../../src/checks/said-of.ts";

it.each([
  ["a number", "a string", "Put it in quotes."],
  ["an object", "a string", 'Write it as a text, with its quotes escaped: `"{\\"key\\": \\"value\\"}"`.'],
  ["a string", "a list", "Put it in brackets, also where there is only one: `[…]`."],
  ["null", "a number", "Write the value in the form that LiveKit wants, then run this again."],
])("of %s where %s has to stand it says what to do", (found, wanted, next) => {
  const at = { start: 0, end: 1 };
  const said = saidOfProblem({ code: "wrong-type", at, is: "another-kind", path: "a", wanted, found });
  expect(said.next).toBe(next);
});
