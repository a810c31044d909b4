import type { Cause } from "../cause.ts";
import { AUTH_CHECK_FAILED } from "../messages.ts";

/** Logs: i2, i6 and i7 of the calls that were made. livekit-server logs nothing about them. */
export const trunkConflict: Cause = {
  id: "trunk-conflict",
  title: "several trunks match the called number",
  messages: [AUTH_CHECK_FAILED],
  where: ({ error }) => error.includes("Trunks matched for"),
  wire: () => "503 Try again later",
  explanation: ({ error, to }, hide) =>
    error.includes("Multiple default")
      ? `No trunk has the called number ${hide(to)}, and several trunks have no numbers, so that livekit-server can't tell which one the call is for. No rule was looked at.`
      : `Several trunks have the called number ${hide(to)} and let this caller in, so that livekit-server can't tell which one the call is for. No rule was looked at.`,
  next: () =>
    "`lk sip inbound list --json > trunks.json`, then `--known-trunks trunks.json` names them. Leave the number to one of them. (An update can give a trunk the number of another; livekit-server does not check that.)",
};
