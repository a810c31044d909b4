import { check } from "./check.ts";

export const silenced = check({
  id: "silenced",
  severity: "note",
  title: "Somebody wants the request left alone",
  why: "A comment or the config says so, and gives the reason.",
  isReason: true,
  /** The reason, in the words of whoever wants it. */
  say: ({ reason }: { reason: string }) => ({ message: reason }),
});
