import { describe, expect, it } from "vitest";
import type { Value } from "../../src/rule/value.ts";
import { readJson } from "../../src/documents/json/read.ts";
import { lookThrough, sitesOf, stringsOutside } from "../../src/sources/sites.ts";

const valueOf = (text: string): Value => {
  const read = readJson(text);
  if (!("value" in read)) throw new Error(read.message);
  return read.value;
};
const DIRECT = { dispatch_rule_direct: { room_name: "desk" } };
const FLAT = { name: "desk", rule: DIRECT };
const WRAPPED = { dispatch_rule: { rule: { dispatchRuleCallee: { roomPrefix: "c-" } } } };
const BARE = { sip_dispatch_rule_id: "SDR_5nQd8kVYtWcM", rule: DIRECT, trunk_ids: [] };

/** The text of each site, with `deep ` before those that stand deeper than requests do. */
const found = (document: unknown): string[] => {
  const text = JSON.stringify(document);
  return sitesOf(valueOf(text)).map(
    ({ at, nested }) => `${nested ? "deep " : ""}${text.slice(at.start, at.end)}`,
  );
};
const itself = (...documents: unknown[]): string[] => documents.map((document) => JSON.stringify(document));
const deep = (...documents: unknown[]): string[] => itself(...documents).map((text) => `deep ${text}`);

describe("at the top", () => {
  it("the document is a site, whatever it is", () => {
    for (const document of [FLAT, WRAPPED, BARE, {}, { name: "desk" }]) {
      expect(found(document)).toEqual(itself(document));
    }
  });

  it("each object in a list that is the document is one", () => {
    expect(found([FLAT, 1, "x", {}, WRAPPED])).toEqual(itself(FLAT, {}, WRAPPED));
  });

  it("nothing is looked for inside a request, a bare rule, a trunk, or what `lk … list --json` prints", () => {
    const inside = { ...FLAT, metadata: FLAT };
    const rules = { items: [BARE, BARE] };
    const trunks = { items: [{ sip_trunk_id: "ST_5nQd8kVYtWcM", metadata: FLAT }] };
    for (const document of [inside, rules, trunks]) expect(found(document)).toEqual(itself(document));
  });

  it("a scalar is none", () => {
    expect(found("text")).toEqual([]);
  });
});

describe("deep in a document", () => {
  it.each([
    ["flat", FLAT],
    ["wrapped", WRAPPED],
    ["both forms", { ...FLAT, ...WRAPPED }],
    ["a bare rule", { ...BARE, numbers: [] }],
    ["a rule in a rule", { rule: FLAT }],
    ["a wrapper without `rule`", { dispatch_rule: DIRECT }],
  ])("%s is a site, and what holds it is none", (_, request) => {
    expect(found({ a: [{ b: request }], c: 1 })).toEqual(deep(request));
    expect(found([[request]])).toEqual(deep(request));
  });

  it("several are found in the order of the text", () => {
    expect(found({ a: FLAT, b: [WRAPPED, { c: { rule: DIRECT } }], d: BARE })).toEqual(
      deep(FLAT, WRAPPED, { rule: DIRECT }, BARE),
    );
  });

  it("an example in an API description is one; its schemas are none", () => {
    const schema = {
      type: "object",
      properties: {
        rule: { type: "object", properties: { dispatch_rule_direct: { type: "object" } } },
        dispatch_rule: { $ref: "#/components/schemas/SIPDispatchRuleInfo" },
        trunk_ids: { type: "array" },
      },
    };
    const api = { openapi: "3.1.0", components: { schemas: { CreateSIPDispatchRuleRequest: schema } } };
    expect(found(api)).toEqual(itself(api));
    const kinds = { properties: { rule: { properties: DIRECT } } };
    expect(found({ components: kinds })).toEqual(itself({ components: kinds }));
    expect(found({ ...api, example: FLAT })).toEqual(deep(FLAT));
  });

  it.each([
    ["another program's rule", { rules: [{ rule: { when: "a", do: "b" }, name: "x" }] }],
    ["a rule that is text", { rule: "dispatch_rule_direct" }],
    ["another program's dispatch_rule", { config: { dispatch_rule: { priority: 1 } } }],
    ["a wrapper that is null", { config: { dispatch_rule: null, name: "x" } }],
    ["names and metadata", { agents: [{ name: "x", metadata: "y", attributes: {} }] }],
    ["a dispatch of an agent", { dispatches: [{ agent_name: "x", room: "y", metadata: "z" }] }],
    [
      "a trunk's numbers",
      { trunks: [{ name: "x", numbers: ["+15550100"], inbound_numbers: ["+15550101"] }] },
    ],
    ["trunk_ids alone", { config: { trunk_ids: ["ST_a"] } }],
    ["translations", { en: { rule: { dispatchRuleDirect: "One room for all" } } }],
    ["what an update replaces", { requests: [{ sip_dispatch_rule_id: "SDR_a", replace: FLAT }] }],
    ["a lock file", { packages: { "node_modules/rule": { version: "1.0.0", rule: { name: "x" } } } }],
  ])("%s is none", (_, document) => {
    const outer = { outer: [document] };
    expect(found(outer)).toEqual(itself(outer));
  });
});

describe("strings", () => {
  it("are given from what is no request, each with its key and the one above", () => {
    const document = { a: "1", b: [["2"], FLAT, { c: "3" }], d: { e: "4" } };
    const strings = stringsOutside(lookThrough(valueOf(JSON.stringify(document))));
    expect(strings.map(({ string, key, above }) => [string.value, key, above])).toEqual([
      ["1", "a", ""],
      ["2", "b", ""],
      ["3", "c", "b"],
      ["4", "e", "d"],
    ]);
  });

  it("are not given from a request at the top", () => {
    for (const document of [FLAT, WRAPPED, BARE, [FLAT, WRAPPED]]) {
      expect(stringsOutside(lookThrough(valueOf(JSON.stringify(document))))).toEqual([]);
    }
  });
});

describe("any size", () => {
  const levels = 20_000;
  it.each([
    ["lists", "[".repeat(levels), "]".repeat(levels)],
    ["objects", '{"a":'.repeat(levels), "}".repeat(levels)],
    ["rules", '{"rule":{"a":'.repeat(levels), "}}".repeat(levels)],
  ])("a request below 20,000 %s is found", (_, open, close) => {
    const request = JSON.stringify(FLAT);
    const document = valueOf(open + request + close);
    expect(sitesOf(document)).toMatchObject([{ at: { start: open.length }, nested: true }]);
    expect(stringsOutside(lookThrough(document))).toEqual([]);
  });

  it("a request among 200,000 members is found, and so are 200,000 strings", () => {
    const looked = lookThrough(valueOf(`{${'"a":"",'.repeat(200_000)}"b":${JSON.stringify(FLAT)}}`));
    expect(looked.sites).toHaveLength(1);
    expect(stringsOutside(looked)).toHaveLength(200_000);
  });
});
