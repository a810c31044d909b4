import { addTo } from "../rule/group-by.ts";
import type { Call } from "./call.ts";
import { firstRefusal, type ServerRefusal } from "./conflicts.ts";
import { beatenBy, lossBy, missOf, type Loss } from "./mismatch.ts";
import { firstOf } from "./precedence.ts";
import { comparePriority } from "./priority.ts";
import { type NoRoom, type Room, roomFor } from "./room.ts";
import { type Server, supports } from "../rule/server.ts";
import { inStoreOrder, listedFor, storedRule, type Rule, type StoredRule } from "./stored-rule.ts";

/**
 * The end of a call.
 * - `winner`: a rule takes it.
 * - `no-match`: no rule does. \`rejected\`: the caller gets a 404, and the log says "no-dispatch". Otherwise the caller
 *   hears it ring and then nothing, and the log says "flood".
 * - `refused`: the rules that the server lists for this call can't be evaluated. The caller gets a 503.
 */
export type Outcome<Label> =
  | { outcome: "winner"; winner: Winner<Label> }
  | { outcome: "no-match"; rejected: boolean }
  | { outcome: "refused"; refusal: ServerRefusal<Label> };

interface Winner<Label> {
  rule: Label;
  /** True if the caller is asked for the PIN now; the server then evaluates again, with what was entered. */
  asksForPin: boolean;
  /** Where the call goes, once the PIN was entered; undefined: nowhere, and `noRoom` says why. */
  room: Room | undefined;
  noRoom?: NoRoom;
}

export interface Loser<Label> {
  rule: Label;
  loss: Loss;
}

/**
 * Matches calls against a set of rules as livekit-server does. The server judges the whole set for every
 * call; here that is done once. Exact for servers from v1.9.0. (Before, numbers were normalised by a `+`
 * alone; before v1.8.4 only rules that match the call could be in conflict.)
 * Source: protocol sip/sip.go at v1.54.0, MatchDispatchRuleIter; livekit pkg/service/ioservice_sip.go at
 * v1.13.11.
 */
export class Router<Label> {
  /** How many rules were not checked for conflicts, because that would have taken too long; usually 0. */
  readonly unchecked: number;
  readonly #server: Server;
  readonly #rules: Ranked<Label>[];
  readonly #byCalledNumber = new Map<string, Ranked<Label>[]>();
  readonly #byCallingNumber = new Map<string, Ranked<Label>[]>();
  readonly #unfiltered: Ranked<Label>[] = [];
  /** By trunk; undefined when the whole set is in order, and so is each part of it. */
  readonly #refusals: Map<string, ServerRefusal<Label> | undefined> | undefined;

  /** Rules without an id come after all others, in the order given. */
  constructor(rules: readonly Rule<Label>[], server: Server) {
    this.#server = server;
    this.#rules = inStoreOrder(rules).map((rule) => ({ ...storedRule(rule, server), rank: 0 }));
    const { refusals, unchecked } = firstRefusal(this.#rules);
    this.unchecked = unchecked;
    if (refusals.length > 0) this.#refusals = new Map();
    for (const [rank, rule] of this.#rules.toSorted(comparePriority).entries()) {
      rule.rank = rank;
      this.#index(rule);
    }
  }

  /** Returns what becomes of the call. It looks at the rules alone whose filters list the call's numbers. */
  take(call: Call): Outcome<Label> {
    const refusal = this.#refusalFor(call);
    if (refusal) return { outcome: "refused", refusal };
    const best = this.#best(call);
    if (!best) return { outcome: "no-match", rejected: supports(this.#server, "rejection") };
    const room = roomFor(best, call, this.#server);
    return {
      outcome: "winner",
      winner: {
        rule: best.label,
        asksForPin: best.pin !== "" && !call.pin,
        ...(typeof room === "string" ? { room: undefined, noRoom: room } : { room }),
      },
    };
  }

  /**
   * Why each rule but the winner doesn't take the call, in the order of their ids; none when it is refused.
   */
  losers(call: Call): Loser<Label>[] {
    if (this.#refusalFor(call)) return [];
    const best = this.#best(call);
    const losers: Loser<Label>[] = [];
    for (const rule of this.#rules) {
      const miss = missOf(rule, call);
      if (miss) losers.push({ rule: rule.label, loss: lossBy(miss, rule, call) });
      else if (best && rule !== best) losers.push({ rule: rule.label, loss: beatenBy(best, rule) });
    }
    return losers;
  }

  #index(rule: Ranked<Label>): void {
    const { called, calling } = rule;
    if (called.length > 0) for (const one of new Set(called)) addTo(this.#byCalledNumber, one, rule);
    else if (calling.length > 0) for (const one of new Set(calling)) addTo(this.#byCallingNumber, one, rule);
    else this.#unfiltered.push(rule);
  }

  #best(call: Call): Ranked<Label> | undefined {
    const candidates = [
      this.#byCalledNumber.get(call.calledNumber) ?? [],
      this.#byCallingNumber.get(call.callingNumber) ?? [],
      this.#unfiltered,
    ];
    const rankOf = (rule: Ranked<Label>): number | undefined => (missOf(rule, call) ? undefined : rule.rank);
    const best = candidates.flatMap((rules) => firstOf(rules, rankOf) ?? []);
    return firstOf(best, ({ rank }) => rank);
  }

  #refusalFor(call: Call): ServerRefusal<Label> | undefined {
    if (!this.#refusals) return undefined;
    const trunk = call.trunk ?? "";
    if (!this.#refusals.has(trunk)) {
      const listed = this.#rules.filter(listedFor(trunk === "" ? [] : [trunk]));
      this.#refusals.set(trunk, firstRefusal(listed).refusals[0]);
    }
    return this.#refusals.get(trunk);
  }
}

/** `rank` is the rule's place among all rules when only priorities, rooms and ids count; the lowest wins. */
interface Ranked<Label> extends StoredRule<Label> {
  rank: number;
}
