import type { DescField, DescMessage } from "@bufbuild/protobuf";
import {
  CreateSIPDispatchRuleRequestSchema,
  SIPDispatchRuleInfoSchema,
  SIPDispatchRuleSchema,
} from "../gen/livekit/livekit_sip_pb.ts";
import { memoized } from "./memoized.ts";
import type { Value } from "./value.ts";

/**
 * The one table: where each field of the flat form goes in `dispatch_rule`. livekit-server itself copies
 * `inbound_numbers` to `inbound_numbers` (protocol livekit/sip.go, DispatchRuleInfo); authors followed the
 * documentation, which promised the called number, so by default it goes to `numbers`.
 */
export const FLAT_TO_INFO = {
  rule: "rule",
  trunk_ids: "trunk_ids",
  hide_phone_number: "hide_phone_number",
  name: "name",
  metadata: "metadata",
  inbound_numbers: "numbers",
  attributes: "attributes",
  room_preset: "room_preset",
  room_config: "room_config",
} as const;

/** A field of the flat form, as the proto spells it. */
export type FlatField = keyof typeof FLAT_TO_INFO;
/** A field of SIPDispatchRuleInfo, as the proto spells it. */
export type InfoField = string;

/** The field that holds the wrapped form. */
export const WRAPPER = "dispatch_rule";

/**
 * The fields of UpdateSIPDispatchRuleRequest that hold what a rule becomes, which takes no wrapper: a SIPDispatchRuleInfo
 * and a SIPDispatchRuleUpdate (protocol livekit_sip.proto, UpdateSIPDispatchRuleRequest).
 */
export const UPDATE_FIELDS: readonly string[] = ["replace", "update"];

/** The fields of a message by each of their JSON spellings: `trunk_ids` and `trunkIds`. */
export const spellings = memoized(
  ({ fields }: DescMessage): ReadonlyMap<string, DescField> =>
    new Map(
      fields.flatMap((field) => [
        [field.name, field],
        [field.jsonName, field],
      ]),
    ),
);

/** The value that a message gives this field, by the field's proto name, in whatever spelling; undefined for none. */
export function fieldOf(value: Value | undefined, message: DescMessage, name: string): Value | undefined {
  const known = spellings(message);
  const members = value?.kind === "object" ? value.members : [];
  return members.find(({ key }) => known.get(key)?.name === name)?.value;
}

const REQUEST = spellings(CreateSIPDispatchRuleRequestSchema);
const INFO = spellings(SIPDispatchRuleInfoSchema);
const RULE = spellings(SIPDispatchRuleSchema);

/** The request's field that this key spells, by its proto name; undefined for any other key. */
export function requestField(key: string): FlatField | typeof WRAPPER | undefined {
  return REQUEST.get(key)?.name as FlatField | typeof WRAPPER | undefined;
}

/** The field of SIPDispatchRuleInfo that this key spells, by its proto name; undefined for any other key. */
export function infoField(key: string): InfoField | undefined {
  return INFO.get(key)?.name;
}

/** Tells whether the key spells a field that only SIPDispatchRuleInfo has, so that its object is no flat request. */
export function isInfoOnly(key: string): boolean {
  return infoField(key) !== undefined && requestField(key) === undefined;
}

/** Tells whether the key spells one of the rule's kinds: `dispatch_rule_direct`, `dispatchRuleCallee`, … */
export function isRuleKind(key: string): boolean {
  return RULE.has(key);
}
