import { addTo } from "../rule/group-by.ts";
import { normalizeNumber } from "./normalize-number.ts";
import type { StoredRule } from "./stored-rule.ts";

/**
 * Why a server won't work with a set of rules: every call for which it lists them fails, whether or not
 * these rules would take it.
 * - `no-kind`: the rule is neither direct nor individual nor callee ("unsupported SIP Dispatch Rule").
 * - `conflict`: two rules hold the same PIN, trunk, calling number and called number ("Dispatch rule for the
 *   same trunk, inbound number, number, and PIN combination already exists"). Numbers are normalised for this
 *   alone; the kind of rule plays no part. A rule that lists a value twice is in conflict with itself.
 */
export type ServerRefusal<Label> =
  | { code: "no-kind"; rule: Label }
  | { code: "conflict"; rule: Label; other: Label; itself: boolean; meeting: Meeting };

/** Where a rule first meets the other one, as it spells it. Undefined: it lists none, so it takes any. */
export interface Meeting {
  /** Empty: neither rule has a PIN. */
  pin: string;
  trunkId: string | undefined;
  callingNumber: string | undefined;
  calledNumber: string | undefined;
  /** True if the other rule spells one of the two in another way, which is the same only once it is normalised. */
  isSpelledOtherwise: boolean;
}

/** The conflicts of a set, and how many rules were left out because comparing them would have taken too long. */
export interface ConflictReport<Label> {
  refusals: ServerRefusal<Label>[];
  unchecked: number;
}

/**
 * The first reason for which a server refuses these rules, which stand in the order in which it lists them.
 * Source: protocol sip/sip.go at v1.50.4, ValidateDispatchRulesIter (at v1.43.0 for servers without
 * `numbers`).
 */
export function firstRefusal<Label>(rules: readonly StoredRule<Label>[]): ConflictReport<Label> {
  return check(rules, 1);
}

/** Every rule that a server would refuse if they were created one after the other, with its first reason. */
export function allRefusals<Label>(rules: readonly StoredRule<Label>[]): ConflictReport<Label> {
  return check(rules, Infinity);
}

/**
 * Lists made for the check alone overlap so much that this is reached; real ones take about a step a number.
 */
const MOST_STEPS = 20_000_000;

function check<Label>(rules: readonly StoredRule<Label>[], atMost: number): ConflictReport<Label> {
  const table = new RuleTable<Label>();
  const refusals: ServerRefusal<Label>[] = [];
  for (const [at, rule] of rules.entries()) {
    const refusal = table.add(rule);
    if (refusal) refusals.push(refusal);
    if (refusals.length === atMost) break;
    if (table.steps > MOST_STEPS) return { refusals, unchecked: rules.length - at - 1 };
  }
  return { refusals, unchecked: 0 };
}

const LISTS = ["trunk", "calling", "called"] as const;
type Lists<T> = Record<(typeof LISTS)[number], T>;

/** A rule's lists as the server compares them: normalised, an empty one as the one empty value. */
interface Entry<Label> {
  rule: StoredRule<Label>;
  lists: Lists<readonly string[]>;
}

/**
 * The server enters every combination of trunk, calling number and called number into one table. This finds
 * the same conflict without multiplying them out: two rules meet when they share a value in each of the three
 * lists, and they meet first where each list first holds a shared value.
 */
class RuleTable<Label> {
  /** The comparisons so far, in steps of about the same time. */
  steps = 0;
  readonly #byPin = new Map<string, Lists<Map<string, Entry<Label>[]>>>();

  /** Adds the rule to those that later ones are compared with, or says why a server refuses it. */
  add(rule: StoredRule<Label>): ServerRefusal<Label> | undefined {
    if (rule.kind === undefined) return { code: "no-kind", rule: rule.label };
    const entry = entryOf(rule);
    const places = eachList((list) => firstPlaces(entry.lists[list]));
    let first = meetingWithItself(entry, places);
    const itself = first !== undefined;
    let other: Entry<Label> = entry;
    for (const neighbour of this.#neighbours(rule.pin, places)) {
      const met = this.#meeting(neighbour, places);
      if (met && (!first || isEarlier(met, first))) [first, other] = [met, neighbour];
    }
    if (!first) {
      this.#enter(rule.pin, entry, places);
      return undefined;
    }
    const [callingNumber, calledNumber] = [rule.calling[first.calling], rule.called[first.called]];
    return {
      code: "conflict",
      rule: rule.label,
      other: other.rule.label,
      itself: itself && other === entry,
      meeting: {
        pin: rule.pin,
        trunkId: rule.trunk[first.trunk],
        callingNumber,
        calledNumber,
        isSpelledOtherwise:
          (callingNumber !== undefined && !other.rule.calling.includes(callingNumber)) ||
          (calledNumber !== undefined && !other.rule.called.includes(calledNumber)),
      },
    };
  }

  #enter(pin: string, entry: Entry<Label>, places: Lists<Map<string, number>>): void {
    let tables = this.#byPin.get(pin);
    if (!tables) this.#byPin.set(pin, (tables = eachList(() => new Map())));
    for (const list of LISTS) for (const value of places[list].keys()) addTo(tables[list], value, entry);
  }

  /** The rules that share a value with this one, in that list in which the fewest do. */
  #neighbours(pin: string, places: Lists<Map<string, number>>): Iterable<Entry<Label>> {
    const tables = this.#byPin.get(pin);
    if (!tables) return [];
    let best: Entry<Label>[][] = [];
    let fewest = Infinity;
    for (const list of LISTS) {
      const holders: Entry<Label>[][] = [];
      let count = 0;
      for (const value of places[list].keys()) {
        const found = tables[list].get(value);
        if (!found) continue;
        holders.push(found);
        count += found.length;
      }
      this.steps += places[list].size;
      if (count < fewest) [best, fewest] = [holders, count];
    }
    this.steps += fewest;
    return new Set(best.flat());
  }

  /**
   * The first places in a rule's lists of values that the other rule lists too; undefined: they don't meet.
   */
  #meeting(other: Entry<Label>, places: Lists<Map<string, number>>): Lists<number> | undefined {
    const first = { trunk: Infinity, calling: Infinity, called: Infinity };
    for (const list of LISTS) {
      this.steps += other.lists[list].length;
      for (const value of other.lists[list])
        first[list] = Math.min(first[list], places[list].get(value) ?? Infinity);
      if (first[list] === Infinity) return undefined;
    }
    return first;
  }
}

function entryOf<Label>(rule: StoredRule<Label>): Entry<Label> {
  return {
    rule,
    lists: {
      trunk: orAny(rule.trunk),
      calling: orAny(rule.calling).map(normalizeNumber),
      called: orAny(rule.called).map(normalizeNumber),
    },
  };
}

function orAny(list: readonly string[]): readonly string[] {
  return list.length === 0 ? [""] : list;
}

function eachList<T>(make: (list: (typeof LISTS)[number]) => T): Lists<T> {
  return { trunk: make("trunk"), calling: make("calling"), called: make("called") };
}

function firstPlaces(values: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  for (const [at, value] of values.entries()) if (!places.has(value)) places.set(value, at);
  return places;
}

/** The last list moves fastest when the server combines them, so a repeat in it comes first. */
function meetingWithItself(
  entry: Entry<unknown>,
  places: Lists<Map<string, number>>,
): Lists<number> | undefined {
  for (const list of LISTS.toReversed()) {
    const repeat = entry.lists[list].findIndex((value, at) => places[list].get(value) !== at);
    if (repeat !== -1) return { trunk: 0, calling: 0, called: 0, [list]: repeat };
  }
  return undefined;
}

function isEarlier(a: Lists<number>, b: Lists<number>): boolean {
  for (const list of LISTS) if (a[list] !== b[list]) return a[list] < b[list];
  return false;
}
