import type { TestResult, TestRun } from "../routing/run-tests.ts";
import { noteLines, type RouteOptions } from "./route.ts";
import { failureInWords, rulePlace, ruleTitle } from "./route-words.ts";
import { atMost, hanging, page } from "./layout.ts";
import { type Shown, type Style, visible } from "./style.ts";
import { counted } from "../rule/count-words.ts";

/** Of more rules that no test reached the rest is counted. */
const MOST_UNREACHED = 100;

/** Returns what came of routing tests, for a person: the failures, the rules that no test reached, and the counts. */
export function testsText(
  path: string,
  { results, unreached }: TestRun,
  notes: readonly string[],
  options: RouteOptions,
): string {
  const { quiet, style } = options;
  const blocks = results.flatMap((result) => failureLines(path, result, options));
  if (!quiet) {
    if (unreached.length > 0) blocks.push(unreachedLines(unreached, style));
    blocks.push(...notes.map((note) => noteLines(note, style)));
    blocks.push([style.paint("bold", countsInWords(results))]);
  }
  return page(blocks);
}

function failureLines(
  path: string,
  { test, route, failure }: TestResult,
  { style, redact }: Shown,
): string[][] {
  if (!failure) return [];
  const place = style.paint("bold", visible(`${path}:${test.line}:${test.column}`));
  const why = hanging(visible(failureInWords(test, failure, route, redact)), style, "  ");
  return [[`${place}  ${style.paint("red", "failed:")} ${visible(test.name)}`, ...why]];
}

function unreachedLines(unreached: TestRun["unreached"], style: Style): string[] {
  const lines = unreached.map(
    (rule) => `${visible(ruleTitle(rule)).padEnd(30)}  ${visible(rulePlace(rule))}`,
  );
  const more = (count: number): string =>
    `and ${counted(count, "more rule")}; --format json has all of them.`;
  return [
    style.paint("bold", `${counted(unreached.length, "rule")} that no test reached:`),
    ...atMost(lines, MOST_UNREACHED, more),
  ];
}

function countsInWords(results: readonly TestResult[]): string {
  const failed = results.filter(({ failure }) => failure).length;
  return `${counted(results.length, "test")}: ${results.length - failed} passed, ${failed} failed.`;
}
