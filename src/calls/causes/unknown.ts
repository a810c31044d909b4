import { type Cause, takenBy } from "../cause.ts";
import { withoutSecrets } from "../secrets.ts";

/** What is left. It says how far the call came. */
export const unknown: Cause = {
  id: "unknown",
  title: "the log doesn't say",
  otherwise: () => true,
  certainty: () => "unknown",
  wire: () => "",
  explanation: (call, hide) => {
    const { signs, reason, error, serverRule } = call;
    const because = error === "" ? "" : ` Its error: ${withoutSecrets(error)}.`;
    if (signs.has("replayed"))
      return "livekit-sip repeated the answer that it had given to an earlier call with the same SIP Call-ID, without looking at trunks and rules again.";
    if (signs.has("auth-check-failed"))
      return `livekit-server failed when it was asked how to handle the call.${because}`;
    if (reason !== "" && reason !== "UNKNOWN_REASON")
      return `livekit-sip closed the call with reason ${withoutSecrets(reason)}.${because}`;
    if (signs.has("closed"))
      return `The call was closed, and the log has lost why: livekit-sip 1.6.0 to 1.8.0 writes the reason into the line \`SIP call ended\` alone.`;
    if (signs.size === 0 && serverRule !== "")
      return `livekit-server found rule ${serverRule} for the call. How it went on stands in livekit-sip's log alone.`;
    const stage = signs.has("accepted")
      ? `was taken${takenBy(call, hide)} and accepted`
      : signs.has("joining")
        ? `was taken${takenBy(call, hide)}`
        : "came in";
    return `The call ${stage}, and there its lines end: it goes on, or the log is cut off.${because}`;
  },
  next: ({ signs }) =>
    signs.has("closed")
      ? "Give it the whole log, at level debug if you can (`logging: {level: debug}`)."
      : "Give it the lines that follow.",
};
