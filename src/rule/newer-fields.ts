import type { DescMessage } from "@bufbuild/protobuf";
import { spellings } from "./fields.ts";
import type { ObjectValue, Span } from "./value.ts";

/** A field, or an enum's value, that LiveKit's own programs don't all know yet. */
export interface Newer {
  /** As the proto spells it. */
  name: string;
  at: Span;
  /** The first protocol that has it. */
  protocol: string;
  /** The first livekit-server that has it; undefined: 1.13.11 has it not. Those that don't drop it. */
  server: string | undefined;
}

/**
 * The fields and values that came after protocol v1.50.4, which `lk` 2.18.2 has. Source: livekit/protocol at these
 * versions; livekit-server v1.13.8 vendors v1.52.2-0.20261006, v1.13.11 v1.53.1-0.20261023 (their go.mod).
 */
const SINCE: ReadonlyMap<string, Pick<Newer, "protocol" | "server">> = new Map([
  ["EncodingOptionsPreset.PASSTHROUGH", { protocol: "1.52.0", server: "1.13.8" }],
  ["StreamOutput.destinations", { protocol: "1.53.1", server: "1.13.11" }],
  ["SegmentedFileProtocol.HLS_FMP4_PROTOCOL", { protocol: "1.53.1", server: "1.13.11" }],
  ["SIPMediaConfig.drop_audio_during_dtmf", { protocol: "1.53.2", server: undefined }],
  ["RoomAgentDispatch.thread_id", { protocol: "1.54.0", server: undefined }],
  ["EncodedFileType.MCAP", { protocol: "1.54.0", server: undefined }],
]);

/** Returns what a message holds of it, at whatever depth, in the order of the text. Expressions may hold more. */
export function newerIn(value: ObjectValue, message: DescMessage): Newer[] {
  const known = spellings(message);
  return value.members.flatMap(({ key, at, value: held }) => {
    const field = known.get(key);
    if (!field || held.kind === "null") return [];
    const since = SINCE.get(`${message.name}.${field.name}`);
    if (since) return [{ name: field.name, at, ...since }];
    return (held.kind === "array" ? held.items : [held]).flatMap((item) => {
      if (field.message && field.fieldKind !== "map")
        return item.kind === "object" ? newerIn(item, field.message) : [];
      const type = field.enum;
      const named = type?.values.find(({ name, number }) =>
        item.kind === "string" ? item.value === name : item.kind === "number" && Number(item.raw) === number,
      );
      const sinceThen = type && named && SINCE.get(`${type.name}.${named.name}`);
      return sinceThen ? [{ name: named.name, at: item, ...sinceThen }] : [];
    });
  });
}
