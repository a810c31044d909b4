import { unreadableCheck } from "./check.ts";

export const unparsableRegion = unreadableCheck({
  id: "unparsable-region",
  title: "One part of the file can't be parsed",
  next: "Fix it, then run this again.",
});
