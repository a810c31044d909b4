import type { LoggedCall } from "../call.ts";
import { type Cause, takenBy } from "../cause.ts";
import { withoutSecrets } from "../secrets.ts";
import { ACCEPTED, AUTH_CHECK_FAILED, CLOSED, JOINING, REPLAYED } from "../messages.ts";

/** The cause that is left. It says how far the call came. */
export const unknown: Cause = {
  id: "unknown",
  title: "the log doesn't say",
  otherwise: () => true,
  certainty: () => "unknown",
  wire: () => "",
  explanation: (call, hide) => {
    const { callId, messages, reason, error, serverRule } = call;
    const because = error === "" ? "" : ` Its error: ${hide(withoutSecrets(error))}.`;
    if (messages.has(REPLAYED))
      return "livekit-sip repeated the answer that it had given to an earlier call with the same SIP Call-ID, without looking at trunks and rules again.";
    if (messages.has(AUTH_CHECK_FAILED))
      return `livekit-server failed when it was asked how to handle the call.${because}`;
    if (reason !== "" && reason !== "UNKNOWN_REASON")
      return `livekit-sip closed the call with reason ${withoutSecrets(reason)}.${because}`;
    if (isClosed(call))
      return `The call was closed, and the log has lost why: livekit-sip 1.6.0 to 1.8.0 writes the reason into the line \`SIP call ended\` alone.`;
    if (callId === "" && serverRule !== "")
      return `livekit-server found rule ${serverRule} for the call. How it went on stands in livekit-sip's log alone.`;
    const stage = messages.has(ACCEPTED)
      ? `was taken${takenBy(call, hide)} and accepted`
      : messages.has(JOINING)
        ? `was taken${takenBy(call, hide)}`
        : "came in";
    return `The call ${stage}, and there its lines end: it goes on, or the log is cut off.${because}`;
  },
  next: (call) =>
    isClosed(call)
      ? "Give it the whole log, at level debug if you can (`logging: {level: debug}`)."
      : "Give it the lines that follow.",
};

function isClosed({ messages }: LoggedCall): boolean {
  return CLOSED.some((message) => messages.has(message));
}
