import { isAny } from "../routing/rule-routing.ts";
import { check } from "./check.ts";
import { numbersInWords } from "./words.ts";

export const routingChange = check({
  id: "routing-change",
  severity: "warning",
  title: "Calls to the numbers will match, and no longer calls from them",
  why: "livekit-server reads the flat `inbound_numbers` as callers, and their documentation promised called numbers.",
  isAboutMigration: true,
  routing: "in-table",
  ofMigrated: ({ routing: { server }, choice }) => {
    if (isAny(server.callingNumbers) || choice.filter !== "numbers") return [];
    const numbers = numbersInWords(server.callingNumbers);
    const message = `this changes routing: livekit-server takes calls from ${numbers} today, and will take calls to ${numbers}`;
    return [{ message, next: choice.because === "known-trunks" ? undefined : ASK }];
  },
});

const ASK =
  "Own numbers or callers? Not known. If they are your own, go on. If they are callers, `--inbound-numbers-as inbound_numbers` keeps today's routing. `--known-trunks FILE` decides it by your trunks.";
