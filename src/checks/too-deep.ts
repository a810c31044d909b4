import { unreadableCheck } from "./check.ts";

export const tooDeep = unreadableCheck({
  id: "too-deep",
  title: "Something is nested deeper than it is read",
  next: "Write it in smaller parts, or leave the file out with `--exclude`.",
});
