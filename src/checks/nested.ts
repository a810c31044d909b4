import { barrierCheck } from "./check.ts";

export const nested = barrierCheck({
  id: "nested",
  title: "The flat request stands deep inside a document",
  why: "Whatever reads that document may want it flat.",
  next: "Migrate it with --nested if it is sent to LiveKit as it is.",
  say: () => ({
    message: "this flat request stands deep inside a document, and what reads it there is not known",
  }),
});
