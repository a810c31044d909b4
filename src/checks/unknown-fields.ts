import { check } from "./check.ts";

export const unknownFields = check({
  id: "unknown-fields",
  severity: "error",
  title: "Code makes the request from fields that can't be seen",
  why: "What they are, and where they are put together, is not known.",
  isReason: true,
});
