import type { SIPDispatchRuleInfo } from "../gen/livekit/livekit_sip_pb.ts";
import { type Outcome, Router } from "../routing/match.ts";
import { knownItems, routingOfInfo } from "../routing/rule-routing.ts";
import type { Server } from "../rule/server.ts";
import { asCall, type CauseId, type LoggedCall } from "./call.ts";
import { type Judged, judge } from "./diagnosis.ts";
import { PIN_ASKED } from "./messages.ts";

/**
 * Why a call can't be routed again.
 * - `pin`: the caller was asked for a PIN, and what was entered is not kept.
 * - `no-rule-asked`: it ended before a rule was looked for.
 * - `cut`: its lines are cut off, so that its trunk or its rule is not known.
 */
export type Undecided = "pin" | "no-rule-asked" | "cut";

/** Calls that are counted together. Of the calls the first few are kept. */
export interface Counted<Kind> {
  kind: Kind;
  count: number;
  examples: Example[];
}

/** What of a call is told. */
export type Example = Pick<LoggedCall, "callId" | "first" | "from" | "to" | "trunkId">;

/** The calls of a log, routed through two sets of rules. */
export interface Replay {
  calls: number;
  undecided: Counted<Undecided>[];
  /** How many of the others the log lets check, and for how many of these the rules before do what was logged. */
  checked: number;
  explained: number;
  /** The end that was logged, and the one that the rules before give the call. Such calls are left out. */
  unexplained: Counted<{ logged: string; given: string }>[];
  /** Where calls went, and where they would go. Undefined: too few are explained to say anything. */
  moves: Counted<{ from: string; to: string }>[] | undefined;
}

/** In percent: where the rules before explain fewer calls, they are not the ones of the log. */
const ENOUGH = 99;

/** Routes every call of a log through the rules before and after, with its own numbers and trunk. */
export function replay(
  calls: readonly LoggedCall[],
  before: readonly SIPDispatchRuleInfo[],
  after: readonly SIPDispatchRuleInfo[],
  server: Server,
): Replay {
  const [was, is] = [before, after].map(
    (rules) =>
      new Router(
        rules.map((info) => ({ label: info, info })),
        server,
      ),
  );
  const undecided = new Tally<Undecided>();
  const unexplained = new Tally<{ logged: string; given: string }>();
  const moves = new Tally<{ from: string; to: string }>();
  let [checked, explained] = [0, 0];
  for (const call of calls) {
    const asked = asCall(call);
    const first = was?.take(asked);
    const then = is?.take(asked);
    const judged = judge(call);
    const why = whyUndecided(call, judged.cause);
    if (why !== undefined || !first || !then) {
      undecided.add(why ?? "cut", call);
      continue;
    }
    checked++;
    if (!isAsLogged(call, judged, first)) {
      unexplained.add({ logged: loggedInWords(call, judged.cause), given: destination(first) }, call);
      continue;
    }
    explained++;
    const [from, to] = [destination(first), destination(then)];
    if (from !== to) moves.add({ from, to }, call);
  }
  return {
    calls: calls.length,
    undecided: undecided.all(),
    checked,
    explained,
    unexplained: unexplained.all(),
    moves: checked > 0 && explained * 100 >= checked * ENOUGH ? moves.all() : undefined,
  };
}

/** Causes that are known before livekit-server looks at a rule. */
const BEFORE_RULES: ReadonlySet<CauseId> = new Set([
  "not-handled",
  "trunk-conflict",
  "server-unreachable",
  "wrong-credentials",
  "no-credentials",
]);

function whyUndecided(call: LoggedCall, cause: CauseId): Undecided | undefined {
  const isAskedAgain = call.steps.filter((step) => step === "rule").length > 1;
  if (call.messages.has(PIN_ASKED) || cause === "wrong-pin" || isAskedAgain) return "pin";
  if (BEFORE_RULES.has(cause)) return "no-rule-asked";
  return call.isCut || (loggedRule(call) === "" && !UNTAKEN.has(cause)) ? "cut" : undefined;
}

/** Causes that say that no rule took the call. */
const UNTAKEN: ReadonlySet<CauseId> = new Set(["no-rule", "no-rule-no-trunk", "rule-conflict"]);

/** The rule that took the call, or that livekit-server found where only that logged the call. */
function loggedRule({ ruleId, serverRule }: LoggedCall): string {
  return ruleId || serverRule;
}

function isAsLogged(
  call: LoggedCall,
  { cause, certainty }: Judged,
  outcome: Outcome<SIPDispatchRuleInfo>,
): boolean {
  if (cause === "rule-conflict") return outcome.outcome === "refused";
  // Some logs don't tell a conflict from no rule.
  if (UNTAKEN.has(cause))
    return outcome.outcome === "no-match" || (outcome.outcome === "refused" && certainty !== "certain");
  if (outcome.outcome !== "winner") return false;
  const { rule, room, asksForPin } = outcome.winner;
  if (asksForPin && call.ruleId !== "") return false;
  // A rule in a file has no id: then the room tells.
  if (rule.sipDispatchRuleId !== "") return rule.sipDispatchRuleId === loggedRule(call);
  if (!room) return false;
  return room.random ? call.room.startsWith(`${room.name}_`) : call.room === room.name;
}

function loggedInWords(call: LoggedCall, cause: CauseId): string {
  if (cause === "rule-conflict") return "rules in conflict";
  return loggedRule(call) === "" ? "no rule" : `rule ${loggedRule(call)}`;
}

/** Says where a call goes, and who answers it there. */
function destination(outcome: Outcome<SIPDispatchRuleInfo>): string {
  if (outcome.outcome === "no-match") return "no rule";
  if (outcome.outcome === "refused") return "rules in conflict";
  const { rule, asksForPin } = outcome.winner;
  const { room, agents } = routingOfInfo(rule);
  const names = knownItems(agents);
  return [
    `room ${typeof room === "string" ? room : ""}`,
    ...(names.length > 0 ? [`agent ${names.join(", ")}`] : []),
    ...(asksForPin ? ["after a PIN"] : []),
  ].join(", ");
}

/** Of more calls of a kind only their number is kept. */
const MOST_EXAMPLES = 3;

class Tally<Kind> {
  readonly #kinds = new Map<string, Counted<Kind>>();

  add(kind: Kind, call: LoggedCall): void {
    const key = JSON.stringify(kind);
    const known = this.#kinds.get(key) ?? { kind, count: 0, examples: [] };
    known.count++;
    if (known.examples.length < MOST_EXAMPLES) known.examples.push(call);
    this.#kinds.set(key, known);
  }

  /** The most frequent first. */
  all(): Counted<Kind>[] {
    return [...this.#kinds.values()].toSorted((a, b) => b.count - a.count);
  }
}
