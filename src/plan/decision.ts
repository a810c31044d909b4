import { type FlatField, type InfoField, requestField } from "../rule/fields.ts";
import {
  isAny,
  listOf,
  type NumberList,
  type Routing,
  type RoutingChange,
  routingOf,
} from "../routing/rule-routing.ts";
import type { Member, Value } from "../rule/value.ts";
import { destination, type NumberFilter } from "../rule/wrap.ts";
import { chooseFilter } from "./number-filter.ts";
import type { ReasonId } from "../checks/index.ts";
import { mixedNumbers } from "../checks/mixed-numbers.ts";
import { sdkTooOld, unknownToLibrary } from "../checks/sdk-too-old.ts";
import { serverTooOld, unknownToServer } from "../checks/server-too-old.ts";
import type { MigrateOptions } from "../config/options.ts";
import type { Pin } from "../rule/protocol-library.ts";
import type { ChosenFilter } from "../checks/chosen-filter.ts";

/** The result for a flat request, or why a person has to decide. */
export type Decision =
  | (ChosenFilter & { bound: readonly string[] | undefined })
  | { filter: undefined; reason: ReasonId; said: { message: string; next: string } };

/**
 * Decides about a flat request of which the fields are as LiveKit wants them; `pins` are of the library it is for, and
 * `passed` the trunks that the line which creates the rule passes.
 */
export function decide(
  fields: readonly Member[],
  options: MigrateOptions,
  pins: readonly Pin[] = [],
  passed?: NumberList,
): Decision {
  const written = fieldValue(fields, "inbound_numbers");
  const numbers = listOf(written);
  const bound = boundTrunks(fields, options);
  const trunkIds = passed ?? (bound ? [...bound] : listOf(fieldValue(fields, "trunk_ids")));
  const choice = chooseFilter(numbers, trunkIds, options, written !== undefined);
  if (!choice.filter)
    return { filter: undefined, reason: "mixed-numbers", said: mixedNumbers.say(choice.mixed) };
  const old = unknownToServer(options.server, choice.filter === "numbers" && !isAny(numbers));
  if (old) return { filter: undefined, reason: "server-too-old", said: serverTooOld.say(old) };
  const oldSdk = unknownToLibrary(pins, namesNumbers(fields, choice.filter));
  if (oldSdk) return { filter: undefined, reason: "sdk-too-old", said: sdkTooOld.say(oldSdk) };
  return { bound, ...choice };
}

/** Tells whether the result has a field `numbers`. */
export function namesNumbers(fields: readonly Member[], filter: NumberFilter): boolean {
  return filter === "numbers" && fieldValue(fields, "inbound_numbers") !== undefined;
}

/**
 * Returns what a flat request does with calls before, under both readings, and when its numbers become this filter.
 */
export function routingChange(
  fields: readonly Member[],
  filter: NumberFilter,
  options: MigrateOptions,
  passed?: NumberList,
): RoutingChange {
  const over = (routing: Routing): Routing => (passed ? { ...routing, trunkIds: passed } : routing);
  const documented = over(routingAs(fields, "numbers"));
  const server = over(routingAs(fields, "inbound_numbers"));
  const after = filter === "numbers" ? documented : server;
  const bound = boundTrunks(fields, options);
  return { documented, server, after: bound && !passed ? { ...after, trunkIds: [...bound] } : after };
}

/** The trunks of `--trunks`, for a rule that has none. */
function boundTrunks(fields: readonly Member[], options: MigrateOptions): readonly string[] | undefined {
  return options.trunkIds && isAny(listOf(fieldValue(fields, "trunk_ids"))) ? options.trunkIds : undefined;
}

function fieldValue(fields: readonly Member[], name: FlatField): Value | undefined {
  return fields.find((member) => flatField(member) === name)?.value;
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
