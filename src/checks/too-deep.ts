import { check } from "./check.ts";

export const tooDeep = check({
  id: "too-deep",
  severity: "error",
  title: "Something is nested deeper than it is read",
  why: "A request in it would be overlooked.",
  next: "Write it in smaller parts, or leave the file out with `--exclude`.",
  isReason: true,
});
