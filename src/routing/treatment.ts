import { type SIPDispatchRuleInfo, SIPDispatchRuleInfoSchema } from "../gen/livekit/livekit_sip_pb.ts";
import { type JsonObject, messageJson } from "../rule/message.ts";
import { roomPatternOf } from "./room.ts";
import { NEWEST } from "../rule/server.ts";
import { pinOf, storedRule } from "./stored-rule.ts";
import { canonical } from "./meaning.ts";

/** The treatment of a call by a rule that takes it. */
export interface Treatment {
  /** The room's name, with `<caller>`, `<called>` and `<random>` for what depends on the call. */
  room: string;
  pin: string;
  /** The names of the agents that are sent, sorted; an agent without a name is "". */
  agents: string[];
  /** All else that it says, as a text that is the same for the same: attributes, metadata, media. */
  settings: string;
}

/** The treatment of the calls that a rule takes. Versions of servers play no part. */
export function treatmentOf(info: SIPDispatchRuleInfo): Treatment {
  const said = canonical(messageJson(SIPDispatchRuleInfoSchema, info));
  for (const name of ELSEWHERE) delete said[name];
  return {
    room: roomPatternOf(storedRule({ label: "", info }, NEWEST)),
    pin: pinOf(info),
    agents: (info.roomConfig?.agents ?? []).map(({ agentName }) => agentName).toSorted(),
    settings: JSON.stringify(said),
  };
}

/** The fields that name a rule, say which calls it takes and into what room, or are set by the server. */
const ELSEWHERE: readonly (keyof JsonObject)[] = [
  "sip_dispatch_rule_id",
  "name",
  "rule",
  "trunk_ids",
  "inbound_numbers",
  "numbers",
  "created_at",
  "updated_at",
];

/** Tells whether a caller notices no difference: only settings differ, if anything. */
export function isNoticedAlike(one: Treatment | undefined, other: Treatment | undefined): boolean {
  return (
    one?.room === other?.room &&
    one?.pin === other?.pin &&
    JSON.stringify(one?.agents) === JSON.stringify(other?.agents)
  );
}
