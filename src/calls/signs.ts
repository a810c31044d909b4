import type { ServerStep, Sign } from "./call.ts";

/**
 * What the messages of livekit-sip about an inbound call say. Source: livekit-sip pkg/sip/inbound.go, media_port.go and
 * pkg/service/psrpc.go at v1.1.1 to v1.11.0; all but those about Cloud's answers were logged by calls that were made.
 */
export function signOf(message: string, error: string): Sign | undefined {
  if (message.startsWith("Authentication failed")) return "auth-failed";
  const sign = SIGNS.get(message);
  return sign === "auth-check-failed" ? refusalOf(error) : sign;
}

const SIGNS: ReadonlyMap<string, Sign> = new Map([
  ["processing invite", "invite"],
  ["Rejecting inbound flood", "dropped"],
  ["Dropping inbound flood", "dropped"],
  ["Rejecting inbound call, doesn't match any Dispatch Rules", "rejected"],
  ["Rejecting inbound, doesn't match any Trunks", "rejected"],
  ["Rejecting inbound, no trunk found", "rejected"],
  ["Rejecting inbound call, dispatch evaluation failed", "dispatch-failed"],
  ["Rejecting call, dispatch evaluation failed", "dispatch-failed"],
  ["Rejecting inbound, auth check failed", "auth-check-failed"],
  ["Requesting inbound auth", "challenged"],
  ["No Proxy header found. Sending 407 Unauthorized response with Proxy-Authenticate header", "challenged"],
  ["SIP invite authentication successful", "authenticated"],
  ["Failed to parse Proxy-Authorization credentials", "auth-failed"],
  ["No challenge state found for authentication attempt", "auth-failed"],
  ["auth challenge timed out without authenticated retry; finalizing call as error", "auth-timeout"],
  ["Requesting Pin for SIP call", "pin-asked"],
  ["Rejecting call", "pin-refused"],
  ["Joining room", "joining"],
  ["SIP participant joined room", "joined"],
  ["Waiting for track subscription(s)", "waiting"],
  ["Accepting the call", "accepted"],
  ["Cannot start media", "media-refused"],
  ["error establishing signal connection", "no-signal"],
  ["Cannot create LiveKit participant", "join-failed"],
  ["Cannot publish track", "join-failed"],
  ["triggering media timeout", "media-timeout"],
  ["server initiated leave", "removed"],
  ["BYE from remote", "bye"],
  ["BYE", "bye"],
  ["replaying cached INVITE rejection", "replayed"],
  ["Closing inbound call", "closed"],
  ["Closing inbound call with error", "closed"],
  ["Inbound call closed", "closed"],
] satisfies [string, Sign][]);

/** Why livekit-server did not say how the caller has to authenticate. */
function refusalOf(error: string): Sign {
  if (error.includes("Trunks matched for")) return "several-trunks";
  return isSilence(error) ? "server-silent" : "auth-check-failed";
}

/** Whether an error says that livekit-server did not answer. Source: psrpc v0.7.2, errors.go. */
export function isSilence(error: string): boolean {
  return /no response from servers|timed out|deadline exceeded|unavailable/i.test(error);
}

/** What the messages of livekit-server say (pkg/service/ioservice_sip.go at v1.9.11 to v1.13.11; debug). */
export const SERVER_STEPS: ReadonlyMap<string, ServerStep> = new Map([
  ["SIP trunk matched for auth", "auth-trunk"],
  ["No SIP trunk matched for auth", "auth-no-trunk"],
  ["SIP trunk matched", "trunk"],
  ["No SIP trunk matched", "no-trunk"],
  ["SIP dispatch rule matched", "rule"],
]);
