import { check } from "./check.ts";

export const io = check({
  id: "io",
  severity: "error",
  title: "The operating system did not let the file be read or written",
  why: "A request in it would be overlooked, or the file is as it was.",
  isReason: true,
  hasNoPlace: true,
});
