import { reasonCheck } from "./check.ts";

export const readOnly = reasonCheck({
  id: "read-only",
  title: "The file or its directory is read-only",
  why: "It was not written.",
});
