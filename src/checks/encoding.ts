import { check } from "./check.ts";

export const encoding = check({
  id: "encoding",
  severity: "error",
  title: "The file is not UTF-8",
  why: "A request in it would be overlooked.",
  isReason: true,
});
