import { type Choice, NONE, OTHER } from "../routing/calls.ts";
import { type CallChange, type CallOutcome, sameOutcome } from "../routing/compare.ts";
import type { TogetherReport } from "../routing/together.ts";
import type { Refusal } from "../rule/conflicts.ts";
import { REDACTED } from "./redact.ts";
import { type Style, visible, wrapWords } from "./style.ts";
import { counted, grouped } from "../rule/counted.ts";

/** Of more changes the rest is counted. */
const MOST_CHANGES = 20;

/** What a migration does to calls, as calls; `verbose`: all of them. */
export function callLines(
  report: TogetherReport,
  style: Style,
  { redact, verbose }: { redact: boolean; verbose: boolean },
): string[] {
  const { changes, newConflicts } = report;
  const lines = wrapWords(titleOf(report), style.width).map((line) => style.paint("bold", line));
  const bullet = (text: string): void => {
    const [first = "", ...rest] = wrapWords(text, style.width - 4);
    lines.push(`  - ${first}`, ...rest.map((line) => `    ${line}`));
  };
  // Rules that are taken each alone may have the same to say.
  const said = new Map<string, number>();
  for (const change of changes) {
    const words = changeInWords(change, redact);
    said.set(words, (said.get(words) ?? 0) + 1);
  }
  const distinct = [...said];
  const shown = verbose ? distinct : distinct.slice(0, MOST_CHANGES);
  for (const [words, times] of shown) bullet(times === 1 ? words : `${words} (${counted(times, "rule")})`);
  const more = distinct.length - shown.length;
  if (more > 0) bullet(`and ${grouped(more)} more; \`--verbose\` shows them`);
  if (changes.length === 0 && newConflicts.length === 0 && !report.conflictToday && report.rules > 0)
    bullet("nothing: every call goes where it went");
  if (report.conflictToday) {
    bullet(
      `${report.rules === 1 ? "a server refuses it today too" : "refused today"}: ${conflictInWords(report.conflictToday, redact)}`,
    );
  }
  for (const conflict of newConflicts) {
    bullet(`${style.paint("red", "conflict:")} ${conflictInWords(conflict, redact)}`);
  }
  if (newConflicts.length > 0) {
    bullet(
      "a server that holds all of them answers the calls concerned with an error: change or delete one of each pair first, or list each value once",
    );
  }
  if (report.cut > 0)
    bullet(
      `${counted(report.cut, "number, trunk or PIN", "numbers, trunks and PINs")} left out, because there are too many to compare`,
    );
  if (report.unknown > 0) {
    const them = report.unknown === 1 ? "it says" : "they say";
    bullet(`${counted(report.unknown, "rule")} left out: what ${them} is an expression or a placeholder`);
  }
  if (report.shownOnly > 0)
    bullet(
      `${counted(report.shownOnly, "rule")} left out: a page shows ${report.shownOnly === 1 ? "it" : "them"}`,
    );
  return lines;
}

/** Which rules were compared; those to migrate, left out ones included, are as many as the sums say. */
function titleOf({ rules, migrated, judgedAlone }: TogetherReport): string {
  const changes = "What changes for calls";
  if (rules === 0) return `${changes} can't be told:`;
  if (rules === 1) return `${changes}, 1 rule:`;
  const which =
    migrated === rules ? "" : `, ${grouped(migrated)} of which ${migrated === 1 ? "migrates" : "migrate"}`;
  return judgedAlone
    ? `${changes}, ${counted(rules, "rule")}${which}, each taken alone because a server refuses them together today:`
    : `${changes}, ${counted(rules, "rule")} taken together${which}:`;
}

/** A change as a sentence: which calls, what happens to them before, what after. */
export function changeInWords({ calls, outcomes }: CallChange, redact: boolean): string {
  const [documented, before, now] = outcomes.length === 3 ? outcomes : [undefined, ...outcomes];
  const which = [
    `a call to ${numbersInWords(calls.called, "any number", "any other number")}`,
    `from ${numbersInWords(calls.calling, "anyone", "any other number")}`,
    ...trunkInWords(calls.trunk),
    ...pinInWords(calls.pin, redact),
  ].join(" ");
  const promised = documented !== undefined && !sameOutcome(documented, before);
  const kept = promised && sameOutcome(documented, now) ? ", as documented" : "";
  const broken = promised && kept === "" ? ` (documented: ${outcomeInWords(documented)})` : "";
  const [was, is] = bothInWords(before, now);
  return `${which}: before, ${was}${broken}; now, ${is}${kept}`;
}

/** What becomes of a call before and after. Where that is the same room, which rule leads to it. */
function bothInWords(before: CallOutcome | undefined, now: CallOutcome | undefined): [string, string] {
  const [was, is] = [outcomeInWords(before), outcomeInWords(now)];
  if (was !== is || before?.kind !== "room" || now?.kind !== "room") return [was, is];
  return [
    `${was} by ${visible(before.rule)}`,
    `the same by ${visible(now.rule)}, with other agents or settings`,
  ];
}

/** What becomes of a call, in a few words. */
export function outcomeInWords(outcome: CallOutcome | undefined): string {
  switch (outcome?.kind) {
    case "room":
      return `room ${visible(outcome.room || '""')}${outcome.pin ? " after the PIN" : ""}`;
    case "wrong-pin":
      return "asked for a PIN that no rule has";
    case "refused":
      return "refused, because the rules are in conflict";
    case "no-rule":
    case undefined:
      return "no rule";
  }
}

/** Which rules are in conflict, and in what. */
export function conflictInWords(refusal: Refusal<string>, redact: boolean): string {
  if (refusal.code === "no-kind")
    return `${visible(refusal.rule)} is of no kind, so a server refuses every call`;
  const { pin, trunkId, calledNumber, callingNumber } = refusal.meeting;
  const what = [
    trunkId === undefined ? "no trunk" : `trunk ${visible(trunkId)}`,
    calledNumber === undefined ? "any called number" : `called number ${visible(calledNumber)}`,
    callingNumber === undefined ? "any calling number" : `calling number ${visible(callingNumber)}`,
    pin === "" ? "no PIN" : `PIN ${redact ? REDACTED : visible(pin)}`,
  ].join(", ");
  if (refusal.itself)
    return `${visible(refusal.rule)} is in conflict with itself: it lists a value twice (${what})`;
  return `a server refuses ${visible(refusal.rule)} beside ${visible(refusal.other)}: both hold ${what}`;
}

function numbersInWords(choices: Choice[] | "any", any: string, other: string): string {
  if (choices === "any") return any;
  const named = choices.filter((choice) => typeof choice === "string").map(visible);
  const words = named.length > 5 ? [...named.slice(0, 4), `${named.length - 4} more`] : named;
  if (choices.includes(OTHER)) words.push(other);
  if (choices.includes(NONE)) words.push("no trunk");
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function trunkInWords(choices: Choice[] | "any"): string[] {
  return choices === "any" ? [] : [`over ${numbersInWords(choices, "any trunk", "any other trunk")}`];
}

function pinInWords(choices: Choice[] | "any", redact: boolean): string[] {
  if (choices === "any") return [];
  const shown = redact ? choices.map((choice) => (typeof choice === "string" ? REDACTED : choice)) : choices;
  return shown.length === 1 && shown[0] === OTHER
    ? ["with any other PIN"]
    : [`with PIN ${numbersInWords(shown, "any", "any other")}`];
}
