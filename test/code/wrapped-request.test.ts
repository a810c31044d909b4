import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { migrateText } from "../../src/plan/migrate-text.ts";

/** What the finding about the only request of a text says to do. */
async function advice(path: string, text: string): Promise<string> {
  const { sites } = await migrateText(path, text);
  const [finding] = sites.find(({ reason }) => reason === "unsupported-language")?.findings ?? [];
  return finding?.next ?? "";
}

const LOOK = "It should look like this: ";

async function look(path: string, text: string): Promise<string> {
  return (await advice(path, text)).split(LOOK)[1] ?? "";
}

describe("the request as it should look, in its own spelling", () => {
  it.each([
    [
      "a.ts",
      'const r = new CreateSIPDispatchRuleRequest({ rule, trunkIds: [id], // main\n  inboundNumbers: ["+15550100"] });',
      'new CreateSIPDispatchRuleRequest({ dispatchRule: { rule, trunkIds: [id], numbers: ["+15550100"] } })',
    ],
    [
      "a.ts",
      "send({ name, inboundNumbers, rule: { dispatchRuleDirect: { roomName: 'a' } } });",
      "{ dispatchRule: { name, numbers: inboundNumbers, rule: { dispatchRuleDirect: { roomName: 'a' } } } }",
    ],
    [
      "a.ts",
      "const b = {\n  name: `in ${did}`,\n  trunk_ids: [...ids].filter(Boolean),\n  rule: { dispatchRuleCallee: {} },\n};",
      "{ dispatch_rule: { name: `in ${did}`, trunk_ids: [...ids].filter(Boolean), rule: { dispatchRuleCallee: {} } } }",
    ],
    [
      "a.go",
      "req := &livekit.CreateSIPDispatchRuleRequest{\n\tRule:           rule,\n\tInboundNumbers: numbers, // ours\n}",
      "&livekit.CreateSIPDispatchRuleRequest{ DispatchRule: &livekit.SIPDispatchRuleInfo{ Rule: rule, Numbers: numbers } }",
    ],
    [
      "a.go",
      'b := map[string]any{"rule": map[string]any{"dispatchRuleDirect": d}, "trunk_ids": []string{id}}',
      'map[string]any{ "dispatch_rule": map[string]any{ "rule": map[string]any{"dispatchRuleDirect": d}, "trunk_ids": []string{id} } }',
    ],
    [
      "a.php",
      "<?php $r = new CreateSIPDispatchRuleRequest(['rule' => $rule, 'inbound_numbers' => $n]);",
      "new CreateSIPDispatchRuleRequest([ 'dispatch_rule' => new SIPDispatchRuleInfo([ 'rule' => $rule, 'numbers' => $n ]) ])",
    ],
    [
      "a.cs",
      'var r = new CreateSIPDispatchRuleRequest { Rule = rule, InboundNumbers = { "+15550100" } };',
      'new CreateSIPDispatchRuleRequest { DispatchRule = new SIPDispatchRuleInfo { Rule = rule, Numbers = { "+15550100" } } }',
    ],
    [
      "a.rs",
      "let r = CreateSipDispatchRuleRequest { rule: Some(rule), trunk_ids: vec![id], ..Default::default() };",
      "CreateSipDispatchRuleRequest { dispatch_rule: Some(SipDispatchRuleInfo { rule: Some(rule), trunk_ids: vec![id], ..Default::default() }), ..Default::default() }",
    ],
    [
      "a.rb",
      "r = LiveKit::Proto::CreateSIPDispatchRuleRequest.new(rule: rule, trunk_ids: [id])",
      "LiveKit::Proto::CreateSIPDispatchRuleRequest.new(dispatch_rule: LiveKit::Proto::SIPDispatchRuleInfo.new(rule: rule, trunk_ids: [id]))",
    ],
    [
      "a.ex",
      'r = %Livekit.CreateSIPDispatchRuleRequest{rule: rule, name: "a"}',
      '%Livekit.CreateSIPDispatchRuleRequest{ dispatch_rule: %Livekit.SIPDispatchRuleInfo{ rule: rule, name: "a" } }',
    ],
    [
      "a.tf",
      "b = jsonencode({\n  rule = { dispatchRuleDirect = { roomName = var.room } }\n  trunkIds = [id]\n})",
      "{ dispatchRule = { rule = { dispatchRuleDirect = { roomName = var.room } }, trunkIds = [id] } }",
    ],
  ])("%s: %s", async (path, text, expected) => {
    expect(await look(path, text)).toBe(expected);
  });

  it("is JavaScript that says what the wrapper has to hold", async () => {
    const written = `{ name: "a" + 1, inbound_numbers: ["+15550100"], rule: { dispatchRuleDirect: { roomName: "a" } } }`;
    const shown = await look("a.js", `send(${written});`);
    expect(runInNewContext(`(${shown})`)).toEqual({
      dispatch_rule: {
        name: "a1",
        numbers: ["+15550100"],
        rule: { dispatchRuleDirect: { roomName: "a" } },
      },
    });
  });
});

describe("what is said of numbers", () => {
  it.each([
    [
      "a.ts",
      "new CreateSIPDispatchRuleRequest({ rule, inboundNumbers });",
      "`inboundNumbers` becomes `numbers`",
    ],
    [
      "a.go",
      "r := &livekit.CreateSIPDispatchRuleRequest{InboundNumbers: n}",
      "`InboundNumbers` becomes `Numbers`",
    ],
    ["a.ts", "new CreateSIPDispatchRuleRequest(options);", "`inboundNumbers` becomes `numbers`"],
    [
      "a.php",
      "<?php $r = new CreateSIPDispatchRuleRequest();\n$r->setRule($rule);\n$r->setInboundNumbers($n);",
      "becomes `numbers`",
    ],
  ])("%s: %s", async (path, text, expected) => {
    const said = await advice(path, text);
    expect(said).toContain(expected);
    expect(said).toContain("if they are your own numbers; leave it if they are callers");
  });

  it("is nothing where there are none", async () => {
    expect(await advice("a.ts", "new CreateSIPDispatchRuleRequest({ rule });")).not.toContain("numbers");
  });
});

describe("what is not shown", () => {
  const request = (fields: string): string =>
    `send({ ${fields}, rule: { dispatchRuleDirect: { roomName: "a", pin: "4821" } } });`;

  it("PINs, metadata and attributes", async () => {
    const shown = await look("a.ts", request('metadata: "from a", attributes: { a: "b" }'));
    expect(shown).toBe(
      '{ dispatchRule: { metadata: …, attributes: …, rule: { dispatchRuleDirect: { roomName: "a", pin: "…" } } } }',
    );
  });

  it("what has no name", async () => {
    expect(await look("a.ts", request("...base, name"))).toContain(" name, rule: ");
    for (const fields of ["...base, name", "name, ...(agent && { room_config: { agents: [agent] } })"])
      expect(await look("a.ts", request(fields))).toMatch(/\}, … \} \}$/);
  });

  it.each(["Pin: 4821", "\"pin\": '4821'", "pin => `4821`", String.raw`\"pin\": \"4821\"`])(
    "%s",
    async (pin) => {
      expect(await look("a.ts", `send({ rule: { dispatchRuleDirect: { ${pin} } } });`)).not.toContain("4821");
    },
  );

  it("what is long", async () => {
    const numbers = Array.from({ length: 100 }, () => '"+15550100"').join(", ");
    expect((await look("a.ts", request(`inboundNumbers: [${numbers}]`))).length).toBeLessThan(200);
    const names = Array.from({ length: 100 }, (_, index) => `name: "${index}"`).join(", ");
    expect((await look("a.ts", request(names))).length).toBeLessThan(600);
  });
});
