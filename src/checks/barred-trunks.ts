import { check } from "./check.ts";

export const barredTrunks = check({
  id: "barred-trunks",
  severity: "error",
  title: "The trunks of `--trunks` can't be written at this request",
  why: "There is no place for them that would change nothing else.",
  next: "Write them by hand, or migrate it without `--trunks`.",
  isReason: true,
  onlyBarsMigration: true,
  /** A clause that says what is in the way. */
  say: ({ because }: { because: string }) => ({
    message: `the rule has no trunks, and those of --trunks can't be written here: ${because}`,
  }),
});
