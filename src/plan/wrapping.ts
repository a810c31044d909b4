import { requestField } from "../rule/fields.ts";
import type { Member } from "../rule/value.ts";
import { destination, type NumberFilter } from "../rule/wrap.ts";
import type { Rewrite, Site } from "../sources/syntax.ts";
import { flatField } from "./decision.ts";

/**
 * The choices for wrapping a flat request: the wrapper's key, the filter for `inbound_numbers`, trunks to bind it to.
 */
interface Wrapping {
  wrapper: string;
  filter: NumberFilter;
  bound: readonly string[] | undefined;
}

/** Moves the `fields` of a site into the wrapper. What is only set later is no part of the request's text. */
export function wrapping(
  { request, uses = [] }: Site,
  fields: readonly Member[],
  { wrapper, filter, bound }: Wrapping,
): Rewrite {
  const members = request.members.filter(({ key }) => fields.some((field) => field.key === key));
  const moves = members.map((member) => {
    const to = destination(flatField(member), filter);
    // Only `inbound_numbers` ever changes its name, and `numbers` is spelled alike in both cases.
    return { member, to: [wrapper, to === "numbers" ? to : member.key] };
  });
  const listed = members.find((member) => flatField(member) === "trunk_ids")?.key;
  const isCamel = members.some(({ key }) => /[A-Z]/.test(key));
  const key = listed ?? (isCamel ? "trunkIds" : "trunk_ids");
  return {
    wrapper,
    moves,
    trunks: bound && { to: [wrapper, key], ids: bound },
    uses: uses.map(({ bare, path }) => [
      ...(bare ? [] : [wrapper]),
      ...path.map((one) => (requestField(one) === "inbound_numbers" && filter === "numbers" ? filter : one)),
    ]),
  };
}
