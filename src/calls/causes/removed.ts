import { type Cause, takenBy } from "../cause.ts";
import { ACCEPTED } from "../messages.ts";

/** Logs: j4 and j5 of the calls that were made; the other reasons are read: livekit-sip pkg/sip/participant.go at v1.11.0. */
export const removed: Cause = {
  id: "removed",
  title: "LiveKit ended the call",
  messages: ["server initiated leave"],
  reasons:
    /^(?:removed|room-disconnected|server-shutdown|connection-timeout|migration|sip-trunk-failure|media-failure|agent-error|duplicate-identity|user-unavailable|user-rejected|shutdown)$/,
  wire: ({ messages }) => (messages.has(ACCEPTED) ? "200, then BYE from livekit-sip" : ""),
  explanation: (call, hide) => {
    const why = ["removed", ""].includes(call.reason)
      ? "the room was deleted or the caller was removed from it, as an agent does that hangs up"
      : `LiveKit ended it with reason ${call.reason}`;
    return `The call was taken${takenBy(call, hide)}, and then ${why}. So routing worked.`;
  },
  next: ({ reason }) =>
    ["removed", ""].includes(reason) ? "" : "Look at the lines of livekit-server and the agent at that time.",
};
