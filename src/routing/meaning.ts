import type { JsonValue } from "@bufbuild/protobuf";
import { type SIPDispatchRuleInfo, SIPDispatchRuleInfoSchema } from "../gen/livekit/livekit_sip_pb.ts";
import { type JsonObject, messageJson } from "../rule/message.ts";
import { compareText } from "../rule/text-order.ts";
import { isObject, parsedJson, setKey } from "../rule/value.ts";

/**
 * Returns the meaning of a rule, as JSON with proto names that is equal for rules that mean the same: lists that are
 * sets are sorted, agents stand in the order of their names, and metadata that is JSON is read. Left out is what the
 * server fills in: times, an empty `media`, and an id that only one of two rules has.
 */
export function meaningOf(info: SIPDispatchRuleInfo, other: SIPDispatchRuleInfo): JsonObject {
  return canonical(withoutFilledIn(info, other));
}

/** The JSON of a rule without what the server fills in, and without an id that the other rule has not. */
export function withoutFilledIn(info: SIPDispatchRuleInfo, other: SIPDispatchRuleInfo): JsonObject {
  const json = messageJson(SIPDispatchRuleInfoSchema, info);
  delete json["created_at"];
  delete json["updated_at"];
  if (Object.keys(json["media"] ?? { any: true }).length === 0) delete json["media"];
  if (other.sipDispatchRuleId === "") delete json["sip_dispatch_rule_id"];
  return json;
}

/** Tells whether two rules mean the same to livekit-server. */
export function sameMeaning(before: SIPDispatchRuleInfo, after: SIPDispatchRuleInfo): boolean {
  return JSON.stringify(meaningOf(before, after)) === JSON.stringify(meaningOf(after, before));
}

/**
 * The fields, by proto names, in which rules that mean the same are written in another order or spelling. What the
 * server fills in is not among them.
 */
export function spelledOtherwise(before: SIPDispatchRuleInfo, after: SIPDispatchRuleInfo): string[] {
  const [was, is] = [withoutFilledIn(before, after), withoutFilledIn(after, before)];
  return Object.keys({ ...was, ...is }).filter(
    (name) => JSON.stringify(sortedKeys(was[name])) !== JSON.stringify(sortedKeys(is[name])),
  );
}

/** The lists of a rule in which the order says nothing. */
const SETS = ["numbers", "inbound_numbers", "trunk_ids"];

/** The JSON of a rule, by proto names, in the one form of all that mean the same. */
export function canonical(json: JsonObject): JsonObject {
  const copy: JsonObject = {};
  for (const [name, value] of Object.entries(json)) {
    const sorted = SETS.includes(name) && Array.isArray(value) ? value.toSorted(byText) : value;
    setKey(
      copy,
      name,
      name === "room_config" ? canonicalRoom(value) : name === "metadata" ? readMetadata(value) : sorted,
    );
  }
  return sortedKeys(copy);
}

function canonicalRoom(room: JsonValue): JsonValue {
  if (!isObject(room)) return room;
  const copy = { ...room };
  if (copy["metadata"] !== undefined) copy["metadata"] = readMetadata(copy["metadata"]);
  const { agents } = room;
  if (!Array.isArray(agents)) return copy;
  copy["agents"] = agents
    .map((agent) =>
      isObject(agent) && agent["metadata"] !== undefined
        ? { ...agent, metadata: readMetadata(agent["metadata"]) }
        : agent,
    )
    .map(sortedKeys)
    .toSorted((a, b) => compareText(agentName(a), agentName(b)) || byText(a, b));
  return copy;
}

/** The name by which an agent is asked for; empty where it has none. */
export function agentName(agent: JsonValue | undefined): string {
  const name = isObject(agent) ? agent["agent_name"] : undefined;
  return typeof name === "string" ? name : "";
}

/** Beyond this it is compared as text: reading it would nest deep, or lose digits. */
const DEEPEST = 64;
const LONG_NUMBER = /\d{16}|\d[eE]/;

/** Metadata that is an object or a list in JSON is that; any other stays a text. */
function readMetadata(value: JsonValue): JsonValue {
  if (typeof value !== "string" || !/^\s*[{[]/.test(value) || LONG_NUMBER.test(value)) return value;
  const read = parsedJson(value);
  return read === undefined || depthOf(read) > DEEPEST ? value : sortedKeys(read);
}

function depthOf(value: JsonValue): number {
  let level: JsonValue[] = [value];
  let depth = 0;
  while (level.length > 0 && depth <= DEEPEST) {
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
    depth++;
  }
  return depth;
}

/** The same JSON with the keys of every object in the order of their texts, and objects that inherit nothing. */
export function sortedKeys<T extends JsonValue | undefined>(value: T): T {
  if (Array.isArray(value)) return value.map(sortedKeys) as T;
  if (!isObject(value)) return value;
  const copy: JsonObject = Object.create(null);
  for (const key of Object.keys(value).toSorted(compareText))
    setKey(copy, key, sortedKeys(value[key] ?? null));
  return copy as T;
}

function byText(a: JsonValue, b: JsonValue): number {
  return compareText(JSON.stringify(a), JSON.stringify(b));
}
