import { reasonCheck } from "./check.ts";

export const exists = reasonCheck({
  id: "exists",
  title: "The file that `-o` names is there and holds something else",
  why: "It would be lost, so that nothing was written.",
});
