import { fieldOf, infoField, isRuleKind, type InfoField, spellings } from "../rule/fields.ts";
import { RoomAgentDispatchSchema } from "../gen/livekit/livekit_agent_dispatch_pb.ts";
import { RoomConfigurationSchema } from "../gen/livekit/livekit_room_pb.ts";
import { type SIPDispatchRuleInfo, SIPDispatchRuleSchema } from "../gen/livekit/livekit_sip_pb.ts";
import { roomPattern, roomPatternOf } from "./room.ts";
import { type RuleKind, storedRule } from "./stored-rule.ts";
import { shortened } from "../rule/list-words.ts";
import type { Member, Value } from "../rule/value.ts";

/** A value that is only known when a program runs. */
export interface Expression {
  expression: string;
}

export type NumberList = (string | Expression)[] | Expression;

/**
 * The calls that one rule takes, where they go, and who answers them. An empty list of numbers or trunks means any; an
 * empty PIN means none is asked for.
 */
export interface Routing {
  /** Empty where that is not known. */
  kind: RuleKind | "";
  calledNumbers: NumberList;
  callingNumbers: NumberList;
  trunkIds: NumberList;
  pin: string | Expression;
  /** The room's name; what depends on the call stands in it as `<caller>`, `<called>`, `<random>`. */
  room: string | Expression;
  /** The names of the agents that are sent. Empty: none is asked for by name. */
  agents: NumberList;
}

/** The change for calls of one rule: before the migration, under both readings of its numbers, and after it. */
export interface RoutingChange {
  /** As the documentation of the flat form promised: `inbound_numbers` are called numbers. */
  documented: Routing;
  /** As livekit-server routes it: `inbound_numbers` are calling numbers. */
  server: Routing;
  after: Routing;
}

/** Returns what a rule does with calls that stands in no text with expressions. Versions of servers play no part. */
export function routingOfInfo(info: SIPDispatchRuleInfo): Routing {
  const stored = storedRule({ label: "", info }, { cloud: true });
  return {
    kind: stored.kind ?? "",
    calledNumbers: info.numbers,
    callingNumbers: info.inboundNumbers,
    trunkIds: info.trunkIds,
    pin: stored.pin,
    room: roomPatternOf(stored),
    agents: (info.roomConfig?.agents ?? []).map(({ agentName }) => agentName),
  };
}

/** An expression for a person: as code, and the beginning of a long one. */
export function codeInWords({ expression }: Expression): string {
  return `\`${shortened(expression)}\``;
}

/** The fields of a rule by their proto names, whatever form they were written in. */
export type InfoFields = ReadonlyMap<InfoField, Value>;

/** The fields of a rule that is written as SIPDispatchRuleInfo. */
export function infoFields(members: readonly Member[]): InfoFields {
  return new Map(
    members.flatMap(({ key, value }): [InfoField, Value][] => {
      const field = infoField(key);
      return field === undefined ? [] : [[field, value]];
    }),
  );
}

/** Returns what a rule does with calls, as far as its fields say. Takes what checkMessage found nothing against. */
export function routingOf(fields: InfoFields): Routing {
  return {
    calledNumbers: listOf(fields.get("numbers")),
    callingNumbers: listOf(fields.get("inbound_numbers")),
    trunkIds: listOf(fields.get("trunk_ids")),
    ...roomAndPin(fields.get("rule"), fields.get("hide_phone_number")),
    agents: agentsOf(fields.get("room_config")),
  };
}

/** Tells whether a filter lets every call through. An expression may hold something, so it doesn't count as empty. */
export function isAny(filter: NumberList): boolean {
  return Array.isArray(filter) && filter.length === 0;
}

/** The items of a list that stand there as texts; none of an expression. */
export function knownItems(list: NumberList): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
}

/** A list of strings as it was written; what is no list is empty. */
export function listOf(value: Value | undefined): NumberList {
  if (value?.kind === "code") return { expression: value.raw };
  if (value?.kind !== "array") return [];
  return value.items.map(text);
}

function text(value: Value | undefined): string | Expression {
  if (value?.kind === "code") return { expression: value.raw };
  return value?.kind === "string" ? value.value : "";
}

/** Room names as protocol sip/sip.go, EvaluateDispatchRule, makes them at v1.50.4. */
function roomAndPin(
  rule: Value | undefined,
  hide: Value | undefined,
): Pick<Routing, "kind" | "pin" | "room"> {
  if (rule?.kind === "code")
    return { kind: "", pin: { expression: rule.raw }, room: { expression: rule.raw } };
  const members = rule?.kind === "object" ? rule.members : [];
  const member = members.find(({ key, value }) => isRuleKind(key) && value.kind !== "null");
  const kind = member && spellings(SIPDispatchRuleSchema).get(member.key);
  if (!member || !kind?.message) return { kind: "", pin: "", room: "" };
  const ruleKind = KINDS[kind.name] ?? "";
  if (member.value.kind !== "object")
    return { kind: ruleKind, pin: text(member.value), room: text(member.value) };

  const known = spellings(kind.message);
  const fields = new Map(member.value.members.map(({ key, value }) => [known.get(key)?.name, value]));
  const pin = text(fields.get("pin"));
  if (ruleKind === "direct") return { kind: ruleKind, pin, room: text(fields.get("room_name")) };

  const prefix = text(fields.get("room_prefix"));
  if (typeof prefix !== "string") return { kind: ruleKind, pin, room: prefix };
  const random =
    ruleKind === "individual" ? !isTrue(fields.get("no_randomness")) : isTrue(fields.get("randomize"));
  return { kind: ruleKind, pin, room: roomPattern(ruleKind || "callee", prefix, isTrue(hide), random) };
}

const KINDS: Readonly<Record<string, RuleKind>> = {
  dispatch_rule_direct: "direct",
  dispatch_rule_individual: "individual",
  dispatch_rule_callee: "callee",
};

function agentsOf(room: Value | undefined): NumberList {
  const agents = room?.kind === "object" ? fieldOf(room, RoomConfigurationSchema, "agents") : room;
  if (agents?.kind === "code") return { expression: agents.raw };
  if (agents?.kind !== "array") return [];
  return agents.items.map((agent) =>
    agent.kind === "object" ? text(fieldOf(agent, RoomAgentDispatchSchema, "agent_name")) : text(agent),
  );
}

function isTrue(value: Value | undefined): boolean {
  return value?.kind === "boolean" && value.value;
}

/** Tells whether two rules take the same calls, and do the same with them. */
export function isSameRouting(one: Routing, other: Routing): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
