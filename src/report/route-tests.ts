import type { TestResult, TestRun } from "../routing/run-tests.ts";
import { noteLines, type RouteTextOptions } from "./route.ts";
import { failureInWords, rulePlace, ruleTitle } from "./route-words.ts";
import { type Style, visible, wrapWords } from "./style.ts";
import { counted } from "../rule/count-words.ts";

/** Of more rules that no test reached the rest is counted. */
const MOST_UNREACHED = 100;

/** Returns what came of routing tests, for a person: the failures, the rules that no test reached, and the counts. */
export function testsText(
  path: string,
  { results, unreached }: TestRun,
  notes: readonly string[],
  { quiet, redact }: RouteTextOptions,
  style: Style,
): string {
  const blocks = results.flatMap((result) => failureLines(path, result, style, redact));
  if (!quiet) {
    if (unreached.length > 0) blocks.push(unreachedLines(unreached, style));
    blocks.push(...notes.map((note) => noteLines(note, style)));
    blocks.push([style.paint("bold", countsInWords(results))]);
  }
  return blocks.length === 0 ? "" : `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function failureLines(
  path: string,
  { test, route, failure }: TestResult,
  style: Style,
  redact: boolean,
): string[][] {
  if (!failure) return [];
  const place = style.paint("bold", visible(`${path}:${test.line}:${test.column}`));
  const why = wrapWords(visible(failureInWords(test, failure, route, redact)), style.width - 2);
  const title = `${place}  ${style.paint("red", "failed:")} ${visible(test.name)}`;
  return [[title, ...why.map((line) => `  ${line}`)]];
}

function unreachedLines(unreached: TestRun["unreached"], style: Style): string[] {
  const lines = [style.paint("bold", `${counted(unreached.length, "rule")} that no test reached:`)];
  for (const rule of unreached.slice(0, MOST_UNREACHED)) {
    lines.push(`${visible(ruleTitle(rule)).padEnd(30)}  ${visible(rulePlace(rule))}`);
  }
  const rest = unreached.length - MOST_UNREACHED;
  if (rest > 0) lines.push(`and ${counted(rest, "more rule")}; --format json has all of them.`);
  return lines;
}

function countsInWords(results: readonly TestResult[]): string {
  const failed = results.filter(({ failure }) => failure).length;
  return `${counted(results.length, "test")}: ${results.length - failed} passed, ${failed} failed.`;
}
