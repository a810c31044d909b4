import { isAny } from "../routing/rule-routing.ts";
import { check } from "./check.ts";

export const cloudUnverified = check({
  id: "cloud-unverified",
  severity: "note",
  title: "What LiveKit Cloud does with `numbers` is not known from its code",
  why: "LiveKit Cloud's matching is closed source, so that only its documentation says what it does.",
  isAboutMigration: true,
  next: "Make a test call before you rely on it.",
  ofMigrated: ({ routing: { after }, server }) => {
    if (isAny(after.calledNumbers) || !server?.cloud) return [];
    const message =
      "LiveKit Cloud's matching is closed source, so what it does with `numbers` is what its documentation says, not what was read in code";
    return [{ message }];
  },
});
