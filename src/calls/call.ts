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
 * How sure a cause is: the log says it; the log allows another one that is rarer, or has lost a line; nothing in it says
 * why.
 */
export type Certainty = "certain" | "likely" | "unknown";

/** What a message of livekit-sip says about its call: `signs.ts` has the messages. */
export type Sign =
  | "invite"
  | "dropped"
  | "rejected"
  | "dispatch-failed"
  | "server-silent"
  | "several-trunks"
  | "auth-check-failed"
  | "challenged"
  | "authenticated"
  | "auth-failed"
  | "auth-timeout"
  | "pin-asked"
  | "pin-refused"
  | "joining"
  | "joined"
  | "waiting"
  | "accepted"
  | "media-refused"
  | "no-signal"
  | "join-failed"
  | "media-timeout"
  | "removed"
  | "bye"
  | "replayed"
  | "not-handled"
  | "closed";

/** An inbound call, put together from its lines. What the log doesn't say is empty. */
export interface LoggedCall {
  /** livekit-sip's id, SCL_…; empty where only livekit-server logged the call. */
  callId: string;
  sipCallId: string;
  /** The time of its first and of its last line, in milliseconds since 1970. */
  first: number | undefined;
  last: number | undefined;
  /** The calling and the called number, as they came in SIP From and To. */
  from: string;
  to: string;
  fromHost: string;
  sourceIp: string;
  trunkId: string;
  /** The rule that took the call. */
  ruleId: string;
  room: string;
  signs: Set<Sign>;
  /** The reason on the closing line, or in `SIP call ended` where the closing line has none. */
  reason: string;
  /** True if a line ends the call with its result, as livekit-sip does since 1.3.1. */
  hasResult: boolean;
  /** What the message that decides it gave as its error. */
  error: string;
  /** True if a line that says something about it has lost a part, so that a field may seem missing. */
  isCut: boolean;
  /** What livekit-server logged about it, in the order of time; `serverRule` is the last rule that it found. */
  steps: readonly ServerStep[];
  serverRule: string;
}

/** What livekit-server found: a trunk or none for the credentials, then a trunk or none, then a rule. */
export type ServerStep = "auth-trunk" | "auth-no-trunk" | "trunk" | "no-trunk" | "rule";

/** A call whose lines are still coming. */
export interface GrowingCall extends LoggedCall {
  isInbound: boolean;
  /** The livekit-sip that took it. */
  node: string;
  /** When livekit-sip gave up looking for its rule. */
  refusedAt: number | undefined;
}

/** A call of which nothing is known but its numbers. */
export function newCall(callId: string, from: string, to: string): LoggedCall {
  return {
    callId,
    sipCallId: "",
    first: undefined,
    last: undefined,
    from,
    to,
    fromHost: "",
    sourceIp: "",
    trunkId: "",
    ruleId: "",
    room: "",
    signs: new Set(),
    reason: "",
    hasResult: false,
    error: "",
    isCut: false,
    steps: [],
    serverRule: "",
  };
}
