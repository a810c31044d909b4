import type { RuleNumber } from "../routing/call-flows.ts";
import { meaningOf, spelledOtherwise } from "../routing/meaning.ts";
import type { RulePair } from "../routing/rule-pairs.ts";
import { settingsChanged } from "../routing/setting-changes.ts";
import { counted, grouped, sumsInWords } from "../rule/count-words.ts";
import type { JsonObject } from "../rule/message.ts";
import { routingOfInfo } from "../routing/rule-routing.ts";
import { supports } from "../rule/server.ts";
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
import { difference as jsonDifference } from "./structural-difference.ts";
import { overviewLines, type OverviewRule } from "./overview.ts";
import { refusalLines, refusalVerdict } from "./refusal-words.ts";
import { redactJson } from "./redact.ts";
import { callRemarks } from "./remarks.ts";
import { alarmsOf, docsLines, ruleRows, wholeRow } from "./rule-rows.ts";
import { type Replayed, replayLines } from "./replay.ts";
import { atMost, heading, page, titleLine } from "./layout.ts";
import { type Shown, wrapWords } from "./style.ts";
import { testCallLines } from "./test-calls.ts";
import { itemsInWords } from "./value-words.ts";

/** How a difference is shown. */
export interface DiffOptions extends Shown {
  /** Every rule that differs also as JSON. */
  jsonDiff: boolean;
  /** True if the rules are for LiveKit Cloud. */
  cloud: boolean;
  /** The calls of a log, where one is given. */
  replayed?: Replayed | undefined;
}

/** A rule that differs, with all that is to be said of it. */
interface Changed extends OverviewRule {
  pair: RulePair;
  place: string;
}

/**
 * Reports what a server refuses, then each rule that differs: what a reviewer must not miss first, then the calls that
 * it gains, loses and treats in another way. One line where nothing differs.
 */
export function diffReport(comparison: Comparison, options: DiffOptions): string {
  const { style } = options;
  const context = callContext(comparison, options);
  const changed = changedIn(comparison);
  const refusals = refusalLines(context);
  const blocks = changed.map((one) => blockOf(one, context, options));
  const remarks = remarksOf(comparison, options.cloud).flatMap((text) => wrapWords(text, style.width));
  const total = heading(totalOf(changed, comparison), style);
  const overview = overviewLines(changed, context);
  const tests = testCallLines(context, { cloud: options.cloud, verbose: false });
  return page([
    refusals,
    overview.length > 0 ? [...total, ...overview] : [],
    ...blocks,
    tests,
    options.replayed ? replayLines(options.replayed, style) : [],
    [...total, ...remarks],
  ]);
}

/** The sums of a comparison, in a sentence. */
export function diffTotal(comparison: Comparison): string {
  return totalOf(changedIn(comparison), comparison);
}

/** The rules that differ, those that a reviewer must not miss first. */
function changedIn(comparison: Comparison): Changed[] {
  return comparison.pairs
    .flatMap((pair, number) => (isSamePair(pair) ? [] : [changedOf(pair, number, comparison)]))
    .toSorted((a, b) => urgency(b) - urgency(a));
}

function changedOf(pair: RulePair, number: RuleNumber, { difference, shares }: Comparison): Changed {
  const { before, after } = pair;
  const alarms = before && after ? alarmsOf(routingOfInfo(before.info), routingOfInfo(after.info)) : [];
  return {
    number,
    pair,
    name: nameOfPair(pair),
    nameWithPlace: nameWithPlace(pair),
    place: placeOfPair(pair),
    alarms,
    verdict:
      refusalVerdict(difference, number) ?? verdictOf(pair, shares[number], difference.treatments[number]),
  };
}

function urgency({ alarms, verdict }: Changed): number {
  return verdict === "refused" || verdict === "in conflict"
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
  context: CallContext,
  { style, redact, jsonDiff }: DiffOptions,
): string[] {
  const { before, after } = pair;
  const only = after ?? before;
  const rows =
    before && after
      ? ruleRows(
          routingOfInfo(before.info),
          routingOfInfo(after.info),
          settingsChanged(meaningOf(before.info, after.info), meaningOf(after.info, before.info)),
          context,
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
  const calls = callLines(number, context);
  const json = jsonDiff
    ? jsonDifference(infoOf(pair, "before", redact), infoOf(pair, "after", redact), style)
    : [];
  return [
    titleLine(`${name || "(no name)"}  ${place}`, verdict, style),
    ...rows,
    ...(calls.length > 0 ? ["", ...calls] : []),
    ...(json.length > 0 ? ["", ...json.map((line) => `  ${line}`)] : []),
  ];
}

function totalOf(changed: readonly Changed[], { pairs, skipped }: Comparison): string {
  const all = pairs.length - skipped;
  if (all === 0) return "No rules on either side.";
  if (changed.length === 0) return `The same meaning: ${counted(all, "rule")}.`;
  const count = (verdict: string): number => changed.filter((one) => one.verdict === verdict).length;
  const words = sumsInWords([
    [count("refused"), "refused"],
    [count("in conflict"), "in conflict"],
    [count("calls change"), count("calls change") === 1 ? "takes other calls" : "take other calls"],
    [count("treated in another way"), "treated in another way"],
    [count("same calls, other settings"), "with other settings"],
    [count("new rule"), "new"],
    [count("gone"), "gone"],
  ]);
  const which = words === "" ? "" : `: ${words}`;
  const same = all - changed.length;
  return `${counted(changed.length, "rule")} of ${grouped(all)} ${changed.length === 1 ? "differs" : "differ"}${which}${same > 0 ? `; ${grouped(same)} the same` : ""}.`;
}

/** Returns what is no difference, and what was not compared. */
function remarksOf(comparison: Comparison, cloud: boolean): string[] {
  const { pairs, server, skipped } = comparison;
  const spelled = pairs.flatMap((pair) => {
    if (!pair.before || !pair.after || !isSamePair(pair)) return [];
    const fields = spelledOtherwise(pair.before.info, pair.after.info);
    return fields.length > 0 ? [`${nameWithPlace(pair)}: ${fields.join(", ")}`] : [];
  });
  return [
    ...(spelled.length > 0 ? spellingRemark(spelled) : []),
    ...(skipped > 0
      ? [
          `${counted(skipped, "rule")} not compared, because ${skipped === 1 ? "its other side" : "their other sides"} can't be read: ${itemsInWords(pairs.slice(-skipped).map(nameWithPlace))}.`,
        ]
      : []),
    ...(!supports(server, "numbers") &&
    pairs.some(({ before, after }) => (after ?? before)?.info.numbers.length)
      ? ["This livekit-server drops `numbers`: a rule that has them takes calls to any number there."]
      : []),
    ...callRemarks(comparison, { cloud }),
  ];
}

/** Of more rules the rest is counted. */
const MOST_SPELLED = 3;

function spellingRemark(rules: readonly string[]): string[] {
  const shown = atMost(rules, MOST_SPELLED, (count) => `${grouped(count)} more`);
  return [`Other in order or spelling alone: ${shown.join("; ")}.`];
}

function infoOf({ before, after }: RulePair, when: "before" | "after", redact: boolean): JsonObject {
  const [rule, other] = when === "before" ? [before, after] : [after, before];
  if (!rule) return {};
  const json = meaningOf(rule.info, (other ?? rule).info);
  return redact ? redactJson(json) : json;
}
