import { describe, expect, it } from "vitest";
import { migrateText } from "../../src/plan/migrate-text.ts";

const IMPORT = 'import { SipClient } from "livekit-server-sdk";\n';
const KIND = '{ type: "individual", roomPrefix: "call-" }';

/** What is said of a text that has the SDK: the line and column, how certain, and the keys or the method that it names. */
async function said(text: string, before = IMPORT, path = "a.ts"): Promise<string[]> {
  const { findings = [], sites } = await migrateText(path, before + text);
  expect(sites.every(({ outcome }) => outcome === "not-create")).toBe(true);
  return findings.map(({ id, line, column, certainty, severity, message }) => {
    expect(id).toBe("sdk-ignores-option");
    const [, what] =
      /(?:ignores|has no method|has no) (.*?)(?: in | so that|: |, )/.exec(`${message}, `) ?? [];
    return `${line}:${column} ${certainty ?? "certain"} ${severity} ${what?.replaceAll("`", "")}`;
  });
}

describe("the SDK for Node ignores", () => {
  it.each([
    [
      "numbers in the options",
      `sip.createSipDispatchRule(${KIND}, { trunkIds, inboundNumbers: [n] });`,
      ["2:84 certain error inboundNumbers"],
    ],
    [
      "both kinds of numbers",
      `sip.createSipDispatchRule(${KIND}, {\n  numbers: [n], // ours\n  inbound_numbers: [],\n  name,\n});`,
      ["3:3 certain error numbers and inbound_numbers"],
    ],
    [
      "keys of the proto",
      `sip.createSipDispatchRule(${KIND}, { trunk_ids: [t] });`,
      ["2:74 certain error trunk_ids"],
    ],
    [
      "what it doesn't know",
      `sip.createSipDispatchRule(${KIND}, { "dispatchRule": {} });`,
      ["2:75 certain warning dispatchRule"],
    ],
    [
      "options in the first argument",
      'sip.createSipDispatchRule({ type: "direct", roomName: "a", roomConfig: { agents: [] }, metadata: "" });',
      ["2:60 certain error roomConfig and metadata"],
    ],
    [
      "a whole request",
      "const made = await this.client().createSipDispatchRule({\n  name: 'a',\n  rule: { dispatchRuleDirect: { roomName: 'a' } },\n} as any);",
      ["2:56 certain error type"],
    ],
    [
      "a request by its name",
      "const request = { name: 'a', rule: {} };\nawait sip.createSipDispatchRule(request);",
      ["3:33 certain error type"],
    ],
    [
      "options by their name, set later",
      `const opts: Options = { name };\nopts.trunkIds = [t];\nopts.inboundNumbers = [n];\nsip.createSipDispatchRule(${KIND}, opts as any);`,
      ["4:6 certain error inboundNumbers"],
    ],
    [
      "the last object of a name",
      `const opts = { numbers };\nf(opts);\n{ const opts = { name };\nsip.createSipDispatchRule(${KIND}, opts); }`,
      [],
    ],
    [
      "numbers in an update of fields",
      "sip.updateSipDispatchRuleFields(id, { numbers: [n] });",
      ["2:39 certain error numbers"],
    ],
    [
      "a rule without its key in a replacement",
      "sip.updateSipDispatchRule(id, { dispatchRuleDirect: {}, trunkIds });",
      ["2:33 certain warning dispatchRuleDirect"],
    ],
    [
      "a method that it has not",
      "sipClient.createSIPDispatchRule({ rule: {} });",
      ["2:11 certain error createSIPDispatchRule"],
    ],
  ])("%s", async (_, text, expected) => {
    expect(await said(text)).toEqual(expected);
  });

  it("is likely where only the name of the client speaks of it", async () => {
    const text = `const { sipClient } = clients();\nsipClient.createSipDispatchRule(${KIND}, { numbers });`;
    expect(await said(text, "")).toEqual(["2:80 likely warning numbers"]);
    expect(await said(text.replaceAll("sipClient", "api"), "")).toEqual([]);
  });

  it("is likely where only the method's name and a whole request speak of it", async () => {
    const request = "{ rule: { dispatchRuleDirect: { roomName: 'a' } }, trunkIds: [id] }";
    expect(await said(`client.createSipDispatchRule(${request});`, "")).toEqual(["1:30 likely warning type"]);
    expect(await said(`this.createSipDispatchRule(${request});`, "")).toEqual([]);
    const guide = "const sipClient = new SIPClient(url);\nsipClient.createSIPDispatchRule({ rule });";
    expect(await said(guide, "")).toEqual(["2:11 likely warning createSIPDispatchRule"]);
    expect(await said(guide.replace("new SIPClient(url)", "createClient(SIP, transport)"), "")).toEqual([]);
  });

  it.each(["a.js", "a.mjs", "a.tsx", "page.vue"])("in %s", async (path) => {
    expect(await said(`sip.createSipDispatchRule(${KIND}, { numbers });`, IMPORT, path)).toHaveLength(1);
  });

  it("says what sets a field that an update of fields leaves", async () => {
    const text = "sip.updateSipDispatchRuleFields(id, { hidePhoneNumber: true });";
    const { findings } = await migrateText("a.ts", IMPORT + text);
    expect(findings?.map(({ next }) => next)).toEqual([
      "`updateSipDispatchRule(id, new SIPDispatchRuleInfo({ … }))` sets it, and replaces the whole rule.",
    ]);
  });

  it("in a page", async () => {
    const { findings } = await migrateText(
      "a.md",
      `\`\`\`ts\n${IMPORT}sip.createSipDispatchRule(${KIND}, { numbers });\n\`\`\`\n`,
    );
    expect(findings?.map(({ id, line }) => `${id} ${line}`)).toEqual(["sdk-ignores-option 3"]);
  });
});

describe("nothing is said of", () => {
  it.each([
    [
      "what it knows",
      `sip.createSipDispatchRule(${KIND}, { name, trunkIds: [t], roomConfig: new RoomConfiguration({ agents: [{ agentName }] }), attributes: { numbers: "1" } });`,
    ],
    [
      "a rule with each key",
      'sip.createSipDispatchRule({ type: "callee", roomPrefix: "a", randomize: true, pin: "" });',
    ],
    [
      "arguments from elsewhere",
      "sip.createSipDispatchRule(rule, opts);\nsip.createSipDispatchRule(...args);",
    ],
    ["a spread", "sip.createSipDispatchRule({ ...rule }, { ...opts, name });"],
    [
      "an object of the same name in another one",
      `const all = { opts: { numbers } };\nsip.createSipDispatchRule(${KIND}, opts);`,
    ],
    [
      "a replacement as a message",
      "sip.updateSipDispatchRule(id, new SIPDispatchRuleInfo({ numbers, rule }));\nsip.updateSipDispatchRule(id, { numbers, rule, trunkIds });",
    ],
    [
      "an own method",
      `class A { async createSipDispatchRule(rule, { numbers }) { return this.createSipDispatchRule(${KIND}, { numbers }); } }`,
    ],
    ["methods of the protocol", "client.CreateSIPDispatchRule(ctx, { rule });"],
    ["a comment", `// sip.createSipDispatchRule(${KIND}, { numbers });`],
    [
      "what is silenced",
      `// sip-dispatch-ignore: our own client takes them\nsip.createSipDispatchRule(${KIND}, { numbers });`,
    ],
  ])("%s", async (_, text) => {
    expect(await said(text)).toEqual([]);
  });
});
