import { check } from "./check.ts";

export const notJson = check({
  id: "not-json",
  severity: "error",
  title: "The text is not JSON",
  why: "A request in it would be overlooked.",
  next: "Fix it, then run this again.",
  isReason: true,
});
