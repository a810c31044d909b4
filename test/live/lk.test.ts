import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual, promisify } from "node:util";
import { fromJson, type JsonObject, toJson } from "@bufbuild/protobuf";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  CreateSIPDispatchRuleRequestSchema,
  SIPDispatchRuleInfoSchema,
} from "../../src/gen/livekit/livekit_sip_pb.ts";
import { report, run } from "../cli/run.ts";
import { describeLive } from "./live.ts";
import { LK } from "./programs.ts";
import { plain } from "./rule-sets.ts";
import { type Running, startServer } from "./running.ts";

const FIXTURES = join(import.meta.dirname, "../fixtures/migrate");

/** A request that a fixture migrates: flat, and the rule that it has to become. */
interface Migrated {
  fixture: string;
  flat: JsonObject;
  after: JsonObject;
}

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

  /** Runs lk, and gives all that it prints. */
  const lk = async (args: readonly string[]): Promise<{ failed: boolean; said: string }> => {
    const env = { ...process.env, ...running.environment };
    const options = { cwd: folder, env, timeout: 60_000 };
    const done = promisify(execFile)(paths.lk, args, options);
    const { failed, stdout, stderr } = await done.then(
      (printed) => ({ failed: false, ...printed }),
      (error: { stdout: string; stderr: string }) => ({ failed: true, ...error }),
    );
    return { failed, said: stdout + stderr };
  };

  const create = (request: object): Promise<{ failed: boolean; said: string }> => {
    writeFileSync(join(folder, "rule.json"), JSON.stringify(request));
    return lk(["sip", "dispatch", "create", "rule.json"]);
  };

  /** The rules that are stored, which are gone afterwards. */
  const stored = async (): Promise<JsonObject[]> => {
    const { body } = await running.api("ListSIPDispatchRule", {});
    const infos = (body["items"] as JsonObject[]).map((item) => fromJson(SIPDispatchRuleInfoSchema, item));
    for (const { sipDispatchRuleId } of infos)
      await running.api("DeleteSIPDispatchRule", { sipDispatchRuleId });
    return infos.map((info) => plain({ ...info, sipDispatchRuleId: "" }));
  };

  test(
    "every request that a fixture migrates is refused flat, taken wrapped, and stored as planned",
    { timeout: 0 },
    async () => {
      const differences: object[] = [];
      for (const { fixture, flat, after } of migratedFixtures()) {
        const refused = await create(flat);
        const taken = await create({ dispatch_rule: after });
        const [rule] = await stored();
        // lk puts the value of its own flags in the place of the file's media.
        const { media, ...expected } = plain(fromJson(SIPDispatchRuleInfoSchema, after));
        const isAsPlanned = isDeepStrictEqual(rule, expected);
        if (!refused.said.includes("missing rule") || taken.failed || !isAsPlanned)
          differences.push({ fixture, refused, taken, rule, expected, media });
      }
      expect(differences).toEqual([]);
    },
  );
});

/** Those of all fixtures that are migrated without options, each request once. */
function migratedFixtures(): Migrated[] {
  const inputs = readdirSync(FIXTURES).flatMap((name) => {
    const { args } = JSON.parse(readFileSync(join(FIXTURES, name, "case.json"), "utf8")) as {
      args: string[];
    };
    const files = readdirSync(join(FIXTURES, name)).filter((file) => /^input(\.|$)/.test(file));
    return args.length === 0 ? files.map((file) => join(name, file)) : [];
  });
  const done = report(run(FIXTURES, ["migrate", "--format", "json", ...inputs]));
  const byText = new Map<string, Migrated>();
  for (const { path, outcome, before, after } of done.sites) {
    if (outcome !== "migrated" || !before || !after) continue;
    const info = fromJson(SIPDispatchRuleInfoSchema, before as JsonObject);
    const flat = toJson(
      CreateSIPDispatchRuleRequestSchema,
      fromJson(CreateSIPDispatchRuleRequestSchema, plain(info)),
    );
    const request = { fixture: path, flat: flat as JsonObject, after: after as JsonObject };
    byText.set(JSON.stringify([request.flat, after]), request);
  }
  return [...byText.values()];
}
