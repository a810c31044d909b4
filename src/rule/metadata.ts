import { RoomAgentDispatchSchema } from "../gen/livekit/livekit_agent_dispatch_pb.ts";
import { RoomConfigurationSchema } from "../gen/livekit/livekit_room_pb.ts";
import { fieldOf, type InfoField } from "./fields.ts";
import type { StringValue, Value } from "./value.ts";

/** A text of a rule that LiveKit hands on as it is, with the path of its field. */
export interface Metadata {
  field: string;
  value: StringValue;
}

/** The metadata of a rule, of its room and of the agents that it sends, as far as they are written as texts. */
export function metadataIn(fields: ReadonlyMap<InfoField, Value>): Metadata[] {
  const room = fields.get("room_config");
  const agents = fieldOf(room, RoomConfigurationSchema, "agents");
  const items = agents?.kind === "array" ? agents.items : [];
  const found: [string, Value | undefined][] = [
    ["metadata", fields.get("metadata")],
    ["room_config.metadata", fieldOf(room, RoomConfigurationSchema, "metadata")],
    ...items.map((agent, at): [string, Value | undefined] => [
      `room_config.agents[${at}].metadata`,
      fieldOf(agent, RoomAgentDispatchSchema, "metadata"),
    ]),
  ];
  return found.flatMap(([field, value]) => (value?.kind === "string" ? [{ field, value }] : []));
}
