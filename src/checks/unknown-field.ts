import { check } from "./check.ts";

export const unknownField = check({
  id: "unknown-field",
  severity: "error",
  title: "LiveKit has no such field",
  why: "`lk` refuses the request for it, and the server's HTTP interface ignores it.",
  next: "Move it, rename it or delete it, then run this again.",
  isReason: true,
});
