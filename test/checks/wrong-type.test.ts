import { expect, it } from "vitest";
import { wrongType } from "../../src/checks/wrong-type.ts";

it.each([
  ["a number", "a string", "Put it in quotes."],
  ["an object", "a string", 'Write it as a text, with its quotes escaped: `"{\\"key\\": \\"value\\"}"`.'],
  ["a string", "a list", "Put it in brackets, also where there is only one: `[…]`."],
  ["null", "a number", undefined],
])("of %s where %s has to stand it says what to do", (found, wanted, next) => {
  const at = { start: 0, end: 1 };
  const said = wrongType.say({ code: "wrong-type", at, is: "another-kind", path: "a", wanted, found });
  expect(said.next).toBe(next);
});
