import { check } from "./check.ts";

export const deprecatedCreateMethod = check({
  id: "deprecated-create-method",
  severity: "note",
  title: "LiveKit's Python library has a newer name for the method",
  why: "The old name does the same.",
  isReason: true,
});
