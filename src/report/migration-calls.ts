import type { SiteResult } from "../migrate/outcome.ts";
import type { MigrationCalls } from "../routing/migration.ts";
import type { Part } from "../routing/shares.ts";
import { holds } from "../routing/selection.ts";
import { counted, grouped } from "../rule/counted.ts";
import { itemsOf, listInWords } from "./value-words.ts";
import { type CallContext, callLines } from "./call-lines.ts";
import { otherServersRemark, refusalLines } from "./refusal-words.ts";
import { type Style, visible, wrapWords } from "./style.ts";
import { hasTestCalls, ON_CLOUD, testCallLines } from "./test-calls.ts";

/** What a report says about the calls of a migration. */
export class MigrationReport {
  readonly #calls: MigrationCalls;
  readonly #context: CallContext;
  readonly #numbers: ReadonlyMap<string, number>;

  constructor(calls: MigrationCalls, redact: boolean) {
    this.#calls = calls;
    this.#numbers = new Map(calls.sites.map((site, number) => [placeOf(site), number]));
    const { difference, rules, sites } = calls;
    const nameOf = (rule: number): string => {
      const site = sites[rule];
      return site ? nameWithPlace(site) : "";
    };
    this.#context = { difference, rules, nameOf, before: "today", redact };
  }

  /** Which calls the rule of a site gains, loses and treats in another way; none where nothing changes for it. */
  linesOf(site: SiteResult, style: Style): string[] {
    const number = this.#numbers.get(placeOf(site));
    const share = number === undefined ? undefined : this.#calls.shares[number];
    return share && number !== undefined ? callLines(share, number, this.#context, style) : [];
  }

  /** What is to be said of all of them at the end: what a server refuses, the sums, and what was not compared. */
  closingLines(style: Style, options: { cloud: boolean; verbose: boolean }): string[] {
    const { difference, shares } = this.#calls;
    const refusals = refusalLines(difference, this.#context.nameOf, style, this.#context.redact);
    const tests = testCallLines(shares, this.#context, style, options);
    const sums = wrapWords(this.#sums(), style.width).map((line) => style.paint("bold", line));
    const remarks = this.#remarks(options.cloud).flatMap((text) => wrapWords(text, style.width));
    return [...refusals, ...sums, ...remarks, ...(tests.length > 0 ? ["", ...tests] : [])];
  }

  #sums(): string {
    const { shares, rules, sites } = this.#calls;
    const changing = shares.filter(({ moves, changes }) => moves || changes.length > 0).length;
    const repaired = sites.filter(isRepaired).length;
    const taken = shares.filter(({ gains, loses }) =>
      [...gains, ...loses].some(({ from, to }) => from !== undefined && to !== undefined),
    ).length;
    const losing = shares.filter(({ loses }, number) =>
      loses.some((part) => holdsOwnNumber(part, rules[number]?.after?.numbers ?? [])),
    ).length;
    if (changing === 0) return "No call changes: every one goes where it went.";
    const parts = [
      ...(repaired > 0
        ? [`${grouped(repaired)} ${repaired === 1 ? "repairs" : "repair"} own numbers in the caller filter`]
        : []),
      taken === 0
        ? "none overlaps another"
        : `${grouped(taken)} ${taken === 1 ? "overlaps" : "overlap"} others`,
      losing === 0
        ? "none loses a call to one of its numbers"
        : `${grouped(losing)} ${losing === 1 ? "loses a call to one of its numbers" : "lose a call to one of their numbers"}`,
    ];
    return `${counted(changing, "rule")} ${changing === 1 ? "changes" : "change"} calls: ${parts.join(", ")}.`;
  }

  #remarks(cloud: boolean): string[] {
    const { difference, shares, unknown, shownOnly } = this.#calls;
    const { moved, cut } = difference;
    return [
      ...(moved.size > 1 && this.#calls.sites.length > 1
        ? ["Left out: calls from one of the numbers that change their filter to another of them."]
        : []),
      ...otherServersRemark(difference),
      ...(unknown > 0
        ? [
            `${counted(unknown, "rule")} with an expression or a placeholder ${unknown === 1 ? "is" : "are"} compared alone.`,
          ]
        : []),
      ...(shownOnly > 0
        ? [`${counted(shownOnly, "rule")} left out: a page shows ${shownOnly === 1 ? "it" : "them"}.`]
        : []),
      ...(cut > 0
        ? [
            `${counted(cut, "number or trunk", "numbers and trunks")} left out, because there are too many to compare.`,
          ]
        : []),
      ...(!cloud && shares.some((share) => hasTestCalls(share, difference)) ? [ON_CLOUD] : []),
    ];
  }
}

/** Of more rules the rest is counted. */
const MOST_NAMED = 5;

/** Which rules take other calls now that they are written; none where nothing was. */
export function nowTaking(sites: readonly SiteResult[], changes: (site: SiteResult) => boolean): string[] {
  const changed = sites.filter((site) => site.written && changes(site));
  if (changed.length === 0) return [];
  const { length } = changed;
  const names = listInWords(changed.map(nameWithPlace), MOST_NAMED);
  return [
    `${counted(length, "rule")} now ${length === 1 ? "takes" : "take"} other calls, once ${length === 1 ? "it is" : "they are"} created or replaced: ${names}.`,
  ];
}

/** The name of a site's rule; undefined where it has none, or none is known. */
export function nameOfRule({ before, after }: SiteResult): string | undefined {
  const name = (after ?? before)?.["name"];
  return typeof name === "string" && name !== "" ? visible(name) : undefined;
}

function nameWithPlace(site: SiteResult): string {
  const name = nameOfRule(site);
  const place = `${visible(site.path)}:${site.line}`;
  return name === undefined ? place : `${name} (${place})`;
}

function placeOf({ path, line, column, region }: SiteResult): string {
  return JSON.stringify([path, line, column, region]);
}

/** Whether the numbers of the filter on callers become those that are called. */
function isRepaired({ outcome, routing }: SiteResult): boolean {
  if (outcome !== "migrated" || !routing) return false;
  const [was, is] = [itemsOf(routing.server.callingNumbers), itemsOf(routing.after.calledNumbers)];
  return (
    was.length > 0 &&
    itemsOf(routing.after.callingNumbers).length === 0 &&
    was.every((one) => is.includes(one))
  );
}

function holdsOwnNumber({ boxes }: Part, numbers: readonly string[]): boolean {
  return boxes.some(({ called }) => numbers.some((number) => holds(called, number)));
}
