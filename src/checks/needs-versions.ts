import { isAny } from "../routing/rule-routing.ts";
import { check } from "./check.ts";

export const needsVersions = check({
  id: "needs-versions",
  severity: "note",
  title: "The result has `numbers`, which older versions don't know",
  why: "An older livekit-server drops the filter without a word, and an older `lk` refuses the file.",
  isAboutMigration: true,
  ofMigrated: ({ routing: { after }, server }) => {
    if (isAny(after.calledNumbers) || server?.cloud) return [];
    const message = server
      ? "`numbers` needs at least lk 2.13.2 and Python livekit-protocol 1.1.2"
      : "`numbers` needs at least livekit-server 1.9.11, lk 2.13.2 and Python livekit-protocol 1.1.2; an older livekit-server drops the filter";
    return [{ message }];
  },
});
