import type { Position } from "../sources/position.ts";
import { metadataIn } from "../rule/metadata.ts";
import { isObject, parsedJson } from "../rule/value.ts";
import type { RuleFacts } from "./facts.ts";

/**
 * The name of an agent in a place from which LiveKit sends none. No sentence shows it, because attributes and metadata
 * may be secret.
 */
export interface MisplacedName {
  agent: string;
  /** The path of the field and the key in it, for a person. */
  where: string;
  isAttribute: boolean;
  place: Position;
}

/**
 * The names of agents in a rule's attributes and metadata, which LiveKit hands on and does not look at. Metadata counts
 * where it is JSON. That of an agent is its own matter.
 */
export function misplacedNames({ document, fields }: RuleFacts): MisplacedName[] {
  const found: MisplacedName[] = [];
  const take = (key: string, agent: unknown, isAttribute: boolean, where: string, offset: number): void => {
    if (NAMES_AGENT.test(key) && typeof agent === "string" && agent !== "")
      found.push({ agent, where, isAttribute, place: document.place(offset) });
  };
  const attributes = fields.get("attributes");
  for (const { key, at, value } of attributes?.kind === "object" ? attributes.members : [])
    take(key, "value" in value && value.value, true, `attributes.${key}`, at.start);
  for (const { field, value } of metadataIn(fields)) {
    const json = field.includes("agents[") ? undefined : parsedJson(value.value);
    for (const [key, held] of isObject(json) ? Object.entries(json) : [])
      take(key, held, false, `\`${key}\` in ${field}`, value.start);
  }
  return found;
}

const NAMES_AGENT = /^(?:lk\.|livekit[._])?agent(?:[_.-]?name)$/i;
