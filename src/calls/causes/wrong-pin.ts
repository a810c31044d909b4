import type { Cause } from "../cause.ts";

/** Logs: h2, h4 and h5 of the calls that were made. */
export const wrongPin: Cause = {
  id: "wrong-pin",
  title: "no rule has the PIN that was entered",
  messages: ["Rejecting call"],
  reasons: /^wrong-pin$/,
  otherwise: ({ callId, steps }) =>
    callId === "" &&
    steps.includes("rule") &&
    steps.lastIndexOf("rule") < Math.max(steps.lastIndexOf("trunk"), steps.lastIndexOf("no-trunk")),
  wire: () => "200, then BYE from livekit-sip",
  explanation: ({ serverRule }) =>
    `The caller was asked for a PIN${serverRule === "" ? "" : ` by rule ${serverRule}`}, and no rule has what was entered. A caller who enters one never gets a rule without a PIN.`,
  next: () =>
    "Compare the rules' PINs with what callers are told. The log holds what was entered in clear: keep it away from others.",
};
