import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { CallLog } from "../../src/calls/assemble.ts";
import type { LoggedCall } from "../../src/calls/call.ts";
import { type Diagnosis, diagnose } from "../../src/calls/diagnosis.ts";
import { Router } from "../../src/routing/match.ts";
import { NEWEST } from "../../src/rule/server.ts";

/** Logs of calls that were made: the README there has the truth about them. */
export const CALLS = join(import.meta.dirname, "../fixtures/calls");

/** The logs by their names: `a1_norule_trunk@info.sip.json`. */
export const LOGS: ReadonlyMap<string, string> = new Map(
  readdirSync(CALLS)
    .filter((name) => name.endsWith(".log.gz"))
    .map((name) => [name.replace(".log.gz", ""), gunzipSync(readFileSync(join(CALLS, name))).toString()]),
);

/** The calls in lines. */
export function callsIn(lines: Iterable<string>): LoggedCall[] {
  const log = new CallLog();
  for (const line of lines) log.add(line);
  return log.finish();
}

/** What is said of the calls in lines, without rules and trunks. */
export function diagnosesOf(lines: Iterable<string>): Diagnosis[] {
  const setup = { router: new Router<never>([], NEWEST), server: NEWEST, trunks: undefined };
  return callsIn(lines).map((call) => diagnose(call, { rules: undefined, setup }, (text) => text));
}
