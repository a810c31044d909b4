import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { migrateText } from "../../src/plan/migrate-text.ts";
import { type Fixture, pythonFixture, PYTHON_FIXTURES } from "./python-fixtures.ts";

const names = readdirSync(PYTHON_FIXTURES);

describe.each(names)("%s", (name) => {
  const fixture = pythonFixture(name);
  const { input, expected, options } = fixture;

  it("becomes what is expected", async () => {
    const { sites, newText } = await migrateText("input.py", input, options);
    expect(sites.map((site, index) => said(site, fixture, index))).toEqual(fixture.sites);
    expect(newText).toBe(expected);
  });

  it("changes nothing the second time", async () => {
    const again = await migrateText("input.py", expected ?? input, options);
    expect(again.newText).toBeUndefined();
    expect(again.sites.filter(({ reason }) => reason === "defect")).toEqual([]);
  });

  it("gives what a person or another program's line ends make of it, too", async () => {
    const other = (text: string): string =>
      text.includes("\r\n") ? text.replaceAll("\r\n", "\n") : text.replaceAll("\n", "\r\n");
    const { newText } = await migrateText("input.py", other(input), options);
    expect(newText).toBe(expected === undefined ? undefined : other(expected));
  });
});

describe("options", () => {
  const http = pythonFixture("dict-for-http").input;

  it("a dict's fields that are reached later are reached by the wrapper's own spelling", async () => {
    const { newText } = await migrateText("a.py", http, { wrapperKey: "dispatchRule" });
    expect(newText).toContain('payload["dispatchRule"]["roomConfig"] = ');
    expect(newText).toContain('payload["dispatchRule"].get("name")');
    expect((await migrateText("a.py", newText ?? "", {})).newText).toBeUndefined();
  });

  it.each([
    ["a request that is made empty", "r = CreateSIPDispatchRuleRequest()\nr.rule.CopyFrom(RULE)"],
    ["a list that stands elsewhere", "T = []\nr = CreateSIPDispatchRuleRequest(rule=RULE, trunk_ids=T)"],
  ])("%s takes no trunks", async (_, code) => {
    const text = `from livekit.api import CreateSIPDispatchRuleRequest\n${code}\nlk.sip.create_dispatch_rule(r)\n`;
    const { sites } = await migrateText("a.py", text, { trunkIds: ["ST_2"], unsafe: true });
    expect(sites).toMatchObject([{ outcome: "needs-person", reason: "barred-trunks" }]);
  });

  it("a dict that is parsed into a message has the wrapper as the message spells it", async () => {
    const text = `from livekit import api
from google.protobuf.json_format import ParseDict
fields = {"rule": {"dispatchRuleDirect": {"roomName": "a"}}}
request = ParseDict(fields, api.CreateSIPDispatchRuleRequest())
request.name = "desk"
lk.sip.create_dispatch_rule(request)
`;
    const { newText } = await migrateText("a.py", text, { wrapperKey: "dispatchRule" });
    expect(newText).toContain('{"dispatch_rule": {"rule"');
    expect(newText).toContain("request.dispatch_rule.name = ");
  });

  it.each([
    ["made with it", 'r = CreateSIPDispatchRuleRequest(name="desk", rule=RULE)\nr.metadata = "m"'],
    ["made empty", 'r = CreateSIPDispatchRuleRequest()\nr.name = "desk"\nr.rule.CopyFrom(RULE)'],
  ])("a rule that is changed has its name: %s", async (_, code) => {
    const text = `from livekit.api import CreateSIPDispatchRuleRequest\n${code}\nlk.sip.create_dispatch_rule(r)\n`;
    expect((await migrateText("a.py", text)).sites).toMatchObject([{ outcome: "migrated", name: "desk" }]);
  });

  it.each([
    ["not always", 'r.name = "desk"\nif x:\n    r.name = "other"'],
    ["in a function", 'def later():\n    r.name = "desk"'],
  ])("a rule that gets a name %s has none that is known", async (_, code) => {
    const text = `from livekit.api import CreateSIPDispatchRuleRequest\nr = CreateSIPDispatchRuleRequest(rule=RULE)\n${code}\nlk.sip.create_dispatch_rule(r)\n`;
    expect((await migrateText("a.py", text)).sites).toMatchObject([{ outcome: "migrated", name: null }]);
  });

  it.each([
    [
      "a dict that is filled and spread",
      'd = {"name": "desk"}\nd["rule"] = RULE\nr = CreateSIPDispatchRuleRequest(**d)',
    ],
    [
      "a name that held a trunk before",
      "r = CreateSIPInboundTrunkRequest()\nlk.sip.create_sip_inbound_trunk(r)\nr = CreateSIPDispatchRuleRequest(rule=RULE)",
    ],
    [
      "a name that holds another one later",
      "r = CreateSIPDispatchRuleRequest(rule=RULE)\nlk.sip.create_dispatch_rule(r)\nr = other()\nr.name = 1",
    ],
    ["a field set by its name", 'r = CreateSIPDispatchRuleRequest(rule=RULE)\nsetattr(r, "name", "desk")'],
  ])("migrates %s", async (_, code) => {
    const text = `from livekit.api import *\nasync def run(lk, RULE):\n${`${code}\nlk.sip.create_dispatch_rule(r)`.replaceAll(/^/gm, "    ")}\n`;
    expect((await migrateText("a.py", text)).sites).toMatchObject([
      { outcome: "migrated", applicability: "safe" },
    ]);
  });

  it("a dict that is copied needs a person, for the fields of the copy are not followed", async () => {
    const text =
      'body = {"name": "a", "rule": {"dispatchRuleDirect": {"roomName": "a"}}}\n' +
      'other = dict(body)\nother["name"] = "b"\n' +
      'requests.post(url + "/twirp/livekit.SIP/CreateSIPDispatchRule", json=other)\n';
    expect((await migrateText("a.py", text)).sites).toMatchObject([
      { outcome: "needs-person", reason: "unfollowed-use", applicability: "review" },
    ]);
  });

  it.each([
    ["is not reached into", "", "migrated"],
    ["is reached into", 'r.name = "b"\n', "needs-person"],
    ["is given away", "restrict(r)\n", "needs-person"],
  ])("a dict whose JSON is parsed into a message that %s: %s", async (_, line, outcome) => {
    const text =
      "from google.protobuf import json_format\nfrom livekit import api\nfrom b import restrict\n" +
      'body = {"name": "a", "rule": {"dispatchRuleDirect": {"roomName": "a"}}}\n' +
      `r = json_format.Parse(json.dumps(body), api.CreateSIPDispatchRuleRequest())\n${line}` +
      "lk.sip.create_dispatch_rule(r)\n";
    const { sites } = await migrateText("a.py", text);
    expect(sites[0]).toMatchObject({ line: 4, outcome });
  });

  it("a request of which a dict replaces a field has the new one", async () => {
    const text =
      'body = {"name": "a", "rule": {"dispatchRuleDirect": {"roomName": "a"}}}\n' +
      'body["rule"] = {"dispatchRuleCallee": {"roomPrefix": "b"}}\n' +
      'requests.post(url + "/twirp/livekit.SIP/CreateSIPDispatchRule", json=body)\n';
    expect((await migrateText("a.py", text)).sites).toMatchObject([{ outcome: "migrated" }]);
  });

  it("a request inside another one needs a person", async () => {
    const { sites } = await migrateText(
      "a.py",
      `from livekit.api import CreateSIPDispatchRuleRequest as R, SIPDispatchRuleInfo as I
lk.sip.create_dispatch_rule(R(dispatch_rule=I(x(R(rule=RULE)))))
`,
    );
    expect(sites.map(({ reason }) => reason)).toContain("unfollowed-use");
    expect(sites.map(({ reason }) => reason)).not.toContain("defect");
  });
});

/** What of a result a fixture speaks of. */
function said(
  site: Awaited<ReturnType<typeof migrateText>>["sites"][number],
  { sites }: Fixture,
  index: number,
): object {
  const wanted = sites[index] ?? { outcome: "" };
  const all = {
    ...site,
    findingLine: site.findings[0]?.line,
    findings: site.findings.map(({ id }) => id).filter((id) => wanted.findings?.includes(id)),
  };
  return Object.fromEntries(Object.entries(all).filter(([key]) => Object.hasOwn(wanted, key)));
}

const python = spawnSync("python3", ["--version"]).status === 0;
const missing = python ? "" : "; there is no Python 3 that could tell";

describe.skipIf(!python && process.env["CI"] !== "true")(`every result compiles${missing}`, () => {
  it("in Python 3", () => {
    const texts = names
      .map((name) => pythonFixture(name))
      .filter(({ broken }) => !broken)
      .map(({ input, expected }) => expected ?? input);
    const program =
      "import json, sys\nfor text in json.load(sys.stdin): compile(text.encode(), 'x.py', 'exec')";
    const { status, stderr } = spawnSync("python3", ["-c", program], {
      input: JSON.stringify(texts),
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });
});
