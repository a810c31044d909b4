import { ScalarType } from "@bufbuild/protobuf";
import type { CreateSIPDispatchRuleRequest } from "@livekit/protocol";
import type { EnumShape, FieldShape, Shape } from "./shape.ts";

// @livekit/protocol brings protobuf-es v1 with it, whose types have no name that could be imported here.
type Fields = typeof CreateSIPDispatchRuleRequest.fields;
type MessageType = { readonly typeName: string; readonly fields: Fields };
type Field = ReturnType<Fields["list"]>[number];
type EnumType = Extract<Field, { kind: "enum" }>["T"];

/** The shape of a message as @livekit/protocol publishes it, which says nothing of deprecations. */
export function publishedShape(root: MessageType): Shape {
  const shape: Shape = { messages: {}, enums: {} };
  add(root, shape);
  return shape;
}

function add(message: MessageType, shape: Shape): void {
  if (shape.messages[message.typeName]) return;
  const fields = message.fields.list();
  shape.messages[message.typeName] = { fields: fields.map(fieldShape) };
  for (const field of fields) {
    const element = field.kind === "map" ? field.V : field;
    if (element.kind === "message") add(element.T, shape);
    if (element.kind === "enum") shape.enums[element.T.typeName] = enumShape(element.T);
  }
}

function fieldShape(field: Field): FieldShape {
  const { no: number, name, jsonName } = field;
  return { number, name, jsonName, ...typeOf(field), label: labelOf(field), ...oneofOf(field) };
}

function typeOf(field: Field): Pick<FieldShape, "kind" | "type" | "keyType" | "valueType" | "valueKind"> {
  if (field.kind !== "map") return { kind: field.kind, type: typeName(field) };
  return {
    kind: "map",
    type: "map",
    keyType: scalarName(field.K),
    valueType: typeName(field.V),
    valueKind: field.V.kind,
  };
}

/** The type of the field's value, or of each of its values. */
function typeName(element: Exclude<Field, { kind: "map" }> | Extract<Field, { kind: "map" }>["V"]): string {
  return element.kind === "scalar" ? scalarName(element.T) : element.T.typeName;
}

/** Both versions of protobuf-es number the scalar types as the descriptors do. */
function scalarName(type: number): string {
  return (ScalarType[type] ?? "unknown").toLowerCase();
}

function labelOf(field: Field): FieldShape["label"] {
  if (field.repeated) return "repeated";
  return field.opt ? "optional" : "singular";
}

function oneofOf(field: Field): Pick<FieldShape, "oneof"> {
  return field.oneof ? { oneof: field.oneof.name } : {};
}

function enumShape(type: EnumType): EnumShape {
  return { values: type.values.map(({ name, no }) => ({ name, number: no })) };
}
