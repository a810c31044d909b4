import { create, type DescField } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import {
  type CreateSIPDispatchRuleRequest,
  CreateSIPDispatchRuleRequestSchema,
  type SIPDispatchRuleInfo,
  SIPDispatchRuleInfoSchema,
} from "../gen/livekit/livekit_sip_pb.ts";
import { FLAT_TO_INFO, type FlatField, type InfoField, spellings } from "./fields.ts";

/** Which filter the flat `inbound_numbers` become: the called number, or the calling number. */
export type NumberFilter = "numbers" | "inbound_numbers";

/** Where a flat field goes: as the table says, but for `inbound_numbers`, about which a user may decide. */
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
  const from = reflect(CreateSIPDispatchRuleRequestSchema, flat);
  const to = reflect(SIPDispatchRuleInfoSchema, info);
  for (const name of Object.keys(FLAT_TO_INFO) as FlatField[]) {
    const source = fieldNamed(CreateSIPDispatchRuleRequestSchema, name);
    if (from.isSet(source))
      to.set(fieldNamed(SIPDispatchRuleInfoSchema, destination(name, inboundNumbersAs)), from.get(source));
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
  const from = reflect(SIPDispatchRuleInfoSchema, info);
  const to = reflect(CreateSIPDispatchRuleRequestSchema, flat);
  const filters: InfoField[] = ["numbers", "inbound_numbers"];
  const both = info.numbers.length > 0 && info.inboundNumbers.length > 0;
  const cannotCarry: InfoField[] = [];
  for (const source of SIPDispatchRuleInfoSchema.fields) {
    if (!from.isSet(source)) continue;
    const name = filters.includes(source.name) ? "inbound_numbers" : source.name;
    const target = spellings(CreateSIPDispatchRuleRequestSchema).get(name);
    if (!target || (both && filters.includes(source.name))) cannotCarry.push(source.name);
    else to.set(target, from.get(source));
  }
  return cannotCarry.length > 0 ? { cannotCarry } : { flat };
}

function fieldNamed(message: Parameters<typeof spellings>[0], name: string): DescField {
  const field = spellings(message).get(name);
  if (!field) throw new Error(`${message.typeName} has no field ${name}`);
  return field;
}
