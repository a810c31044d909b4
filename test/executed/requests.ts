import { isDeepStrictEqual } from "node:util";

/**
 * Where each flat field of CreateSIPDispatchRuleRequest goes in SIPDispatchRuleInfo, by name (protobufs/livekit_sip.proto
 * of github.com/livekit/protocol v1.54.0).
 */
const FIELDS: Readonly<Record<string, string>> = {
  rule: "rule",
  trunk_ids: "trunk_ids",
  hide_phone_number: "hide_phone_number",
  name: "name",
  metadata: "metadata",
  inbound_numbers: "numbers",
  attributes: "attributes",
  room_preset: "room_preset",
  room_config: "room_config",
};

type Message = Record<string, unknown>;

/** Whether `after` is what should arrive where `before` did, for a request that creates a rule: the same, wrapped. */
export function isWrapped(before: string, after: string): boolean {
  const [flat, wrapped] = [parsed(before), parsed(after)];
  return flat !== undefined && wrapped !== undefined && isDeepStrictEqual(wrap(flat), named(wrapped));
}

/** Whether two texts are the same JSON, or the same text where one of them is none. */
export function isSame(before: string, after: string): boolean {
  const [first, second] = [parsed(before), parsed(after)];
  return before === after || (first !== undefined && isDeepStrictEqual(first, second));
}

/** The request with its flat fields in a wrapper. Keys that are not LiveKit's, such as `_comment`, stay outside. */
function wrap(request: Message): Message {
  const fields = named(request);
  if ("dispatch_rule" in fields) return fields;
  const [inside, outside]: [Message, Message] = [{}, {}];
  for (const [key, value] of Object.entries(fields)) {
    const to = FIELDS[key];
    if (to === undefined) outside[key] = value;
    else inside[to] = value;
  }
  return { ...outside, dispatch_rule: inside };
}

/** The message with the proto names of its fields, and of those in its wrapper. */
function named(message: Message): Message {
  const entries = Object.entries(message).map(([key, value]) => {
    const name = key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const known = name in FIELDS || name === "dispatch_rule" || name === "numbers" ? name : key;
    return [known, name === "dispatch_rule" && isMessage(value) ? named(value) : value];
  });
  return Object.fromEntries(entries) as Message;
}

function parsed(text: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isMessage(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isMessage(value: unknown): value is Message {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
