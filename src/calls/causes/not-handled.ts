import type { Cause } from "../cause.ts";
import { NOT_HANDLED } from "../messages.ts";

/** Logs: s1 of the calls that were made. */
export const notHandled: Cause = {
  id: "not-handled",
  title: "no call: a SIP request that livekit-sip does not take",
  messages: [NOT_HANDLED],
  wire: () => "405 Method Not Allowed",
  explanation: ({ error }) =>
    `This is no call but a ${/^[A-Z]+$/.test(error) ? error : "SIP"} request, which livekit-sip does not take.`,
  next: ({ error }) =>
    error === "REGISTER"
      ? "LiveKit is no registrar: configure the provider or PBX to send calls to its address, without registering."
      : "Nothing is to be done about calls.",
};
