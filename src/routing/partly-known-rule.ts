import { create } from "@bufbuild/protobuf";
import { type SIPDispatchRuleInfo, SIPDispatchRuleInfoSchema } from "../gen/livekit/livekit_sip_pb.ts";
import { codeInWords, type Expression, type NumberList, type Routing } from "./rule-routing.ts";

/**
 * A rule for comparing that routes as these say, of which some may be expressions: in it stands their code in words, which
 * equals itself alone. What else it holds is not known, so it is to be compared with itself alone.
 */
export function ruleRoutedAs(routing: Routing): SIPDispatchRuleInfo {
  const { calledNumbers, callingNumbers, trunkIds, pin, room, agents } = routing;
  const named = { roomName: inWords(room), pin: inWords(pin) };
  return create(SIPDispatchRuleInfoSchema, {
    numbers: listed(calledNumbers),
    inboundNumbers: listed(callingNumbers),
    trunkIds: listed(trunkIds),
    rule: { rule: { case: "dispatchRuleDirect", value: named } },
    roomConfig: { agents: listed(agents).map((agentName) => ({ agentName })) },
  });
}

function inWords(value: string | Expression): string {
  return typeof value === "string" ? value : codeInWords(value);
}

function listed(list: NumberList): string[] {
  return (Array.isArray(list) ? list : [list]).map(inWords);
}
