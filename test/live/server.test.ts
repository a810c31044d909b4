import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { fromJson, type JsonObject } from "@bufbuild/protobuf";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import { NEWEST, parseServer } from "../../src/rule/server.ts";
import { given, Peer } from "../peers/peer.ts";
import { Random } from "../peers/random.ts";
import { describeLive } from "./live.ts";
import { SERVER } from "./programs.ts";
import { type Comparison, plain, RuleSets } from "./rule-sets.ts";
import { type Running, startServer } from "./running.ts";

const README = join(import.meta.dirname, "../../README.md");
const SETS = Number(process.env["LIVE_SETS"] ?? 300);

/** What calls come to at least once in 300 sets. */
const OUTCOMES = ["taken", "asks-for-pin", "no-match", "conflict", "several-trunks"];

describeLive(`livekit-server ${SERVER}`, ["redis", "server", "client"], (paths) => {
  let running: Running | undefined;
  let client: Peer | undefined;
  beforeAll(async () => {
    running = await startServer(paths);
    client = new Peer({ program: paths.client }, [running.redis]);
  });
  afterAll(async () => {
    client?.stop();
    await running?.stop();
  });

  test(`${SETS} sets of rules are stored, refused, listed and routed as we say`, { timeout: 0 }, async () => {
    const server = parseServer(SERVER) ?? NEWEST;
    const sets = new RuleSets(given(running), given(client), server, new Random(7));
    for (let at = 0; at < SETS && sets.found.differences.length === 0; at++) await sets.one();
    expect(sets.found.differences).toEqual([]);
    const { outcomes, ...counts } = sets.found;
    process.stderr.write(`${JSON.stringify({ ...counts, outcomes: Object.fromEntries(outcomes) })}\n`);
    const missed = OUTCOMES.filter((outcome) => (outcomes.get(outcome) ?? 0) < SETS / 300);
    expect(missed).toEqual([]);
    if (SETS === 300 && SERVER === "1.13.5") await expect(readmeWith(counts)).toMatchFileSnapshot(README);
  });

  test("what a fixture migrates is stored as planned, before and after", async () => {
    const { api } = given(running);
    const differences: object[] = [];
    for (const { fixture, flat, after } of inject("migrated")) {
      for (const [request, planned] of [
        [flat, flat],
        [{ dispatch_rule: after }, after],
      ] as const) {
        const { status, body } = await api("CreateSIPDispatchRule", request);
        const stored = status === 200 ? ruleOf(body as JsonObject) : {};
        const { sipDispatchRuleId, ...rule } = stored;
        if (!isDeepStrictEqual(rule, ruleOf(planned))) differences.push({ fixture, request, status, body });
        await api("DeleteSIPDispatchRule", { sipDispatchRuleId });
      }
    }
    expect(differences).toEqual([]);
  });
});

/** The README with the numbers of this run; `npm run test:live -- -u` writes it. */
function readmeWith({ creates, replaces, calls, unasked }: Omit<Comparison, "outcomes">): string {
  const n = (count: number): string => count.toLocaleString("en");
  // Not to the last one, so that a new fixture does not make the README stale.
  const stored = Math.floor(inject("migrated").length / 50) * 50;
  const lines = [
    `A running livekit-server ${SERVER} did what sip-dispatch says in all of ${n(creates)} creates, ${n(replaces)}`,
    `replacements and ${n(calls)} calls. ${n(unasked)} more calls were not made, because they end that server.`,
    `More than ${stored} requests that the tests migrate were stored as planned.`,
  ];
  const numbers = /(?<=<!-- written by test\/live -->\n).*?(?=<!-- end -->)/s;
  return readFileSync(README, "utf8").replace(numbers, `${lines.join("\n")}\n`);
}

function ruleOf(json: JsonObject): JsonObject {
  return plain(fromJson(SIPDispatchRuleInfoSchema, json));
}
