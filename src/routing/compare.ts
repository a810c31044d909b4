import { type SIPDispatchRuleInfo, SIPDispatchRuleInfoSchema } from "../gen/livekit/livekit_sip_pb.ts";
import { Router } from "../rule/match.ts";
import { messageJson } from "../rule/message.ts";
import { roomPatternOf } from "../rule/room.ts";
import { NEWEST, type Server } from "../rule/server.ts";
import { type Rule, storedRule } from "../rule/stored.ts";
import {
  callOf,
  type CallClass,
  type Choice,
  dimensionsOf,
  type Dimensions,
  spelled,
  withinBounds,
} from "./calls.ts";

/** Rules at one time, in one reading. The label names a rule for a person. */
export type RuleSet = readonly Rule<string>[];

/** Calls that are routed alike before, and alike after. */
export interface CallChange {
  /** The values that belong to it, of each dimension; `any` where the dimension plays no part. */
  calls: { [Name in keyof Dimensions]: Choice[] | "any" };
  /** What happened to them, one outcome for each set that was compared. */
  outcomes: CallOutcome[];
}

/** What becomes of a call, for a person. */
export type CallOutcome =
  /** Rules with the same `treatment` do the same with a call beyond its room: agents, attributes, metadata, media. */
  | { kind: "room"; rule: string; room: string; pin: boolean; treatment: number }
  | { kind: "no-rule" }
  /** The caller is asked for a PIN, and no rule takes the one that was entered. */
  | { kind: "wrong-pin" }
  /** The server can't evaluate the rules, so every call fails. */
  | { kind: "refused" };

/**
 * Compares what several sets of rules do with the calls that matter to any of them, and gives those calls for which
 * `differs` finds the outcomes unequal, put together where they are treated alike. `cut` is how many numbers, trunks
 * and PINs were left out because there were too many.
 */
export function compareCalls(
  sets: readonly RuleSet[],
  differs: (outcomes: readonly CallOutcome[]) => boolean,
  server: Server = NEWEST,
): { changes: CallChange[]; cut: number } {
  const infos = sets.flatMap((set) => set.map((rule) => rule.info));
  const { dimensions: all, alike } = dimensionsOf(infos);
  const { dimensions, cut } = withinBounds(all);
  const treatments = new Map<string, number>();
  const judges = sets.map((set) => judgeOf(set, server, treatments));
  const outcomesOf = (call: CallClass): CallOutcome[] => judges.map((judge) => judge(call));
  return { changes: split(dimensions, alike, outcomesOf).filter((change) => differs(change.outcomes)), cut };
}

/** Whether two outcomes are the same for whoever calls. Which rule it is does not matter to them. */
export function sameOutcome(a: CallOutcome | undefined, b: CallOutcome | undefined): boolean {
  if (a?.kind === "room" && b?.kind === "room")
    return a.room === b.room && a.pin === b.pin && a.treatment === b.treatment;
  return a?.kind === b?.kind;
}

/** Whether a call ends elsewhere. A caller with a wrong PIN gets nowhere, as one whom no rule takes. */
export function goesElsewhere(before: CallOutcome | undefined, now: CallOutcome | undefined): boolean {
  const nowhere = ["no-rule", "wrong-pin"];
  const stays = nowhere.includes(before?.kind ?? "") && nowhere.includes(now?.kind ?? "");
  return !stays && !sameOutcome(before, now);
}

function judgeOf(
  set: RuleSet,
  server: Server,
  treatments: Map<string, number>,
): (call: CallClass) => CallOutcome {
  const router = new Router(set, server);
  const byLabel = new Map(set.map((rule) => [rule.label, rule.info]));
  const rooms = new Map<string, { room: string; treatment: number }>();
  const roomOf = (label: string, pin: boolean): CallOutcome => {
    const info = byLabel.get(label);
    const found = rooms.get(label) ?? {
      room: info ? roomPatternOf(storedRule({ label, info }, server)) : "",
      treatment: info ? treatmentOf(info, treatments) : -1,
    };
    rooms.set(label, found);
    return { kind: "room", rule: label, ...found, pin };
  };
  return (call) => {
    const first = router.take(callOf(call));
    if (first.outcome === "refused") return { kind: "refused" };
    if (first.outcome === "no-match") return { kind: "no-rule" };
    if (!first.winner.asksForPin) return roomOf(first.winner.rule, false);
    const second = router.take({ ...callOf(call), pin: spelled(call.pin) });
    if (second.outcome !== "winner") return { kind: "wrong-pin" };
    return roomOf(second.winner.rule, true);
  };
}

/** The number of what the rule says of a call beyond which it takes and into what room; a new one for what is new. */
function treatmentOf(info: SIPDispatchRuleInfo, known: Map<string, number>): number {
  const said = messageJson(SIPDispatchRuleInfoSchema, info);
  for (const name of ELSEWHERE) delete said[name];
  const text = JSON.stringify(said, (_, value: unknown) => sorted(value));
  const number = known.get(text) ?? known.size;
  known.set(text, number);
  return number;
}

/** What names a rule, or says which calls it takes and into what room. */
const ELSEWHERE = [
  "sip_dispatch_rule_id",
  "name",
  "rule",
  "trunk_ids",
  "inbound_numbers",
  "numbers",
  "created_at",
  "updated_at",
];

/** The order in which a map is written says nothing. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const ORDER = ["called", "calling", "trunk", "pin"] as const;

/**
 * Puts calls together that are treated alike. One dimension after the other, values that make no difference among
 * all remaining calls are merged; where all of a dimension's values are, it plays no part.
 */
function split(
  dimensions: Dimensions,
  alike: ReadonlyMap<Choice, readonly string[]>,
  outcomesOf: (call: CallClass) => CallOutcome[],
): CallChange[] {
  const chosen: Partial<CallClass> = {};
  const table = (remaining: readonly (keyof Dimensions)[]): Node => {
    const [name, ...rest] = remaining;
    if (name === undefined) {
      const outcomes = outcomesOf(chosen as CallClass);
      return { key: JSON.stringify(outcomes), outcomes };
    }
    const groups = new Map<string, { values: Choice[]; node: Node }>();
    for (const value of dimensions[name]) {
      // No number calls itself, but one may call another that it stands for.
      if (name === "calling" && value === chosen.called && alike.get(value)?.length === 1) continue;
      chosen[name] = value;
      const node = table(rest);
      const group = groups.get(node.key);
      if (group) group.values.push(value);
      else groups.set(node.key, { values: [value], node });
    }
    const all = [...groups.values()];
    const key =
      all.length === 1
        ? (all[0]?.node.key ?? "")
        : JSON.stringify(all.map(({ values, node }) => [values.map(spelled), node.key]));
    return { key, name, groups: all };
  };
  const named = (choices: Choice[] | "any"): Choice[] | "any" =>
    choices === "any"
      ? choices
      : choices.flatMap((choice): readonly Choice[] => alike.get(choice) ?? [choice]);
  return merged(leaves(table(ORDER), {})).map(({ calls, outcomes }) => ({
    outcomes,
    calls: { ...calls, called: named(calls.called), calling: named(calls.calling) },
  }));
}

type Node = { key: string } & (
  | { outcomes: CallOutcome[] }
  | { name: keyof Dimensions; groups: { values: Choice[]; node: Node }[] }
);

function leaves(node: Node, calls: Partial<CallChange["calls"]>): CallChange[] {
  if ("outcomes" in node) {
    return [
      {
        calls: { called: "any", calling: "any", trunk: "any", pin: "any", ...calls },
        outcomes: node.outcomes,
      },
    ];
  }
  return node.groups.flatMap(({ values, node: inner }) =>
    leaves(inner, { ...calls, [node.name]: node.groups.length === 1 ? "any" : values }),
  );
}

/** Calls to several numbers that are alike in all else: each was looked at with other callers than itself. */
function merged(changes: readonly CallChange[]): CallChange[] {
  const byRest = new Map<string, CallChange>();
  for (const change of changes) {
    const { called, ...rest } = change.calls;
    const words = Object.values(rest).map((choices) => (choices === "any" ? choices : choices.map(spelled)));
    const key = JSON.stringify([words, change.outcomes]);
    const alike = byRest.get(key);
    if (alike && alike.calls.called !== "any" && called !== "any") {
      alike.calls = { ...alike.calls, called: [...alike.calls.called, ...called] };
    } else if (!alike) {
      byRest.set(key, change);
    }
  }
  return [...byRest.values()];
}
