import { afterAll, expect, test } from "vitest";
import { migrateText } from "../../src/migrate/migrate.ts";
import { OTHER, type Choice } from "../../src/routing/calls.ts";
import type { CallChange, CallOutcome } from "../../src/routing/compare.ts";
import { judgeTogether } from "../../src/routing/together.ts";
import { describePeer, given } from "./peer.ts";

/** A flat request with every field, and a wrapped one, as people write them. */
const FLAT = {
  rule: { dispatchRuleIndividual: { roomPrefix: "support-", pin: "4821" } },
  trunk_ids: ["ST_5nQd8kVYtWcM"],
  hide_phone_number: true,
  name: "support line",
  inbound_numbers: ["+15550100", "+15550101"],
  attributes: { queue: "tier-1" },
};
const WRAPPED = {
  dispatch_rule: {
    name: "phone",
    numbers: ["+15550100"],
    rule: { dispatchRuleIndividual: { roomPrefix: "phone" } },
  },
};

const NUMBERS = ["+15550100", "+15550101", "+15550199"];
const TRUNKS = ["ST_5nQd8kVYtWcM", "ST_other"];
const PINS = ["4821", "0000"];
const MENTIONED = new Set(["+15550100", "+15550101", "ST_5nQd8kVYtWcM", "4821"]);

interface Asked {
  to: string;
  from: string;
  trunk: string;
  pin: string;
}
const CALLS: Asked[] = NUMBERS.flatMap((to) =>
  NUMBERS.filter((from) => from !== to || from === "+15550199").flatMap((from) =>
    TRUNKS.flatMap((trunk) =>
      PINS.map((pin) => ({ to, from: from === to ? "+15550198" : from, trunk, pin })),
    ),
  ),
);

interface Answer {
  refused?: object;
  winner: number;
  room?: string;
}

describePeer("the calls that a migration prints", "v1.54.0", (peer) => {
  afterAll(() => peer.stop());

  /** Which rule LiveKit's own code gives each call in the end, by its number; -1 for none. */
  const winners = async (rules: object[]): Promise<number[]> => {
    const infos = rules.map((rule, at) => ({ ...rule, sipDispatchRuleId: `SDR_${at}` }));
    const ask = async (calls: object[]) =>
      given((await peer.ask<Answer[]>([{ route: { rules: infos, calls } }]))[0]);
    const first = await ask(CALLS.map(({ to, from, trunk }) => ({ to, from, trunk })));
    const second = await ask(CALLS);
    const hasPin = rules.map((rule) => JSON.stringify(rule).includes('"pin"'));
    return first.map(({ winner }, at) => (hasPin[winner] ? given(second[at]).winner : winner));
  };

  test.each([
    ["a flat request alone", [FLAT]],
    ["a flat and a wrapped request together", [FLAT, WRAPPED]],
    ["a wrapped request alone", [WRAPPED]],
  ])(
    "%s: every call goes where LiveKit's own code sends it, before and after, under both readings",
    async (_, requests) => {
      const results = await Promise.all(
        requests.map((request, at) => migrateText(`${at}.json`, JSON.stringify(request))),
      );
      const report = judgeTogether(results);
      const { inbound_numbers: numbers, ...flat } = FLAT;
      const rulesOf = (read: object) =>
        requests.map((request) => ("dispatch_rule" in request ? request.dispatch_rule : read));
      const today = await winners(rulesOf(FLAT));
      const documented = await winners(rulesOf({ ...flat, numbers }));
      const after = documented;
      for (const [at, call] of CALLS.entries()) {
        const about = (report?.changes ?? []).filter((change) => isAbout(change, call));
        const ends = [documented, today, after].map((winner) => given(winner[at]));
        expect([call, about.length]).toEqual([call, ends[1] === ends[2] ? 0 : 1]);
        for (const { outcomes } of about) expect([call, outcomes.map(numberOf)]).toEqual([call, ends]);
      }
      expect(report !== undefined).toBe(requests.includes(FLAT));
    },
  );
});

function isAbout({ calls }: CallChange, { to, from, trunk, pin }: Asked): boolean {
  const holds = (choices: Choice[] | "any", value: string): boolean =>
    choices === "any" || choices.includes(MENTIONED.has(value) ? value : OTHER);
  return (
    holds(calls.called, to) &&
    holds(calls.calling, from) &&
    holds(calls.trunk, trunk) &&
    holds(calls.pin, pin)
  );
}

/** Labels are the path of the source, which is the rule's number. */
function numberOf(outcome: CallOutcome): number {
  return outcome.kind === "room" ? Number.parseInt(outcome.rule, 10) : -1;
}
