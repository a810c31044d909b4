import type { Cause } from "../cause.ts";
import { AUTH_CHECK_FAILED, DISPATCH_ERROR, isSilence } from "../messages.ts";

/** Logs: n1 of the calls that were made. */
export const serverUnreachable: Cause = {
  id: "server-unreachable",
  title: "livekit-server did not answer livekit-sip",
  messages: [AUTH_CHECK_FAILED, DISPATCH_ERROR],
  where: ({ error }) => isSilence(error),
  wire: () => "503 Try again later",
  explanation: () =>
    "livekit-sip asked over Redis how to handle the call, and no livekit-server answered. Neither trunks nor rules were looked at.",
  next: () =>
    "Check that livekit-server runs, and that both use the same Redis (`redis.address` and `redis.db` in their configs).",
};
