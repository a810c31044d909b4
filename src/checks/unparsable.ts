import { check } from "./check.ts";

export const unparsable = check({
  id: "unparsable",
  severity: "error",
  title: "The file can't be read in its language",
  why: "A request in it would be overlooked.",
  next: "Fix it, then run this again.",
  isReason: true,
});
