import { type Cause, takenBy } from "../cause.ts";
import { withoutSecrets } from "../secrets.ts";
import { ACCEPTED } from "../messages.ts";

/** Logs: k1 (room full) and w1 (wrong ws_url) of the calls that were made; the rest is read. */
export const joinFailed: Cause = {
  id: "join-failed",
  title: "livekit-sip could not enter the room",
  messages: ["Cannot create LiveKit participant", "Cannot publish track"],
  reasons: /^(?:participant-failed|publish-failed|room-failed)$/,
  wire: ({ messages }) =>
    messages.has(ACCEPTED) ? "200, then BYE from livekit-sip" : "180, then 486 Rejected",
  explanation: (call, hide) =>
    `The call was taken${takenBy(call, hide)}, but livekit-sip could not enter the room${call.error === "" ? "" : `: ${hide(withoutSecrets(call.error))}`}. So routing worked.`,
  next: ({ error }) =>
    /dial|refused|no such host|timeout/.test(error)
      ? "Check `ws_url` in livekit-sip's config, and whether livekit-server can be reached from there."
      : "livekit-server logs why, at `could not join room`: a full room (`max_participants`) is the usual cause. Look at livekit-sip's `ws_url`, too.",
};
