import {
  type DescMessage,
  fromJson,
  type JsonValue,
  type Message,
  toJson as messageToJson,
} from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";
import { withoutAnnotations } from "./annotations.ts";
import { canonicalWellKnown, isWellKnown } from "./well-known.ts";
import { type ObjectValue, toJson } from "./value.ts";

export type JsonObject = Record<string, JsonValue>;

/**
 * The message that a checked object says. Annotations at its top are left out, and null leaves a field unset.
 * Throws on an object in which checkMessage finds a problem, or which holds an expression.
 */
export function messageFrom<T extends Message>(schema: GenMessage<T>, value: ObjectValue): T {
  return messageFromJson(schema, respelledJson(schema, value));
}

/** The same of an object in which checkMessage finds nothing but unknown fields; these are left out. */
export function knownMessageFrom<T extends Message>(schema: GenMessage<T>, value: ObjectValue): T {
  return messageFromJson(schema, respelledJson(schema, value), true);
}

function respelledJson(schema: DescMessage, value: ObjectValue): JsonObject {
  const json = toJson(withoutAnnotations(value)) as JsonObject;
  respellTimes(json, schema);
  return json;
}

/**
 * The message that JSON says, which has to stem from `toJson` or `messageJson`. Throws on what protobuf's own reader
 * refuses.
 */
export function messageFromJson<T extends Message>(
  schema: GenMessage<T>,
  json: JsonObject,
  ignoreUnknownFields = false,
): T {
  return fromJson(schema, json, { ignoreUnknownFields });
}

/** The message as canonical JSON: fields by number, proto names, unset ones left out. */
export function messageJson<T extends Message>(schema: GenMessage<T>, message: T): JsonObject {
  return messageToJson(schema, message, { useProtoFieldName: true }) as JsonObject;
}

/** Times and durations may be written in ways that Go's protojson reads and protobuf-es does not. */
function respellTimes(json: JsonObject, message: DescMessage): void {
  for (const field of message.fields) {
    if (field.fieldKind !== "message") continue;
    for (const key of [field.name, field.jsonName]) {
      const inner = json[key];
      if (typeof inner === "string" && isWellKnown(field.message))
        json[key] = canonicalWellKnown(field.message, inner) ?? inner;
      // Only of what the request holds: most of LiveKit's messages are in none, and to describe them takes its time.
      else if (typeof inner === "object" && inner !== null) respellTimes(inner as JsonObject, field.message);
    }
  }
}
