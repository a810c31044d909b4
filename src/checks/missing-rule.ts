import { check } from "./check.ts";

export const missingRule = check({
  id: "missing-rule",
  severity: "error",
  title: "The request has no rule",
  why: "The server answers `missing rule`, or refuses every call once it holds such a rule.",
  next: "Add a `rule` that says which room a call goes to.",
  isReason: true,
});
