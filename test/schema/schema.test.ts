import { readFileSync } from "node:fs";
import type { DescFile } from "@bufbuild/protobuf";
import { CreateSIPDispatchRuleRequest } from "@livekit/protocol";
import { describe, expect, it } from "vitest";
import {
  CreateSIPDispatchRuleRequestSchema,
  file_livekit_livekit_sip,
} from "../../src/gen/livekit/livekit_sip_pb.ts";
import { ourShape } from "./our-shape.ts";
import { publishedShape } from "./published-shape.ts";
import { type FieldShape, type Shape, differences, withoutDeprecations } from "./shape.ts";

interface Closure extends Shape {
  counts: Record<"messages" | "enums" | "fields" | "enumValues" | "oneofs" | "deprecatedFields", number>;
}

/** Everything that a CreateSIPDispatchRuleRequest can hold, as LiveKit declares it. */
const closure: Closure = JSON.parse(
  readFileSync(new URL("../fixtures/schema/closure.json", import.meta.url), "utf8"),
);

describe("our definition of CreateSIPDispatchRuleRequest", () => {
  const ours = ourShape(CreateSIPDispatchRuleRequestSchema);

  it("is the one that @livekit/protocol publishes", () => {
    expect(differences(withoutDeprecations(ours), publishedShape(CreateSIPDispatchRuleRequest))).toEqual([]);
  });

  it("is LiveKit's with its deprecations too", () => {
    expect(differences(ours, closure)).toEqual([]);
  });

  it("is whole", () => {
    const fields = Object.values(ours.messages).flatMap((message) => message.fields);
    const oneofs = Object.values(ours.messages).map(
      (message) => new Set(message.fields.flatMap((f) => f.oneof ?? [])),
    );
    expect({
      messages: Object.keys(ours.messages).length,
      enums: Object.keys(ours.enums).length,
      fields: fields.length,
      enumValues: Object.values(ours.enums).flatMap((type) => type.values).length,
      oneofs: oneofs.reduce((sum, names) => sum + names.size, 0),
      deprecatedFields: fields.filter((field) => field.deprecated).length,
    }).toEqual(closure.counts);
  });

  it("declares nothing that the request cannot hold", () => {
    const held = new Set([...Object.keys(ours.messages), ...Object.keys(ours.enums)]);
    expect(typesIn(file_livekit_livekit_sip).filter((name) => !held.has(name))).toEqual([]);
  });
});

describe("the comparison", () => {
  it("does not mind the order", () => {
    const changed = structuredClone(closure);
    fieldsOf(changed, "livekit.SIPDispatchRuleInfo").reverse();
    expect(differences(closure, changed)).toEqual([]);
  });

  it.each<[keyof FieldShape, string, string, Partial<FieldShape>]>([
    ["number", "livekit.SIPDispatchRuleInfo", "numbers", { number: 7 }],
    ["jsonName", "livekit.SIPDispatchRuleInfo", "numbers", { jsonName: "calledNumbers" }],
    ["type", "livekit.SIPDispatchRuleInfo", "numbers", { type: "bytes" }],
    ["kind", "livekit.SIPMediaConfig", "encryption", { kind: "message" }],
    ["label", "livekit.SIPMediaConfig", "encryption", { label: "singular" }],
    ["oneof", "livekit.SIPDispatchRule", "dispatch_rule_direct", { oneof: "kind" }],
    ["keyType", "livekit.RoomConfiguration", "tags", { keyType: "int32" }],
    ["valueType", "livekit.RoomConfiguration", "tags", { valueType: "bytes" }],
    ["valueKind", "livekit.RoomConfiguration", "tags", { valueKind: "enum" }],
    ["deprecated", "livekit.CreateSIPDispatchRuleRequest", "trunk_ids", { deprecated: false }],
  ])("notices a field's other %s", (_property, type, name, change) => {
    const changed = structuredClone(closure);
    Object.assign(fieldsOf(changed, type).find((field) => field.name === name) ?? {}, change);
    expect(placesOf(differences(closure, changed))).toEqual([`${type}.${name}`]);
    expect(placesOf(differences(changed, closure))).toEqual([`${type}.${name}`]);
  });

  it.each<[string, (shape: Shape) => void, string[]]>([
    [
      "renamed field",
      (shape) => Object.assign(fieldsOf(shape, "livekit.SIPCodec")[0] ?? {}, { name: "codec" }),
      ["livekit.SIPCodec.name", "livekit.SIPCodec.codec"],
    ],
    ["lost field", (shape) => fieldsOf(shape, "livekit.SIPCodec").pop(), ["livekit.SIPCodec.rate"]],
    [
      "lost message",
      (shape) => delete shape.messages["livekit.SIPCodec"],
      ["livekit.SIPCodec", "livekit.SIPCodec.name", "livekit.SIPCodec.rate"],
    ],
    [
      "deprecated message",
      (shape) => Object.assign(shape.messages["livekit.SIPCodec"] ?? {}, { deprecated: true }),
      ["livekit.SIPCodec"],
    ],
    [
      "renumbered enum value",
      (shape) => Object.assign(shape.enums["livekit.ImageCodec"]?.values[1] ?? {}, { number: 2 }),
      ["livekit.ImageCodec.IC_JPEG"],
    ],
    [
      "lost enum",
      (shape) => delete shape.enums["livekit.ImageCodec"],
      ["livekit.ImageCodec", "livekit.ImageCodec.IC_DEFAULT", "livekit.ImageCodec.IC_JPEG"],
    ],
  ])("notices a %s, on either side", (_what, change, places) => {
    const changed = structuredClone(closure);
    change(changed);
    expect(placesOf(differences(closure, changed))).toEqual(places.toSorted());
    expect(placesOf(differences(changed, closure))).toEqual(places.toSorted());
  });
});

function fieldsOf(shape: Shape, type: string): FieldShape[] {
  return shape.messages[type]?.fields ?? [];
}

function placesOf(lines: string[]): string[] {
  return lines.map((line) => line.slice(0, line.indexOf(":"))).toSorted();
}

/** The messages and enums that a file and the ones it imports declare, except protobuf's own. */
function typesIn(file: DescFile): string[] {
  const own = [...file.messages, ...file.enums].map((type) => type.typeName);
  return [...own.filter((name) => !name.startsWith("google.")), ...file.dependencies.flatMap(typesIn)];
}
