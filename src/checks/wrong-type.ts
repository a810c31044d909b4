import { check } from "./check.ts";

export const wrongType = check({
  id: "wrong-type",
  severity: "error",
  title: "A value is not of the kind that LiveKit wants",
  why: "`lk` and the server refuse the request.",
  next: "Write the value in the form that LiveKit wants, then run this again.",
  isReason: true,
});
