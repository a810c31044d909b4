import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { micromark } from "micromark";
import { describe, expect, it } from "vitest";
import { CALLS } from "../calls/logs.ts";
import { useTemporaryFolder } from "../files/temporary.ts";
import { put, run } from "./run.ts";

const folder = useTemporaryFolder();
const FLOOD = gunzipSync(readFileSync(join(CALLS, "a1_norule_trunk.sip.json.log.gz"))).toString();

/** One paragraph a line. */
function flat(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}

describe("diagnose reads", () => {
  it("a log from a file, compressed or not, and from standard input, and says the same", () => {
    put(folder.path, {
      "sip.log": FLOOD,
      "sip.log.gz": readFileSync(join(CALLS, "a1_norule_trunk.sip.json.log.gz")),
    });
    const fromFile = run(folder.path, ["diagnose", "sip.log"]);
    expect(fromFile).toMatchObject({ status: 0, stderr: "" });
    expect(fromFile.stdout).toContain("2026-11-29T23:11:20.434Z  +15550111 → +15550100 ");
    expect(run(folder.path, ["diagnose", "sip.log.gz"]).stdout).toBe(fromFile.stdout);
    expect(run(folder.path, ["diagnose"], FLOOD).stdout).toBe(fromFile.stdout);
    expect(run(folder.path, ["diagnose", "-"], FLOOD).stdout).toBe(fromFile.stdout);
  });

  it("several logs as one", () => {
    const lines = FLOOD.split("\n");
    put(folder.path, { a: lines.slice(0, 3).join("\n"), b: lines.slice(3).join("\n") });
    expect(JSON.parse(run(folder.path, ["diagnose", "a", "b", "--format", "json"]).stdout)).toMatchObject({
      version: 1,
      calls: [
        { callId: "SCL_iNJQUYtNeXeA", from: "+15550111", cause: "no-rule", certainty: "certain", rule: null },
      ],
      totals: { "no-rule": 1 },
    });
  });

  it("what a program printed, where it is no log", () => {
    const { status, stdout } = run(folder.path, ["diagnose"], "Using project\nmissing rule\n");
    expect(status).toBe(0);
    expect(stdout).toBe(run(folder.path, ["diagnose", "--error", "missing rule"]).stdout);
  });

  it("rules from standard input, and a log from a file", () => {
    put(folder.path, { "sip.log": FLOOD });
    const { stdout } = run(folder.path, ["diagnose", "sip.log", "--rules", "-"], '{"items":[]}');
    expect(flat(stdout)).toContain("There is no dispatch rule at all.");
  });
});

describe("diagnose says what it can't use", () => {
  it.each([
    ["an empty input", "", "sip-dispatch: - is empty."],
    [
      "a log without a call",
      '{"level":"info","msg":"ready"}\n',
      "sip-dispatch: there is no inbound call in -, and no",
    ],
  ])("%s", (_, text, words) => {
    const { status, stdout, stderr } = run(folder.path, ["diagnose", "-"], text);
    expect([status, stdout]).toEqual([1, ""]);
    expect(flat(stderr)).toContain(words);
    expect(flat(stderr)).toContain("Calls stand in the log of livekit-sip");
    expect(JSON.parse(run(folder.path, ["diagnose", "-", "--format", "json"], text).stdout)).toEqual({
      version: 1,
      calls: [],
      totals: {},
    });
  });

  it("a folder and a missing file, beside a log, which is explained", () => {
    put(folder.path, { "sip.log": FLOOD });
    mkdirSync(join(folder.path, "logs"));
    const { status, stdout, stderr } = run(folder.path, ["diagnose", "logs", "sip.log", "gone.log"]);
    expect(status).toBe(3);
    expect(stdout).toContain("1 call: 1 no-rule.");
    expect(stderr).toContain("logs: is a directory. Name the files in it.");
    expect(stderr).toContain("gone.log: no such file.");
    expect(run(folder.path, ["diagnose", "gone.log"]).stderr).not.toContain("empty");
  });

  it("rules, beside a log, which is explained without them", () => {
    put(folder.path, { "sip.log": FLOOD, "rules.json": '{"rule":' });
    const { status, stdout, stderr } = run(folder.path, ["diagnose", "sip.log", "--rules", "rules.json"]);
    expect(status).toBe(3);
    expect(stderr).toContain("rules.json:1:");
    expect(stdout).toContain("1 call: 1 no-rule.");
  });

  it("a message that it doesn't know", () => {
    const { status, stdout, stderr } = run(folder.path, ["diagnose", "--error", "segmentation fault"]);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain('"segmentation fault" is no message that it knows.');
  });

  it.each([
    [
      ["diagnose", "a.log", "--error", "flood"],
      "--error explains a message, so it takes no logs and no rules",
    ],
    [["diagnose", "--rules", "-"], "- is standard input, which only one of them can be"],
    [["diagnose", "a.log", "--known-trunks", "gone.json"], "--known-trunks gone.json: no such file"],
  ])("%j", (args, words) => {
    const { status, stderr } = run(folder.path, args);
    expect(status).toBe(2);
    expect(stderr).toContain(words);
  });
});

describe("what a log holds reaches no terminal and no page as more than text", () => {
  const HOSTILE = "\u001b[31m\u202e<img src=x onerror=a()>|`[x](javascript:a)`\n# @team #1 **b**";
  const line = (message: string): string =>
    JSON.stringify({
      ts: 1,
      caller: "sip/inbound.go:1",
      msg: message,
      callID: `SCL_${HOSTILE}`,
      fromUser: HOSTILE,
      toUser: HOSTILE.repeat(30_000),
      sipTrunk: `ST_${HOSTILE}`,
      room: HOSTILE,
      sipRule: HOSTILE,
      reason: HOSTILE,
      error: HOSTILE,
      pin: "4821",
    });
  const log = ["processing invite", "Joining room", "Checking Pin for SIP call", "Closing inbound call"]
    .map(line)
    .join("\n");

  it.each(["text", "json", "markdown"])("%s", (format) => {
    const { status, stdout } = run(folder.path, ["diagnose", "--format", format], log);
    expect(status).toBe(0);
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(stdout).not.toContain("4821");
    expect(stdout.length).toBeLessThan(10_000);
    if (format === "markdown") expect(micromark(stdout)).not.toMatch(/<(?:img|a|em|h1)\b|<strong>b/);
  });
});

it("with --redact no number, name or id of the caller's side is printed", () => {
  for (const format of ["text", "json", "markdown"]) {
    const { stdout } = run(folder.path, ["diagnose", "--redact", "--format", format], FLOOD);
    expect(stdout).toContain("no-rule");
    expect(stdout).not.toMatch(/1555|127\.0\.0\.1|mhst6krcjqp8m67g/);
  }
});

it("of many calls the kinds are counted, by cause and by called number", () => {
  const calls = Array.from({ length: 30 }, (_, at) =>
    FLOOD.replaceAll("SCL_iNJQUYtNeXeA", `SCL_${at}`).replaceAll("+15550100", `+155501${10 + (at % 3)}`),
  );
  const { stdout } = run(folder.path, ["diagnose"], calls.join(""));
  expect(stdout.split("\n").slice(0, 7)).toEqual([
    "calls  cause",
    "   30  no-rule             a trunk matched, and no dispatch rule took it",
    "",
    "calls  to",
    "   10  +15550110  10 no-rule",
    "   10  +15550111  10 no-rule",
    "   10  +15550112  10 no-rule",
  ]);
  expect(flat(stdout)).toContain(
    "30 calls from 2026-11-29T23:11:20.434Z to 2026-11-29T23:11:20.434Z; --format json has all of them.",
  );
  expect(stdout.match(/ {4}why /g)).toHaveLength(3);
});

describe("--calls routes a log's calls through the rules before and after", () => {
  const RULES = join(import.meta.dirname, "../../examples/known/rules.json");
  const LOG = join(import.meta.dirname, "../../examples/sip.log");
  const OWN = join(import.meta.dirname, "../../examples/support-line.json");

  it("in diff, in words and for programs", () => {
    put(folder.path, { "new.json": readFileSync(RULES, "utf8").replace("inboundNumbers", "numbers") });
    const { status, stdout } = run(folder.path, ["diff", RULES, "new.json", "--calls", LOG]);
    expect(status).toBe(1);
    expect(flat(stdout)).toContain(
      "1 of 3 would go elsewhere: ~ 1 no rule → room support_<caller>_<random>: +15550177 → +15550100 over ST_example",
    );
    const json = run(folder.path, ["diff", RULES, "new.json", "--calls", LOG, "--format", "json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      loggedCalls: { calls: 3, checked: 3, explained: 3, moves: [{ from: "no rule", count: 1 }] },
    });
  });

  it("with the rules of the environment that the log is of", () => {
    const rules = readFileSync(RULES, "utf8");
    for (const name of ["a", "b"])
      for (const environment of ["prod", "staging"]) {
        mkdirSync(join(folder.path, name, environment), { recursive: true });
        const own = environment === "prod" ? rules : rules.replaceAll("SDR_", "SDR_staging_");
        const text = name === "b" ? own.replace("inboundNumbers", "numbers") : own;
        put(join(folder.path, name, environment), { "rules.json": text });
        put(join(folder.path, name), {
          "sip-dispatch.config.json": '{"environments":{"prod":["prod/"],"staging":["staging/"]}}',
        });
      }
    const { stdout } = run(folder.path, ["diff", "a", "b", "--calls", LOG, "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      loggedCalls: { environment: "prod", explained: 3, moves: [{ from: "no rule", count: 1 }] },
    });
    put(folder.path, { "sip.log": readFileSync(LOG) });
    expect(run(folder.path, ["diagnose", "sip.log", "--rules", "a"]).status).toBe(2);
    expect(
      flat(run(folder.path, ["diagnose", "sip.log", "--rules", "a", "--environment", "prod"]).stdout),
    ).toContain('"support line" (a/prod/rules.json:3:5) should have taken it');
  });

  it("in migrate, where rules that are not all of the server's explain too few", () => {
    const { status, stdout } = run(folder.path, ["migrate", OWN, "--calls", LOG]);
    expect(status).toBe(0);
    expect(flat(stdout)).toContain("they explain 2 of 3 calls. Below 99 % nothing is said of the others.");
    expect(flat(stdout)).toContain("logged: rule SDR_night; by the rules before: no rule");
    const json = run(folder.path, ["migrate", OWN, "--calls", LOG, "--format", "json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({ loggedCalls: { explained: 2, moves: null } });
  });

  it.each(["text", "json", "markdown"])("with --redact without who called whom: %s", (format) => {
    put(folder.path, { "new.json": readFileSync(RULES, "utf8").replace("inboundNumbers", "numbers") });
    const out = ["--calls", LOG, "--redact", "--format", format];
    const { stdout } = run(folder.path, ["diff", RULES, "new.json", ...out]);
    const migrated = run(folder.path, ["migrate", OWN, ...out]).stdout;
    // The numbers of the rules themselves are what a comparison is about.
    expect([
      stdout.includes("[redacted]"),
      stdout.includes("+15550177"),
      migrated.includes("+15550177"),
    ]).toEqual([true, false, false]);
  });

  it("and says where that can't be done", () => {
    expect(run(folder.path, ["diff", RULES, RULES, "--calls", "gone.log"])).toMatchObject({
      status: 2,
      stdout: "",
    });
    put(folder.path, { "cut.gz": gzipSync(readFileSync(LOG)).subarray(0, 200) });
    const cut = run(folder.path, ["diff", RULES, RULES, "--calls", "cut.gz"]);
    expect(cut.status).toBe(3);
    expect(cut.stderr).toContain("cut.gz: is compressed by gzip, and cut off.");
  });
});
