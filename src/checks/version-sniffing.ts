import type { RemarkOf } from "../sources/remark.ts";
import { barrierCheck, type Said } from "./check.ts";

export const versionSniffing = barrierCheck({
  id: "version-sniffing",
  title: "Code asks which form LiveKit's library knows, and writes both",
  why: "Its flat branch is for old libraries alone.",
  say: ({ is }: RemarkOf<"version-sniffing">): Said => ({
    message:
      is === "asked"
        ? "this code asks which fields LiveKit's library knows, so that both forms may be meant"
        : "the wrapped form stands here in another branch of the same statement",
    next: "Once livekit-protocol is 1.0.0 or newer everywhere, delete the flat form and what asks.",
  }),
});
