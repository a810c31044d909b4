import { check } from "./check.ts";

export const notYaml = check({
  id: "not-yaml",
  severity: "error",
  title: "The text is not YAML",
  why: "A request in it would be overlooked.",
  next: "Fix it, then run this again.",
  isReason: true,
});
