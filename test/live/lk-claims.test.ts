import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { isDeepStrictEqual } from "node:util";
import { fromJson, type JsonObject } from "@bufbuild/protobuf";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import { run } from "../cli/run.ts";
import { describeLive } from "./live.ts";
import { LK } from "./programs.ts";
import { plain, textOf } from "./rule-sets.ts";
import { type Running, startServer } from "./running.ts";

const LOBBY = { dispatch_rule_direct: { room_name: "lobby" } };
const FLAT = { rule: LOBBY, name: "lobby", trunk_ids: ["ST_a"] };
const CREATE = ["sip", "dispatch", "create"];
const UPDATE = ["sip", "dispatch", "update"];

/** How a run of lk ended; `said` is all that it printed. */
interface Ran {
  failed: boolean;
  stdout: string;
  said: string;
}

/** What can be done in a folder with lk and sip-dispatch. */
interface Scene {
  /** Runs lk, which reads the text from its standard input. */
  lk: (args: readonly string[], input?: string) => Promise<Ran>;
  /** What sip-dispatch prints of a request. */
  converted: (request: object, to: string) => string;
  /** Runs what sip-dispatch prints as a script of a shell, and gives its exit status. */
  script: (args: readonly string[], input: string) => Promise<unknown>;
  /** A file with this content. */
  file: (content: object) => string;
  stored: () => Promise<JsonObject[]>;
}

/** What docs/routing.md says that lk does. */
const CLAIMS: { claim: string; holds: (scene: Scene) => Promise<void> }[] = [
  {
    claim: "lk refuses a flat file",
    holds: async ({ lk, file, stored }) => {
      const { failed, said } = await lk([...CREATE, file(FLAT)]);
      expect([failed, said]).toEqual([true, expect.stringContaining("missing rule")]);
      expect(await stored()).toEqual([]);
    },
  },
  {
    claim: "with --direct lk takes a flat file and leaves its fields out",
    holds: async ({ lk, file, stored }) => {
      expect(await lk([...CREATE, "--direct", "hall", file(FLAT)])).toMatchObject({ failed: false });
      const [{ sipDispatchRuleId: _, ...rule } = {}] = await stored();
      expect(rule).toEqual({ rule: { dispatchRuleDirect: { roomName: "hall" } } });
    },
  },
  {
    claim: "with --direct lk refuses a wrapped file that has a rule, and completes one that has none",
    holds: async ({ lk, file, stored }) => {
      const { failed, said } = await lk([...CREATE, "--direct", "hall", file({ dispatch_rule: FLAT })]);
      expect([failed, said]).toEqual([
        true,
        expect.stringContaining("only one dispatch rule type is allowed"),
      ]);
      const { rule: _, ...named } = FLAT;
      expect(await lk([...CREATE, "--direct", "hall", file({ dispatch_rule: named })])).toMatchObject({
        failed: false,
      });
      expect(await stored()).toMatchObject([
        { name: "lobby", rule: { dispatchRuleDirect: { roomName: "hall" } } },
      ]);
    },
  },
  {
    claim: "lk refuses a flag that it doesn't have",
    holds: async ({ lk, file, stored }) => {
      for (const flag of [
        "--file",
        "--trunk-ids",
        "--rule-type",
        "--room-prefix",
        "--room-name",
        "--request",
      ]) {
        const { failed, said } = await lk([...CREATE, flag, "a", file({ dispatch_rule: FLAT })]);
        expect([failed, said]).toEqual([true, expect.stringContaining("flag provided but not defined")]);
      }
      expect(await stored()).toEqual([]);
    },
  },
  {
    claim: "lk takes what convert prints, to create a rule and to update it",
    holds: async ({ lk, converted, stored }) => {
      expect(await lk([...CREATE, "-"], converted(FLAT, "wrapped"))).toMatchObject({ failed: false });
      const [created] = await stored();
      expect(created).toMatchObject({ name: "lobby", trunkIds: ["ST_a"] });
      const changed = converted({ ...FLAT, name: "hall", inbound_numbers: ["+15550100"] }, "info");
      const id = textOf(created?.["sipDispatchRuleId"]);
      expect(await lk([...UPDATE, "--id", id, "-"], changed)).toMatchObject({ failed: false });
      expect(await stored()).toMatchObject([
        { sipDispatchRuleId: id, name: "hall", numbers: ["+15550100"], trunkIds: ["ST_a"] },
      ]);
    },
  },
  {
    claim: "lk refuses a field that it doesn't know",
    holds: async ({ lk, file }) => {
      const { failed, said } = await lk([
        ...CREATE,
        file({ dispatch_rule: { rule: { ...LOBBY, _comment: "" } } }),
      ]);
      expect([failed, said]).toEqual([true, expect.stringContaining('unknown field "_comment"')]);
    },
  },
  {
    claim: "lk drops the media of the file that it creates from",
    holds: async ({ lk, file, stored }) => {
      const media = { only_listed_codecs: true, codecs: [{ name: "PCMU", rate: 8000 }] };
      expect(await lk([...CREATE, file({ dispatch_rule: { rule: LOBBY, media } })])).toMatchObject({
        failed: false,
      });
      expect((await stored())[0]).not.toHaveProperty("media");
    },
  },
  {
    claim: "--trunks of lk takes the place of the file's trunk_ids",
    holds: async ({ lk, file, stored }) => {
      const wrapped = file({ dispatch_rule: FLAT });
      expect(await lk([...CREATE, "--trunks", "ST_b,ST_c", wrapped])).toMatchObject({ failed: false });
      expect(await stored()).toMatchObject([{ trunkIds: ["ST_b", "ST_c"] }]);
    },
  },
  {
    claim: "lk has no delete --id",
    holds: async ({ lk }) => {
      const { failed, said } = await lk(["sip", "dispatch", "delete", "--id", "SDR_a"]);
      expect([failed, said]).toEqual([true, expect.stringContaining("flag provided but not defined: -id")]);
    },
  },
  {
    claim: "what check --format lk prints repairs the rules that lk lists, and leaves all else of them",
    holds: async ({ lk, file, script, stored }) => {
      const { rule, trunk_ids } = FLAT;
      const texts = { metadata: `{"it's": "$HOME \\\\ \u00e9"}`, attributes: { "a b": "`c`" } };
      const shared = { trunk_ids, rule, ...texts };
      const rules = [
        { name: "it's ours", inbound_numbers: ["+15550100"] },
        { name: "a caller's", numbers: ["+15550150"] },
        { name: "fine", inbound_numbers: ["+15550150"], numbers: ["+15550100"] },
      ];
      for (const one of rules) await lk([...CREATE, file({ dispatch_rule: { ...one, ...shared } })]);
      const before = await stored();
      const { stdout: listing } = await lk(["sip", "dispatch", "list", "--json"]);
      const trunk = { sipTrunkId: "ST_a", numbers: ["+15550100"], allowedNumbers: ["+15550150"] };
      const trunks = file({ items: [trunk] });
      expect(await script(["check", "-", "--known-trunks", trunks, "--format", "lk"], listing)).toBe(0);
      const repaired = before.map(({ inboundNumbers, numbers, ...rest }) =>
        rest["name"] === "fine"
          ? { ...rest, inboundNumbers, numbers }
          : { ...rest, ...(inboundNumbers ? { numbers: inboundNumbers } : { inboundNumbers: numbers }) },
      );
      expect(await stored()).toEqual(expect.arrayContaining(repaired));
    },
  },
  {
    claim: "what lk lists is read as it is",
    holds: async ({ lk, file }) => {
      await lk([...CREATE, file({ dispatch_rule: { ...FLAT, numbers: ["+15550100"] } })]);
      const { stdout } = await lk(["sip", "dispatch", "list", "--json"]);
      const call = ["--to", "+15550100", "--from", "+15550177", "--trunk", "ST_a", "--format", "json"];
      const routed = run(tmpdir(), ["route", "-", ...call], stdout);
      expect(routed).toMatchObject({ status: 0 });
      expect(JSON.parse(routed.stdout).winner).toMatchObject({ name: "lobby", room: "lobby" });
    },
  },
];

describeLive(`lk ${LK}`, ["redis", "server", "lk"], (paths) => {
  let running: Running;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "sip-dispatch-lk-"));
    running = await startServer(paths);
  });
  afterAll(async () => {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const scene: Scene = {
    lk: async (args, input = "") => {
      const env = { ...process.env, ...running.environment };
      const child = spawn(paths.lk, args, { cwd: folder, env, timeout: 60_000 });
      child.stdin.end(input);
      const status = new Promise((resolve, reject) => child.once("close", resolve).once("error", reject));
      const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
      return { failed: (await status) !== 0, stdout, said: stdout + stderr };
    },
    script: async (args, input) => {
      const bin = mkdtempSync(join(folder, "bin-"));
      symlinkSync(paths.lk, join(bin, "lk"));
      const path = `${bin}:${process.env["PATH"] ?? ""}`;
      const env = { ...process.env, ...running.environment, PATH: path };
      const child = spawn("sh", ["-s"], { cwd: folder, env, timeout: 60_000 });
      child.stdin.end(run(folder, args, input).stdout);
      child.stdout.resume();
      child.stderr.resume();
      return new Promise((resolve, reject) => child.once("close", resolve).once("error", reject));
    },
    converted: (request, to) => run(folder, ["convert", "-", "--to", to], JSON.stringify(request)).stdout,
    file: (content) => {
      writeFileSync(join(folder, "rule.json"), JSON.stringify(content));
      return "rule.json";
    },
    stored: async () => {
      const { body } = await running.api("ListSIPDispatchRule", {});
      return (body["items"] as JsonObject[]).map((item) => plain(fromJson(SIPDispatchRuleInfoSchema, item)));
    },
  };
  const clear = async (): Promise<void> => {
    for (const { sipDispatchRuleId } of await scene.stored())
      await running.api("DeleteSIPDispatchRule", { sipDispatchRuleId });
  };

  test.for(CLAIMS)("$claim", async ({ holds }) => {
    expect.hasAssertions();
    await clear();
    await holds(scene);
  });

  test(
    "what a fixture migrates is refused flat, taken wrapped and stored as planned",
    { timeout: 0 },
    async () => {
      const differences: object[] = [];
      for (const { fixture, flat, after } of inject("migrated")) {
        await clear();
        const refused = await scene.lk([...CREATE, scene.file(flat)]);
        const taken = await scene.lk([...CREATE, scene.file({ dispatch_rule: after })]);
        const [{ sipDispatchRuleId: _, ...rule } = {}] = await scene.stored();
        // lk drops the file's media, as one of the claims says.
        const { media, ...expected } = plain(fromJson(SIPDispatchRuleInfoSchema, after));
        if (!refused.said.includes("missing rule") || taken.failed || !isDeepStrictEqual(rule, expected))
          differences.push({ fixture, refused, taken, rule, expected, media });
      }
      expect(differences).toEqual([]);
    },
  );
});
