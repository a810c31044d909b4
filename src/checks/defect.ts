import { reasonCheck } from "./check.ts";

export const defect = reasonCheck({
  id: "defect",
  title: "The rewritten text did not mean what was planned",
  why: "It was thrown away, and the file is as it was.",
  next: "This is a defect of sip-dispatch: please report it with the request.",
  say: () => ({ message: "the rewritten text did not mean what was planned, so nothing was changed here" }),
});
