import { fromJson, type JsonObject } from "@bufbuild/protobuf";
import { SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import { NEWEST, type Server } from "../../src/rule/server.ts";
import type { Rule } from "../../src/routing/stored-rule.ts";

/** Rules from SIPDispatchRuleInfo's JSON, labelled by their keys. */
export function rulesFrom(infos: Record<string, JsonObject>): Rule<string>[] {
  return Object.entries(infos).map(([label, json]) => ({
    label,
    info: fromJson(SIPDispatchRuleInfoSchema, json),
  }));
}

export function direct(roomName: string, pin = ""): JsonObject {
  return { dispatchRuleDirect: { roomName, pin } };
}

/** The newest server whose matching is public. */
export const NEW: Server = NEWEST;
/** The server that is to come after the newest. */
export const NEXT: Server = { cloud: false, version: [1, 13, 12] };
/** The last server that knew no `numbers`. */
export const OLD: Server = { cloud: false, version: [1, 9, 10] };
