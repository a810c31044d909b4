import type { DescFile } from "@bufbuild/protobuf";
import { CreateSIPDispatchRuleRequest } from "@livekit/protocol";
import { afterAll, describe, expect, it } from "vitest";
import {
  CreateSIPDispatchRuleRequestSchema,
  file_livekit_livekit_sip,
} from "../../src/gen/livekit/livekit_sip_pb.ts";
import { describePeer } from "../peers/peer.ts";
import { ourShape } from "./our-shape.ts";
import { publishedShape } from "./published-shape.ts";
import { type FieldShape, type Shape, differences, withoutDeprecations } from "./shape.ts";

/** Everything that a CreateSIPDispatchRuleRequest can hold, as we define it. */
const ours = ourShape(CreateSIPDispatchRuleRequestSchema);

describePeer("our definition of CreateSIPDispatchRuleRequest", "v1.54.0", (peer) => {
  afterAll(() => peer.stop());

  it("is the one in LiveKit's Go module, with its deprecations", async () => {
    const [theirs] = await peer.ask<Shape>([{ schema: CreateSIPDispatchRuleRequestSchema.typeName }]);
    expect(theirs && differences(ours, theirs)).toEqual([]);
  });
});

describe("our definition of CreateSIPDispatchRuleRequest", () => {
  it("is the one that @livekit/protocol 1.52.1 publishes, and what came after it", () => {
    const theirs = publishedShape(CreateSIPDispatchRuleRequest);
    expect(placesOf(differences(withoutDeprecations(ours), theirs))).toEqual([
      "livekit.EncodedFileType.MCAP",
      "livekit.RoomAgentDispatch.thread_id",
      "livekit.SIPMediaConfig.drop_audio_during_dtmf",
      "livekit.SegmentedFileProtocol.HLS_FMP4_PROTOCOL",
      "livekit.StreamDestination",
      "livekit.StreamDestination.id",
      "livekit.StreamDestination.url",
      "livekit.StreamOutput.destinations",
    ]);
  });

  it("declares nothing that the request cannot hold", () => {
    const held = new Set([...Object.keys(ours.messages), ...Object.keys(ours.enums)]);
    expect(typesIn(file_livekit_livekit_sip).filter((name) => !held.has(name))).toEqual([]);
  });
});

describe("the comparison", () => {
  it("does not mind the order", () => {
    const changed = structuredClone(ours);
    fieldsOf(changed, "livekit.SIPDispatchRuleInfo").reverse();
    expect(differences(ours, changed)).toEqual([]);
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
    const changed = structuredClone(ours);
    Object.assign(fieldsOf(changed, type).find((field) => field.name === name) ?? {}, change);
    expect(placesOf(differences(ours, changed))).toEqual([`${type}.${name}`]);
    expect(placesOf(differences(changed, ours))).toEqual([`${type}.${name}`]);
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
    const changed = structuredClone(ours);
    change(changed);
    expect(placesOf(differences(ours, changed))).toEqual(places.toSorted());
    expect(placesOf(differences(changed, ours))).toEqual(places.toSorted());
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
