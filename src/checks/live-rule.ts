import { isSameRouting } from "../routing/rule-routing.ts";
import { check } from "./check.ts";
import { convertCommand, decidedOf, UPDATE } from "./command-line.ts";

export const liveRule = check({
  id: "live-rule",
  severity: "note",
  title: "A rule that exists on the server is not changed by changing the file",
  why: "Replacing it in place keeps its id, which phone numbers and code may refer to.",
  isAboutMigration: true,
  ofMigrated: (request) => {
    if (isSameRouting(request.routing.server, request.routing.after)) return [];
    const message =
      "a rule that already exists is best replaced in place, which keeps its id (lk 2.14.0 or newer); delete one only when both the old and the new rule exist";
    return [{ message, next: `${convertCommand(request, "info", decidedOf(request), UPDATE)}.` }];
  },
});
