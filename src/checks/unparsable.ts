import { unreadableCheck } from "./check.ts";

export const unparsable = unreadableCheck({
  id: "unparsable",
  title: "The file can't be read in its language",
  next: "Fix it, then run this again.",
});
