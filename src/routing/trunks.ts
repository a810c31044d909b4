import type { JsonValue } from "@bufbuild/protobuf";

/** An inbound trunk: what LiveKit's SIPInboundTrunkInfo says about the calls that it takes. */
export interface Trunk {
  id: string;
  name: string;
  /** The trunk's own numbers. Empty: it takes calls to any number that no other trunk has. */
  numbers: string[];
  /** The callers that it takes. Empty: all. */
  allowedNumbers: string[];
  /** Where its calls may come from: addresses, prefixes, host names. Empty: everywhere. */
  allowedAddresses: string[];
}

/** Reads the text of a JSON document, with or without a byte order mark, as trunksFromJson reads its value. */
export function readTrunks(text: string): { trunks: Trunk[] } | { problem: string } {
  let json: JsonValue;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, "")) as JsonValue;
  } catch {
    return { problem: "This is not JSON." };
  }
  return trunksFromJson(json);
}

/**
 * Reads inbound trunks: what `lk sip inbound list --json` prints (`{"items": […]}`), the same with proto
 * names, an array of trunks, or one trunk. Fields that say nothing about matching are skipped. `problem` is a
 * sentence.
 */
export function trunksFromJson(json: JsonValue): { trunks: Trunk[] } | { problem: string } {
  const items = itemsOf(json);
  if (!items)
    return { problem: "This is not a list of inbound trunks: it has neither `items` nor a `sipTrunkId`." };
  const trunks: Trunk[] = [];
  for (const [at, item] of items.entries()) {
    const trunk = trunkFromJson(item);
    if (typeof trunk === "string") return { problem: `Trunk ${at + 1} ${trunk}.` };
    trunks.push(trunk);
  }
  return { trunks };
}

type JsonObject = { [key: string]: JsonValue };

/** `{}` is how protobuf's JSON writes an empty list. */
function itemsOf(json: JsonValue): JsonValue[] | undefined {
  if (Array.isArray(json)) return json;
  if (!isObject(json)) return undefined;
  const keys = Object.keys(json);
  if (keys.length === 0) return [];
  const items = Object.hasOwn(json, "items") ? json["items"] : undefined;
  if (Array.isArray(items)) return items;
  return keys.some((key) => SPELLINGS.get(key) === "id") ? [json] : undefined;
}

const SPELLINGS: ReadonlyMap<string, keyof Trunk> = new Map([
  ["sipTrunkId", "id"],
  ["sip_trunk_id", "id"],
  ["name", "name"],
  ["numbers", "numbers"],
  ["allowedNumbers", "allowedNumbers"],
  ["allowed_numbers", "allowedNumbers"],
  ["allowedAddresses", "allowedAddresses"],
  ["allowed_addresses", "allowedAddresses"],
]);

/** The trunk, or what is wrong with it. A null leaves a field unset. */
function trunkFromJson(json: JsonValue): Trunk | string {
  if (!isObject(json)) return "is not an object";
  const trunk: Trunk = { id: "", name: "", numbers: [], allowedNumbers: [], allowedAddresses: [] };
  const set = new Set<keyof Trunk>();
  for (const [key, value] of Object.entries(json)) {
    if (key === "address") return "has an address to call, so it is an outbound trunk";
    const field = SPELLINGS.get(key);
    if (!field || value === null) continue;
    if (set.has(field)) return `spells ${key} in two ways`;
    set.add(field);
    if (field === "id" || field === "name") {
      if (typeof value !== "string") return `has a ${key} that is not a string`;
      trunk[field] = value;
    } else {
      if (!isStrings(value)) return `has ${key} that are not a list of strings`;
      trunk[field] = value;
    }
  }
  return trunk.id === "" ? "has no sipTrunkId" : trunk;
}

function isObject(json: JsonValue): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function isStrings(json: JsonValue): json is string[] {
  return Array.isArray(json) && json.every((item) => typeof item === "string");
}
