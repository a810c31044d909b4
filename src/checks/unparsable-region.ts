import { check } from "./check.ts";

export const unparsableRegion = check({
  id: "unparsable-region",
  severity: "error",
  title: "One part of the file can't be parsed",
  why: "A request in it would be overlooked.",
  next: "Fix it, then run this again.",
  isReason: true,
});
