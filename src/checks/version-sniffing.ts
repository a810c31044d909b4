import { check } from "./check.ts";

export const versionSniffing = check({
  id: "version-sniffing",
  severity: "error",
  title: "Code asks which form LiveKit's library knows, and writes both",
  why: "Its flat branch is for old libraries alone.",
  isReason: true,
});
