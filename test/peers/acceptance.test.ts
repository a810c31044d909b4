import { toJson } from "@bufbuild/protobuf";
import { afterAll, expect, test } from "vitest";
import { type SIPDispatchRuleInfo, SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import { checkReplace } from "../../src/routing/acceptance.ts";
import type { ServerRefusal } from "../../src/routing/conflicts.ts";
import type { Rule } from "../../src/routing/stored-rule.ts";
import { checkCreate } from "./creating.ts";
import { casesFor, compare, describePeer, given, type Protocol, serverOf } from "./peer.ts";
import { Random } from "./random.ts";
import { type GoRefusal, sameRefusal } from "./refusals.ts";
import { rule, ruleSet } from "./rule-cases.ts";

interface AcceptanceAnswer {
  refused: GoRefusal | null;
}

/** The last rule is the new one; `flatTrunkIds` are the request's, or undefined when it replaces a rule. */
interface AcceptanceCase {
  rules: SIPDispatchRuleInfo[];
  flatTrunkIds: string[] | undefined;
  toJSON(): object;
}

const SHARES: [Protocol, number][] = [
  ["v1.54.0", 0.06],
  ["v1.50.4", 0.04],
  ["v1.43.0", 0.02],
];

for (const [protocol, share] of SHARES) {
  describePeer("creating and replacing", protocol, (peer) => {
    const server = serverOf(protocol);
    const seen = new Map<string, number>();
    afterAll(() => peer.stop());

    test("every rule is taken or refused as LiveKit's code does", async () => {
      const random = new Random(4);
      const differences = await compare({
        peer,
        count: casesFor(share),
        generate: () => acceptanceCase(random),
        differ: ({ rules, flatTrunkIds }, theirs: AcceptanceAnswer) => {
          const held: Rule<number>[] = rules.map((info, label) => ({ label, info }));
          const added = given(held.pop());
          const report = flatTrunkIds
            ? checkCreate(held, added, flatTrunkIds, server)
            : checkReplace(held, added, server);
          const [ours] = report.refusals;
          for (const kind of kindsOf(ours, rules.length - 1)) seen.set(kind, (seen.get(kind) ?? 0) + 1);
          return sameRefusal(ours, theirs.refused ?? undefined)
            ? undefined
            : {
                rules: rules.map((info) => toJson(SIPDispatchRuleInfoSchema, info)),
                flatTrunkIds,
                ours,
                theirs,
              };
        },
      });
      expect(differences).toEqual([]);
    });

    test("the cases reach every kind of refusal", () => {
      const kinds = ["taken", "no-kind", "new with old", "old with old", "itself"];
      expect(kinds.filter((kind) => (seen.get(kind) ?? 0) < Math.floor(casesFor(share) / 500))).toEqual([]);
    });
  });
}

function kindsOf(refusal: ServerRefusal<number> | undefined, added: number): string[] {
  if (!refusal) return ["taken"];
  if (refusal.code === "no-kind") return ["no-kind"];
  const which = refusal.rule === added ? "new with old" : "old with old";
  return refusal.itself ? ["itself"] : [which];
}

function acceptanceCase(random: Random): AcceptanceCase {
  const held = ruleSet(random, 4);
  if (random.chance(0.7)) {
    const flatTrunkIds = random.chance(0.5) ? [] : random.some(["ST_a", "ST_b", "ST_c"], 1 + random.below(2));
    const rules = [...held, rule(random, "")];
    return { rules, flatTrunkIds, toJSON: () => ({ create: { rules: rules.map(ruleJson), flatTrunkIds } }) };
  }
  const id = held[0]?.sipDispatchRuleId ?? "";
  const rules = [...held, rule(random, id)];
  return { rules, flatTrunkIds: undefined, toJSON: () => ({ replace: { rules: rules.map(ruleJson) } }) };
}

function ruleJson(info: SIPDispatchRuleInfo): unknown {
  return toJson(SIPDispatchRuleInfoSchema, info);
}
