import type { DescMessage } from "@bufbuild/protobuf";
import { RoomAgentDispatchSchema } from "../gen/livekit/livekit_agent_dispatch_pb.ts";
import { RoomConfigurationSchema } from "../gen/livekit/livekit_room_pb.ts";
import { SIPDispatchRuleInfoSchema, SIPDispatchRuleSchema } from "../gen/livekit/livekit_sip_pb.ts";
import { spellings } from "../rule/fields.ts";
import type { ProblemOf } from "../rule/problem.ts";
import { nearest } from "../rule/suggestion.ts";
import { reasonCheck, type Said } from "./check.ts";

export const unknownField = reasonCheck({
  id: "unknown-field",
  title: "LiveKit has no such field",
  why: "`lk` refuses the request for it, and the server's HTTP interface ignores it.",
  next: "Move it, rename it or delete it, then run this again.",
  say: (problem: ProblemOf<"unknown-field">) => ({ message: hint(problem) }),
});

/** Returns what is to be said of a field that a server lists: it may know more than this tool does. */
export function newsOf({ key, path }: ProblemOf<"unknown-field">): Said {
  return {
    message: `\`${path ? `${path}.${key}` : key}\` is not known here: the server may be newer than this program`,
    next: "Look it up in LiveKit's protocol, and upgrade sip-dispatch.",
    severity: "note",
  };
}

/** Where fields live that are often written in the wrong place. */
const HOMES: [DescMessage, string][] = [
  [SIPDispatchRuleSchema, "`rule`"],
  [RoomConfigurationSchema, "`room_config`"],
  [RoomAgentDispatchSchema, "an item of `room_config.agents`"],
];

/** Says that a message has no such field, and which one may have been meant. */
function hint({ key, message, path }: ProblemOf<"unknown-field">): string {
  const subject = `\`${path ? `${path}.${key}` : key}\` is not a field of ${message.name}`;
  const near = nearest(key, [...spellings(message).keys()]);
  if (near) return `${subject}; did you mean \`${near}\`?`;
  if (path !== "" && spellings(SIPDispatchRuleInfoSchema).has(key)) {
    return `${subject}; it belongs ${path.includes("rule") ? "beside `rule`" : "at the top"}`;
  }
  const kinds = SIPDispatchRuleSchema.fields.filter(
    (kind) => kind.message && spellings(kind.message).has(key),
  );
  if (kinds.length > 0)
    return `${subject}; it belongs in ${kinds.map(({ name }) => `\`${name}\``).join(" or ")}`;
  const home = HOMES.find(([owner]) => owner !== message && spellings(owner).has(key));
  if (home) return `${subject}; it belongs in ${home[1]}`;
  const beside = path.includes("rule") && nearest(key, [...spellings(SIPDispatchRuleInfoSchema).keys()]);
  if (beside) return `${subject}; did you mean \`${beside}\` beside \`rule\`?`;
  for (const [owner, words] of HOMES) {
    const like = owner === message ? undefined : nearest(key, [...spellings(owner).keys()]);
    if (like) return `${subject}; did you mean \`${like}\` in ${words}?`;
  }
  return `${subject}, and LiveKit's tools refuse a request that holds it`;
}
