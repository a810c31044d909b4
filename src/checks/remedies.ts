import type { ProblemCode } from "../rule/validation.ts";

/** What to do about each kind of problem, one sentence. */
export const REMEDIES: Readonly<Record<ProblemCode, string>> = {
  "unknown-field": "Move it, rename it or delete it, then run this again.",
  "both-spellings": "Keep one of the two.",
  "repeated-key": "Keep one of the two.",
  "wrong-type": "Write the value in the form that LiveKit wants, then run this again.",
  "wrong-nesting": "Put it where it belongs, then run this again.",
  "mixed-form": "Delete what the server ignores, or move it into the wrapper if it was meant to count.",
  "missing-rule": "Add a `rule` that says which room a call goes to.",
  "id-set": "Delete it to create a rule, or use `lk sip dispatch update` to change the one that has this id.",
};
