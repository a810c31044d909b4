import { unreadableCheck } from "./check.ts";

export const notJson = unreadableCheck({
  id: "not-json",
  title: "The text is not JSON",
  next: "Fix it, then run this again.",
});
