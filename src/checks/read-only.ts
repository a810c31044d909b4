import { check } from "./check.ts";

export const readOnly = check({
  id: "read-only",
  severity: "error",
  title: "The file or its directory is read-only",
  why: "It was not written.",
  isReason: true,
});
