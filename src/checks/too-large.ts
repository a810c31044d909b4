import { unreadableCheck } from "./check.ts";

export const tooLarge = unreadableCheck({
  id: "too-large",
  title: "The file is over the limit",
  hasNoPlace: true,
});
