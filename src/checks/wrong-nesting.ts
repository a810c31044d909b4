import { check } from "./check.ts";

export const wrongNesting = check({
  id: "wrong-nesting",
  severity: "error",
  title: "A field stands one level too high or too low",
  why: "Which level was meant is not for a program to guess.",
  next: "Put it where it belongs, then run this again.",
  isReason: true,
});
