import { type FlatField, type InfoField, requestField } from "../rule/fields.ts";
import { isAny, type Routing, routingOf } from "../rule/routing.ts";
import type { Member, Value } from "../rule/value.ts";
import { destination, type NumberFilter } from "../rule/wrap.ts";
import { chooseFilter, type FilterReason } from "./filter.ts";
import { tooOld } from "./notices.ts";
import type { MigrateOptions } from "./options.ts";
import type { RoutingChange } from "./outcome.ts";

/** What a flat request becomes, or why a person has to decide. Either way what it does to calls. */
export type Decision = { routing: RoutingChange } & (
  | { filter: NumberFilter; because: FilterReason; bound: readonly string[] | undefined }
  | { filter: undefined; reason: "mixed-numbers" | "server-too-old"; message: string; next: string }
);

/** Decides about a flat request of which the fields are as LiveKit wants them. */
export function decide(fields: readonly Member[], options: MigrateOptions): Decision {
  const server = routingAs(fields, "inbound_numbers");
  const bound = isAny(server.trunkIds) ? options.trunkIds : undefined;
  const trunkIds = bound ? [...bound] : server.trunkIds;
  const choice = chooseFilter(server.callingNumbers, trunkIds, options);
  const documented = routingAs(fields, "numbers");
  const after = { ...(choice.filter === "inbound_numbers" ? server : documented), trunkIds };
  const routing = { documented, server, after };
  if (!choice.filter) return { routing, reason: "mixed-numbers", ...choice };
  const old = tooOld(options.server, after);
  if (old) return { routing, filter: undefined, reason: "server-too-old", ...old };
  return { routing, bound, ...choice };
}

/** The flat field that a key of a flat form's `fields` spells. */
export function flatField(member: Member): FlatField {
  return requestField(member.key) as FlatField;
}

function routingAs(fields: readonly Member[], filter: NumberFilter): Routing {
  return routingOf(
    new Map(
      fields.map((member): [InfoField, Value] => [destination(flatField(member), filter), member.value]),
    ),
  );
}
