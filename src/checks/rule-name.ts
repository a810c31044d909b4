import type { InfoFields } from "../routing/rule-routing.ts";
import { shortened } from "../rule/list-words.ts";
import type { SetRule } from "./facts.ts";

/** How a person calls a rule with these fields: by its name, or else by its id; undefined where it has neither. */
export function nameOfFields(fields: InfoFields): string | undefined {
  const texts = (["name", "sip_dispatch_rule_id"] as const).map((field) => fields.get(field));
  const named = texts.find((value) => value?.kind === "string" && value.value !== "");
  return named?.kind === "string" ? named.value : undefined;
}

/** Another rule, as a sentence names it: `"night" (sip/night.json:2)`, or `the one at sip/night.json:2`. */
export function otherInWords({ name, path, line }: Pick<SetRule, "name" | "path" | "line">): string {
  const place = path === "-" ? `line ${line}` : `${path}:${line}`;
  if (name === undefined) return `the one ${path === "-" ? "on" : "at"} ${place}`;
  return `"${shortened(name, LONGEST_NAME)}" (${place})`;
}

/** A longer name leaves the sentence no room. */
const LONGEST_NAME = 40;
