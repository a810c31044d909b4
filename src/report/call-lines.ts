import { type Box, type Dimension, wholeOf } from "../routing/call-boxes.ts";
import type { CallDifference, RuleNumber } from "../routing/call-flows.ts";
import { isEvery, keyOf, type Selection } from "../routing/selection.ts";
import type { ComparedCalls, Part } from "../routing/call-shares.ts";
import { pinOf } from "../routing/stored-rule.ts";
import { counted } from "../rule/count-words.ts";
import { REDACTED } from "./redact.ts";
import { atMost, labelLines } from "./layout.ts";
import { answerInWords } from "./rule-rows.ts";
import { type Shown, visible } from "./style.ts";
import { agentsInWords, itemsInWords } from "./value-words.ts";

/** The values that the lines about calls are made of. */
export interface CallContext extends ComparedCalls, Shown {
  /** How a rule is called where another one is talked about. */
  nameOf: (rule: RuleNumber) => string;
  /** How the time before is called. */
  before: "before" | "today";
}

/** Of more kinds of calls in one line the rest is counted. */
const MOST_PARTS = 3;
/** Of more numbers in one place the rest is counted. */
const MOST_NUMBERS = 4;

/** Which calls a rule gains, loses and treats in another way: at most one line of each, broken where it is long. */
export function callLines(rule: RuleNumber, context: CallContext): string[] {
  const { style } = context;
  const { gains = [], loses = [], changes = [] } = context.shares[rule] ?? {};
  const line = (
    mark: string,
    label: string,
    parts: readonly Part[],
    words: (part: Part) => string[],
  ): string[] => {
    const text = atMost(parts.flatMap(words), MOST_PARTS, otherKinds).join("; ");
    if (text === "") return [];
    const colour = mark === "+" ? "green" : mark === "−" ? "red" : "yellow";
    return labelLines(label, text, style, mark).map((one) => style.paint(colour, one));
  };
  return [
    ...line("+", "gains", gains, (part) => [
      `${boxesInWords(part.boxes, rule, context)} (${context.before}: ${takerInWords(part.from, "before", part, context)})`,
    ]),
    ...line("−", "loses", loses, (part) => [
      `${boxesInWords(part.boxes, rule, context)} (then: ${takerInWords(part.to, "after", part, context)})`,
    ]),
    ...line("~", "changes", changes, (part) => {
      const what = treatedInWords(rule, context);
      return what === "" ? [] : [`${boxesInWords(part.boxes, rule, context)}: ${what}`];
    }),
  ];
}

/** The rule that takes calls before or after, and what becomes of them there. */
function takerInWords(
  rule: RuleNumber | undefined,
  when: "before" | "after",
  { examples }: Part,
  context: CallContext,
): string {
  if (rule === undefined) return "no rule";
  const name = context.nameOf(rule);
  return examples.some(({ reached }) => reached[when])
    ? `${name}, ${answerOf(rule, when, context)}`
    : `${name} asks for a PIN that no rule has`;
}

/** The room into which a rule leads, and who answers there. */
export function answerOf(rule: RuleNumber, when: "before" | "after", { difference }: CallContext): string {
  const { room = "", agents = [], pin = "" } = difference.treatments[rule]?.[when] ?? {};
  const answer = answerInWords({ room, agents });
  return pin === "" ? answer : `${answer}, after its PIN`;
}

/** Says how a rule treats a call that it took before and takes after; empty where only settings differ. */
function treatedInWords(rule: RuleNumber, { difference }: CallContext): string {
  const { before, after } = difference.treatments[rule] ?? {};
  if (!before || !after) return "";
  const agents = (of: typeof before): string => agentsInWords(of.agents);
  return [
    ...(before.room === after.room ? [] : [`room ${visible(before.room)} → ${visible(after.room)}`]),
    ...(agents(before) === agents(after) ? [] : [`${agents(before)} → ${agents(after)}`]),
    ...(before.pin === after.pin
      ? []
      : [after.pin === "" ? "no PIN asked" : before.pin === "" ? "a PIN asked" : "another PIN asked"]),
  ].join("; ");
}

/** Calls in words. What is the rule's own, its trunks and its PIN, is not said again. */
function boxesInWords(boxes: readonly Box[], rule: RuleNumber, context: CallContext): string {
  const inList = (said: readonly string[]): string => atMost(said, 2, otherKinds).join(" and ");
  const { whole, except } = wholeOf(boxes) ?? { except: [] };
  const left = except.map((box) => boxInWords(box, rule, context, whole));
  // What tells an exception apart may be the rule's own PIN, which is not said.
  return whole && !left.includes("")
    ? `${boxInWords(whole, rule, context)}, except ${inList(left)}`
    : inList(boxes.map((box) => boxInWords(box, rule, context)));
}

function otherKinds(count: number): string {
  return counted(count, "other kind of calls", "other kinds of calls");
}

/** `whole` are the calls of which these are excepted: what both have in common is not said again. */
function boxInWords(box: Box, rule: RuleNumber, context: CallContext, whole?: Box): string {
  const own = ownOf(rule, context);
  const differs = (dimension: Dimension): boolean =>
    whole === undefined || keyOf(box[dimension]) !== keyOf(whole[dimension]);
  const party = (dimension: "called" | "calling", word: string): string[] =>
    differs(dimension) && !isEvery(box[dimension])
      ? [`${word} ${numbersInWords(box[dimension], own.numbers, context)}`]
      : [];
  const [to, from] = [party("called", "to"), party("calling", "from")];
  const numbers = box.called.isRest && !box.calling.isRest ? [...from, ...to] : [...to, ...from];
  const calls = numbers.length === 0 ? ["all calls"] : ["calls", ...numbers];
  return [
    ...(whole === undefined ? calls : numbers),
    ...(differs("trunk") ? trunksInWords(box.trunk, own.trunks) : []),
    ...(differs("pin") ? pinInWords(box.pin, own.pins, context.redact) : []),
  ].join(" ");
}

/** Returns what a rule says of itself, on both sides: the trunks only where they are the same. */
function ownOf(
  rule: RuleNumber,
  { rules }: CallContext,
): { numbers: ReadonlySet<string>; trunks: { before: string[]; after: string[] }; pins: string[] } {
  const { before, after } = rules[rule] ?? {};
  const sides = [before, after].flatMap((info) => info ?? []);
  return {
    numbers: new Set(sides.flatMap((info) => [...info.numbers, ...info.inboundNumbers])),
    trunks: {
      before: (before ?? after)?.trunkIds.toSorted() ?? [],
      after: (after ?? before)?.trunkIds.toSorted() ?? [],
    },
    pins: sides.map(pinOf),
  };
}

function numbersInWords(
  { values, isRest }: Selection,
  own: ReadonlySet<string>,
  { difference }: CallContext,
): string {
  if (!isRest) return valuesInWords(values);
  const isKnown = areAllMoved(values, difference) || values.every((value) => own.has(value));
  return isKnown ? "other numbers" : `any number but ${valuesInWords(values)}`;
}

/** Kept, because many rules leave out the same numbers, which may be a million. */
function areAllMoved(values: readonly string[], { moved }: CallDifference): boolean {
  let known = allMoved.get(values);
  if (known === undefined) allMoved.set(values, (known = values.every((value) => moved.has(value))));
  return known;
}
const allMoved = new WeakMap<readonly string[], boolean>();

function trunksInWords(
  { values, isRest }: Selection,
  { before, after }: { before: string[]; after: string[] },
): string[] {
  const isSame = JSON.stringify(before) === JSON.stringify(after);
  if (isRest) {
    if (values.length === 0) return isSame && after.length === 0 ? [] : ["over any trunk or none"];
    const own = new Set([...before, ...after]);
    const isKnown = values.every((value) => own.has(value));
    return isKnown
      ? ["over any other trunk or none"]
      : [`over no trunk, or any but ${valuesInWords(values.toSorted())}`];
  }
  if (isSame && JSON.stringify(values.toSorted()) === JSON.stringify(after)) return [];
  return [`over ${valuesInWords(values.toSorted())}`];
}

function valuesInWords(values: readonly string[]): string {
  return itemsInWords(values.map(visible), MOST_NUMBERS);
}

function pinInWords({ values, isRest }: Selection, own: readonly string[], redact: boolean): string[] {
  if (isRest) return values.length === 0 ? [] : ["with another PIN"];
  const others = values.filter((pin) => !own.includes(pin));
  if (others.length === 0) return [];
  return [`with PIN ${redact ? REDACTED : valuesInWords(values)}`];
}
