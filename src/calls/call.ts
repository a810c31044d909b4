import type { Call } from "../routing/call.ts";

/** Why a call ended as it did; stable. What each means stands in the file of that name in `causes/`. */
export type CauseId =
  | "no-rule"
  | "no-rule-no-trunk"
  | "wrong-credentials"
  | "no-credentials"
  | "wrong-pin"
  | "rule-conflict"
  | "trunk-conflict"
  | "server-unreachable"
  | "no-media"
  | "nobody-answered"
  | "join-failed"
  | "media-timeout"
  | "cancelled"
  | "hangup"
  | "removed"
  | "not-handled"
  | "unknown";

/**
 * How sure a cause is: the log says it; the log allows another one that is rarer, or has lost a line; nothing in it
 * says why.
 */
export type Certainty = "certain" | "likely" | "unknown";

const NONE: ReadonlySet<string> = new Set();

/** An inbound call, put together from its lines. What the log doesn't say is empty. */
export class LoggedCall {
  /** livekit-sip's id, SCL_…; empty where only livekit-server logged the call. */
  readonly callId: string;
  /** The calling and the called number, as they came in SIP From and To. */
  readonly from: string;
  readonly to: string;
  sipCallId = "";
  /** The time of its first and of its last line, in milliseconds since 1970. */
  first: number | undefined;
  last: number | undefined;
  fromHost = "";
  sourceIp = "";
  trunkId = "";
  /** The rule that took the call. */
  ruleId = "";
  room = "";
  /** Those of its messages that a cause or `messages.ts` knows. */
  messages: ReadonlySet<string> = NONE;
  /** The reason on the closing line, or in `SIP call ended` where the closing line has none. */
  reason = "";
  /** True if a line ends the call with its result, as livekit-sip does since 1.3.1. */
  hasResult = false;
  /** The error of the message that decides it. */
  error = "";
  /** True if a line that says something about it has lost a part, so that a field may seem missing. */
  isCut = false;
  /** The lines of livekit-server about it, in the order of time; `serverRule` is the last rule that it found. */
  steps: readonly ServerStep[] = [];
  serverRule = "";

  constructor(callId: string, from: string, to: string) {
    this.callId = callId;
    this.from = from;
    this.to = to;
  }
}

/** The call as a server has it to route: over the trunk that livekit-server found, or none. */
export function asCall({ from, to, trunkId, sourceIp, fromHost }: LoggedCall): Call {
  return { calledNumber: to, callingNumber: from, trunk: trunkId, sourceIp, fromHost };
}

/** A call of livekit-sip while its lines are still coming. */
export class GrowingCall extends LoggedCall {
  isInbound = false;
  /** The livekit-sip that took it. */
  node = "";
  /** When livekit-sip gave up looking for its rule. */
  refusedAt: number | undefined;
}

/** A step of livekit-server: it found a trunk or none for the credentials, then a trunk or none, then a rule. */
export type ServerStep = "auth-trunk" | "auth-no-trunk" | "trunk" | "no-trunk" | "rule";
