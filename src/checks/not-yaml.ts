import { unreadableCheck } from "./check.ts";

export const notYaml = unreadableCheck({
  id: "not-yaml",
  title: "The text is not YAML",
  next: "Fix it, then run this again.",
});
