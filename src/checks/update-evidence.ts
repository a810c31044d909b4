import { check } from "./check.ts";

/** Of a request that a line updates with nothing is said: the report names the line. */
export const updateEvidence = check({
  id: "update-evidence",
  severity: "note",
  title: "Only the file's name says that a rule is updated with it",
  why: "`lk sip dispatch update` reads a bare rule, so that the file stays as it is.",
  next: "If it creates one, give it another name and run this again.",
  isReason: true,
  say: () => ({ message: "nothing but the file's name says that a rule is updated with it" }),
});
