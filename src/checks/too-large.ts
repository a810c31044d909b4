import { check } from "./check.ts";

export const tooLarge = check({
  id: "too-large",
  severity: "error",
  title: "The file is over the limit",
  why: "A request in it would be overlooked.",
  isReason: true,
  hasNoPlace: true,
});
