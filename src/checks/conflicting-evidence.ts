import type { Place } from "../evidence/verdict.ts";
import { reasonCheck } from "./check.ts";
import { createdAndBare } from "./places.ts";

export const conflictingEvidence = reasonCheck({
  id: "conflicting-evidence",
  title: "One line creates with the request, and another uses it as a bare rule",
  why: "`lk sip dispatch create` wants the wrapped form, `update` a bare rule: no file is both.",
  next: "Make two files of it: a wrapped one to create from, and this one for the other use.",
  /** The lines that create, update and wrap. */
  say: ({ places }: { places: readonly Place[] }) => ({
    message: `${createdAndBare(places)}; no form serves both`,
  }),
});
