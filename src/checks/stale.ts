import { reasonCheck } from "./check.ts";

export const stale = reasonCheck({
  id: "stale",
  title: "The file has changed since it was read",
  why: "What was planned may not fit it any more, so that it was not written.",
});
