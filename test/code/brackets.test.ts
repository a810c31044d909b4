import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../cases.ts";
import { migrateText } from "../../src/plan/migrate-text.ts";
import { languageNamed, languageOf } from "../../src/sources/languages.ts";
import { readerOf } from "../../src/sources/readers.ts";
import { positions } from "../../src/sources/position.ts";
import { flatRequest, layOut, layoutStyle } from "../plan/generate.ts";

/** Where flat requests stand in a text, as `line:column`. */
async function found(language: string, text: string): Promise<string[]> {
  const syntax = await readerOf(languageNamed(language)?.id ?? language).load();
  const place = positions(text);
  return syntax.read(text).sites.map(({ at }) => {
    const { line, column } = place(at.start);
    return `${line}:${column}`;
  });
}

const IN_JSON = '{ "trunk_ids": ["ST_a"], "rule": { "dispatchRuleDirect": { "roomName": "a" } } }';

describe("flat requests are found, so that no repository counts as clean that is not", () => {
  it.each([
    ["go", "req := &livekit.CreateSIPDispatchRuleRequest{\n\tRule: rule,\n\tTrunkIds: []string{id},\n}"],
    [
      "go",
      'send(ctx, &livekit.CreateSIPDispatchRuleRequest{Name: "a", Rule: &livekit.SIPDispatchRule{Rule: &livekit.SIPDispatchRule_DispatchRuleDirect{}}})',
    ],
    ["go", "req := &livekit.CreateSIPDispatchRuleRequest{}\nreq.Rule = rule\nreq.TrunkIds = ids"],
    [
      "go",
      'body := map[string]any{"rule": map[string]any{"dispatchRuleDirect": map[string]any{"roomName": "a"}}}',
    ],
    ["typescript", "const r = new CreateSIPDispatchRuleRequest({ rule, trunkIds, hidePhoneNumber: true });"],
    ["typescript", "const r = create(CreateSIPDispatchRuleRequestSchema, { rule: x, trunkIds: [id] });"],
    [
      "typescript",
      "const body = {\n  name: `inbound ${did}`,\n  trunkIds: [id],\n  rule: { dispatchRuleIndividual: { roomPrefix: 'call-' } },\n};",
    ],
    ["javascript", "axios.post(url, { 'rule': { 'dispatch_rule_direct': { room_name: 'a' } } })"],
    ["javascript", "const r = new CreateSIPDispatchRuleRequest(options);"],
    [
      "rust",
      "let r = CreateSipDispatchRuleRequest { rule: Some(rule), dispatch_rule: None, trunk_ids: vec![id], ..Default::default() };",
    ],
    [
      "kotlin",
      "val r = CreateSIPDispatchRuleRequest.newBuilder()\n    .setRule(rule)\n    .addTrunkIds(id)\n    .build()",
    ],
    [
      "java",
      'var r = LivekitSip.CreateSIPDispatchRuleRequest.newBuilder().setName("a").setRule(rule).build();',
    ],
    ["php", "$r = new CreateSIPDispatchRuleRequest(['rule' => $rule, 'trunk_ids' => [$id]]);"],
    ["php", "$r = new CreateSIPDispatchRuleRequest();\n$r->setRule($rule);\n$r->setTrunkIds([$id]);"],
    ["csharp", 'var r = new CreateSIPDispatchRuleRequest { Rule = rule, Name = "a", TrunkIds = { id } };'],
    ["ruby", "req = LiveKit::Proto::CreateSIPDispatchRuleRequest.new(rule: rule, trunk_ids: [id])"],
    ["elixir", 'request = %Livekit.CreateSIPDispatchRuleRequest{rule: rule, name: "a"}'],
    [
      "hcl",
      'body = jsonencode({\n  rule = { dispatchRuleDirect = { roomName = "a" } }\n  trunkIds = [id] # "\n})',
    ],
    ["tf", 'body = <<EOF\n{"rule": {"dispatchRuleDirect": {"roomName": "a"}}, "trunk_ids": ["${id}"]}\nEOF'],
    ["dart", "final body = {'rule': {'dispatchRuleDirect': {'roomName': 'a'}}, 'trunkIds': [id]};"],
  ])("%s: %s", async (language, text) => {
    expect(await found(language, text)).toHaveLength(1);
  });

  it.each([
    ["typescript", `const rule = '${IN_JSON}';`],
    ["typescript", `const rule = \`${IN_JSON}\`;\nsend(JSON.parse(rule));`],
    ["javascript", `const rule = ${JSON.stringify(IN_JSON)};`],
    [
      "javascript",
      `const rule = '{ "trunk_ids": ["ST_a"],' +\n  ' "rule": { "dispatchRuleDirect": { "roomName": "a" } } }';`,
    ],
    ["go", `const rule = \`${IN_JSON}\``],
    ["java", `String rule = """\n    ${IN_JSON}\n    """;`],
    ["java", `String rule = ${JSON.stringify(IN_JSON)};`],
    ["ruby", `RULE = '${IN_JSON}'`],
    ["typescript", `const prompt = \`Write:\n\n\\\`\\\`\\\`json\n${IN_JSON}\n\\\`\\\`\\\`\n\`;`],
    ["csharp", `var a = "see https://example.com/"; var rule = ${JSON.stringify(IN_JSON)}; // "`],
  ])("in strings, in %s: %s", async (language, text) => {
    expect(await found(language, text)).toHaveLength(1);
  });

  it("whatever fields they have and however they are laid out: each is reported, and no text is touched", () =>
    fc.assert(
      fc.asyncProperty(
        flatRequest,
        layoutStyle,
        fc.constantFrom("ts", "js", "mjs"),
        async (request, style, ending) => {
          const literal = layOut(request, { ...style, bom: false, finalNewline: false, escapes: false });
          const text = `const url = x;\nawait send(${literal});\n`;
          const { sites, newText } = await migrateText(`create.${ending}`, text);
          expect(sites.map(({ outcome, reason, line }) => [outcome, reason, line])).toEqual([
            ["needs-person", "unsupported-language", 2],
          ]);
          expect(newText).toBeUndefined();
        },
      ),
      cases(100),
    ));

  it("tells where", async () => {
    expect(
      await found("typescript", "// 😀\nsend({ rule: { dispatchRuleDirect: { roomName: 'a' } } });"),
    ).toEqual(["2:6"]);
  });
});

describe("an update is no flat create, however it is spelled", () => {
  const rule = "rule: { dispatchRuleDirect: { roomName: 'a' } }";
  it.each([
    ["typescript", `post({ sip_dispatch_rule_id: id, update: { name: "d", ${rule} } });`],
    ["typescript", `post({ sipDispatchRuleId: id, action: { case: "update", value: { ${rule} } } });`],
    ["typescript", `const update = { ${rule} };\npost({ sipDispatchRuleId: id, update });`],
    ["typescript", `const fields = { ${rule} };\npost({ sipDispatchRuleId: id, update: fields });`],
    ["typescript", `await sip.updateSipDispatchRule(id, { ${rule} });`],
    ["typescript", `const u = new SIPDispatchRuleUpdate({ ${rule} });`],
    [
      "go",
      "req := &livekit.UpdateSIPDispatchRuleRequest{SipDispatchRuleId: id, Action: &livekit.UpdateSIPDispatchRuleRequest_Update{Update: &livekit.SIPDispatchRuleUpdate{Rule: rule}}}",
    ],
    [
      "go",
      'body := map[string]any{"sip_dispatch_rule_id": id, "update": map[string]any{"rule": map[string]any{"dispatchRuleDirect": d}}}',
    ],
    [
      "csharp",
      'var r = new UpdateSIPDispatchRuleRequest { SipDispatchRuleId = id, Update = new SIPDispatchRuleUpdate { Name = "d", Rule = new SIPDispatchRule { DispatchRuleDirect = d } } };',
    ],
    [
      "csharp",
      "var u = new SIPDispatchRuleUpdate { Rule = new SIPDispatchRule { DispatchRuleDirect = d } };",
    ],
    [
      "php",
      "$r = ['sip_dispatch_rule_id' => $id, 'update' => ['rule' => ['dispatchRuleDirect' => ['roomName' => 'a']]]];",
    ],
  ])("%s: %s", async (language, text) => {
    expect(await found(language, text)).toEqual([]);
  });

  it("and in Python nothing is wrapped", async () => {
    const update =
      '{"sip_dispatch_rule_id": i, "update": {"rule": {"dispatchRuleDirect": {"roomName": "a"}}}}';
    const text = `import requests\n\nrequests.post(f"{url}/twirp/livekit.SIP/UpdateSIPDispatchRule", json=${update})\n`;
    const { sites, newText } = await migrateText("update.py", text, { unsafe: true });
    expect(newText).toBeUndefined();
    expect(sites.filter(({ outcome }) => outcome === "needs-person")).toEqual([]);
  });
});

describe("what is no flat request is not reported", () => {
  it.each([
    [
      "go",
      "req := &livekit.CreateSIPDispatchRuleRequest{\n\tDispatchRule: &livekit.SIPDispatchRuleInfo{Rule: rule, TrunkIds: ids},\n}",
    ],
    ["go", "req := &livekit.CreateSIPDispatchRuleRequest{}\nreq.DispatchRule = info"],
    [
      "go",
      "rule := &livekit.SIPDispatchRule{Rule: &livekit.SIPDispatchRule_DispatchRuleDirect{DispatchRuleDirect: direct}}",
    ],
    [
      "go",
      "req.Replace = &livekit.SIPDispatchRuleInfo{Name: name, Rule: &livekit.SIPDispatchRule{Rule: &livekit.SIPDispatchRule_DispatchRuleDirect{DispatchRuleDirect: direct}}}",
    ],
    [
      "go",
      "func (s *S) Create(ctx context.Context, req *livekit.CreateSIPDispatchRuleRequest) (*livekit.SIPDispatchRuleInfo, error) {\n\treturn nil, nil\n}",
    ],
    ["typescript", "interface CreateSIPDispatchRuleRequest { rule?: SIPDispatchRule; trunkIds: string[] }"],
    ["typescript", "function build(): CreateSIPDispatchRuleRequest { return cached; }"],
    [
      "typescript",
      "client.createSipDispatchRule({ type: 'individual', roomPrefix: 'call-' }, { trunkIds: [id] });",
    ],
    [
      "typescript",
      "const payload = { name: 'a', rule: { dispatchRuleDirect: { roomName: 'a' } } };\nupdate(payload);\ncreate(JSON.stringify({ dispatch_rule: payload }));",
    ],
    ["typescript", "// const body = { rule: { dispatchRuleDirect: { roomName: 'a' } } };"],
    ["typescript", 'import { CreateSIPDispatchRuleRequest, SIPDispatchRule } from "@livekit/protocol";'],
    [
      "javascript",
      "send({ dispatchRule: { rule: { dispatchRuleDirect: { roomName: 'a' } }, trunkIds: [id] } });",
    ],
    ["javascript", "eslint({ rule: { name: 'x' }, trunkIds: 1 });"],
    ["typescript", `// const rule = '${IN_JSON}';`],
    ["typescript", `const request = '{ "dispatch_rule": ${IN_JSON} }';`],
    ["typescript", `const rule = '${IN_JSON}';\nsend({ dispatch_rule: JSON.parse(rule) });`],
    ["typescript", `send({ dispatchRule: JSON.parse('${IN_JSON}') });`],
    ["go", 'var help = `the keys "trunk_ids" and "rule", and { dispatchRuleDirect }`'],
    ["rust", "impl CreateSipDispatchRuleRequest { fn rule(&self) -> u8 { 1 } }"],
    [
      "go",
      "func build(id string) *livekit.CreateSIPDispatchRuleRequest {\n\tinfo.Rule = rule\n\treturn cached\n}",
    ],
    ["rust", "fn make<'a>(x: &'a str) -> CreateSipDispatchRuleRequest { todo!() }"],
    ["kotlin", "val r = CreateSIPDispatchRuleRequest.newBuilder().setDispatchRule(info).build()"],
  ])("%s: %s", async (language, text) => {
    expect(await found(language, text)).toEqual([]);
  });
});

it("leaves what is given to the SDK's own method, which makes the request itself", async () => {
  const literal = "{ rule: { dispatchRuleDirect: { roomName: 'a' } }, trunkIds: [id] }";
  for (const text of [
    `client.createSipDispatchRule(${literal})`,
    `const request = ${literal};\nclient.createSipDispatchRule(request);`,
  ]) {
    expect(await found("typescript", text)).toEqual([]);
  }
});

it("survives any text", async () => {
  for (const text of [
    "{".repeat(100_000),
    "('\"`".repeat(50_000),
    "trunk_ids " + "a=".repeat(100_000),
    "x: {".repeat(50_000),
  ]) {
    expect(await found("typescript", `dispatch_rule ${text}`)).toEqual([]);
  }
});

it("reads its own project without a complaint about itself", async () => {
  const path = "src/code/brackets/requests.ts";
  expect(languageOf(path)?.id).toBe("typescript");
  expect(await found("typescript", readFileSync(path, "utf8"))).toEqual([]);
});

describe("requests in text and commands of which nothing else is read", () => {
  const JSON_TEXT = '{ "rule": { "dispatchRuleDirect": { "roomName": "a" } }, "trunk_ids": [] }';

  it.each([
    [
      "restructuredtext",
      `It's \`\`lk\`s, see https://example.com/*.\n\n.. code-block:: json\n\n   ${JSON_TEXT}\n`,
      "5:4",
    ],
    ["asciidoc", `[source,json]\n----\n${JSON_TEXT}\n----\n`, "3:1"],
    ["batch", `echo ${JSON_TEXT} | lk sip dispatch create -\r\n`, "1:6"],
    ["batch", `curl https://x/twirp -d "${JSON_TEXT.replaceAll('"', '\\"')}"\r\n`, "1:26"],
    [
      "batch",
      `(\r\necho {\r\necho   "rule": { "dispatchRuleDirect": {} }\r\necho }\r\n) > a.json\r\n`,
      "2:6",
    ],
  ])("%s", async (language, text, place) => {
    expect(await found(language, text)).toEqual([place]);
  });

  it("not what is wrapped, and what only speaks of it", async () => {
    expect(await found("rst", `{ "dispatch_rule": ${JSON_TEXT} }`)).toEqual([]);
    expect(await found("rst", "A ``rule`` with ``trunk_ids`` (see {rule}: dispatch_rule_direct).")).toEqual(
      [],
    );
  });

  it.each([
    ["docs/sip.rst", "restructuredtext"],
    ["sip.adoc", "asciidoc"],
    ["make.bat", "batch"],
    ["make.CMD", "batch"],
  ])("%s is %s", (path, id) => {
    expect(languageOf(path)?.id).toBe(id);
  });
});
