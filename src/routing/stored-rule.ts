import type { SIPDispatchRuleInfo } from "../gen/livekit/livekit_sip_pb.ts";
import { type Server, supports } from "../rule/server.ts";
import { compareText } from "../rule/text-order.ts";

/** A dispatch rule, with a label by which the results name it: whatever its owner likes. */
export interface Rule<Label> {
  label: Label;
  info: SIPDispatchRuleInfo;
}

/** The three kinds of rule: a fixed room, a room for each caller, a room for each called number. */
export type RuleKind = "direct" | "individual" | "callee";

/** The calls that a rule wants: an empty list takes any value, of trunks also none. An empty PIN: everyone may enter. */
export interface Wanted {
  called: readonly string[];
  calling: readonly string[];
  trunk: readonly string[];
  pin: string;
}

/** A rule as a server holds it: without the fields that this server doesn't know. */
export interface StoredRule<Label> extends Rule<Label>, Wanted {
  /**
   * Undefined when the rule's oneof is unset; the server refuses to evaluate a set that holds such a rule.
   */
  kind: RuleKind | undefined;
  /** `room_name` or `room_prefix`. */
  room: string;
}

/** The rule as this server holds it. Source: protocol sip/sip.go at v1.50.4, GetPinAndRoom. */
export function storedRule<Label>(rule: Rule<Label>, server: Server): StoredRule<Label> {
  const { label, info } = rule;
  const called = supports(server, "numbers") ? info.numbers : [];
  const { inboundNumbers: calling, trunkIds: trunk } = info;
  return { label, info, ...kindRoomAndPin(info), called, calling, trunk };
}

/** The PIN that the rule asks for; empty where it asks for none. */
export function pinOf(info: SIPDispatchRuleInfo): string {
  return kindRoomAndPin(info).pin;
}

function kindRoomAndPin(info: SIPDispatchRuleInfo): Pick<StoredRule<never>, "kind" | "room" | "pin"> {
  const rule = info.rule?.rule;
  switch (rule?.case) {
    case "dispatchRuleDirect":
      return { kind: "direct", room: rule.value.roomName, pin: rule.value.pin };
    case "dispatchRuleIndividual":
      return { kind: "individual", room: rule.value.roomPrefix, pin: rule.value.pin };
    case "dispatchRuleCallee":
      return { kind: "callee", room: rule.value.roomPrefix, pin: rule.value.pin };
    default:
      return { kind: undefined, room: "", pin: "" };
  }
}

/**
 * The rules in the order in which the server lists them: by ascending id. Rules that have no id yet come
 * last, in the order given; the server will give them random ones.
 * Source: livekit pkg/service/redisstore.go at 788d4c354, sortProtos.
 */
export function inStoreOrder<One extends Rule<unknown>>(rules: readonly One[]): One[] {
  return rules.toSorted((a, b) => {
    const [idA, idB] = [a.info.sipDispatchRuleId, b.info.sipDispatchRuleId];
    if (idA === "" || idB === "") return Number(idA === "") - Number(idB === "");
    return compareText(idA, idB);
  });
}

/**
 * Returns which rules a server lists for these trunks: those with one of them, and the wildcard rules; all rules when
 * there are no trunks. Source: protocol livekit/sip.go at v1.50.4, ListSIPDispatchRuleRequest.Filter.
 */
export function listedFor(trunkIds: readonly string[]): (rule: Rule<unknown>) => boolean {
  return ({ info }) =>
    trunkIds.length === 0 ||
    info.trunkIds.length === 0 ||
    info.trunkIds.some((trunkId) => trunkIds.includes(trunkId));
}
