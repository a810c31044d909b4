import { themOf } from "../rule/count-words.ts";
import { infoField } from "../rule/fields.ts";
import type { Rename, Said } from "./check.ts";
import type { RuleFacts } from "./facts.ts";
import { TWO_RULES } from "./mixed-numbers.ts";

type Filter = "numbers" | "inbound_numbers";

/**
 * The renames that make a rule's one filter the other; undefined where that holds numbers. A list that is empty there
 * filters nothing under either name, and takes this one's.
 */
export function renamesTo(to: Filter, { object }: Pick<RuleFacts, "object">): Rename[] | undefined {
  const from = otherThan(to);
  const [member, other] = [from, to].map((field) =>
    object.members.find(({ key }) => infoField(key) === field),
  );
  const value = other?.value;
  const isFree = !value || value.kind === "null" || (value.kind === "array" && value.items.length === 0);
  if (!member || !isFree) return undefined;
  return [{ member, to }, ...(other ? [{ member: other, to: from }] : [])];
}

/** Returns what to do about numbers that belong in this filter, where moving them there is not enough. */
export function instead(
  to: Filter,
  numbers: readonly string[],
  { areAll, there }: { areAll: boolean; there: readonly string[] },
): Pick<Said, "next"> {
  if (numbers.every((number) => there.includes(number)))
    return {
      next: `Take ${themOf(numbers.length)} out of \`${otherThan(to)}\`: \`${to}\` ${numbers.length === 1 ? "has it" : "have them"} already.`,
    };
  return areAll ? {} : { next: TWO_RULES };
}

function otherThan(filter: Filter): Filter {
  return filter === "numbers" ? "inbound_numbers" : "numbers";
}
