import { clone, create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type SIPDispatchRule,
  type SIPDispatchRuleInfo,
  SIPDispatchRuleInfoSchema,
  type SIPDispatchRuleSchema,
} from "../../src/gen/livekit/livekit_sip_pb.ts";
import type { Call } from "../../src/routing/call.ts";
import { normalizeNumber } from "../../src/routing/normalize-number.ts";
import type { Random } from "./random.ts";

// Few values, so that rules often overlap; most spellings of two numbers, some values that are no numbers.
const NUMBERS = [
  "+15550100",
  "15550100",
  "+1 (555) 0100",
  "+15550101",
  "15550101",
  "+15550102",
  "+15550103",
  "+15550104",
];
export const ODD_NUMBERS = [
  "",
  "+",
  "-",
  "()",
  "alice",
  "+1555010O",
  "++15550100",
  " 15550100",
  "+15550100\n",
  "\n15550100",
  "1555\u00a00100",
  "\uff11\uff15",
  "\u0661",
  "1555\u2010 0100",
  "+1.555.0100",
  "*67 15550100",
  "anonymous",
  "\u{1f4de}",
  "caf\u00e9",
];
const TRUNKS = ["ST_a", "ST_b", "ST_c"];
const PINS = ["1234", "0000", "12 34"];
// Many ties, and two rooms that JavaScript and Go order differently.
const COMMON_ROOMS = ["a", "a", "a", "\uffee", "\u{1f4de}"];
const ROOMS = ["", "a", "b", "b-", "B", "\u{1f4de}", "\uffee", "\u00e9"];

export function number(random: Random): string {
  return random.chance(0.93) ? random.pick(NUMBERS) : random.pick(ODD_NUMBERS);
}

/** A list of values; often empty, seldom with a value twice, which makes a rule conflict with itself. */
function list(random: Random, empty: number, value: () => string): string[] {
  if (random.chance(empty)) return [];
  const values = Array.from({ length: 1 + random.below(3) }, value);
  if (random.chance(0.03)) return values;
  return values.filter((one, at) => at === values.findIndex((other) => sameNumber(one, other)));
}

function sameNumber(a: string, b: string): boolean {
  return normalizeNumber(a) === normalizeNumber(b);
}

/** Rules with different ids, in no order. Many are like another one but for a single thing. */
export function ruleSet(random: Random, most: number): SIPDispatchRuleInfo[] {
  const rules: SIPDispatchRuleInfo[] = [];
  const count = 1 + random.below(most);
  for (let at = 0; at < count; at++) {
    const id = `SDR_${"bAaZ0_"[at % 6]}${at}`;
    rules.push(at > 0 && random.chance(0.4) ? rival(random, random.pick(rules), id) : rule(random, id));
  }
  return random.shuffled(rules);
}

function rival(random: Random, other: SIPDispatchRuleInfo, sipDispatchRuleId: string): SIPDispatchRuleInfo {
  const copy = clone(SIPDispatchRuleInfoSchema, other);
  const fresh = rule(random, sipDispatchRuleId);
  copy.sipDispatchRuleId = sipDispatchRuleId;
  const kind = copy.rule?.rule;
  switch (random.below(5)) {
    case 0:
    case 1:
      if (kind?.value) kind.value.pin = random.pick(PINS);
      break;
    case 2:
      [copy.numbers, copy.inboundNumbers] = [copy.inboundNumbers, copy.numbers];
      break;
    case 3:
      copy.trunkIds = fresh.trunkIds;
      break;
    default:
      copy.numbers = fresh.numbers;
  }
  if (kind?.value && random.chance(0.4)) setRoom(kind, random.pick(COMMON_ROOMS));
  return copy;
}

function setRoom(kind: SIPDispatchRule["rule"], room: string): void {
  if (kind.case === "dispatchRuleDirect") kind.value.roomName = room;
  else if (kind.case) kind.value.roomPrefix = room;
}

export function rule(random: Random, sipDispatchRuleId: string): SIPDispatchRuleInfo {
  const kind = ruleKind(random);
  return create(SIPDispatchRuleInfoSchema, {
    sipDispatchRuleId,
    name: random.chance(0.5) ? "" : `name ${sipDispatchRuleId}`,
    ...(kind && { rule: kind }),
    trunkIds: list(random, 0.45, () => (random.chance(0.01) ? "" : random.pick(TRUNKS))),
    inboundNumbers: list(random, 0.6, () => number(random)),
    numbers: list(random, 0.5, () => number(random)),
    hidePhoneNumber: random.chance(0.2),
  });
}

function ruleKind(random: Random): MessageInitShape<typeof SIPDispatchRuleSchema> | undefined {
  const room = random.pick(random.chance(0.7) ? COMMON_ROOMS : ROOMS);
  const pin = random.chance(0.65) ? "" : random.pick(PINS);
  const flag = random.chance(0.5);
  switch (random.below(random.chance(0.02) ? 5 : 3)) {
    case 0:
      return { rule: { case: "dispatchRuleDirect", value: { roomName: room, pin } } };
    case 1:
      return {
        rule: { case: "dispatchRuleIndividual", value: { roomPrefix: room, pin, noRandomness: flag } },
      };
    case 2:
      return { rule: { case: "dispatchRuleCallee", value: { roomPrefix: room, pin, randomize: flag } } };
    case 3:
      return {};
    default:
      return undefined;
  }
}

/** A call, mostly with values that the rules mention. */
export function callFor(random: Random, rules: readonly SIPDispatchRuleInfo[]): Call {
  const wanted = rules[random.below(rules.length)];
  const one = (values: readonly string[] | undefined, other: () => string): string =>
    (random.chance(0.75) ? values?.[random.below(values.length)] : undefined) ?? other();
  const trunk = random.chance(0.3) ? "" : one(wanted?.trunkIds, () => random.pick(TRUNKS));
  const pin = wanted?.rule?.rule.value?.pin;
  return {
    calledNumber: one(wanted?.numbers, () => number(random)),
    callingNumber: random.chance(0.03) ? "" : one(wanted?.inboundNumbers, () => number(random)),
    ...(trunk !== "" && { trunk }),
    ...(random.chance(0.55) ? {} : { pin: one(pin ? [pin] : [], () => random.pick([...PINS, "", "9"])) }),
  };
}
