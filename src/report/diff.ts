import type { RuleNumber } from "../routing/flows.ts";
import { meaningOf, spelledOtherwise } from "../routing/meaning.ts";
import type { Pair } from "../routing/pairs.ts";
import { settingsChanged } from "../routing/settings.ts";
import type { Share } from "../routing/shares.ts";
import { counted, grouped } from "../rule/counted.ts";
import type { JsonObject } from "../rule/message.ts";
import { routingOfInfo } from "../rule/routing.ts";
import { type CallContext, callLines } from "./call-lines.ts";
import {
  callContext,
  type Comparison,
  isSamePair,
  nameOfPair,
  nameWithPlace,
  placeOfPair,
  verdictOf,
} from "./comparison.ts";
import { difference as jsonDifference } from "./difference.ts";
import { otherServersRemark, refusalLines } from "./refusal-words.ts";
import { redactJson } from "./redact.ts";
import { alarmsOf, docsLines, ruleRows, wholeRow } from "./rule-rows.ts";
import { type Style, wrapWords } from "./style.ts";
import { hasTestCalls, ON_CLOUD, testCallLines } from "./test-calls.ts";
import { agentsInWords } from "./value-words.ts";

export interface DiffOptions {
  redact: boolean;
  /** Every rule that differs also as JSON. */
  jsonDiff: boolean;
  /** Whether the rules are for LiveKit Cloud. */
  cloud: boolean;
}

/** A rule that differs, with all that is to be said of it. */
interface Changed {
  number: RuleNumber;
  pair: Pair;
  name: string;
  place: string;
  alarms: string[];
  verdict: string;
}

/**
 * What a server refuses, then each rule that differs: what a reviewer must not miss first, then the calls that it gains,
 * loses and treats in another way. One line where nothing differs.
 */
export function diffReport(comparison: Comparison, style: Style, options: DiffOptions): string {
  const { pairs, difference, shares, skipped } = comparison;
  const context = callContext(comparison, options.redact);
  const changed = pairs
    .flatMap((pair, number) => (isSamePair(pair) ? [] : [changedOf(pair, number, comparison)]))
    .toSorted((a, b) => urgency(b) - urgency(a));
  const refusals = refusalLines(difference, context.nameOf, style, options.redact);
  const blocks = changed.map((one) => blockOf(one, shares[one.number], context, style, options).join("\n"));
  const overview =
    changed.length < MOST_WITHOUT_OVERVIEW
      ? []
      : [overviewOf(changed, pairs.length - skipped, style).join("\n")];
  const remarks = remarksOf(comparison, options.cloud).flatMap((text) => wrapWords(text, style.width));
  const total = style.paint("bold", totalOf(changed, pairs.length - skipped));
  const tests = testCallLines(shares, context, style, { cloud: options.cloud, verbose: false });
  return `${[
    ...(refusals.length > 0 ? [refusals.join("\n")] : []),
    ...overview,
    ...blocks,
    ...(tests.length > 0 ? [tests.join("\n")] : []),
    [total, ...remarks].join("\n"),
  ].join("\n\n")}\n`;
}

/** With as many rules that differ, what is to be said stands in a line each before all else. */
const MOST_WITHOUT_OVERVIEW = 3;
const MOST_IN_OVERVIEW = 10;

function changedOf(pair: Pair, number: RuleNumber, { difference, shares }: Comparison): Changed {
  const { before, after } = pair;
  const alarms = before && after ? alarmsOf(routingOfInfo(before.info), routingOfInfo(after.info)) : [];
  return {
    number,
    pair,
    name: nameOfPair(pair),
    place: placeOfPair(pair),
    alarms,
    verdict: difference.newRefusals.some(({ rule }) => rule === number)
      ? "refused"
      : verdictOf(pair, shares[number], difference.treatments[number]),
  };
}

function urgency({ alarms, verdict }: Changed): number {
  return verdict === "refused"
    ? 4
    : alarms.length > 0
      ? 3
      : verdict === "calls change"
        ? 2
        : /^same calls$|settings/.test(verdict)
          ? 0
          : 1;
}

function blockOf(
  { number, pair, name, place, verdict }: Changed,
  share: Share | undefined,
  context: CallContext,
  style: Style,
  { redact, jsonDiff }: DiffOptions,
): string[] {
  const { before, after } = pair;
  const only = after ?? before;
  const rows =
    before && after
      ? ruleRows(
          routingOfInfo(before.info),
          routingOfInfo(after.info),
          settingsChanged(meaningOf(before.info, after.info), meaningOf(after.info, before.info)),
          style,
          { redact },
        ).concat(
          docsLines(
            routingOfInfo(before.documented),
            routingOfInfo(before.info),
            routingOfInfo(after.info),
            style,
          ),
        )
      : only
        ? wholeRow(routingOfInfo(only.info), style)
        : [];
  const calls = share ? callLines(share, number, context, style) : [];
  const json = jsonDiff
    ? jsonDifference(infoOf(pair, "before", redact), infoOf(pair, "after", redact), style)
    : [];
  return [
    headingLine(name, place, verdict, style),
    ...rows,
    ...(calls.length > 0 ? ["", ...calls] : []),
    ...(json.length > 0 ? ["", ...json.map((line) => `  ${line}`)] : []),
  ];
}

/** The name and the place, and at the end of the line, or of the next, what it comes to. */
function headingLine(name: string, place: string, verdict: string, style: Style): string {
  const heading = `${name}  ${place}`;
  const bold = style.paint("bold", heading);
  const room = style.width - heading.length - verdict.length;
  return room >= 2
    ? bold + " ".repeat(room) + verdict
    : `${bold}\n${" ".repeat(Math.max(2, style.width - verdict.length))}${verdict}`;
}

function overviewOf(changed: readonly Changed[], all: number, style: Style): string[] {
  const lines = changed.slice(0, MOST_IN_OVERVIEW).flatMap(({ name, pair, alarms, verdict }) => {
    const { before, after } = pair;
    const info = (after ?? before)?.info;
    const agents = info ? agentsInWords(routingOfInfo(info).agents, 3) : "";
    const what = [...alarms.map((alarm) => `! ${alarm}`), verdict, agents].filter(Boolean).join(", ");
    const [first = "", ...rest] = wrapWords(`${name}: ${what}`, style.width - 4);
    const text = [`  ${first}`, ...rest.map((line) => `    ${line}`)];
    return alarms.length > 0 ? text.map((line) => style.paint("red", line)) : text;
  });
  const more = changed.length - MOST_IN_OVERVIEW;
  return [
    style.paint("bold", totalOf(changed, all)),
    ...lines,
    ...(more > 0 ? [`  and ${grouped(more)} more, below`] : []),
  ];
}

function totalOf(changed: readonly Changed[], all: number): string {
  if (changed.length === 0) return `The same meaning: ${counted(all, "rule")}.`;
  const count = (verdict: string): number => changed.filter((one) => one.verdict === verdict).length;
  const parts: [number, string][] = [
    [count("refused"), "refused"],
    [count("calls change"), count("calls change") === 1 ? "takes other calls" : "take other calls"],
    [count("treated in another way"), "treated in another way"],
    [count("same calls, other settings"), "with other settings"],
    [count("new rule"), "new"],
    [count("gone"), "gone"],
  ];
  const words = parts.filter(([number]) => number > 0).map(([number, word]) => `${grouped(number)} ${word}`);
  const which = words.length > 0 ? `: ${words.join(", ")}` : "";
  const same = all - changed.length;
  return `${counted(changed.length, "rule")} of ${grouped(all)} ${changed.length === 1 ? "differs" : "differ"}${which}${same > 0 ? `; ${grouped(same)} the same` : ""}.`;
}

/** What is no difference, and what was not compared. */
function remarksOf({ pairs, difference, shares, skipped }: Comparison, cloud: boolean): string[] {
  const spelled = pairs.flatMap((pair) => {
    if (!pair.before || !pair.after || !isSamePair(pair)) return [];
    const fields = spelledOtherwise(pair.before.info, pair.after.info);
    return fields.length > 0 ? [`${nameWithPlace(pair)}: ${fields.join(", ")}`] : [];
  });
  return [
    ...(spelled.length > 0 ? spellingRemark(spelled) : []),
    ...(skipped > 0
      ? [`${counted(skipped, "rule")} not compared, because the other side can't be read there.`]
      : []),
    ...(difference.moved.size > 1 && pairs.length > 1
      ? ["Left out: calls from one of the numbers that change their filter to another of them."]
      : []),
    ...otherServersRemark(difference),
    ...(!cloud && shares.some((share) => hasTestCalls(share, difference)) ? [ON_CLOUD] : []),
    ...(difference.cut > 0
      ? [
          `${counted(difference.cut, "number or trunk", "numbers and trunks")} left out, because there are too many to compare.`,
        ]
      : []),
  ];
}

/** Of more rules the rest is counted. */
const MOST_SPELLED = 3;

function spellingRemark(rules: readonly string[]): string[] {
  const more = rules.length - MOST_SPELLED;
  const shown = [...rules.slice(0, MOST_SPELLED), ...(more > 0 ? [`${grouped(more)} more`] : [])];
  return [`Other in order or spelling alone: ${shown.join("; ")}.`];
}

function infoOf({ before, after }: Pair, when: "before" | "after", redact: boolean): JsonObject {
  const [rule, other] = when === "before" ? [before, after] : [after, before];
  if (!rule) return {};
  const json = meaningOf(rule.info, (other ?? rule).info);
  return redact ? redactJson(json) : json;
}
