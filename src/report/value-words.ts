import { codeInWords, type Expression, type NumberList } from "../routing/rule-routing.ts";
import { grouped } from "../rule/count-words.ts";
import { visible } from "./style.ts";

/** Of a longer list the rest is counted. */
const MOST_ITEMS = 6;

/** A value, or the code that stands for it, for a person. */
export function valueInWords(value: string | Expression): string {
  if (typeof value !== "string") return visible(codeInWords(value));
  return value === "" ? '""' : visible(value);
}

/** The items for a person, one after the other. */
export function itemsOf(list: NumberList): string[] {
  return Array.isArray(list) ? list.map(valueInWords) : [valueInWords(list)];
}

/** `a, b and 3 more`. */
export function itemsInWords(items: readonly string[], most = MOST_ITEMS): string {
  if (items.length <= most) return items.join(", ");
  return `${items.slice(0, most - 1).join(", ")} and ${grouped(items.length - most + 1)} more`;
}

/** Says who answers in the rule's room. */
export function agentsInWords(agents: NumberList, most = MOST_ITEMS): string {
  const names = itemsOf(agents);
  if (names.length === 0) return "no agent by name";
  return `${names.length === 1 ? "agent" : "agents"} ${itemsInWords(names, most)}`;
}
