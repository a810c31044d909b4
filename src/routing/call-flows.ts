import type { SIPDispatchRuleInfo } from "../gen/livekit/livekit_sip_pb.ts";
import { groupBy } from "../rule/group-by.ts";
import { letInBy } from "./acceptance.ts";
import { allRefusals, type ServerRefusal } from "./conflicts.ts";
import { firstOf, placesOf } from "./precedence.ts";
import type { Server } from "../rule/server.ts";
import { storedRule } from "./stored-rule.ts";
import { type Box, merged } from "./call-boxes.ts";
import { type Candidate, regionsOf } from "./call-regions.ts";
import { allBut, ANY, only, type Selection } from "./selection.ts";
import { type Treatment, treatmentOf } from "./treatment.ts";

/** A rule before and after; one of the two is missing for a rule that is new or gone. */
export interface RuleChange {
  before: SIPDispatchRuleInfo | undefined;
  after: SIPDispatchRuleInfo | undefined;
  /** Rules of different environments are never on one server. Those that name none are one more environment. */
  environment?: string | undefined;
}

/** A rule of the changes that were compared, by its place among them. */
export type RuleNumber = number;

/** The result of a call in one of the two sets. */
export type CallOutcome =
  /** A rule takes it; `asked`: once the caller has entered the rule's PIN. */
  | { kind: "taken"; rule: RuleNumber; asked: boolean }
  /** The rule asks the caller for a PIN, and none takes the one that was entered. */
  | { kind: "wrong-pin"; rule: RuleNumber }
  | { kind: "no-rule" };

/** Calls that go elsewhere, or are treated in another way; the boxes do not overlap. */
export interface Flow {
  boxes: Box[];
  before: CallOutcome;
  after: CallOutcome;
}

/** `letIn`: the server doesn't notice the conflict when it updates a rule, and then fails every call for both. */
type NewRefusal = ServerRefusal<RuleNumber> & { letIn: boolean };

/** The differences for calls between two sets of rules. */
export interface CallDifference {
  flows: Flow[];
  /** The treatment of a call by each rule that takes it, before and after. */
  treatments: { before: Treatment | undefined; after: Treatment | undefined }[];
  /** Numbers that go from one filter to the other. No call from one of them to another is among the flows. */
  moved: ReadonlySet<string>;
  /** The rules that a server refuses beside an earlier one, and that it did not refuse before. */
  newRefusals: NewRefusal[];
  /** Those that it refused before. They are compared beside those with which they get along. */
  oldRefusals: ServerRefusal<RuleNumber>[];
  /** How many numbers and trunks were left out, because there were too many to compare. */
  cut: number;
}

/**
 * Compares what a server does with calls that holds the rules before, and then the rules after. A rule that it refuses
 * to create takes no calls. The rules of each environment are compared by themselves, and rules that are in conflict
 * before are taken for rules of several servers. Pure, and bounded in time: what was left out is counted.
 */
export function compareCalls(
  changes: readonly RuleChange[],
  server: Server,
  mostSteps?: number,
): CallDifference {
  const rules = changes.map(({ before, after }) => sameIds(before, after));
  const treatments = rules.map(({ before, after }) => ({
    before: before && treatmentOf(before),
    after: after && treatmentOf(after),
  }));
  const all = rules.map((rule, number) => sidesOf(rule, number, server));
  const moved = new Set<string>();
  const difference: CallDifference = {
    flows: [],
    treatments,
    moved,
    newRefusals: [],
    oldRefusals: [],
    cut: 0,
  };
  for (const sides of groupBy(all, ({ number }) => changes[number]?.environment).values()) {
    const movedHere = movedNumbers(sides);
    for (const number of movedHere) moved.add(number);
    const refusals = { before: refusalsOf(sides, "before"), after: refusalsOf(sides, "after") };
    const known = new Set(refusals.before.map(wordsOf));
    for (const refusal of refusals.before) difference.oldRefusals.push(refusal);
    for (const refusal of refusals.after) {
      if (known.has(wordsOf(refusal))) continue;
      difference.newRefusals.push({ ...refusal, letIn: isLetIn(refusal, rules, server) });
    }
    for (const group of serversOf(sides, refusals.before)) {
      const those = group.length === sides.length ? refusals : undefined;
      const ranks = { before: ranksOf(group, "before", those), after: ranksOf(group, "after", those) };
      const { flows, cut } = flowsIn(group, ranks, treatments, movedHere, mostSteps);
      for (const flow of flows) difference.flows.push(flow);
      difference.cut += cut;
    }
  }
  return difference;
}

/** An id that only one side knows counts for both: ids decide between equal rules. */
function sameIds(
  before: SIPDispatchRuleInfo | undefined,
  after: SIPDispatchRuleInfo | undefined,
): RuleChange {
  const id = before?.sipDispatchRuleId || after?.sipDispatchRuleId || "";
  const identified = (info: SIPDispatchRuleInfo | undefined): SIPDispatchRuleInfo | undefined =>
    info && (info.sipDispatchRuleId || !id ? info : { ...info, sipDispatchRuleId: id });
  return { before: identified(before), after: identified(after) };
}

/**
 * Tells whether one of the two rules gets past the server's check when it is updated; both are known by their ids.
 */
function isLetIn(refusal: ServerRefusal<RuleNumber>, rules: readonly RuleChange[], server: Server): boolean {
  if (refusal.code !== "conflict") return false;
  const pairs = [
    [refusal.rule, refusal.other],
    [refusal.other, refusal.rule],
  ] as const;
  return pairs.some(([updated, other]) => {
    const { before, after } = rules[updated] ?? {};
    const beside = updated === other ? undefined : rules[other]?.after;
    if (!before?.sipDispatchRuleId || !after || beside?.sipDispatchRuleId === "") return false;
    const held = [before, ...(beside ? [beside] : [])].map((info, label) => ({ label, info }));
    return letInBy(held, { label: 0, info: after }, server) !== undefined;
  });
}

type When = "before" | "after";
type Side = ReturnType<typeof storedRule<RuleNumber>>;
interface Sides extends Partial<Record<When, Side>> {
  number: RuleNumber;
}

function sidesOf({ before, after }: RuleChange, number: RuleNumber, server: Server): Sides {
  return {
    number,
    ...(before && { before: storedRule({ label: number, info: before }, server) }),
    ...(after && { after: storedRule({ label: number, info: after }, server) }),
  };
}

/** Rules that stay are there already when the others are created. */
function refusalsOf(sides: readonly Sides[], when: When): ServerRefusal<RuleNumber>[] {
  const ordered =
    when === "before"
      ? sides
      : [...sides.filter(staysInItsPlace), ...sides.filter((side) => !staysInItsPlace(side))];
  return allRefusals(ordered.flatMap((side) => side[when] ?? [])).refusals;
}

function staysInItsPlace({ before, after }: Sides): boolean {
  const place = (side: Side): string => {
    const { called, calling, trunk, pin } = boxOf(side);
    return JSON.stringify([called, calling, trunk, pin]);
  };
  return before !== undefined && after !== undefined && place(before) === place(after);
}

function wordsOf(refusal: ServerRefusal<RuleNumber>): string {
  return refusal.code === "conflict" ? `${refusal.rule} ${refusal.other}` : `${refusal.rule}`;
}

/** Numbers that a rule lists in one filter before, and in the other after, and in none in both. */
function movedNumbers(sides: readonly Sides[]): Set<string> {
  const moved = new Set<string>();
  for (const { before, after } of sides) {
    if (!before || !after) continue;
    for (const [from, to, left] of [
      [before.calling, after.called, after.calling],
      [before.called, after.calling, after.called],
    ] as const) {
      const [there, stays] = [new Set(to), new Set(left)];
      for (const number of from) if (there.has(number) && !stays.has(number)) moved.add(number);
    }
  }
  return moved;
}

/** Of more servers than these the rules that are left are taken each alone. */
const MOST_SERVERS = 50;

/** The rules in groups that a server could hold together before: each joins the first in which it is not refused. */
function serversOf(sides: readonly Sides[], all: readonly ServerRefusal<RuleNumber>[]): Sides[][] {
  const groups: Sides[][] = [];
  let rest = [...sides];
  let refusals = all;
  while (rest.length > 0 && groups.length < MOST_SERVERS) {
    const refused = new Set(
      refusals.flatMap((one) => (one.code === "conflict" && !one.itself ? [one.rule] : [])),
    );
    groups.push(rest.filter(({ number }) => !refused.has(number)));
    rest = rest.filter(({ number }) => refused.has(number));
    refusals = refusalsOf(rest, "before");
  }
  return [...groups, ...rest.map((side) => [side])];
}

/**
 * A rule of one set or of both, with its place among the rules of each: of several that could take a call the lowest
 * does.
 */
interface Ranked extends Candidate {
  number: RuleNumber;
  before: number | undefined;
  after: number | undefined;
}

function flowsIn(
  group: readonly Sides[],
  ranks: Record<When, ReadonlyMap<RuleNumber, number>>,
  treatments: CallDifference["treatments"],
  moved: ReadonlySet<string>,
  mostSteps: number | undefined,
): { flows: Flow[]; cut: number } {
  const candidates = group.flatMap((sides): Ranked[] => {
    const { number } = sides;
    const [before, after] = [ranks.before.get(number), ranks.after.get(number)];
    const boxes = { before: sides.before && boxOf(sides.before), after: sides.after && boxOf(sides.after) };
    if (boxes.before && boxes.after && JSON.stringify(boxes.before) === JSON.stringify(boxes.after)) {
      const isHeldAlike = (before === undefined) === (after === undefined);
      const { before: was, after: is } = treatments[number] ?? {};
      const changed = !isHeldAlike || JSON.stringify(was) !== JSON.stringify(is);
      return [{ ...boxes.before, number, before, after, changed }];
    }
    return [
      ...(boxes.before ? [{ ...boxes.before, number, before, after: undefined, changed: true }] : []),
      ...(boxes.after ? [{ ...boxes.after, number, before: undefined, after, changed: true }] : []),
    ];
  });
  const isHeld = ({ before, after }: Ranked): boolean => before !== undefined || after !== undefined;
  const { regions, cut } = regionsOf(candidates.filter(isHeld), moved, mostSteps);
  const flows = new Map<string, Flow>();
  for (const { called, calling, trunk, candidates: rules } of regions) {
    for (const pin of pinsOf(rules)) {
      const [before, after] = [outcomeOf(rules, "before", pin), outcomeOf(rules, "after", pin)];
      if (isSame(before, after, treatments)) continue;
      const key = JSON.stringify([before, after]);
      const flow = flows.get(key) ?? { boxes: [], before, after };
      flows.set(key, flow);
      flow.boxes.push({ called, calling, trunk, pin });
    }
  }
  return { flows: [...flows.values()].map((flow) => ({ ...flow, boxes: merged(flow.boxes) })), cut };
}

/**
 * The rules of the group that a server holds, which are those that it did not refuse to create, in the order in which
 * it prefers them.
 */
function ranksOf(
  group: readonly Sides[],
  when: When,
  refusals: Record<When, readonly ServerRefusal<RuleNumber>[]> | undefined,
): Map<RuleNumber, number> {
  const refused = new Set((refusals?.[when] ?? refusalsOf(group, when)).map(({ rule }) => rule));
  const held = group.flatMap((sides) => (refused.has(sides.number) ? [] : (sides[when] ?? [])));
  return placesOf(held);
}

/** Returns which calls a rule takes, and what decides between it and others. */
function boxOf({ called, calling, trunk, pin, kind, room }: Side) {
  const lists = { called: called.toSorted(), calling: calling.toSorted(), trunk: trunk.toSorted() };
  return { ...lists, pin, kind, room };
}

/** Returns what a caller may enter, as far as it makes a difference for one of the two sets. */
function pinsOf(rules: readonly Ranked[]): Selection[] {
  const asks = (when: When): boolean => (firstOf(rules, (rule) => rule[when])?.pin ?? "") !== "";
  if (!asks("before") && !asks("after")) return [ANY];
  const pins = [...new Set(rules.map(({ pin }) => pin))].filter((pin) => pin !== "");
  return [...pins.map((pin) => only([pin])), allBut(pins)];
}

/**
 * Returns what becomes of a call in whose region these rules are. The first rule decides whether a PIN is asked for;
 * the one that was entered then leaves the rules with that PIN. Source: protocol sip/sip.go at v1.50.4,
 * MatchDispatchRuleIter.
 */
function outcomeOf(rules: readonly Ranked[], when: When, pin: Selection): CallOutcome {
  const first = firstOf(rules, (rule) => rule[when]);
  if (!first) return { kind: "no-rule" };
  if (first.pin === "") return { kind: "taken", rule: first.number, asked: false };
  const entered = pin.isRest ? undefined : pin.values[0];
  const second = firstOf(
    rules.filter((rule) => rule.pin === entered),
    (rule) => rule[when],
  );
  return second
    ? { kind: "taken", rule: second.number, asked: true }
    : { kind: "wrong-pin", rule: first.number };
}

/** Tells whether two outcomes are the same for whoever calls. Which rule it is does not matter to them. */
function isSame(before: CallOutcome, after: CallOutcome, treatments: CallDifference["treatments"]): boolean {
  if (before.kind !== "taken" || after.kind !== "taken") {
    return before.kind !== "taken" && after.kind !== "taken";
  }
  const [was, is] = [treatments[before.rule]?.before, treatments[after.rule]?.after];
  const same = (name: keyof Treatment): boolean => JSON.stringify(was?.[name]) === JSON.stringify(is?.[name]);
  return before.asked === after.asked && same("room") && same("agents") && same("settings");
}
