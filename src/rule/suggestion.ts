import type { DescMessage } from "@bufbuild/protobuf";
import leven from "leven";
import { RoomAgentDispatchSchema } from "../gen/livekit/livekit_agent_dispatch_pb.ts";
import { RoomConfigurationSchema } from "../gen/livekit/livekit_room_pb.ts";
import { SIPDispatchRuleInfoSchema, SIPDispatchRuleSchema } from "../gen/livekit/livekit_sip_pb.ts";
import { spellings } from "./fields.ts";

/** Where fields live that are often written in the wrong place. */
const HOMES: [DescMessage, string][] = [
  [SIPDispatchRuleSchema, "`rule`"],
  [RoomConfigurationSchema, "`room_config`"],
  [RoomAgentDispatchSchema, "an item of `room_config.agents`"],
];

/** Says that a message has no such field, and which one may have been meant. */
export function unknownFieldHint(key: string, message: DescMessage, path: string): string {
  const subject = `\`${path ? `${path}.${key}` : key}\` is not a field of ${message.name}`;
  const near = nearest(key, [...spellings(message).keys()]);
  if (near) return `${subject}; did you mean \`${near}\`?`;
  if (path !== "" && spellings(SIPDispatchRuleInfoSchema).has(key)) {
    return `${subject}; it belongs ${path.includes("rule") ? "beside `rule`" : "at the top"}`;
  }
  const home = HOMES.find(([owner]) => owner !== message && spellings(owner).has(key));
  if (home) return `${subject}; it belongs in ${home[1]}`;
  return `${subject}, and LiveKit's tools refuse a request that holds it`;
}

/** The candidate that is spelled most nearly like the word; undefined where none comes close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const scored = candidates
    .map((candidate) => ({ candidate, distance: distance(word, candidate) }))
    .toSorted((a, b) => a.distance - b.distance);
  const best = scored[0];
  return best && best.distance <= (word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3)))
    ? best.candidate
    : undefined;
}

function distance(word: string, candidate: string): number {
  // A word that begins another, `trunks` and `trunk_ids`, is nearer than its letters count.
  const stem = word.replace(/s$/, "");
  if (stem.length >= 4 && candidate.startsWith(stem)) return 1;
  return leven(word.toLowerCase(), candidate.toLowerCase());
}
