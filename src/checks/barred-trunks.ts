import { barrierCheck } from "./check.ts";

export const barredTrunks = barrierCheck({
  id: "barred-trunks",
  title: "The trunks of `--trunks` can't be written at this request",
  why: "There is no place for them that would change nothing else.",
  next: "Write them by hand, or migrate it without `--trunks`.",
  /** A clause that says what is in the way. */
  say: ({ because }: { because: string }) => ({
    message: `the rule has no trunks, and those of --trunks can't be written here: ${because}`,
  }),
});
