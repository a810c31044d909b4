import { fromJson, toJson } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SIPDispatchRuleInfo, SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import type { Call } from "../../src/routing/call.ts";
import { Router } from "../../src/routing/match.ts";
import { NEWEST } from "../../src/rule/server.ts";
import { cases } from "../cases.ts";
import { CALLS, type Called, rule } from "../routing/rule-sets.ts";
import { readDocument } from "../../src/sources/document.ts";
import { migrateDocument } from "../../src/plan/migrate.ts";
import type { MigrateOptions } from "../../src/config/options.ts";
import type { SourceResult } from "../../src/plan/outcome.ts";

const TRUNKS = [
  { id: "ST_A", name: "", numbers: ["+15550100"], allowedNumbers: ["+15550150"], allowedAddresses: [] },
];

/** What `check` says of a text, with the repairs that change calls. */
async function check(path: string, text: string, options: MigrateOptions = {}): Promise<SourceResult> {
  const context = { known: new Map(), silences: [], notices: [], isCheck: true as const };
  const document = await readDocument(path, text);
  return migrateDocument(path, document, { knownTrunks: TRUNKS, unsafe: true, ...options }, context);
}

const ids = ({ sites }: SourceResult): string[] => sites.flatMap((site) => site.findings.map(({ id }) => id));

const DIRECT = `"rule": {"dispatchRuleDirect": {"roomName": "r", "pin": "12"}}`;

describe("own numbers in the filter on callers", () => {
  it.each([
    [
      "rule.json",
      `{"dispatch_rule": {"trunk_ids": ["ST_A"], "inbound_numbers" : ["+15550100"], ${DIRECT}}}`,
      `{"dispatch_rule": {"trunk_ids": ["ST_A"], "numbers" : ["+15550100"], ${DIRECT}}}`,
    ],
    [
      "bare.json",
      `{"sipDispatchRuleId": "SDR_1",\n "inboundNumbers": ["+15550100"], // mine\n ${DIRECT}}`,
      `{"sipDispatchRuleId": "SDR_1",\n "numbers": ["+15550100"], // mine\n ${DIRECT}}`,
    ],
    [
      "rule.yaml",
      `dispatchRule:\n  inboundNumbers: # mine\n    - "+15550100"\n  ${DIRECT.replace('"rule"', "rule")}\n`,
      `dispatchRule:\n  numbers: # mine\n    - "+15550100"\n  ${DIRECT.replace('"rule"', "rule")}\n`,
    ],
    [
      "create.sh",
      `lk sip dispatch create - <<'EOF'\n{"dispatch_rule": {"inbound_numbers": ["+15550100"], ${DIRECT}}}\nEOF\n`,
      `lk sip dispatch create - <<'EOF'\n{"dispatch_rule": {"numbers": ["+15550100"], ${DIRECT}}}\nEOF\n`,
    ],
    [
      "rules.ndjson",
      `{"dispatch_rule":{"inbound_numbers":["+15550100"],${DIRECT}}}\n{"dispatch_rule":{"numbers":["+15550100"],${DIRECT}}}\n`,
      `{"dispatch_rule":{"numbers":["+15550100"],${DIRECT}}}\n{"dispatch_rule":{"numbers":["+15550100"],${DIRECT}}}\n`,
    ],
    [
      "beside-empty.json",
      `{"dispatch_rule": {"numbers": [], "inbound_numbers": ["+15550100"], ${DIRECT}}}`,
      `{"dispatch_rule": {"inbound_numbers": [], "numbers": ["+15550100"], ${DIRECT}}}`,
    ],
    [
      "beside-null.json",
      `{"dispatchRule": {"inboundNumbers": ["+15550100"], "numbers": null, ${DIRECT}}}`,
      `{"dispatchRule": {"numbers": ["+15550100"], "inboundNumbers": null, ${DIRECT}}}`,
    ],
    [
      "beside-empty.yaml",
      `dispatch_rule:\n  numbers: [ ] # none\n  inbound_numbers:\n    - "+15550100"\n  ${DIRECT.replace('"rule"', "rule")}\n`,
      `dispatch_rule:\n  inbound_numbers: [ ] # none\n  numbers:\n    - "+15550100"\n  ${DIRECT.replace('"rule"', "rule")}\n`,
    ],
    [
      "beside-nothing.yaml",
      `dispatch_rule:\n  numbers:\n  inbound_numbers: ["+15550100"]\n  ${DIRECT.replace('"rule"', "rule")}\n`,
      `dispatch_rule:\n  inbound_numbers:\n  numbers: ["+15550100"]\n  ${DIRECT.replace('"rule"', "rule")}\n`,
    ],
  ])("move to `numbers` in %s, and nothing else changes", async (path, text, repaired) => {
    const before = await check(path, text);
    expect(ids(before)).toContain("own-number-as-caller");
    expect(before.newText).toBe(repaired);
    const after = await check(path, repaired);
    expect(ids(after)).not.toContain("own-number-as-caller");
    expect(after.newText).toBeUndefined();
  });

  it("are announced as the change for calls that it is", async () => {
    const { sites } = await check(
      "rule.json",
      `{"dispatch_rule": {"inbound_numbers": ["+15550100"], ${DIRECT}}}`,
    );
    expect(sites).toMatchObject([
      {
        outcome: "migrated",
        reason: "repaired",
        before: { inbound_numbers: ["+15550100"] },
        after: { numbers: ["+15550100"] },
        routing: {
          server: { callingNumbers: ["+15550100"], calledNumbers: [] },
          after: { callingNumbers: [], calledNumbers: ["+15550100"] },
        },
      },
    ]);
    expect(sites[0]?.after).not.toHaveProperty("inbound_numbers");
  });

  it.each([
    ["callers stand beside them", `"inbound_numbers": ["+15550100", "+15550150"]`],
    [
      "there is a filter on the called number already",
      `"inbound_numbers": ["+15550100"], "numbers": ["+15550199"]`,
    ],
    ["a value is only known later", `"inbound_numbers": ["+15550100"], "name": $NAME`],
    ["the key is written with an escape", String.raw`"inbound_number\u0073": ["+15550100"]`],
  ])("are left where %s", async (_, fields) => {
    const { newText } = await check("rule.json", `{"dispatch_rule": {${fields}, ${DIRECT}}}`);
    expect(newText).toBeUndefined();
  });

  it.each([
    [
      "all of them in both",
      `["+15550100"]`,
      `["+15550100", "+15550199"]`,
      "Take it out of `inbound_numbers`",
    ],
    ["beside callers", `["+15550100", "+15550150"]`, "[]", "Make two rules of it"],
    ["beside others in the other", `["+15550100"]`, `["+15550199"]`, "Move own numbers to `numbers`"],
  ])("%s: it is said what helps", async (_, callers, called, next) => {
    const fields = `"inbound_numbers": ${callers}, "numbers": ${called}`;
    const { sites } = await check("rule.json", `{"dispatch_rule": {${fields}, ${DIRECT}}}`);
    const found = sites[0]?.findings.find(({ id }) => id === "own-number-as-caller");
    expect(found?.next?.slice(0, next.length)).toBe(next);
  });

  it("are left where nobody asked for repairs that change calls, and the finding bears the edit", async () => {
    const text = `{"dispatch_rule": {\n  "inbound_numbers": ["+15550100"], ${DIRECT}}}`;
    const { newText, sites } = await check("rule.json", text, { unsafe: false });
    expect(newText).toBeUndefined();
    const fix = sites[0]?.findings.find(({ id }) => id === "own-number-as-caller")?.fix;
    expect(fix).toEqual({
      applicability: "unsafe",
      edits: [{ start: { line: 2, column: 4 }, end: { line: 2, column: 19 }, text: "numbers" }],
    });
  });

  it("are left for a server that does not know `numbers`, in a listing, and where somebody silenced it", async () => {
    const text = `{"dispatch_rule": {"inbound_numbers": ["+15550100"], ${DIRECT}}}`;
    const old = await check("rule.json", text, { server: { cloud: false, version: [1, 9, 10] } });
    const listed = await check(
      "list.json",
      `{"items": [{"sipDispatchRuleId": "SDR_1", "inboundNumbers": ["+15550100"], ${DIRECT}}]}`,
    );
    const silenced = await check("rule.jsonc", `// sip-dispatch-ignore own-number-as-caller: why\n${text}`);
    expect([old.newText, listed.newText, silenced.newText]).toEqual([undefined, undefined, undefined]);
    expect(ids(listed)).toContain("own-number-as-caller");
    expect(ids(silenced)).not.toContain("own-number-as-caller");
  });
});

describe("a flat request", () => {
  it("becomes what migrate makes of it, and the finding bears the edits that do it", async () => {
    const text = `{"trunk_ids": ["ST_A"], ${DIRECT}}`;
    const { newText, sites } = await check("rule.json", text, { unsafe: false });
    expect(newText).toBe(`{"dispatch_rule": {"trunk_ids": ["ST_A"], ${DIRECT}}}`);
    const fix = sites[0]?.findings.find(({ id }) => id === "flat-form")?.fix;
    expect(fix?.applicability).toBe("safe");
    // The edits, made from the last to the first, on a text of one line.
    const made = (fix?.edits ?? []).toReversed().reduce((line, { start, end, text: put }) => {
      return line.slice(0, start.column - 1) + put + line.slice(end.column - 1);
    }, text);
    expect(made).toBe(newText);
  });
});

describe("over generated rules and trunks", () => {
  const some = fc.uniqueArray(fc.constantFrom("+15550100", "+15550101", "+15550102"), { maxLength: 2 });
  const trunk = (id: string) =>
    fc
      .record({ numbers: some, allowedNumbers: some })
      .map((lists) => ({ id, name: "", allowedAddresses: [], ...lists }));

  it("the finding is gone after the repair, and the calls that change are those that it announced", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(rule, { maxLength: 3 }),
        trunk("ST_a"),
        trunk("ST_b"),
        async (rules, a, b) => {
          const options = { knownTrunks: [a, b] };
          const texts = rules.map((info) =>
            JSON.stringify(
              { dispatch_rule: toJson(SIPDispatchRuleInfoSchema, info, { useProtoFieldName: true }) },
              null,
              2,
            ),
          );
          const results = await Promise.all(texts.map((text) => check("rule.json", text, options)));
          const repaired = results.map(({ newText }, at) => newText ?? texts[at] ?? "");
          for (const [at, text] of repaired.entries()) {
            const again = await check("rule.json", text, options);
            expect(again.newText).toBeUndefined();
            if (results[at]?.newText !== undefined) expect(ids(again)).not.toContain("own-number-as-caller");
          }
          const announced = (when: "before" | "after") =>
            results.map(({ sites: [site] }) => fromJson(SIPDispatchRuleInfoSchema, site?.[when] ?? {}));
          expect(changing(announced("before"), announced("after"))).toEqual(
            changing(texts.map(infoIn), repaired.map(infoIn)),
          );
        },
      ),
      cases(60),
    ));
});

/** What an independent reader makes of the text of a wrapped request. */
function infoIn(text: string): SIPDispatchRuleInfo {
  return fromJson(SIPDispatchRuleInfoSchema, JSON.parse(text).dispatch_rule);
}

function callOf({ to, from, trunk, pin }: Called): Call {
  return { calledNumber: to, callingNumber: from, trunk, pin };
}

/** The calls that rules take in another way than others, with what becomes of them. */
function changing(before: readonly SIPDispatchRuleInfo[], after: readonly SIPDispatchRuleInfo[]): unknown[] {
  const routers = [before, after].map(
    (infos) =>
      new Router(
        infos.map((info, label) => ({ label, info })),
        NEWEST,
      ),
  );
  return CALLS.flatMap((call) => {
    const [was, is] = routers.map((router) => JSON.stringify(router.take(callOf(call))));
    return was === is ? [] : [{ call, was, is }];
  });
}

describe("a flat request that a person has to migrate", () => {
  it("is one finding, which says why", async () => {
    const text =
      'const body = JSON.stringify({ rule: { dispatchRuleDirect: { roomName: "r" } }, trunkIds: ["ST_A"] });\n';
    const { sites } = await check("create.ts", text);
    expect(sites).toMatchObject([
      {
        outcome: "needs-person",
        findings: [
          { id: "flat-form", severity: "warning", next: expect.stringContaining("(unsupported-language)") },
        ],
      },
    ]);
  });
});

it("a flat request whose numbers the known trunks take for callers, or don't know, says so", async () => {
  const said = async (number: string, options: MigrateOptions) => {
    const text = `{"trunk_ids": ["ST_A"], "inbound_numbers": ["${number}"], ${DIRECT}}`;
    return (await check("rule.json", text, options)).sites[0]?.findings.find(({ id }) => id === "flat-form")
      ?.message;
  };
  const unlistedTrunks = TRUNKS.map((trunk) => ({ ...trunk, id: "" }));
  expect(await said("+15550150", { knownTrunks: [], unlistedTrunks })).toContain("likely callers");
  expect(await said("+15550199", {})).toContain("the known trunks do not know +15550199");
  expect(await said("+15550100", {})).not.toContain("known trunks");
});

it.each([
  ["an item of a listing", "list.json", (text: string) => `{"items": [${text}]}`, true],
  ["one that comes by a pipe, with its id", "-", (text: string) => `[${text}]`, true],
  ["one that comes by a pipe, without an id", "-", (text: string) => text.replace('"SDR_1"', '""'), false],
  ["one in a file, which is repaired there", "rule.json", (text: string) => text, false],
])("a rule is replaced on its server: %s", async (_, path, written, isReplaced) => {
  const text = `{"sipDispatchRuleId": "SDR_1", "inboundNumbers": ["+15550100"], ${DIRECT}}`;
  const { rules = [] } = await check(path, written(text), { unsafe: false });
  expect(rules.map(({ replacement }) => replacement !== undefined)).toEqual([isReplaced]);
});
