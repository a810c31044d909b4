import { SIPDispatchRuleSchema } from "../gen/livekit/livekit_sip_pb.ts";
import { fieldOf } from "../rule/fields.ts";
import type { StringValue } from "../rule/value.ts";
import { check } from "./check.ts";
import type { RuleFacts } from "./facts.ts";
import { leftIn, placeholderIn } from "./placeholder.ts";
import { shortened } from "../rule/list-words.ts";

/** Protocol sip/sip.go at v1.50.4, EvaluateDispatchRule: a name or prefix is taken as it is. */
export const templateInRoomName = check({
  id: "template-in-room-name",
  severity: "warning",
  title: "A template stands in a room's name",
  why: "LiveKit fills in nothing: with a direct rule every caller comes into the one room of that name.",
  next: "For a room for each caller use `dispatch_rule_individual` with a `room_prefix`; for the called number `dispatch_rule_callee`.",
  ofRule: (rule) => {
    const name = roomName(rule);
    const template = name && templateIn(name.value.value);
    if (!name || template === undefined) return [];
    const left = leftIn(rule, template);
    // Of a name that is filled in before LiveKit gets it nothing is known but that it may be.
    if (!left || (left.certainty === "likely" && !OF_A_CALL.test(template))) return [];
    const place = rule.document.place(name.value.start);
    const certainty = left.certainty && { certainty: left.certainty };
    if (name.isPrefix) {
      const message = `\`${template}\` in the room's prefix stays as it is in the name of every room`;
      const next = "Leave it out: the number is added behind it.";
      return [{ message, place, severity: "note", next, ...certainty }];
    }
    const message = `\`${template}\` in the room's name stays as it is, so that every caller comes into the one room ${shortened(name.value.value)}`;
    return [{ message, place, ...certainty }];
  },
});

/** The name of a direct rule, or the prefix of another. */
function roomName({ fields }: RuleFacts): { value: StringValue; isPrefix: boolean } | undefined {
  for (const { name, message } of SIPDispatchRuleSchema.fields) {
    const kind = fieldOf(fields.get("rule"), SIPDispatchRuleSchema, name);
    for (const field of message ? ["room_name", "room_prefix"] : []) {
      const value = message && fieldOf(kind, message, field);
      if (value?.kind === "string") return { value, isPrefix: field === "room_prefix" };
    }
  }
  return undefined;
}

/** A placeholder with signs around it; words such as `my-room` are names. */
function templateIn(text: string): string | undefined {
  const found = placeholderIn(text);
  return found !== undefined && /[{}<>$%@]/.test(found) ? found : undefined;
}

/** What differs from call to call. */
const OF_A_CALL =
  /call|caller|from|phone|number|did\b|dial|participant|user|uuid|guid|rand|nonce|session|time|date|stamp|(?:^|[^a-z])(?:id|to|now|ts)(?:[^a-z]|$)/i;
