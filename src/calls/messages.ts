import type { ServerStep } from "./call.ts";

// Source: livekit-sip pkg/sip/inbound.go, media_port.go and pkg/service/psrpc.go at v1.1.1 to v1.11.0.

export const PIN_ASKED = "Requesting Pin for SIP call";
export const JOINING = "Joining room";
export const WAITING = "Waiting for track subscription(s)";
export const ACCEPTED = "Accepting the call";
export const AUTHENTICATED = "SIP invite authentication successful";
export const REPLAYED = "replaying cached INVITE rejection";
export const AUTH_CHECK_FAILED = "Rejecting inbound, auth check failed";
/** Its error says more than that of the message which decides. */
export const NO_SIGNAL = "error establishing signal connection";
/** The reason of a call, where livekit-server could not decide it; it names no call. */
export const DISPATCH_ERROR = "SIP handle dispatch rule error";
export const ENDED = "SIP call ended";
export const NOT_HANDLED = "Inbound SIP request not handled";
/** Not a message of livekit-sip: that a caller was challenged who had been challenged before. */
export const CHALLENGED_AGAIN = "challenged again";

/** The caller was asked for credentials; the first one up to livekit-sip 1.1.1. */
export const CHALLENGED: readonly string[] = [
  "Requesting inbound auth",
  "No Proxy header found. Sending 407 Unauthorized response with Proxy-Authenticate header",
];

export const CLOSED: readonly string[] = [
  "Closing inbound call",
  "Closing inbound call with error",
  "Inbound call closed",
];

const INVITE = "processing invite";

/** Messages that tell how far a call came, and decide nothing. */
export const STAGES: readonly string[] = [
  INVITE,
  ...CHALLENGED,
  AUTHENTICATED,
  PIN_ASKED,
  JOINING,
  WAITING,
  ACCEPTED,
  NO_SIGNAL,
  REPLAYED,
  AUTH_CHECK_FAILED,
  ...CLOSED,
];

/** Messages that are about inbound calls alone, whatever else their lines have lost. */
export const INBOUND: ReadonlySet<string> = new Set([INVITE, ...CLOSED]);

/** Tells whether an error says that livekit-server did not answer. Source: psrpc v0.7.2, errors.go. */
export function isSilence(error: string): boolean {
  return /no response from servers|timed out|deadline exceeded|unavailable/i.test(error);
}

/** The steps that messages of livekit-server tell (pkg/service/ioservice_sip.go at v1.9.11 to v1.13.11; debug). */
export const SERVER_STEPS: ReadonlyMap<string, ServerStep> = new Map([
  ["SIP trunk matched for auth", "auth-trunk"],
  ["No SIP trunk matched for auth", "auth-no-trunk"],
  ["SIP trunk matched", "trunk"],
  ["No SIP trunk matched", "no-trunk"],
  ["SIP dispatch rule matched", "rule"],
]);
