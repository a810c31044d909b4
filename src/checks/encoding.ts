import { unreadableCheck } from "./check.ts";

export const encoding = unreadableCheck({
  id: "encoding",
  title: "The file is not UTF-8",
});
