import type { JsonValue } from "@bufbuild/protobuf";
import type { JsonObject } from "../rule/message.ts";
import { isObject } from "../rule/value.ts";
import { agentName } from "./meaning.ts";

/** A value in a rule that differs, where it decides nothing about which calls the rule takes. */
export interface SettingChange {
  /** The fields and keys that lead to it, by proto names: `agents[phone-nyla].metadata.route`. */
  path: string;
  /** The names of the fields on the way, without the keys of maps and of metadata. */
  fields: string[];
  /** Undefined where it is not set. */
  before: JsonValue | undefined;
  after: JsonValue | undefined;
}

/** The fields that a table of a rule shows anyway: which calls it takes, into what room. */
const SHOWN_ELSEWHERE = ["rule", "trunk_ids", "inbound_numbers", "numbers", "room_config"];

/**
 * The settings in which two rules differ, each as one value with its path. They are given as `meaningOf` has them. An
 * agent that only one of them sends is none of them.
 */
export function settingsChanged(before: JsonObject, after: JsonObject): SettingChange[] {
  const found: SettingChange[] = [];
  compare("", [], settingsOf(before, after), settingsOf(after, before), found);
  return found;
}

/** What a rule says that no other row of its table shows, with its agents by their names, as far as the other has them. */
function settingsOf(rule: JsonObject, other: JsonObject): JsonObject {
  const { agents, ...room } = roomOf(rule);
  const theirs = agentsByName(roomOf(other)["agents"]);
  const both = [...agentsByName(agents)].filter(([name]) => theirs.has(name));
  const settings = Object.entries(rule).filter(([name]) => !SHOWN_ELSEWHERE.includes(name));
  return { ...Object.fromEntries(settings), agents: Object.fromEntries(both), room_config: room };
}

function roomOf({ room_config: room }: JsonObject): JsonObject {
  return isObject(room) ? room : {};
}

/** An agent without a name, or the second of one name, is called by its place among those alike. */
function agentsByName(agents: JsonValue | undefined): Map<string, JsonValue> {
  const found = new Map<string, JsonValue>();
  for (const agent of Array.isArray(agents) ? agents : []) {
    const name = agentName(agent) || '""';
    let label = name;
    for (let count = 2; found.has(label); count++) label = `${name} ${count}`;
    found.set(label, agent);
  }
  return found;
}

function compare(
  path: string,
  fields: string[],
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  found: SettingChange[],
): void {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if (isObject(before) && isObject(after)) {
    for (const key of Object.keys({ ...before, ...after })) {
      const named = path === "agents" ? `[${key}]` : `[${JSON.stringify(key)}]`;
      const step = path !== "agents" && /^[\w-]+$/.test(key) ? `.${key}` : named;
      const inner = path === "" ? key : `${path}${step}`;
      compare(inner, [...fields, key], before[key], after[key], found);
    }
    return;
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    for (const [index, item] of before.entries())
      compare(`${path}[${index}]`, fields, item, after[index], found);
    return;
  }
  found.push({ path, fields, before, after });
}
