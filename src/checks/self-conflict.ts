import { allRefusals } from "../routing/conflicts.ts";
import { normalizeNumber } from "../routing/normalize-number.ts";
import { ruleRoutedAs } from "../routing/partly-known-rule.ts";
import { knownItems, type Routing } from "../routing/rule-routing.ts";
import { storedRule } from "../routing/stored-rule.ts";
import { NEWEST } from "../rule/server.ts";
import { check } from "./check.ts";

/** Protocol sip/sip.go at v1.50.4, ValidateDispatchRulesIter: a rule is compared with itself, too. */
export const selfConflict = check({
  id: "self-conflict",
  severity: "error",
  title: "A rule that livekit-server refuses because of itself",
  why: "It lists a trunk or a number twice; numbers are the same here once they are normalised, although calls are matched exactly. Where an update brings such a rule in, every call to its trunks fails with 503.",
  next: "List each once. Of two spellings keep the one that calls have, or make two rules of them.",
  ofRule: ({ info, routing, server = NEWEST }) => {
    const stored = storedRule({ label: "", info: info ?? ruleRoutedAs(routing) }, server);
    const [refusal] = allRefusals([{ ...stored, kind: "direct" }]).refusals;
    return refusal?.code === "conflict"
      ? [{ message: `livekit-server refuses this rule: ${repeated(routing)}` }]
      : [];
  },
});

/** Returns the values that are the same for the server, as they are written. Expressions are not among them. */
function repeated({ calledNumbers, callingNumbers, trunkIds }: Routing): string {
  const lists = [
    ["numbers", calledNumbers, normalizeNumber],
    ["inbound_numbers", callingNumbers, normalizeNumber],
    ["trunk_ids", trunkIds, (id: string) => id],
  ] as const;
  for (const [field, list, asCompared] of lists) {
    const items = knownItems(list);
    const second = items.findIndex((item, at) =>
      items.slice(0, at).some((earlier) => asCompared(earlier) === asCompared(item)),
    );
    const wanted = items[second];
    if (wanted === undefined) continue;
    const first = items.find((item) => asCompared(item) === asCompared(wanted));
    return first === wanted
      ? `\`${field}\` hold ${wanted} twice`
      : `\`${field}\` hold ${first} and ${wanted}, which are one number once they are normalised`;
  }
  return "one of its lists holds an expression twice";
}
