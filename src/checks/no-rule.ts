import { check, type Said } from "./check.ts";

export const noRule = check({
  id: "no-rule",
  severity: "error",
  title: "There is no dispatch rule in what was given",
  why: "A check of it would be green for ever.",
  say: ({ isTrunks }: { isTrunks: boolean }): Said =>
    isTrunks
      ? {
          message: "these are trunks, and no dispatch rule is among them",
          next: "Check the rules, and give the trunks as `--known-trunks FILE`.",
        }
      : {
          message: "there is no dispatch rule in it",
          next: "Give it what `lk sip dispatch list --json` prints, or rules as JSON, NDJSON or YAML.",
        },
});
