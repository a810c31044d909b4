import type { Cause } from "../cause.ts";
import { AUTHENTICATED, CHALLENGED, CLOSED } from "../messages.ts";

/** Logs: f3 of the calls that were made; livekit-sip up to 1.3.0 logs no time-out. */
export const noCredentials: Cause = {
  id: "no-credentials",
  title: "the caller sent no user name and password",
  messages: ["auth challenge timed out without authenticated retry; finalizing call as error"],
  otherwise: ({ callId, messages, steps }) =>
    callId === ""
      ? steps.length === 1 && steps[0] === "auth-trunk"
      : CHALLENGED.some((message) => messages.has(message)) &&
        ![AUTHENTICATED, ...CLOSED].some((message) => messages.has(message)),
  wire: () => "407",
  explanation: ({ trunkId }) =>
    `Trunk ${trunkId} wants credentials, and the caller did not send the call again with them. No rule was looked at, and the call is not closed in the log.`,
  next: ({ trunkId }) =>
    `Set user name and password at the provider or PBX. If it can't send any, take them off trunk ${trunkId} and name its addresses in \`allowed_addresses\`.`,
};
