import type { Position } from "../sources/position.ts";
import type { RuleFacts } from "./facts.ts";

/** A text in a list of a rule, with its place. */
export interface WrittenItem {
  text: string;
  place: Position;
}

/** The texts in a list of a rule as they are written; expressions are left out. */
export function writtenItems(
  { document, fields }: RuleFacts,
  field: "numbers" | "inbound_numbers" | "trunk_ids",
): WrittenItem[] {
  const value = fields.get(field);
  return (value?.kind === "array" ? value.items : []).flatMap((item) =>
    item.kind === "string" ? [{ text: item.value, place: document.place(item.start) }] : [],
  );
}

/** The place of a number in a rule's filters; that of the rule where it stands in none as it is. */
export function placeOf(rule: RuleFacts, number: string | undefined): Position {
  const items = [...writtenItems(rule, "numbers"), ...writtenItems(rule, "inbound_numbers")];
  return items.find(({ text }) => text === number)?.place ?? rule.place;
}
