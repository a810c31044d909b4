import type { JsonValue } from "@bufbuild/protobuf";
import { isObject, parsedJson } from "../rule/value.ts";

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
  /** The file in which it stands, as it is printed. */
  path?: string;
}

/** The trunks by which numbers are told apart. */
export interface KnownTrunks {
  /** Those whose ids are known; undefined where nobody says which there are. */
  knownTrunks?: readonly Trunk[] | undefined;
  /**
   * Those of which only the requests that create them are known. Their ids are empty: which rules are on them is not
   * known.
   */
  unlistedTrunks?: readonly Trunk[] | undefined;
  /** True if nobody named the files that they stand in: what stands in a repository may be older than what there is. */
  areFound?: boolean | undefined;
}

/**
 * The inbound trunks of a text. Of the `unlisted` ones, which stand in requests that create a trunk, nobody knows the
 * ids that LiveKit gives them: theirs are empty, and no rule can be told to be on them.
 */
export interface ReadTrunks {
  trunks: Trunk[];
  unlisted: Trunk[];
}

/**
 * Reads the trunks of a text of JSON, or of JSON on each line, with or without a byte order mark: every value as
 * trunksFromJson reads it. `problem` is a sentence.
 */
export function readTrunks(text: string): ReadTrunks | { problem: string } {
  const whole = text.replace(/^\uFEFF/, "");
  const json = parsedJson(whole);
  if (json !== undefined) return trunksFromJson(json);
  const lines = [...whole.split(/\r?\n/).entries()].filter(([, line]) => line.trim() !== "");
  const [first = ""] = lines.map(([, line]) => line);
  if (parsedJson(first) === undefined) return { problem: "This is not JSON." };
  const all: ReadTrunks = { trunks: [], unlisted: [] };
  for (const [index, line] of lines) {
    const value = parsedJson(line);
    const read = value === undefined ? { problem: "This is not JSON." } : trunksFromJson(value);
    if ("problem" in read) return { problem: `Line ${index + 1}: ${read.problem}` };
    for (const one of read.trunks) all.trunks.push(one);
    for (const one of read.unlisted) all.unlisted.push(one);
  }
  return all;
}

/** The trunks of a file, each with its path. */
export function trunksOfFile(path: string, { trunks, unlisted }: ReadTrunks): ReadTrunks {
  const placed = (trunk: Trunk): Trunk => ({ ...trunk, path });
  return { trunks: trunks.map(placed), unlisted: unlisted.map(placed) };
}

/**
 * Reads inbound trunks: what `lk sip inbound list --json` prints (`{"items": […]}`), the same with proto names, one trunk,
 * a request that creates one (`{"trunk": {…}}`), or an array of these. Fields that say nothing about matching are skipped.
 * `problem` is a sentence.
 */
export function trunksFromJson(json: JsonValue): ReadTrunks | { problem: string } {
  const items = itemsOf(json);
  if (!items) {
    const isRule = isObject(json) && Object.keys(json).some((key) => OF_RULES.has(key));
    const missing = "it has neither `items` nor a `trunk` nor a `sipTrunkId`";
    return {
      problem: `This is not a list of inbound trunks: ${isRule ? "it is a dispatch rule" : missing}.`,
    };
  }
  const trunks: Trunk[] = [];
  for (const [at, item] of items.entries()) {
    const trunk = trunkFromJson(isObject(item) && isObject(item["trunk"]) ? item["trunk"] : item);
    if (typeof trunk === "string") return { problem: `Trunk ${at + 1} ${trunk}.` };
    trunks.push(trunk);
  }
  const isListed = ({ id }: Trunk): boolean => id !== "";
  return { trunks: trunks.filter(isListed), unlisted: trunks.filter((trunk) => !isListed(trunk)) };
}

/** `{}` is how protobuf's JSON writes an empty list. */
function itemsOf(json: JsonValue): JsonValue[] | undefined {
  if (Array.isArray(json)) return json;
  if (!isObject(json)) return undefined;
  const keys = Object.keys(json);
  if (keys.length === 0) return [];
  const items = Object.hasOwn(json, "items") ? json["items"] : undefined;
  if (Array.isArray(items)) return items;
  const isRequest = Object.hasOwn(json, "trunk") && isObject(json["trunk"]);
  return isRequest || keys.some((key) => SPELLINGS.get(key) === "id") ? [json] : undefined;
}

const SPELLINGS: ReadonlyMap<string, Exclude<keyof Trunk, "path">> = new Map([
  ["sipTrunkId", "id"],
  ["sip_trunk_id", "id"],
  ["name", "name"],
  ["numbers", "numbers"],
  ["allowedNumbers", "allowedNumbers"],
  ["allowed_numbers", "allowedNumbers"],
  ["allowedAddresses", "allowedAddresses"],
  ["allowed_addresses", "allowedAddresses"],
]);

const LISTS = ["numbers", "allowedNumbers", "allowedAddresses"] as const;

/** Keys that a dispatch rule has, or the request that creates one. */
const OF_RULES: ReadonlySet<string> = new Set(
  "rule dispatch_rule dispatchRule trunk_ids trunkIds sip_dispatch_rule_id sipDispatchRuleId".split(" "),
);

/** The trunk, or what is wrong with it. A null leaves a field unset. */
function trunkFromJson(json: JsonValue): Trunk | string {
  if (!isObject(json)) return "is not an object";
  const trunk: Trunk = { id: "", name: "", numbers: [], allowedNumbers: [], allowedAddresses: [] };
  const set = new Set<keyof Trunk>();
  for (const [key, value] of Object.entries(json)) {
    if (key === "address") return "has an address to call, so it is an outbound trunk";
    if (OF_RULES.has(key)) return "is a dispatch rule";
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
  const isTrunk = trunk.id !== "" || LISTS.some((field) => set.has(field));
  return isTrunk ? trunk : "has neither a sipTrunkId nor numbers";
}

function isStrings(json: JsonValue): json is string[] {
  return Array.isArray(json) && json.every((item) => typeof item === "string");
}
