import { fromJson, type JsonObject } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import { letInBy } from "../../src/routing/acceptance.ts";
import { NEWEST, parseServer } from "../../src/rule/server.ts";
import type { Rule } from "../../src/routing/stored-rule.ts";
import { given, Peer } from "../peers/peer.ts";
import { describeLive } from "./live.ts";
import { SERVER } from "./programs.ts";
import { type Running, startServer } from "./running.ts";

const DID = "+15550100";
const CALL = { to: DID, from: "+15550177", sourceIp: "192.0.2.1" };
const LOBBY = { dispatch_rule_direct: { room_name: "lobby" } };
const HALL = { dispatch_rule_direct: { room_name: "hall" } };

/** A server without rules and trunks, and what can be done with it. */
interface Scene {
  running: Running;
  /** Calls a method, which has to succeed, and gives what it answers. */
  done: (method: string, body: object) => Promise<Record<string, unknown>>;
  /** What becomes of a call. */
  routed: (call: object) => Promise<{ error?: string; silent?: boolean; result?: string }>;
  listed: () => Promise<JsonObject[]>;
}

/** What docs/routing.md says that a running server does, and what no library of LiveKit's tells. */
const CLAIMS: { claim: string; since?: string; holds: (scene: Scene) => Promise<void> }[] = [
  {
    claim: "a call that no rule takes is dropped up to v1.13.7",
    holds: async ({ routed }) => expect(await routed(CALL)).toEqual({ result: "DROP" }),
  },
  {
    claim: "an update can move a rule into a conflict, and then its calls fail",
    holds: async ({ done, routed, listed }) => {
      const { sip_trunk_id: trunk } = await done("CreateSIPInboundTrunk", { trunk: { numbers: [DID] } });
      await done("CreateSIPDispatchRule", { dispatch_rule: { rule: LOBBY, trunk_ids: [trunk] } });
      const { sip_dispatch_rule_id } = await done("CreateSIPDispatchRule", {
        dispatch_rule: { rule: HALL, trunk_ids: ["ST_other"] },
      });
      expect(await routed(CALL)).toMatchObject({ result: "ACCEPT" });

      const held = (await listed()).map(ruleFrom);
      const replace = { sip_dispatch_rule_id, rule: HALL, trunk_ids: [trunk] } as JsonObject;
      const known = letInBy(held, ruleFrom(replace), parseServer(SERVER) ?? NEWEST);
      expect(known).toMatchObject({ code: "conflict", meeting: { trunkId: trunk } });

      await done("UpdateSIPDispatchRule", { sip_dispatch_rule_id, replace });
      expect((await routed(CALL)).error).toContain("already exists in dispatch rule");
    },
  },
  {
    claim: "an update can give a trunk another's number, and then its calls fail",
    holds: async ({ done, routed }) => {
      await done("CreateSIPInboundTrunk", { trunk: { numbers: [DID] } });
      const { sip_trunk_id } = await done("CreateSIPInboundTrunk", { trunk: { numbers: ["+15550101"] } });
      await done("CreateSIPDispatchRule", { dispatch_rule: { rule: LOBBY } });
      expect(await routed(CALL)).toMatchObject({ result: "ACCEPT" });
      await done("UpdateSIPInboundTrunk", { sip_trunk_id, update: { numbers: { set: [DID] } } });
      expect((await routed(CALL)).error).toContain("Multiple SIP Trunks matched");
    },
  },
  {
    claim: "a listing has an empty media after a wrapped create, and none after a replacement",
    since: "1.12.0",
    holds: async ({ done, listed }) => {
      const { sip_dispatch_rule_id } = await done("CreateSIPDispatchRule", {
        dispatch_rule: { rule: LOBBY },
      });
      expect((await listed())[0]).toMatchObject({ media: { codecs: [] } });
      await done("UpdateSIPDispatchRule", { sip_dispatch_rule_id, replace: { rule: LOBBY } });
      expect((await listed())[0]).toMatchObject({ media: null });
    },
  },
  {
    claim: "a field that the server doesn't know is dropped, at whatever depth",
    holds: async ({ done, listed }) => {
      const agents = [{ agent_name: "a", thread_id: "AT_a" }];
      const rule = { ...LOBBY, _comment: "why" };
      await done("CreateSIPDispatchRule", {
        _comment: "why",
        dispatch_rule: { rule, room_config: { agents } },
      });
      expect(JSON.stringify(await listed())).not.toMatch(/thread_id|_comment/);
    },
  },
  {
    claim: "a hidden caller without a number ends the server before v1.13.8",
    holds: async ({ running, done, routed }) => {
      await done("CreateSIPDispatchRule", { dispatch_rule: { rule: LOBBY, hide_phone_number: true } });
      expect(await routed({ ...CALL, from: "" })).toEqual({ silent: true });
      expect(await running.ended()).toMatch(/ended with status 2;[^]*slice bounds out of range/);
    },
  },
];

// The last claim ends the server, so each has its own.
describeLive(`what livekit-server ${SERVER} does`, ["redis", "server", "client"], (paths) => {
  test.for(CLAIMS.filter(({ since }) => since === undefined || !isBefore(SERVER, since)))(
    "$claim",
    async ({ holds }) => {
      const running = await startServer(paths);
      const client = new Peer({ program: paths.client }, [running.redis]);
      const done: Scene["done"] = async (method, body) => {
        const answer = await running.api(method, body);
        expect(answer).toMatchObject({ status: 200 });
        return answer.body;
      };
      const listed = async (): Promise<JsonObject[]> =>
        (await done("ListSIPDispatchRule", {}))["items"] as JsonObject[];
      try {
        await holds({
          running,
          done,
          routed: async (call) => given((await client.ask<object>([call]))[0]),
          listed,
        });
      } finally {
        client.stop();
        await running.stop();
      }
    },
  );
});

/** Both are versions of livekit-server. */
function isBefore(one: string, other: string): boolean {
  return one.localeCompare(other, "en", { numeric: true }) < 0;
}

function ruleFrom(json: JsonObject): Rule<string> {
  const info = fromJson(SIPDispatchRuleInfoSchema, json);
  return { label: info.sipDispatchRuleId, info };
}
