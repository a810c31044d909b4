import { type GrowingCall, type LoggedCall, newCall, type Sign } from "./call.ts";
import { DispatchErrors } from "./dispatch-errors.ts";
import { groupBy } from "./group-by.ts";
import { type LogRecord, readRecord, textOf } from "./record.ts";
import { ServerLines } from "./server-lines.ts";
import { signOf } from "./signs.ts";

/**
 * Puts calls together from the lines of logs, in whatever order they come: lines of livekit-sip by their callID, those of
 * livekit-server, which have none, by numbers and time.
 */
export class CallLog {
  readonly #calls = new Map<string, GrowingCall>();
  /** The reasons of `SIP call ended`, a line which names no numbers, by callID. */
  readonly #ended = new Map<string, string>();
  readonly #errors = new DispatchErrors();
  readonly #server = new ServerLines();

  /** How many calls of livekit-sip there are so far. */
  get size(): number {
    return this.#calls.size;
  }

  /** Takes a line; one that is about no inbound call is passed by. */
  add(line: string): void {
    const record = readRecord(line);
    if (!record) return;
    const { message, fields } = record;
    const callId = textOf(fields, "callID");
    if (message === "SIP call ended") this.#ended.set(callId, textOf(fields, "reason"));
    else if (message === "SIP handle dispatch rule error") this.#errors.add(record);
    else if (message === "Inbound SIP request not handled") this.#addUnhandled(record);
    else if (callId !== "") this.#addTo(callId, record);
    else this.#server.add(record);
  }

  /** The inbound calls, in the order of time; those without one come last. Takes no more lines after that. */
  finish(): LoggedCall[] {
    const calls = [...this.#calls.values()].filter(({ isInbound }) => isInbound);
    for (const call of calls) {
      const ended = this.#ended.get(call.callId) ?? "";
      if (ended !== "" && (call.reason === "" || call.reason === UNKNOWN)) call.reason = ended;
    }
    this.#errors.shareOut(calls);
    const all: LoggedCall[] = withoutFirstInvites(calls);
    all.push(...this.#server.shareOut(all));
    return all.toSorted(
      (a, b) => (a.first ?? Infinity) - (b.first ?? Infinity) || compare(a.callId, b.callId),
    );
  }

  #addTo(callId: string, record: LogRecord): void {
    const { fields, message, caller, at } = record;
    const direction = textOf(fields, "direction");
    if (direction === "outbound" || caller.includes("outbound.go")) return;
    const [from, to] = [textOf(fields, "fromUser"), textOf(fields, "toUser")];
    // Two calls can't have one id, but logs that were made elsewhere can say so.
    const call = this.#call(`${callId}\0${from}\0${to}`, callId, from, to);
    const sign = signOf(message, textOf(fields, "error"));
    call.isInbound ||= direction === "inbound" || caller.includes("inbound.go") || sign === "invite";
    call.isInbound ||= sign === "closed";
    note(call, at);
    call.sipCallId ||= textOf(fields, "sipCallID");
    call.fromHost ||= textOf(fields, "fromHost");
    call.sourceIp ||= textOf(fields, "fromIP");
    call.node ||= textOf(fields, "nodeID");
    call.trunkId ||= textOf(fields, "sipTrunk");
    call.ruleId ||= textOf(fields, "sipRule");
    if (sign === "joining" || sign === "joined") call.room ||= textOf(fields, "room");
    if (sign) addSign(call, sign, record);
  }

  /** A request that livekit-sip doesn't take, such as REGISTER: its numbers stand in addresses. */
  #addUnhandled(record: LogRecord): void {
    const { fields, at } = record;
    const [from, to] = [userOf(textOf(fields, "from")), userOf(textOf(fields, "to"))];
    const sipCallId = textOf(fields, "sipCallID") || textOf(fields, "callID");
    const method = textOf(fields, "method");
    // The end of the line is lost, or it is not livekit-sip's.
    if (to === "") return;
    const call = this.#call(`${sipCallId}\0${method}\0${from}\0${to}`, "", from, to);
    call.isInbound = true;
    call.sipCallId = sipCallId;
    call.error = method;
    note(call, at);
    call.signs.add("not-handled");
  }

  #call(key: string, callId: string, from: string, to: string): GrowingCall {
    const known = this.#calls.get(key);
    if (known) return known;
    const call = { ...newCall(callId, from, to), isInbound: false, node: "", refusedAt: undefined };
    this.#calls.set(key, call);
    return call;
  }
}

const UNKNOWN = "UNKNOWN_REASON";

function note(call: LoggedCall, at: number | undefined): void {
  if (at === undefined) return;
  call.first = Math.min(call.first ?? at, at);
  call.last = Math.max(call.last ?? at, at);
}

function addSign(call: GrowingCall, sign: Sign, { fields, at, isCut }: LogRecord): void {
  call.signs.add(sign);
  call.isCut ||= isCut;
  if (sign === "rejected" || sign === "dispatch-failed") call.refusedAt = at;
  if (sign !== "closed") {
    // What `Cannot create LiveKit participant` gives as its error says less.
    if (call.error === "" || sign === "no-signal") call.error = textOf(fields, "error");
    return;
  }
  call.hasResult ||= textOf(fields, "result") !== "";
  const reason = textOf(fields, "reason");
  if (reason !== "" && (call.reason === "" || call.reason === UNKNOWN)) call.reason = reason;
}

/**
 * Up to livekit-sip 1.2.0 the INVITE without credentials and the one with them have each an id of their own. Leaves the
 * last one, which tells how it went on.
 */
function withoutFirstInvites(calls: readonly GrowingCall[]): GrowingCall[] {
  const bySipCall = groupBy(calls, ({ sipCallId }) => sipCallId);
  return calls.filter((call) => {
    if (!isOnlyChallenged(call) || call.sipCallId === "") return true;
    const others = bySipCall.get(call.sipCallId)?.filter((other) => other !== call) ?? [];
    const later = others.find((other) => (other.first ?? 0) > (call.first ?? 0));
    if (later && isOnlyChallenged(later)) later.signs.add("auth-failed");
    return later === undefined;
  });
}

function isOnlyChallenged({ signs }: LoggedCall): boolean {
  return signs.has("challenged") && [...signs].every((sign) => sign === "challenged" || sign === "invite");
}

/** The user part of a SIP address. */
function userOf(address: string): string {
  return /^<?sips?:([^@;>]*)@/.exec(address)?.[1] ?? address;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
