import { knownAmong, trunksWith } from "../routing/known-trunks.ts";
import { infoFields, knownItems, type Routing, routingOf } from "../routing/rule-routing.ts";
import type { KnownTrunks } from "../routing/trunks.ts";
import { themOf } from "../rule/count-words.ts";
import { NEWEST, type Server, supports } from "../rule/server.ts";
import { check, type Said } from "./check.ts";
import { instead, renamesTo } from "./other-filter.ts";
import { filesInWords, numbersInWords } from "./words.ts";

export const ownNumberAsCaller = check({
  id: "own-number-as-caller",
  severity: "warning",
  title: "The filter on callers holds a number of the rule's own trunks",
  why: "Nobody calls from that number, so that no call to it comes to the rule.",
  next: "Move own numbers to `numbers` (livekit-server 1.9.11 or newer), if calls to them are meant.",
  routing: "beside-table",
  ofWrapped: ({ info, server = NEWEST, ...trunks }) =>
    info ? ownCallers(routingOf(infoFields(info.members)), server, trunks) : [],
  ofRule: ({ routing, object, server = NEWEST, ...trunks }) => {
    const renames = supports(server, "numbers") ? renamesTo("numbers", { object }) : undefined;
    return ownCallers(routing, server, trunks).map((said) =>
      renames && said.areAll ? { ...said, renames } : said,
    );
  },
});

/** By the trunks that create requests make, it is likely at most: the rule may be on any trunk, or on none of them. */
function ownCallers(
  { calledNumbers, callingNumbers, trunkIds }: Routing,
  server: Server,
  { knownTrunks = [], unlistedTrunks = [] }: KnownTrunks,
): (Said & { areAll: boolean })[] {
  const callers = knownItems(callingNumbers);
  const ids = knownItems(trunkIds);
  const { own, unknown } = knownAmong(callers, ids, knownTrunks);
  if (own.length > 0) {
    const message = `${areOwn(own)} of the rule's own trunks${filesInWords(trunksWith(own, ids, knownTrunks))}: no call to ${themOf(own.length)} comes here`;
    const areAll = Array.isArray(callingNumbers) && own.length === callingNumbers.length;
    const there = knownItems(calledNumbers);
    return [{ message, areAll, ...(tooOld(server) ?? instead("numbers", own, { areAll, there })) }];
  }
  const likely = knownAmong(unknown, [], unlistedTrunks).own;
  if (likely.length === 0) return [];
  const message = `${areOwn(likely)} of a trunk that is created here${filesInWords(trunksWith(likely, [], unlistedTrunks))}: if the rule is on it, no call to ${themOf(likely.length)} comes here`;
  return [{ message, certainty: "likely", areAll: false, ...tooOld(server) }];
}

/** The next step for a server that would drop the filter to which the numbers belong. */
function tooOld(server: Server): Pick<Said, "next"> | undefined {
  if (server.cloud || supports(server, "numbers")) return undefined;
  const next = `Upgrade livekit-server before you move them to \`numbers\`: ${server.version.join(".")} drops that filter, and the rule would take every call on its trunks.`;
  return { next };
}

function areOwn(numbers: readonly string[]): string {
  const are = numbers.length === 1 ? "is a number" : "are numbers";
  return `\`inbound_numbers\` are callers, and ${numbersInWords([...numbers])} ${are}`;
}
