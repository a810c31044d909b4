import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { plant } from "../files/scanned.ts";
import { git, useTemporaryFolder } from "../files/temporary.ts";
import { put, type Run, run } from "./run.ts";

const folder = useTemporaryFolder();

const CALL = ["--to", "+15550100", "--from", "+15550177"];

/** Runs `route` in the test's folder. */
function route(...args: string[]): Run {
  return run(folder.path, ["route", ...args]);
}

/** Routes standard input. */
function routeInput(input: unknown, ...args: string[]): Run {
  return run(folder.path, ["route", "-", ...args], JSON.stringify(input));
}

interface RouteReport {
  winner: { name: string; id: string; path: string; room: string } | null;
  losers: { name: string; id: string; path: string; reason: string }[];
  [more: string]: unknown;
}

function json({ stdout }: Run): RouteReport {
  const report: RouteReport = JSON.parse(stdout);
  return report;
}

function direct(roomName: string, pin = ""): object {
  return { dispatchRuleDirect: { roomName, pin } };
}

const LIST = {
  items: [
    { sipDispatchRuleId: "SDR_1", name: "first", rule: direct("one"), numbers: ["+15550100"] },
    { sipDispatchRuleId: "SDR_2", name: "second", rule: direct("two") },
  ],
};

/** The column of the second rule, when the list stands in one line. */
const SECOND = JSON.stringify(LIST).indexOf('{"sipDispatchRuleId":"SDR_2"') + 1;

describe("one call", () => {
  test("goes to the winner's room; the others say why they lost", () => {
    const { status, stdout, stderr } = routeInput(LIST, ...CALL, "--server", "1.13.5");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(
      [
        "Call to +15550100 from +15550177 over no trunk",
        "    rule     first, SDR_1 (-:1:11)",
        "    room     one",
        "    PIN      not asked for",
        "",
        "1 rule doesn't take the call:",
        "  second  It could take the call, but another one goes first: it has 1 number",
        `          filter, and this one none. (-:1:${SECOND})`,
        "",
      ].join("\n"),
    );
  });

  test("as JSON has stable codes", () => {
    const report = json(routeInput(LIST, ...CALL, "--format", "json"));
    expect(report).toMatchObject({
      version: 1,
      outcome: "winner",
      winner: { name: "first", id: "SDR_1", path: "-", room: "one", asksForPin: false },
      losers: [{ name: "second", id: "SDR_2", path: "-", reason: "priority" }],
    });
  });

  test("that no rule takes exits 1 and says what the caller hears", () => {
    const [first] = LIST.items;
    const { status, stdout } = routeInput({ items: [first] }, "--to", "15550100", "--from", "1");
    expect(status).toBe(1);
    expect(stdout).toContain("none matches");
    expect(stdout.replaceAll(/\s+/g, " ")).toContain('reason "no-dispatch"');
    expect(
      json(routeInput({ items: [first] }, "--to", "1", "--from", "1", "--format", "json")),
    ).toMatchObject({
      winner: null,
      outcome: "no-match",
      losers: [{ reason: "called-number" }],
    });
  });

  test("that the server refuses exits 1 and names the rules in conflict", () => {
    const items = ["a", "b"].map((name) => ({ sipDispatchRuleId: name, name, rule: direct(name, "4821") }));
    const { status, stdout } = routeInput({ items }, ...CALL);
    expect(status).toBe(1);
    expect(stdout).toMatch(/"b" \(-:1:\d+\) beside "a"/);
    expect(stdout).toContain("503");
    expect(stdout).not.toContain("4821");
    expect(json(routeInput({ items }, ...CALL, "--format", "json"))).toMatchObject({
      winner: null,
      refused: { reason: "conflict" },
      losers: [],
    });
  });

  test("asks for a PIN, and goes elsewhere once it is entered", () => {
    const items = [
      { sipDispatchRuleId: "SDR_1", name: "first", rule: direct("one", "1"), numbers: ["+15550100"] },
      { sipDispatchRuleId: "SDR_2", name: "second", rule: direct("two", "2") },
    ];
    expect(json(routeInput({ items }, ...CALL, "--format", "json")).winner).toMatchObject({
      name: "first",
      asksForPin: true,
    });
    const entered = json(routeInput({ items }, ...CALL, "--format", "json", "--pin", "2", "--redact"));
    expect(entered).toMatchObject({
      call: { pin: "[redacted]" },
      winner: { name: "second", asksForPin: false },
      losers: [{ name: "first", reason: "wrong-pin" }],
    });
  });

  test("meets a flat rule as the server does, which is said once", () => {
    put(folder.path, {
      "a.json": JSON.stringify({ rule: direct("a"), inbound_numbers: ["+15550100"] }),
      "b.json": JSON.stringify({ dispatch_rule: { rule: direct("b"), name: "b" } }),
    });
    const { status, stdout } = route(...CALL);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {4}rule {5}b \(b\.json:1:1\)$/m);
    expect(stdout).toContain("which filter the caller, hold");
    expect(stdout.match(/as was\n? *documented/g)).toHaveLength(1);
  });

  test("is routed as an old server does that knows no numbers", () => {
    const old = json(routeInput(LIST, "--to", "1", "--from", "2", "--server", "1.9.10", "--format", "json"));
    expect(old).toMatchObject({ winner: null, outcome: "refused" });
    expect(String(old["notes"])).toContain("ignores numbers before 1.9.11");
  });

  test("keeps to 80 columns where words allow it, and shows no control characters", () => {
    const long = "very ".repeat(40);
    const items = [
      { sipDispatchRuleId: "SDR_1", name: `${long}\u001B[2J\u202E`, rule: direct("x ".repeat(300)) },
      {
        sipDispatchRuleId: "SDR_2",
        name: "y".repeat(100),
        rule: direct("z"),
        numbers: ["\u0007".repeat(9)],
      },
    ];
    const { stdout } = routeInput({ items }, "--to", "\u001B]0;title", "--from", "2");
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
    const asJson = routeInput({ items }, "--to", "\u001B]0;title", "--from", "2", "--format", "json").stdout;
    expect(asJson).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
  });

  test("is all that --quiet prints", () => {
    const { stdout } = routeInput(LIST, ...CALL, "--quiet");
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("    PIN      not asked for");
  });
});

describe("known trunks", () => {
  const bound = [{ sipDispatchRuleId: "SDR_1", name: "main", rule: direct("main"), trunkIds: ["ST_main"] }];

  test.each([
    ["camelCase in items", { items: [{ sipTrunkId: "ST_main", allowedNumbers: ["15550177"] }] }],
    ["proto names in items", { items: [{ sip_trunk_id: "ST_main", allowed_numbers: ["15550177"] }] }],
    ["an array", [{ sipTrunkId: "ST_main", numbers: ["15550100"] }]],
    ["one bare trunk", { sip_trunk_id: "ST_main", name: "main", numbers: ["+1 555 0100"] }],
  ])("find the call's trunk: %s", (_, trunks) => {
    put(folder.path, { "trunks.json": JSON.stringify(trunks) });
    const args = [...CALL, "--known-trunks", "trunks.json"];
    expect(routeInput(bound, ...args).stdout).toMatch(/over trunk ST_main/);
    expect(routeInput(bound, ...args, "--trunk", "ST_x").status).toBe(1);
  });

  test("are those that the repository lists, where none are named, and that is said", () => {
    const listed = '{"items":[{"sipTrunkId":"ST_main","numbers":["15550100"]}]}';
    plant(folder.path, { "sip/rules.json": JSON.stringify(bound), "ops/trunks.json": listed });
    const args = ["route", "sip/rules.json", ...CALL];
    const outside = run(folder.path, args);
    expect([outside.status, outside.stdout]).toEqual([1, expect.stringContaining("No trunk is named")]);
    const found = run(folder.path, ["route", ".", ...CALL]);
    expect([found.status, found.stdout.replaceAll(/\s+/g, " ")]).toEqual([
      0,
      expect.stringContaining(
        "The known trunks are those of ops/trunks.json, found in the repository, which may be old",
      ),
    ]);
    expect(found.stdout).toMatch(/over trunk ST_main/);
    // What the call says, and a file that is named, go before.
    expect(run(folder.path, ["route", ".", ...CALL, "--trunk", "ST_x"]).status).toBe(1);
    put(folder.path, { "now.json": listed.replaceAll("ST_main", "ST_b") });
    const named = run(folder.path, ["route", ".", ...CALL, "--known-trunks", "now.json"]);
    expect([named.status, named.stdout.includes("may be old")]).toEqual([1, false]);
  });

  test("have to have ids", () => {
    put(folder.path, { "trunk.json": '{"trunk":{"numbers":["15550100"]}}' });
    const { status, stderr } = routeInput(bound, ...CALL, "--known-trunks", "trunk.json");
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining("--known-trunks trunk.json: a trunk without an id"),
    ]);
  });

  test("--trunks binds rules that have none", () => {
    const rules = [{ name: "main", rule: direct("main") }];
    const over = (trunk: string) =>
      routeInput(rules, ...CALL, "--trunks", "ST_a,ST_b", "--trunk", trunk).status;
    expect([over("ST_b"), over("ST_c")]).toEqual([0, 1]);
  });

  test("that don't take the call leave rules without trunks", () => {
    put(folder.path, { "trunks.json": '[{"sipTrunkId":"ST_main","numbers":["1"]}]' });
    const { status, stdout } = routeInput(bound, ...CALL, "--known-trunks", "trunks.json");
    expect(status).toBe(1);
    expect(stdout).toContain("    trunk    none of the known ones takes it.");
  });

  test("that refuse the call are named, and what they refuse it for; a rule without trunks takes it", () => {
    const trunk = {
      sipTrunkId: "ST_a",
      name: "main",
      numbers: ["+15550100"],
      allowedAddresses: ["192.0.2.0/24"],
    };
    put(folder.path, { "trunks.json": JSON.stringify(trunk) });
    const from = ["--known-trunks", "trunks.json", "--source", "198.51.100.1"];
    const { status, stdout } = routeInput([{ name: "all", rule: direct("main") }], ...CALL, ...from);
    expect(status).toBe(0);
    expect(stdout.replaceAll(/\s+/g, " ")).toMatch(
      /Trunk ST_a \("main"\) has \S+, but the source 198\.51\.100\.1 is not in its `allowed_addresses` \(192\.0\.2\.0\/24\)\. The rule has no trunk, so it takes/,
    );
  });

  test("of which several take the call fail it", () => {
    put(folder.path, { "trunks.json": '[{"sipTrunkId":"ST_a"},{"sipTrunkId":"ST_b"}]' });
    const args = [...CALL, "--known-trunks", "trunks.json"];
    const { status, stdout } = routeInput(bound, ...args);
    expect(status).toBe(1);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("ST_a and ST_b have no numbers");
    expect(json(routeInput(bound, ...args, "--format", "json"))).toMatchObject({
      winner: null,
      trunkMatch: "several",
      refused: { reason: "several-trunks" },
    });
  });
});

describe("the files of a folder", () => {
  const rulesFound = (...args: string[]): string[] => {
    const { winner, losers } = json(route(...args, ...CALL, "--format", "json"));
    return [winner, ...losers].flatMap((rule) => rule?.path ?? []).toSorted();
  };
  /** A rule of its own for every file. */
  const rules = (...names: string[]): Record<string, string> =>
    Object.fromEntries(
      names.map((name, index) => [
        name,
        JSON.stringify({ name, trunk_ids: [`ST_${index}`], rule: direct(`room ${index}`) }),
      ]),
    );

  test("are JSON, in whatever folder and form, also where git ignores them", () => {
    const names = [".livekit/a.json", "b.jsonc", "c.ndjson", "d/e.json.example", "f.jsonl", "ids/g.json"];
    plant(folder.path, {
      ...rules(...names, "h.yaml", "i.json5", "j.json.bak"),
      ".gitignore": "ids/\n.livekit/\nf.jsonl\n",
    });
    expect(rulesFound()).toEqual(names);
    git(folder.path, "init", "-q");
    git(folder.path, "add", ".");
    expect(rulesFound()).toEqual(names);
    expect(rulesFound("ids", "d")).toEqual(["d/e.json.example", "ids/g.json"]);
  });

  test("are those that migrate looks at", () => {
    plant(folder.path, {
      ...rules("a.json", "vendor/b.json", "dist/c.json", "old/d.json", "e/f.json", "g/h.json", "h/i.json"),
      ".gitignore": "dist/\n",
      ".ignore": "/h/\n",
      "sip-dispatch.config.json": '{ "exclude": ["old/"] }',
    });
    git(folder.path, "init", "-q");
    git(join(folder.path, "g"), "init", "-q");
    expect(rulesFound()).toEqual(["a.json", "e/f.json"]);
    expect(rulesFound("vendor", "dist", "g")).toEqual(["dist/c.json", "g/h.json", "vendor/b.json"]);
    plant(folder.path, { "sip-dispatch.config.json": '{ "include": ["e"] }' });
    expect(rulesFound()).toEqual(["e/f.json"]);
    expect(rulesFound("a.json")).toEqual(["a.json"]);
  });

  test("are not read without the words that every rule holds", () => {
    put(folder.path, { "a.json": JSON.stringify(LIST), "tsconfig.json": "{ ,, }", "b.json": "\0" });
    expect(route(...CALL)).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("bad input", () => {
  test("a folder without rules", () => {
    mkdirSync(join(folder.path, "empty"));
    put(folder.path, { "package.json": '{"name":"x"}', "trunk.json": '{"sip_trunk_id":"ST_a"}' });
    const { status, stdout, stderr } = route(...CALL);
    expect([status, stdout]).toEqual([3, ""]);
    expect(stderr).toBe(
      "sip-dispatch: there is no dispatch rule in . (2 files searched). Name the\n  files or folders that hold your rules.\n",
    );
    expect(route("empty", ...CALL).status).toBe(3);
  });

  test("rules without a oneof are unusable, or refused by the server that holds one", () => {
    put(folder.path, { "a.json": '{"dispatch_rule":{"rule":{}}}', "b.json": JSON.stringify(LIST) });
    const { status, stdout, stderr } = route(...CALL);
    expect(status).toBe(3);
    expect(stdout).toMatch(/^ {4}rule {5}first/m);
    expect(stderr).toMatch(/^a\.json:1:\d+: `rule` holds none of/);
    const held = routeInput(
      [{ sipDispatchRuleId: "SDR_9", name: "broken", rule: {} }, ...LIST.items],
      ...CALL,
    );
    expect(held.status).toBe(1);
    expect(held.stdout).toContain('"broken"');
  });

  test("a file that is no JSON is named with its place, and the rest is routed", () => {
    put(folder.path, { "a.json": '{"trunk_ids": [],\n  "rule": }', "b.json": JSON.stringify(LIST) });
    const { status, stdout, stderr } = route(...CALL);
    expect(status).toBe(3);
    expect(stderr).toMatch(/^a\.json:2:11: /);
    expect(stdout).toContain("1 rule or file could not be used");
  });

  test("a path that leads nowhere", () => {
    const { status, stderr } = route("gone.json", "x".repeat(5000), ...CALL);
    expect(status).toBe(3);
    expect(stderr).toMatch(/^gone\.json: no such file\. Check the path/);
  });

  test("a file that is named twice is read once", () => {
    put(folder.path, { "a.json": JSON.stringify(LIST) });
    expect(route("a.json", ".", "./a.json", ...CALL).status).toBe(0);
  });

  test("1,000 rules with 10 numbers each; what is cut is said", () => {
    const items = Array.from({ length: 1_000 }, (_, rule) => ({
      sipDispatchRuleId: `SDR_${String(rule).padStart(5, "0")}`,
      name: `rule ${rule}`,
      rule: direct(`room ${rule}`),
      numbers: Array.from(
        { length: 10 },
        (__, number) => `+1555${String(rule * 10 + number).padStart(7, "0")}`,
      ),
    }));
    put(folder.path, { "rules.json": JSON.stringify({ items }) });
    const call = ["--to", "+15550009992", "--from", "+15550177"];
    const { status, stdout } = route(...call);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {4}rule {5}rule 999/m);
    expect(stdout).toContain("and 979 more rules, which came less close; --format json has all of them.");
    expect(json(route(...call, "--format", "json")).losers).toHaveLength(999);
  });

  test.each([
    [["--to", "1"], "--from is missing"],
    [["--from", "1"], "--to is missing"],
    [["--to", "", "--from", "1"], "--to is missing"],
    [["--to", "1", "--from", "2", "--to", "3"], "--to is given more than once"],
    [
      ["--to", "1", "--from", "2", "--server", "1.8.0"],
      "route knows how livekit-server matches since 1.9.0, and 1.8.0 is older",
    ],
    [["--tests", "t.yaml", "--pin", "1"], "--pin describes one call"],
    [["-", "--tests", "-"], "- is standard input, which only one of them can be"],
  ])("%j is wrong usage", (args, sentence) => {
    const { status, stdout, stderr } = route(...args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(sentence);
  });
});

describe("routing tests", () => {
  const TESTS = `- name: main line
  call: { to: +15550100, from: +15550177 }
  expect: { rule: first }
- name: wrong
  call: { to: 15550100, from: 0042 }
  expect: { rule: first }
`;

  test("that fail are named with the reason, with the rules that no test reached", () => {
    put(folder.path, {
      "rules.json": JSON.stringify(LIST),
      "t.yaml": TESTS.replace(/- name: wrong[^]*/, ""),
    });
    const passed = route("rules.json", "--tests", "t.yaml", "--server", "1.13.5");
    expect(passed).toMatchObject({
      status: 0,
      stderr: "",
      stdout: `1 rule that no test reached:\nsecond                          rules.json:1:${SECOND}\n\n1 test: 1 passed, 0 failed.\n`,
    });
    put(folder.path, { "t.yaml": TESTS });
    const failed = route("--tests", "t.yaml", "--quiet");
    expect(failed).toMatchObject({ status: 1, stderr: "" });
    expect(failed.stdout.replaceAll(/\n {2}/g, " ")).toBe(
      `t.yaml:4:3  failed: wrong Expected rule "first", but for a call to 15550100 from 0042 over no trunk, the winner is "second" (rules.json:1:${SECOND}), room "two". The expected rule lost: It takes calls to +15550100, the called number in another spelling; rules compare exactly.\n`,
    );
  });

  test("as JSON", () => {
    put(folder.path, { "rules.json": JSON.stringify(LIST), "t.yaml": TESTS });
    const { status, stdout } = route("--tests", "t.yaml", "--format", "json");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      totals: { tests: 2, passed: 1, failed: 1 },
      tests: [
        { name: "main line", path: "t.yaml", line: 1, passed: true, winner: { name: "first" } },
        { name: "wrong", line: 4, passed: false, reason: "lost", call: { to: "15550100", from: "0042" } },
      ],
      unreached: [],
    });
  });

  test("over known trunks", () => {
    put(folder.path, {
      "rules.json": JSON.stringify([{ name: "a", trunk_ids: ["ST_main"], rule: direct("a") }]),
      "inbound.json": '{"items":[{"sipTrunkId":"ST_main","numbers":["+15550100"]}]}',
      "t.json": '[{"name":"a","call":{"to":15550100,"from":1},"expect":{"room":"a"}}]',
    });
    expect(route("--tests", "t.json").status).toBe(1);
    expect(route("--tests", "t.json", "--known-trunks", "inbound.json").status).toBe(0);
  });

  test.each([
    ["an unknown key", "- {nam: a}", "t.yaml:1:4: a test has no key `nam`; did you mean `name`? "],
    [
      "a call without a number",
      "- name: a\n  call: { to: 1 }\n  expect: no match",
      "t.yaml:2:9: `from` is missing here. ",
    ],
    ["no YAML", "- {", "t.yaml:1:"],
    ["no UTF-8", new Uint8Array([0x2d, 0x20, 0xff]), "t.yaml:1:3: is not valid UTF-8. "],
  ])("of a file with %s are refused with the place", (_, text, message) => {
    put(folder.path, { "rules.json": JSON.stringify(LIST), "t.yaml": text });
    const { status, stdout, stderr } = route("rules.json", "--tests", "t.yaml");
    expect([status, stdout]).toEqual([3, ""]);
    expect(stderr.startsWith(message)).toBe(true);
  });
});

describe("rules of several environments", () => {
  const rule = (roomName: string): string => JSON.stringify({ dispatch_rule: { rule: direct(roomName) } });

  test("are never on one server, so that one is to be named", () => {
    plant(folder.path, {
      "sip-dispatch.config.json": '{"environments": {"prod": ["prod/"], "staging": ["staging/"]}}',
      "prod/rule.json": rule("prod"),
      "staging/rule.json": rule("staging"),
    });
    const refused = route(".", ...CALL);
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining("of prod, staging")]);
    expect(json(route(".", "--environment", "staging", ...CALL, "--format", "json")).winner?.room).toBe(
      "staging",
    );
    expect(json(route("prod", ...CALL, "--format", "json")).winner?.room).toBe("prod");
    expect(route(".", "--environment", "dev", ...CALL)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/there is\s+prod, staging/),
    });
  });
});
