import { ownAmong } from "../routing/known-trunks.ts";
import { infoFields, type NumberList, type Routing, routingOf } from "../routing/rule-routing.ts";
import type { Trunk } from "../routing/trunks.ts";
import { infoField } from "../rule/fields.ts";
import { hasNumbers, NEWEST } from "../rule/server.ts";
import { check, type Said } from "./check.ts";
import { numbersInWords } from "./words.ts";

export const ownNumberAsCaller = check({
  id: "own-number-as-caller",
  severity: "warning",
  title: "The filter on callers holds a number of the rule's own trunks",
  why: "Nobody calls from that number, so that no call to it comes to the rule.",
  next: "Move own numbers to `numbers` (livekit-server 1.9.11 or newer), if calls to them are meant.",
  routing: "beside-table",
  ofWrapped: ({ info, knownTrunks }) =>
    info ? ownCallers(routingOf(infoFields(info.members)), knownTrunks) : [],
  ofRule: ({ routing, knownTrunks, object, fields, server = NEWEST }) => {
    const member = object.members.find(({ key }) => infoField(key) === "inbound_numbers");
    const isFree = fields.get("numbers") === undefined && hasNumbers(server);
    return ownCallers(routing, knownTrunks).map((said) =>
      member && isFree && said.areAll ? { ...said, renames: [{ member, to: "numbers" as const }] } : said,
    );
  },
});

function ownCallers(
  { callingNumbers, trunkIds }: Routing,
  knownTrunks: readonly Trunk[] = [],
): (Said & { areAll: boolean })[] {
  const own = ownAmong(written(callingNumbers), written(trunkIds), knownTrunks);
  if (own.length === 0) return [];
  const isOne = own.length === 1;
  const message = `\`inbound_numbers\` are callers, and ${numbersInWords(own)} ${isOne ? "is a number" : "are numbers"} of the rule's own trunks: no call to ${isOne ? "it" : "them"} comes here`;
  return [{ message, areAll: Array.isArray(callingNumbers) && own.length === callingNumbers.length }];
}

function written(list: NumberList): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
}
