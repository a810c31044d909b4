import { type DescEnum, type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import type { EnumShape, FieldShape, Shape } from "./shape.ts";

/** The shape of a message as our generated descriptors have it. */
export function ourShape(root: DescMessage): Shape {
  const shape: Shape = { messages: {}, enums: {} };
  add(root, shape);
  return shape;
}

function add(message: DescMessage, shape: Shape): void {
  if (shape.messages[message.typeName]) return;
  shape.messages[message.typeName] = {
    deprecated: message.deprecated,
    fields: message.fields.map(fieldShape),
  };
  for (const field of message.fields) {
    if (field.message) add(field.message, shape);
    if (field.enum) shape.enums[field.enum.typeName] = enumShape(field.enum);
  }
}

function fieldShape(field: DescField): FieldShape {
  const { number, name, jsonName, deprecated } = field;
  return { number, name, jsonName, deprecated, ...typeOf(field), label: labelOf(field), ...oneofOf(field) };
}

function typeOf(field: DescField): Pick<FieldShape, "kind" | "type" | "keyType" | "valueType" | "valueKind"> {
  const element = elementOf(field);
  if (field.fieldKind !== "map") return element;
  return {
    kind: "map",
    type: "map",
    keyType: scalarName(field.mapKey),
    valueType: element.type,
    valueKind: element.kind,
  };
}

/** The type of the field's value, or of each of its values. */
function elementOf(field: DescField): { kind: "scalar" | "enum" | "message"; type: string } {
  if (field.message) return { kind: "message", type: field.message.typeName };
  if (field.enum) return { kind: "enum", type: field.enum.typeName };
  return { kind: "scalar", type: scalarName(field.scalar) };
}

function scalarName(type: ScalarType): string {
  return ScalarType[type].toLowerCase();
}

function labelOf(field: DescField): FieldShape["label"] {
  if (field.fieldKind === "list") return "repeated";
  return field.proto.proto3Optional ? "optional" : "singular";
}

function oneofOf(field: DescField): Pick<FieldShape, "oneof"> {
  return field.oneof ? { oneof: field.oneof.name } : {};
}

function enumShape({ deprecated, values }: DescEnum): EnumShape {
  return { deprecated, values: values.map(({ name, number }) => ({ name, number })) };
}
