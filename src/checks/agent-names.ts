import type { Position } from "../sources/position.ts";
import { metadataIn } from "../rule/metadata.ts";
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
  const attributes = fields.get("attributes");
  const found: MisplacedName[] = (attributes?.kind === "object" ? attributes.members : []).flatMap(
    ({ key, at, value }) =>
      NAMES_AGENT.test(key) && value.kind === "string" && value.value !== ""
        ? [
            {
              agent: value.value,
              where: `attributes.${key}`,
              isAttribute: true,
              place: document.place(at.start),
            },
          ]
        : [],
  );
  for (const { field, value } of metadataIn(fields)) {
    if (field.includes("agents[")) continue;
    const place = document.place(value.start);
    for (const [key, held] of Object.entries(objectIn(value.value))) {
      if (NAMES_AGENT.test(key) && typeof held === "string" && held !== "")
        found.push({ agent: held, where: `\`${key}\` in ${field}`, isAttribute: false, place });
    }
  }
  return found;
}

const NAMES_AGENT = /^(?:lk\.|livekit[._])?agent(?:[_.-]?name)$/i;

function objectIn(text: string): object {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null ? json : {};
  } catch {
    return {};
  }
}
