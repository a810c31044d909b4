import { LoggedCall, type ServerStep } from "./call.ts";
import { addTo, groupBy } from "../rule/group-by.ts";
import { textOf, type LogRecord } from "./record.ts";
import { SERVER_STEPS } from "./messages.ts";

interface ServerLine {
  at: number;
  step: ServerStep;
  trunkId: string;
  ruleId: string;
}

/** A caller who enters a PIN, or sends credentials, keeps the server waiting for as long. */
const LONGEST_GAP_MS = 60_000;
/** So many calls between the same two numbers are looked at that may last while the server looks for one's rule. */
const MOST_AT_ONCE = 100;
/** The clocks of two programs may differ, and a line is written a little after what it says. */
const LEEWAY_MS = 2000;

/**
 * The lines in which livekit-server says how it looked for a call's trunk and rule. They name the two numbers and the
 * source, and no call.
 */
export class ServerLines {
  readonly #lines = new Map<string, ServerLine[]>();

  add({ at, message, fields }: LogRecord): void {
    const step = SERVER_STEPS.get(message);
    if (!step || at === undefined) return;
    const key = [textOf(fields, "fromUser"), textOf(fields, "toUser"), textOf(fields, "src")].join("\0");
    const line = {
      at,
      step,
      trunkId: textOf(fields, "sipTrunk"),
      ruleId: textOf(fields, "sipRule"),
    };
    addTo(this.#lines, key, line);
  }

  /** Adds the lines to the calls that they fit, and returns the calls of which livekit-sip's log has nothing. */
  shareOut(calls: readonly LoggedCall[]): LoggedCall[] {
    if (this.#lines.size === 0) return [];
    const byNumbers = groupBy(calls, ({ from, to, sourceIp }) => [from, to, sourceIp].join("\0"));
    const left: LoggedCall[] = [];
    for (const [key, lines] of this.#lines) {
      const [from = "", to = "", sourceIp = ""] = key.split("\0");
      const known = (byNumbers.get(key) ?? []).toSorted((a, b) => (a.first ?? 0) - (b.first ?? 0));
      let start = 0;
      for (const group of groupsOf(lines)) {
        const [first, last] = [group[0]?.at ?? 0, group.at(-1)?.at ?? 0];
        const fits: LoggedCall[] = [];
        // Groups come in the order of time, so what ended before this one fits none that follow.
        while (start < known.length && (known[start]?.last ?? 0) + LEEWAY_MS < first) start++;
        for (const call of known.slice(start, start + MOST_AT_ONCE))
          if (overlaps(call, first, last)) fits.push(call);
        const [only] = fits;
        const call = only ?? Object.assign(new LoggedCall("", from, to), { sourceIp, first, last });
        if (fits.length === 0) left.push(call);
        // Of several calls at once nobody can tell whose lines these are.
        if (fits.length < 2) addSteps(call, group);
      }
    }
    return left;
  }
}

function addSteps(call: LoggedCall, group: readonly ServerLine[]): void {
  call.steps = [...call.steps, ...group.map(({ step }) => step)];
  call.trunkId ||= group.findLast(({ trunkId }) => trunkId !== "")?.trunkId ?? "";
  const rule = group.findLast(({ step }) => step === "rule");
  call.serverRule = rule?.ruleId ?? call.serverRule;
}

/** The lines of one call each: a new one begins with its credentials once the last one's trunk was looked for. */
function groupsOf(lines: readonly ServerLine[]): ServerLine[][] {
  const groups: ServerLine[][] = [];
  let group: ServerLine[] = [];
  for (const line of lines.toSorted((a, b) => a.at - b.at)) {
    const isNew =
      line.at - (group.at(-1)?.at ?? line.at) > LONGEST_GAP_MS ||
      (line.step.startsWith("auth") && group.some(({ step }) => !step.startsWith("auth")));
    if (isNew) {
      groups.push(group);
      group = [];
    }
    group.push(line);
  }
  return group.length > 0 ? [...groups, group] : groups;
}

function overlaps({ first, last }: LoggedCall, from: number, to: number): boolean {
  return first !== undefined && last !== undefined && from <= last + LEEWAY_MS && to >= first - LEEWAY_MS;
}
