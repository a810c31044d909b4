import type { InfoFields } from "../routing/rule-routing.ts";

/** How a person calls a rule with these fields: by its name, or else by its id; undefined where it has neither. */
export function nameOfFields(fields: InfoFields): string | undefined {
  const texts = (["name", "sip_dispatch_rule_id"] as const).map((field) => fields.get(field));
  const named = texts.find((value) => value?.kind === "string" && value.value !== "");
  return named?.kind === "string" ? named.value : undefined;
}
