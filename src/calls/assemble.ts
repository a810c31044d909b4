import { GrowingCall, type LoggedCall } from "./call.ts";
import { CAUSES } from "./causes/index.ts";
import { DispatchErrors } from "./dispatch-errors.ts";
import { groupBy } from "../rule/group-by.ts";
import { compareText } from "../rule/text-order.ts";
import {
  CHALLENGED,
  CHALLENGED_AGAIN,
  CLOSED,
  DISPATCH_ERROR,
  ENDED,
  INBOUND,
  NO_SIGNAL,
  NOT_HANDLED,
  STAGES,
} from "./messages.ts";
import { type LogRecord, readRecord, textOf } from "./record.ts";
import { Interner } from "./interner.ts";
import { ServerLines } from "./server-lines.ts";

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
  readonly #interner = new Interner();
  /** Lines that have lost the numbers of their call. */
  readonly #withoutNumbers: LogRecord[] = [];

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
    if (message === ENDED) this.#ended.set(callId, textOf(fields, "reason"));
    else if (message === DISPATCH_ERROR) this.#errors.add(record);
    else if (message === NOT_HANDLED) this.#addUnhandled(record);
    else if (callId !== "") this.#addTo(callId, record);
    else this.#server.add(record);
  }

  /** The inbound calls, in the order of time; those without one come last. Takes no more lines after that. */
  finish(): LoggedCall[] {
    this.#addWithoutNumbers();
    const calls = [...this.#calls.values()].filter(({ isInbound }) => isInbound);
    for (const call of calls) {
      const ended = this.#ended.get(call.callId) ?? "";
      if (ended !== "" && (call.reason === "" || call.reason === UNKNOWN)) call.reason = ended;
    }
    this.#errors.shareOut(calls, this.#interner);
    const all: LoggedCall[] = this.#withoutFirstInvites(calls);
    all.push(...this.#server.shareOut(all));
    return all.toSorted(
      (a, b) => (a.first ?? Infinity) - (b.first ?? Infinity) || compareText(a.callId, b.callId),
    );
  }

  #addTo(callId: string, record: LogRecord): void {
    const { fields, isCut } = record;
    const [from, to] = [textOf(fields, "fromUser"), textOf(fields, "toUser")];
    if (isCut && to === "") this.#withoutNumbers.push(record);
    // Two calls can't have one id, but logs that were made elsewhere can say so.
    else this.#addLine(record, () => this.#call(`${callId}\0${from}\0${to}`, callId, from, to));
  }

  /** Each belongs to the call with its id, if another line of it is there. */
  #addWithoutNumbers(): void {
    const ids = new Set(this.#withoutNumbers.map(({ fields }) => textOf(fields, "callID")));
    const calls = new Map<string, GrowingCall>();
    if (ids.size > 0) {
      for (const call of this.#calls.values()) if (ids.has(call.callId)) calls.set(call.callId, call);
    }
    for (const record of this.#withoutNumbers) {
      const id = textOf(record.fields, "callID");
      const from = textOf(record.fields, "fromUser");
      this.#addLine(record, () => calls.get(id) ?? this.#call(`${id}\0${from}\0`, id, from, ""));
    }
  }

  #addLine(record: LogRecord, callOf: () => GrowingCall): void {
    const { fields, message, caller, at } = record;
    const direction = textOf(fields, "direction");
    if (direction === "outbound" || caller.includes("outbound.go")) return;
    const call = callOf();
    call.isInbound ||= direction === "inbound" || caller.includes("inbound.go") || INBOUND.has(message);
    note(call, at);
    call.sipCallId ||= textOf(fields, "sipCallID");
    call.fromHost ||= this.#interner.text(textOf(fields, "fromHost"));
    call.sourceIp ||= this.#interner.text(textOf(fields, "fromIP"));
    call.node ||= this.#interner.text(textOf(fields, "nodeID"));
    call.trunkId ||= this.#interner.text(textOf(fields, "sipTrunk"));
    call.ruleId ||= this.#interner.text(textOf(fields, "sipRule"));
    if (ROOM.has(message)) call.room ||= textOf(fields, "room");
    if (KEPT.has(message)) this.#addMessage(call, record);
  }

  #addMessage(call: GrowingCall, { message, fields, at, isCut }: LogRecord): void {
    call.messages = this.#interner.with(call.messages, message);
    call.isCut ||= isCut;
    const isClosed = CLOSED.includes(message);
    if (!isClosed) {
      // The line before says why, and names no call.
      if (/^Rejecting (?:inbound )?call\b/.test(message)) call.refusedAt = at;
      if (call.error === "" || message === NO_SIGNAL)
        call.error = this.#interner.text(textOf(fields, "error"));
      return;
    }
    call.hasResult ||= textOf(fields, "result") !== "";
    const reason = textOf(fields, "reason");
    if (reason !== "" && (call.reason === "" || call.reason === UNKNOWN))
      call.reason = this.#interner.text(reason);
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
    call.messages = this.#interner.with(call.messages, NOT_HANDLED);
  }

  /**
   * Up to livekit-sip 1.2.0 the INVITE without credentials and the one with them have each an id of their own. Leaves the
   * last one, which tells how it went on.
   */
  #withoutFirstInvites(calls: readonly GrowingCall[]): GrowingCall[] {
    const bySipCall = groupBy(calls, ({ sipCallId, callId }) => sipCallId || callId);
    return [...bySipCall.values()].flatMap((group) => {
      const last = group.toSorted((a, b) => (a.first ?? 0) - (b.first ?? 0)).at(-1);
      const left = group.filter((call) => call === last || !isOnlyChallenged(call));
      if (last && left.length < group.length && isOnlyChallenged(last))
        last.messages = this.#interner.with(last.messages, CHALLENGED_AGAIN);
      return left;
    });
  }

  #call(key: string, callId: string, from: string, to: string): GrowingCall {
    const known = this.#calls.get(key);
    if (known) return known;
    const call = new GrowingCall(callId, from, to);
    this.#calls.set(key, call);
    return call;
  }
}

const UNKNOWN = "UNKNOWN_REASON";
/** The messages that are kept of a call. */
const KEPT: ReadonlySet<string> = new Set([...STAGES, ...CAUSES.flatMap(({ messages = [] }) => messages)]);
/** The lines whose room is the one that the rule gives. */
const ROOM: ReadonlySet<string> = new Set(["Joining room", "SIP participant joined room"]);

function note(call: LoggedCall, at: number | undefined): void {
  if (at === undefined) return;
  call.first = Math.min(call.first ?? at, at);
  call.last = Math.max(call.last ?? at, at);
}

function isOnlyChallenged({ messages }: LoggedCall): boolean {
  const others = [...messages].filter((message) => !INBOUND.has(message));
  return others.length > 0 && others.every((message) => CHALLENGED.includes(message));
}

/** The user part of a SIP address. */
function userOf(address: string): string {
  return /^<?sips?:([^@;>]*)@/.exec(address)?.[1] ?? address;
}
