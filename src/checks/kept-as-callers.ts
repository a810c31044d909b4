import { isAny } from "../routing/rule-routing.ts";
import { check } from "./check.ts";
import { numbersInWords } from "./words.ts";

export const keptAsCallers = check({
  id: "kept-as-callers",
  severity: "note",
  title: "`inbound_numbers` stay a filter on callers",
  why: "livekit-server always read the flat `inbound_numbers` as callers, so that its routing stays the same.",
  isAboutMigration: true,
  routing: "in-table",
  ofMigrated: ({ routing: { server }, choice }) => {
    if (isAny(server.callingNumbers) || choice.filter !== "inbound_numbers") return [];
    const message = `routing stays as livekit-server does it today: the rule takes calls from ${numbersInWords(server.callingNumbers)}, although the documentation of the flat form promised calls to them; for the sake of its numbers a live rule needs no change`;
    return [{ message }];
  },
});
