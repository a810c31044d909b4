import type { Cause } from "../cause.ts";

/** Logs: n1 of the calls that were made. */
export const serverUnreachable: Cause = {
  id: "server-unreachable",
  title: "livekit-server did not answer livekit-sip",
  signs: ["server-silent"],
  wire: () => "503 Try again later",
  explanation: () =>
    "livekit-sip asked over Redis how to handle the call, and no livekit-server answered. Neither trunks nor rules were looked at.",
  next: () =>
    "Check that livekit-server runs, and that both use the same Redis (`redis.address` and `redis.db` in their configs).",
};
