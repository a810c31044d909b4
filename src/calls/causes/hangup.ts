import { type Cause, takenBy } from "../cause.ts";
import { JOINING, PIN_ASKED } from "../messages.ts";

/** Logs: h1, h3, h6, j3 and j6 of the calls that were made. A normal call; its line says 486, too. */
export const hangup: Cause = {
  id: "hangup",
  title: "the caller hung up",
  messages: ["BYE from remote", "BYE"],
  reasons: /^(?:hangup|bye-.*)$/,
  wire: () => "200, then BYE from the caller",
  explanation: (call, hide) => {
    if (call.messages.has(PIN_ASKED) && !call.messages.has(JOINING))
      return "The caller hung up while asked for a PIN.";
    const why = call.reason.startsWith("bye-") ? `, with reason ${call.reason.slice(4)}` : "";
    return `The call was taken${takenBy(call, hide)}, and the caller hung up${why}. This is how a good call ends; its status 486 means nothing.`;
  },
  next: () => "",
};
