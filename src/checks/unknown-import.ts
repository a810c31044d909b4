import { check } from "./check.ts";

export const unknownImport = check({
  id: "unknown-import",
  severity: "error",
  title: "A class is called like LiveKit's, and is imported from elsewhere",
  why: "It may be another class, with other fields.",
  isReason: true,
});
