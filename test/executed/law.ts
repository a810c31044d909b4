import { isSame, isWrapped } from "./requests.ts";
import type { Behaviour } from "./sandbox.ts";

/** What a migration did to a script that it must not do. */
export interface Fault {
  /** `request`: a request that arrives is wrong. `reading`: other calls, output or another status, as a reader gives. */
  kind: "request" | "reading";
  what: string;
  before: unknown;
  after: unknown;
}

/**
 * The law: what creates a rule arrives wrapped, or as before where it was left alone; what updates one, and all else,
 * arrives as before.
 */
export function faultsOf(before: Behaviour, after: Behaviour): Fault[] {
  const faults: Fault[] = [];
  const add = (kind: Fault["kind"], what: string, was: unknown, is: unknown): void => {
    faults.push({ kind, what, before: was, after: is });
  };
  const [calls, now] = [before.calls, after.calls];
  if (calls.length !== now.length) add("reading", "other calls", calls, now);
  for (const [index, call] of calls.entries()) {
    const other = now[index];
    if (!other) break;
    if (call.words !== other.words || call.requests.length !== other.requests.length) {
      add("reading", "another call", call, other);
      continue;
    }
    for (const [at, request] of call.requests.entries()) {
      const arrived = other.requests[at] ?? "";
      if (isSame(request, arrived) || (call.verb === "create" && isWrapped(request, arrived))) continue;
      add("request", `${call.words} is given something else`, request, arrived);
    }
  }
  if (before.printed !== after.printed) add("reading", "other output", before.printed, after.printed);
  if (before.status !== after.status) add("reading", "another status", before.status, after.status);
  return faults;
}
