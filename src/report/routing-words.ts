import type { RoutingChange, SiteResult } from "../migrate/outcome.ts";
import type { Expression, NumberList, Routing } from "../rule/routing.ts";
import { type Style, visible, wrapWords } from "./style.ts";

/** Whether a rule takes the calls that it took before, however its numbers are read. */
export function sameRouting({ routing }: SiteResult): boolean {
  return (
    routing !== null && isSame(routing.documented, routing.server) && isSame(routing.server, routing.after)
  );
}

/** Whether livekit-server takes other calls after the migration than today. */
export function changesRouting({ routing }: SiteResult): boolean {
  return routing === null || !isSame(routing.server, routing.after);
}

/** Which calls a rule takes before and after, a sentence each: the routing table for a report of many rules. */
export function routingLines({ documented, server, after }: RoutingChange, style: Style): string[] {
  const asDocumented = isSame(documented, after) ? ", as documented" : "";
  const said: [string, string][] = isSame(server, after)
    ? [["before and after", callsInWords(after)]]
    : [
        ["before", callsInWords(server)],
        ["after", callsInWords(after) + asDocumented],
      ];
  if (!isSame(documented, server) && !isSame(documented, after))
    said.push(["documented", callsInWords(documented)]);
  return said.flatMap(([when, calls]) =>
    wrapWords(`${when}: ${calls}`, style.width - 4).map((line, at) =>
      at === 0 ? `  ${line}` : `    ${line}`,
    ),
  );
}

function isSame(one: Routing, other: Routing): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function callsInWords({ calledNumbers, callingNumbers, trunkIds, pin, room }: Routing): string {
  const [to, from, over] = [listInWords(calledNumbers), listInWords(callingNumbers), listInWords(trunkIds)];
  const words = [
    to === "" && from === "" ? "all calls" : "calls",
    ...(to === "" ? [] : [`to ${to}`]),
    ...(from === "" ? [] : [`from ${from}`]),
    over === "" ? "over any trunk" : `over ${over}`,
    ...(pin === "" ? [] : [`with PIN ${inWords(pin)}`]),
  ];
  return `${words.join(" ")} → room ${inWords(room)}`;
}

/** Of a longer list the rest is counted. */
const MOST_ITEMS = 6;

/** Empty where any value will do. */
function listInWords(list: NumberList): string {
  if (!Array.isArray(list)) return inWords(list);
  const items = list.map(inWords);
  if (items.length > MOST_ITEMS)
    items.splice(MOST_ITEMS - 1, items.length, `${items.length - MOST_ITEMS + 1} more`);
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} or ${items.at(-1)}`;
}

function inWords(value: string | Expression): string {
  if (typeof value !== "string") return visible(value.expression);
  return value === "" ? '""' : visible(value);
}
