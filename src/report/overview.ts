import type { RuleNumber } from "../routing/call-flows.ts";
import type { Part } from "../routing/call-shares.ts";
import { counted, grouped } from "../rule/count-words.ts";
import { groupBy } from "../rule/group-by.ts";
import type { CallContext } from "./call-lines.ts";
import { atMost, hanging } from "./layout.ts";
import { visible } from "./style.ts";
import { agentsInWords, itemsInWords } from "./value-words.ts";

/** A rule that differs, as the lines before all else tell of it. */
export interface OverviewRule {
  number: RuleNumber;
  /** Empty where it has none. */
  name: string;
  /** How the rule is called where others have its name, or it has none. */
  nameWithPlace: string;
  /** The alarms for a reviewer, in a few words each. */
  alarms: readonly string[];
  /** The result for calls, in a few words. */
  verdict: string;
}

/** With as many rules that differ, what is to be said stands in a line each before all else. */
const FEWEST_RULES = 3;
const MOST_LINES = 10;
/** Of more rules with the same agents, and of more with others, the rest is counted. */
const MOST_NAMES = 20;
const MOST_AGENTS_NAMED = 12;
/** Of more rules to which calls go the rest is counted. */
const MOST_OTHERS = 3;
const MOST_AGENTS = 3;

/**
 * A line for each rule that differs, so that the first lines of a long report tell the whole: what a reviewer must not
 * miss, to which rules its calls went or go, and who answers. Rules of which the same is to be said share a line.
 */
export function overviewLines(rules: readonly OverviewRule[], context: CallContext): string[] {
  const { style } = context;
  if (rules.length < FEWEST_RULES) return [];
  const named = groupBy(rules, ({ name }) => name);
  const nameOf = ({ name, nameWithPlace }: OverviewRule): string =>
    name !== "" && named.get(name)?.length === 1 ? name : nameWithPlace;
  const groups = [...groupBy(rules, (rule) => wordsOf(rule, context))].map(([words, alike]) => ({
    words,
    isAlarm: alike.some(({ alarms }) => alarms.length > 0),
    byAgents: [...groupBy(alike, ({ number }) => agentsOf(number, context))],
  }));
  const shown = groups.slice(0, MOST_LINES).flatMap(({ words, byAgents, isAlarm }) => {
    const called = byAgents.map(
      ([agents, some]) => `${itemsInWords(some.map(nameOf), MOST_NAMES)} (${agents})`,
    );
    const who = atMost(called, MOST_AGENTS_NAMED, (count) => `${grouped(count)} more, with other agents`);
    const lines = hanging(`${who.join("; ")}: ${words}`, style, "  ", "    ");
    return isAlarm ? lines.map((line) => style.paint("red", line)) : lines;
  });
  const rest = groups
    .slice(MOST_LINES)
    .flatMap(({ byAgents }) => byAgents.flatMap(([, some]) => some.map(nameOf)));
  const more = `and ${counted(rest.length, "rule")} more, below: ${itemsInWords(rest, MOST_NAMES)}`;
  return rest.length === 0 ? shown : [...shown, ...hanging(more, style, "  ", "    ")];
}

function wordsOf({ number, alarms, verdict }: OverviewRule, context: CallContext): string {
  const share = context.shares[number];
  const calls = [
    ...movesInWords("+ calls that went to", share?.gains ?? [], "before", context),
    ...movesInWords("− calls that then go to", share?.loses ?? [], "after", context),
    ...(verdict === "calls change" && share?.changes.length ? ["~ other calls treated in another way"] : []),
  ];
  return [
    ...alarms.map((alarm) => `! ${alarm}`),
    ...(verdict === "calls change" && calls.length > 0 ? [] : [verdict]),
    ...calls,
  ].join("; ");
}

/** Says who answers in a rule's room then, or answered where it is gone. */
function agentsOf(number: RuleNumber, { difference }: CallContext): string {
  const { before, after } = difference.treatments[number] ?? {};
  return agentsInWords((after ?? before)?.agents ?? [], MOST_AGENTS);
}

/** To which rules calls went or go, and who answers there. */
function movesInWords(
  start: string,
  parts: readonly Part[],
  when: "before" | "after",
  { difference, rules, nameOf }: CallContext,
): string[] {
  if (parts.length === 0) return [];
  const others = parts.map(({ from, to }) => {
    const other = when === "before" ? from : to;
    if (other === undefined) return "no rule";
    const name = rules[other]?.[when]?.name ?? "";
    const agents = difference.treatments[other]?.[when]?.agents ?? [];
    const called = name === "" ? nameOf(other) : visible(name);
    return `${called} (${agentsInWords(agents, MOST_AGENTS)})`;
  });
  return [`${start} ${itemsInWords(others, MOST_OTHERS)}`];
}
