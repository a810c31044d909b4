import { check } from "./check.ts";

export const exists = check({
  id: "exists",
  severity: "error",
  title: "The file that `-o` names is there and holds something else",
  why: "It would be lost, so that nothing was written.",
  isReason: true,
});
