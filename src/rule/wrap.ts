import { create, type DescField, type DescMessage, isFieldSet, type Message } from "@bufbuild/protobuf";
import {
  type CreateSIPDispatchRuleRequest,
  CreateSIPDispatchRuleRequestSchema,
  type SIPDispatchRuleInfo,
  SIPDispatchRuleInfoSchema,
} from "../gen/livekit/livekit_sip_pb.ts";
import { FLAT_TO_INFO, type FlatField, type InfoField, spellings } from "./fields.ts";

/** Which filter the flat `inbound_numbers` become: the called number, or the calling number. */
export type NumberFilter = "numbers" | "inbound_numbers";

/** Returns where a flat field goes: as the table says, but for `inbound_numbers`, about which a user may decide. */
export function destination(field: FlatField, inboundNumbersAs: NumberFilter): InfoField {
  return field === "inbound_numbers" ? inboundNumbersAs : FLAT_TO_INFO[field];
}

/**
 * The rule that a flat request says. With `inbound_numbers` it is what livekit-server itself makes of the request
 * (protocol livekit/sip.go, DispatchRuleInfo, at v1.50.4).
 */
export function wrap(
  flat: CreateSIPDispatchRuleRequest,
  inboundNumbersAs: NumberFilter,
): SIPDispatchRuleInfo {
  const info = create(SIPDispatchRuleInfoSchema);
  for (const { name, source, target } of FLAT_FIELDS) {
    copyField(flat, source, info, name === "inbound_numbers" ? infoFieldOf(inboundNumbersAs) : target);
  }
  return info;
}

/**
 * The flat request that says a rule, or the fields that the flat form cannot carry. Its one number filter,
 * `inbound_numbers`, takes either filter of the rule, not both.
 */
export function unwrap(
  info: SIPDispatchRuleInfo,
): { flat: CreateSIPDispatchRuleRequest } | { cannotCarry: InfoField[] } {
  const flat = create(CreateSIPDispatchRuleRequestSchema);
  const both = info.numbers.length > 0 && info.inboundNumbers.length > 0;
  const cannotCarry: InfoField[] = [];
  for (const field of SIPDispatchRuleInfoSchema.fields) {
    if (!isFieldSet(info, field)) continue;
    const isFilter = field.name === "numbers" || field.name === "inbound_numbers";
    const target = spellings(CreateSIPDispatchRuleRequestSchema).get(
      isFilter ? "inbound_numbers" : field.name,
    );
    if (!target || (isFilter && both)) cannotCarry.push(field.name);
    else copyField(info, field, flat, target);
  }
  return cannotCarry.length > 0 ? { cannotCarry } : { flat };
}

const infoFieldOf = (name: string): DescField => fieldOf(SIPDispatchRuleInfoSchema, name);

const FLAT_FIELDS = (Object.keys(FLAT_TO_INFO) as FlatField[]).map((name) => ({
  name,
  source: fieldOf(CreateSIPDispatchRuleRequestSchema, name),
  target: infoFieldOf(FLAT_TO_INFO[name]),
}));

/** The fields have the same type in both messages: test/schema compares them. */
function copyField(from: Message, source: DescField, to: Message, target: DescField): void {
  if (!isFieldSet(from, source)) return;
  (to as unknown as Record<string, unknown>)[target.localName] = (from as unknown as Record<string, unknown>)[
    source.localName
  ];
}

function fieldOf(message: DescMessage, name: string): DescField {
  const field = spellings(message).get(name);
  if (!field) throw new Error(`${message.typeName} has no field ${name}`);
  return field;
}
