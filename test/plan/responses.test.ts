import { describe, expect, it } from "vitest";
import { migrateText } from "../../src/plan/migrate-text.ts";
import type { MigrateOptions } from "../../src/config/options.ts";

/** What is said about a text, as `line id`. */
async function said(path: string, lines: string[], options: MigrateOptions = {}): Promise<string[]> {
  const { findings = [] } = await migrateText(path, lines.join("\n"), options);
  return findings.map(({ line, id }) => `${line} ${id}`);
}

const PYTHON = ["from livekit import api", "async def main(lk):"];

describe("in Python, reading the numbers of rules that LiveKit gives", () => {
  it.each([
    [
      "of a rule that was created",
      ["    info = await lk.sip.create_dispatch_rule(request)", "    print(info.inbound_numbers)"],
      ["4 reads-inbound-numbers"],
    ],
    [
      "of the rules in a list",
      [
        "    rules = await lk.sip.list_dispatch_rule(api.ListSIPDispatchRuleRequest())",
        "    for rule in rules.items:",
        "        print(rule.name, list(rule.inbound_numbers))",
        "    return [r.inbound_numbers for r in rules.items if r.trunk_ids]",
      ],
      ["5 reads-inbound-numbers", "6 reads-inbound-numbers"],
    ],
    [
      "of what another function returns",
      [
        "    rule = await find(lk, 'desk')",
        "    if '+15550100' in rule.inbound_numbers: print(rule)",
        "async def find(lk, name):",
        "    answer = await lk.sip.list_sip_dispatch_rule(None)",
        "    return next(r for r in answer.items if r.name == name)",
      ],
      ["4 reads-inbound-numbers"],
    ],
    [
      "of rules under one name and the next",
      [
        "    rules = (await lk.sip.list_dispatch_rule(q)).items",
        "    rules = [r for r in rules if r.name]",
        "    print(rules[0].inbound_numbers, rules[1].get('inbound_numbers'))",
      ],
      ["5 reads-inbound-numbers", "5 reads-inbound-numbers"],
    ],
    [
      "of JSON from the server",
      [
        '    answer = await post("/twirp/livekit.SIP/ListSIPDispatchRule", {})',
        '    for rule in answer.json()["items"]:',
        '        print(rule["inbound_numbers"], rule.get("inboundNumbers"))',
      ],
      ["5 reads-inbound-numbers", "5 reads-inbound-numbers"],
    ],
    [
      "of what `lk` lists",
      [
        '    out = subprocess.check_output(["lk", "sip", "dispatch", "list", "--json"])',
        '    for rule in json.loads(out)["items"]: print(rule["inbound_numbers"])',
      ],
      ["4 reads-inbound-numbers"],
    ],
    [
      "of what a function has `lk` list",
      [
        '    for rule in run("sip", "dispatch", "list", "--json")["items"]:',
        '        print(rule["inbound_numbers"])',
        "def run(*args): return json.loads(subprocess.check_output(['lk', *args]))",
      ],
      ["4 reads-inbound-numbers"],
    ],
  ])("%s", async (_, lines, findings) => {
    expect(await said("a.py", [...PYTHON, ...lines])).toEqual(findings);
  });

  it.each([
    [
      "with `numbers` beside it",
      ["    r = await lk.sip.create_dispatch_rule(q)", "    print(r.inbound_numbers or r.numbers)"],
    ],
    [
      "of trunks",
      [
        "    for t in (await lk.sip.list_sip_trunk(q)).items:",
        "        print(t.inbound_numbers, 'dispatch_rule')",
      ],
    ],
    ["of something unknown", ["    print(lk.inbound_numbers, 'dispatch_rule')"]],
    [
      "of something else beside a rule",
      [
        "    for rule in (await lk.sip.list_dispatch_rule(q)).items:",
        "        trunk = trunks[rule.trunk_ids[0]]",
        "        print(rule.name, trunk.inbound_numbers, by_name[rule.name].inbound_numbers)",
      ],
    ],
    [
      "of a name that is given something else by then",
      [
        "    rules = await lk.sip.list_dispatch_rule(q)",
        "    rules = load()",
        "    print([r.inbound_numbers for r in rules])",
      ],
    ],
    [
      "that is silenced",
      [
        "    r = await lk.sip.create_dispatch_rule(q)",
        "    print(r.inbound_numbers)  # sip-dispatch-ignore: callers",
      ],
    ],
  ])("is nothing to speak of %s", async (_, lines) => {
    expect(await said("a.py", [...PYTHON, ...lines])).toEqual([]);
  });

  it("is right where the numbers stay", async () => {
    const lines = [...PYTHON, "    return (await lk.sip.create_dispatch_rule(q)).inbound_numbers"];
    expect(await said("a.py", lines)).toEqual(["3 reads-inbound-numbers"]);
    expect(await said("a.py", lines, { inboundNumbersAs: "inbound_numbers" })).toEqual([]);
  });
});

describe("in Python, an update", () => {
  const update = (...fields: string[]): string[] => [
    ...PYTHON,
    "    old = (await lk.sip.list_dispatch_rule(q)).items[0]",
    "    new = api.SIPDispatchRuleInfo(name=old.name, inbound_numbers=old.inbound_numbers, rule=old.rule,",
    ...fields,
    "    )",
    "    await lk.sip.update_dispatch_rule(old.sip_dispatch_rule_id, new)",
  ];

  it("that copies one filter erases the other", async () => {
    expect(await said("a.py", update())).toEqual(["4 update-drops-numbers"]);
  });

  it("that copies both is right", async () => {
    expect(await said("a.py", update("        numbers=old.numbers"))).toEqual([]);
  });

  it("may be filled step by step", async () => {
    const lines = [
      ...PYTHON,
      "    new = api.SIPDispatchRuleInfo()",
      "    new.name = old.name",
      "    new.inbound_numbers.extend(old.inbound_numbers)",
    ];
    expect(await said("a.py", lines)).toEqual(["5 update-drops-numbers"]);
    expect(await said("a.py", [...lines, "    new.numbers.extend(old.numbers)"])).toEqual([]);
    expect(await said("a.py", lines.with(2, "    new = api.SIPInboundTrunkInfo()"))).toEqual([]);
  });

  it("may be a dict", async () => {
    const lines = [
      ...PYTHON,
      '    body = {"sip_dispatch_rule_id": i, "replace": {"rule": r, "inbound_numbers": old["inbound_numbers"]}}',
      '    await post("/twirp/livekit.SIP/UpdateSIPDispatchRule", body)',
    ];
    expect(await said("a.py", lines)).toEqual(["3 update-drops-numbers"]);
  });
});

describe("in TypeScript, reading the numbers of rules that LiveKit gives", () => {
  it.each([
    [
      "of a rule that was created",
      ["const info = await client.createSipDispatchRule(rule, options);", "log(info.inboundNumbers);"],
      ["2 reads-inbound-numbers"],
    ],
    [
      "of the rules in a list",
      [
        "const rules = await sip.listSipDispatchRule();",
        "for (const rule of rules) log(rule.inboundNumbers);",
        "rules.map((r) => r.inboundNumbers?.join());",
        "const { inboundNumbers } = rules[0];",
        "const { inboundNumbers: callers } = rules[1];",
      ],
      [
        "2 reads-inbound-numbers",
        "3 reads-inbound-numbers",
        "4 reads-inbound-numbers",
        "5 reads-inbound-numbers",
      ],
    ],
    [
      "of rules that a function takes apart",
      [
        "const rules = await sip.listSipDispatchRule();",
        "const mine = rules.filter(({ inboundNumbers }) => inboundNumbers.includes(n));",
        "const all = rules.map(({ name, inboundNumbers: from }) => ({ name, from }));",
        "const both = rules.flatMap(({ inboundNumbers, numbers }) => [...inboundNumbers, ...numbers]);",
      ],
      ["2 reads-inbound-numbers", "3 reads-inbound-numbers"],
    ],
    [
      "of what another function returns",
      [
        "async function find(name: string) {",
        "  const rules = await sip.listSipDispatchRule();",
        "  return rules.find((r) => r.name === name);",
        "}",
        "const rule = await find('desk');",
        "if (rule?.inboundNumbers.includes(n)) stop();",
      ],
      ["6 reads-inbound-numbers"],
    ],
  ])("%s", async (_, lines, findings) => {
    expect(await said("a.ts", lines)).toEqual(findings);
  });

  it.each([
    [
      "with `numbers` beside it",
      ["const r = await sip.createSipDispatchRule(a, b);", "log([...r.inboundNumbers, ...r.numbers]);"],
    ],
    ["of trunks", ["const t = await sip.createSipInboundTrunk(a);", "log(t.inboundNumbers, dispatchRule);"]],
    [
      "of trunks that a function takes apart",
      [
        "const ts = await sip.listSipInboundTrunk();",
        "ts.map(({ inboundNumbers }) => inboundNumbers); // dispatchRule",
      ],
    ],
  ])("is nothing to speak of %s", async (_, lines) => {
    expect(await said("a.ts", lines)).toEqual([]);
  });
});

describe("in TypeScript, an update", () => {
  it("that copies one filter erases the other", async () => {
    const lines = [
      "const [old] = await sip.listSipDispatchRule();",
      "await sip.updateSipDispatchRule(old.sipDispatchRuleId, new SIPDispatchRuleInfo({",
      "  name: old.name,",
      "  inboundNumbers: old.inboundNumbers,",
      "}));",
    ];
    expect(await said("a.ts", lines)).toEqual(["4 update-drops-numbers"]);
    expect(await said("a.ts", lines.with(2, "  ...old,"))).toEqual([]);
    expect(await said("a.ts", lines.with(2, "  numbers: old.numbers,"))).toEqual([]);
  });
});

describe("in Go, the numbers of rules that LiveKit gives", () => {
  const go = async (...lines: string[]): Promise<string[]> =>
    said("a.go", ["package main", "func main() {", ...lines, "}"]);
  const LIST = "res, err := client.ListSIPDispatchRule(ctx, &livekit.ListSIPDispatchRuleRequest{})";

  it("are read of a list, and of a rule that was created", async () => {
    const loop = [
      "for _, r := range res.Items {",
      "use(r.InboundNumbers)",
      "use(r.GetInboundNumbers())",
      "}",
    ];
    expect(await go(LIST, ...loop)).toEqual(["5 reads-inbound-numbers", "6 reads-inbound-numbers"]);
    expect(
      await go("info, err := client.CreateSIPDispatchRule(ctx, req)", "use(info.InboundNumbers)"),
    ).toEqual(["4 reads-inbound-numbers"]);
    expect(
      await go(
        LIST,
        "show(res.Items[0])",
        "}",
        "func show(r *livekit.SIPDispatchRuleInfo) {",
        "use(r.InboundNumbers)",
      ),
    ).toEqual(["7 reads-inbound-numbers"]);
  });

  it("are right beside the others, and are something else in a trunk", async () => {
    expect(await go(LIST, "use(res.Items[0].InboundNumbers, res.Items[0].Numbers)")).toEqual([]);
    expect(
      await go("t, err := client.ListSIPInboundTrunk(ctx, req)", "use(t.InboundNumbers, dispatchRule)"),
    ).toEqual([]);
    expect(
      await go(
        "req, err := client.ListSIPDispatchRule(ctx, all)",
        "trunk := &livekit.SIPTrunkInfo{",
        "InboundNumbers: req.InboundNumbers,",
        "}",
      ),
    ).toEqual([]);
  });

  it("are those of rules where a name was given a rule last", async () => {
    const list = (of: string, type: string): string[] => [
      `return listAndPrint(ctx, cli.List${of}, &livekit.List${of}Request{}, func(item *livekit.${type}) []string {`,
      "use(item.InboundNumbers)",
      "})",
    ];
    const rules = list("SIPDispatchRule", "SIPDispatchRuleInfo");
    const trunks = list("SIPTrunk", "SIPTrunkInfo");
    const others = ["for _, item := range db.Customers() {", "use(item.InboundNumbers)", "}"];
    expect(await go(...trunks, ...rules, ...others)).toEqual(["7 reads-inbound-numbers"]);
    expect(await go(...rules, ...others, ...trunks)).toEqual(["4 reads-inbound-numbers"]);
    const show = ["}", "func show(r *livekit.SIPDispatchRuleInfo) {", "use(r.InboundNumbers)", "}"];
    const called = [
      LIST,
      "for _, r := range db.Customers() {",
      "use(r.InboundNumbers)",
      "}",
      "show(res.Items[0])",
    ];
    expect(await go(...show, "func all() {", ...called)).toEqual(["5 reads-inbound-numbers"]);
    expect(await go(...called, ...show, "func more() {")).toEqual(["10 reads-inbound-numbers"]);
  });

  it("are erased by an update that copies one filter", async () => {
    const update = (...fields: string[]): string[] => [
      LIST,
      "old := res.Items[0]",
      "info := &livekit.SIPDispatchRuleInfo{Name: old.Name, InboundNumbers: old.InboundNumbers,",
      ...fields,
      "}",
      "client.UpdateSIPDispatchRule(ctx, &livekit.UpdateSIPDispatchRuleRequest{Action: replace(info)})",
    ];
    expect(await go(...update())).toEqual(["5 update-drops-numbers"]);
    expect(await go(...update("Numbers: old.Numbers,"))).toEqual([]);
  });
});

describe("in shell, the numbers of rules that LiveKit lists", () => {
  it("are read by jq", async () => {
    const lines = [
      "lk sip dispatch list -j | jq '.items[].inboundNumbers'",
      "lk sip dispatch list --json |",
      "  jq -r '.items[] | .inbound_numbers[]'",
      "RULES=$(lk sip dispatch list -j)",
      `echo "$RULES" | jq '.items[0].inbound_numbers'`,
      `echo "$RULES" | jq '.items[] | {name, inbound_numbers, rule}'`,
    ];
    expect(await said("a.sh", lines)).toEqual([
      "1 reads-inbound-numbers",
      "3 reads-inbound-numbers",
      "5 reads-inbound-numbers",
      "6 reads-inbound-numbers",
    ]);
  });

  it("are right beside the others, and are something else in a trunk", async () => {
    const lines = [
      "lk sip dispatch list -j | jq '.items[] | (.numbers // .inboundNumbers)'",
      "lk sip dispatch list -j | jq '.items[] | {name, numbers, inbound_numbers}'",
      "lk sip inbound list -j | jq '.items[].inbound_numbers'",
      "# lk sip dispatch list -j | jq '.items[].inboundNumbers'",
      "lk sip dispatch list -j | jq '.items[].name' # sip-dispatch-ignore: none",
    ];
    expect((await said("a.sh", lines)).filter((one) => one.includes("numbers"))).toEqual([]);
  });
});

it("is not said of parameters of a function that is called as LiveKit's", async () => {
  const lines = [
    "def create_sip_dispatch_rule(",
    "  rule,",
    "  inbound_numbers: nil,",
    "  name: nil",
    ")",
    "end",
  ];
  expect(await said("a.rb", lines)).toEqual([]);
});
