import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fromJson, type JsonObject } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { type Diagnosis, diagnose } from "../../src/calls/diagnosis.ts";
import { SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import { Router } from "../../src/routing/match.ts";
import { trunksFromJson } from "../../src/routing/trunks.ts";
import type { WrittenRule } from "../../src/routing/written-rules.ts";
import { NEWEST } from "../../src/rule/server.ts";
import { storedIn } from "../routing/stored-in-wire.ts";
import { CALLS, callsIn, LOGS } from "./logs.ts";

/** What was stored when a call was made. Ids are what they were, so they are left out of what is expected: ST_1, SDR_1. */
function storedFor(scenario: string): { rules: JsonObject[]; trunks: JsonObject[] } {
  const wire = readFileSync(join(CALLS, `${scenario}.wire.txt`), "utf8");
  const rules = storedIn(wire, "rule", "sipDispatchRuleId");
  const [, id, trunk] = /^UpdateSIPDispatchRule (\w+) replace with trunk_ids \[(\w+)\]/m.exec(wire) ?? [];
  for (const rule of rules) if (rule["sipDispatchRuleId"] === id) rule["trunk_ids"] = [trunk ?? ""];
  return { rules, trunks: storedIn(wire, "trunk", "sipTrunkId") };
}

/** What is said of the call that was made, with the rules and trunks that there were, or with others. */
function said(
  scenario: string,
  { rules, trunks }: Partial<ReturnType<typeof storedFor>> = storedFor(scenario),
  hide = (text: string): string => text,
): Diagnosis {
  const written = rules?.map((json, at): WrittenRule => {
    const info = fromJson(SIPDispatchRuleInfoSchema, json);
    return { path: "rules.json", line: at + 1, column: 1, form: "info", info, documented: info };
  });
  const router = new Router(
    (written ?? []).map((rule) => ({ label: rule, info: rule.info })),
    NEWEST,
  );
  const read = trunks && trunksFromJson(trunks);
  const setup = { router, server: NEWEST, trunks: read && "trunks" in read ? read.trunks : undefined };
  const [call] = callsIn(LOGS.get(`${scenario}.sip.json`)?.split("\n") ?? []);
  if (!call) throw new Error(`no call in ${scenario}`);
  return diagnose(call, { rules: written, setup }, hide);
}

/** The ids of a scenario, by number, in the order in which they were stored. */
function named(text: string, scenario: string): string {
  const { rules, trunks } = storedFor(scenario);
  let result = text;
  const number = (stored: readonly JsonObject[], key: string, prefix: string): void => {
    for (const [at, one] of stored.entries())
      result = result.replaceAll(JSON.stringify(one[key]).slice(1, -1), `${prefix}_${at + 1}`);
  };
  number(rules, "sipDispatchRuleId", "SDR");
  number(trunks, "sipTrunkId", "ST");
  return result;
}

describe("what was stored says more about a call", () => {
  it.each([
    ["a1_norule_trunk", '"other number" (rules.json:1:1) comes nearest. It takes calls only to +15550199.'],
    ["a2_norule_at_all", "There is no dispatch rule at all."],
    ["b1_norule_trunk_unmatched", "None of the trunks that were given (1) has the number +15550100."],
    ["b2_nothing_stored", "There is no inbound trunk at all. There is no dispatch rule at all."],
    [
      "b3_no_trunk_wildcard_takes@info",
      'No trunk matched it: the rule has none, and takes such calls, too. There is no inbound trunk at all. SDR_1 is "catch all" (rules.json:1:1).',
    ],
    [
      "d1_rule_on_other_trunk",
      "(rules.json:1:1) comes nearest. It is bound to ST_2, and the call came over ST_1.",
    ],
    [
      "e2_caller_spelled_otherwise",
      '"known caller" (rules.json:1:1) should have taken it. It takes calls from +15550111, the calling number in another spelling; rules compare exactly.',
    ],
    [
      "g1_caller_not_allowed",
      'Trunk ST_1 ("main") has +15550100, but +15550111 is not in its `allowed_numbers` (+15550122).',
    ],
    ["h2_pin_wrong", '"conference" (rules.json:1:1) is the rule that asks.'],
    ["i1_rules_conflict", '"support" (rules.json:1:1) and "support" (rules.json:2:1) are in conflict.'],
    [
      "i8_conflict_by_replace_of_rule",
      '"support" (rules.json:1:1) and "second" (rules.json:2:1) are in conflict.',
    ],
    [
      "i2_two_trunks_one_number",
      'ST_1 ("main") and ST_2 ("main") have the called number, and the server fails the call.',
    ],
    [
      "i7_two_default_trunks_stored",
      'ST_1 ("any") and ST_2 ("any") have no numbers and no other trunk has the called one, and the server fails the call.',
    ],
    [
      "l1_address_not_allowed",
      'Trunk ST_1 ("main") has +15550100, but the source 127.0.0.1 is not in its `allowed_addresses` (127.0.0.9).',
    ],
    ["r1_anonymous_caller", "comes nearest. It takes calls only from +15550111."],
  ])("%s", (scenario, sentence) => {
    expect(named(said(scenario).explanation, scenario)).toContain(sentence);
  });

  it("for every call of which it was kept", () => {
    const kept = readdirSync(CALLS).filter((name) => name.endsWith(".wire.txt"));
    expect(kept).toHaveLength(15);
  });
});

const MADE = "a1_norule_trunk";
const TRUNK = storedFor(MADE).trunks[0]?.["sipTrunkId"] ?? "";
const direct = { rule: { dispatch_rule_direct: { room_name: "support" } }, trunk_ids: [TRUNK] };

describe("of other rules it says", () => {
  it.each([
    [
      "that an own number stands in the filter on the caller, and what moves it",
      [{ ...direct, sipDispatchRuleId: "SDR_own", name: "support", inbound_numbers: ["+15550100"] }],
      '"support" (rules.json:1:1) should have taken it. Its `inbound_numbers`, which filter the caller, hold the called number +15550100, which belongs in `numbers`.',
      "`lk sip inbound list --json > trunks.json`, then `sip-dispatch check rules.json --known-trunks trunks.json --format lk` prints the line that moves own numbers to `numbers`, which filter the called number.",
    ],
    [
      "that one that was meant for the call comes before one that is nearer by the server's checks",
      [
        { ...direct, name: "support", inbound_numbers: ["+15550100"] },
        { ...direct, name: "other", numbers: ["+15550142"] },
      ],
      '"support" (rules.json:1:1) should have taken it',
      "moves own numbers",
    ],
    [
      "how the called number has to be written",
      [{ ...direct, sipDispatchRuleId: "SDR_a", name: "support", numbers: ["15550100"] }],
      '"support" (rules.json:1:1) should have taken it. It takes calls to 15550100, the called number in another spelling; rules compare exactly.',
      "Write +15550100 instead of 15550100 there, then `lk sip dispatch update --id SDR_a rule.json`, with that rule alone in the file.",
    ],
    [
      "that they are not those of that time",
      [{ ...direct, name: "support" }],
      'Of the rules that were given, "support" (rules.json:1:1) would take it: they are not those of that time.',
      "Make the call again, or give it the rules as they were then.",
    ],
    [
      "that they are in conflict, which that livekit-sip may have logged as no rule",
      [
        { ...direct, sipDispatchRuleId: "SDR_a", name: "one" },
        { ...direct, sipDispatchRuleId: "SDR_b", name: "other" },
      ],
      '"one" (rules.json:1:1) and "other" (rules.json:2:1) are in conflict.',
      "`lk sip dispatch delete SDR_b`",
    ],
    [
      "nothing that a shell would run",
      [
        {
          ...direct,
          sipDispatchRuleId: "SDR_a; reboot",
          name: "$(reboot)",
          numbers: ["15550100"],
        },
      ],
      '"$(reboot)" (rules.json:1:1)',
      "--id 'SDR_a; reboot' rule.json",
    ],
  ])("%s", (_, rules, explanation, next) => {
    const one = said(MADE, { rules });
    expect(one.explanation).toContain(explanation);
    expect(one.next).toContain(next);
  });
});

describe("of a call that a rule took it says", () => {
  // The log of b3: no trunk, and the rule without trunks that took it.
  const TAKEN = "b3_no_trunk_wildcard_takes@info";
  const { rules } = storedFor(TAKEN);
  const [taker] = rules;

  it("which trunk refused the caller, where a rule without trunks took it all the same", () => {
    const trunks = [{ sipTrunkId: "ST_a", numbers: ["+15550100"], allowedNumbers: ["+15550122"] }];
    expect(said(TAKEN, { rules, trunks }).explanation).toContain(
      "No trunk matched it: the rule has none, and takes such calls, too. Trunk ST_a has +15550100, but +15550111 is not in its `allowed_numbers` (+15550122).",
    );
  });

  it("which rule it passed by, and what is wrong there", () => {
    const meant = { ...direct, trunk_ids: [], name: "support", inbound_numbers: ["+15550100"] };
    const { explanation, next } = said(TAKEN, { rules: [...rules, meant] });
    expect(explanation).toContain('"support" (rules.json:2:1) should have taken it. Its `inbound_numbers`');
    expect(next).toContain("moves own numbers");
  });

  it("that the rules are not those of that time, where another one would take it", () => {
    const other = {
      ...direct,
      trunk_ids: [],
      sipDispatchRuleId: "SDR_now",
      name: "now",
      numbers: ["+15550100"],
    };
    for (const given of [[other], [taker ?? {}, other]]) {
      const { explanation, rule } = said(TAKEN, { rules: given });
      expect(explanation).toMatch(
        /"now" \(rules\.json:\d:1\) would take it: they are not those of that time\.$/,
      );
      expect(rule).toMatchObject({ part: "took", id: taker?.["sipDispatchRuleId"] });
    }
  });
});

it("hides every number and name", () => {
  for (const name of readdirSync(CALLS).filter((file) => file.endsWith(".wire.txt"))) {
    const scenario = name.replace(".wire.txt", "");
    const { explanation, next } = said(scenario, storedFor(scenario), () => "[hidden]");
    expect(`${explanation} ${next}`).not.toMatch(
      /1555|127\.0|"(?:main|support|second|any|conference|catch all|known caller|other number)"/,
    );
  }
});
