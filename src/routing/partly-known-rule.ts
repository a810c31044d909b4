import { create } from "@bufbuild/protobuf";
import { type SIPDispatchRuleInfo, SIPDispatchRuleInfoSchema } from "../gen/livekit/livekit_sip_pb.ts";
import { codeInWords, type Expression, type NumberList, type Routing } from "./rule-routing.ts";

/** No value in a rule can begin so: it would be refused as text of a SIP header. */
const MARK = "\u0000";

/** A value for comparing; an expression becomes one that equals itself alone. */
function opaque(value: string | Expression): string {
  return typeof value === "string" ? value : `${MARK}${codeInWords(value)}`;
}

/** A value as it was written, code between backticks. */
export function shownValue(value: string): string {
  return value.startsWith(MARK) ? value.slice(MARK.length) : value;
}

/**
 * A rule for comparing that routes as these say, of which some may be expressions. What else it holds is not known, so it
 * is to be compared with itself alone.
 */
export function ruleRoutedAs(routing: Routing): SIPDispatchRuleInfo {
  const { calledNumbers, callingNumbers, trunkIds, pin, room, agents } = routing;
  const named = { roomName: opaque(room), pin: opaque(pin) };
  return create(SIPDispatchRuleInfoSchema, {
    numbers: listed(calledNumbers),
    inboundNumbers: listed(callingNumbers),
    trunkIds: listed(trunkIds),
    rule: { rule: { case: "dispatchRuleDirect", value: named } },
    roomConfig: { agents: listed(agents).map((agentName) => ({ agentName })) },
  });
}

function listed(list: NumberList): string[] {
  return (Array.isArray(list) ? list : [list]).map(opaque);
}
