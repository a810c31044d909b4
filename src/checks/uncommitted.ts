import { reasonCheck } from "./check.ts";

export const uncommitted = reasonCheck({
  id: "uncommitted",
  title: "The file has changes that are in no commit",
  why: "They would be mixed with the migration's, so that it was not written.",
});
