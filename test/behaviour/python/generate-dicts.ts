import fc from "fast-check";
import { type Generated, indented } from "./generate.ts";

const KEYS = {
  name: ['"desk"', "did", 'f"desk {did}"', '""'],
  metadata: ["did", '"m"'],
  trunk_ids: ['["ST_a"]', "[]", "list(dids)", "[*dids]"],
  inbound_numbers: ["[*dids]", "[did]", "[]"],
  hide_phone_number: ["flag", "True"],
  attributes: ['{"k": did}', "{}"],
  room_config: ['{"empty_timeout": 3}'],
};

const rule = fc.constantFrom(
  '{"dispatch_rule_direct": {"room_name": did}}',
  '{"dispatchRuleIndividual": {"roomPrefix": "c-"}}',
  '{"dispatch_rule_individual": {"room_prefix": did}}',
);

/** The pairs of a request in any order; `rule` is always there. */
const pairs = fc
  .tuple(
    rule,
    ...Object.entries(KEYS).map(([key, values]) =>
      fc.option(
        fc.constantFrom(...values).map((value) => [key, value] as const),
        { nil: undefined },
      ),
    ),
  )
  .chain(([kind, ...rest]) => {
    const all = [["rule", kind] as const, ...rest.filter((pair) => pair !== undefined)];
    return fc.shuffledSubarray(all, { minLength: all.length });
  });

/** What a program does with a dict; `D` stands for it. */
const use = fc.constantFrom(
  'D["name"] = did',
  'D["metadata"] = D["rule"] and did',
  'D["inbound_numbers"] = [did]',
  'D["rule"] = {"dispatch_rule_direct": {"room_name": "later"}}',
  'D["rule"]["dispatch_rule_direct"] = {"room_name": "deeper"}',
  'D.setdefault("trunk_ids", []).append(did)',
  'D.setdefault("inbound_numbers", []).extend(dids)',
  'lk.note(D.get("name"))',
  'lk.note(D.get("inbound_numbers", "none"))',
  'if D.get("metadata"):\n    D["name"] = "has"',
  "lk.note(f\"{D['rule']}\")",
  "print(D, json.dumps(D, indent=2))",
  "lk.note(len(D))",
  "lk.note(list(D))",
  "lk.note(str(D))",
  "lk.note(json.dumps(D) != '')",
  "lk.note(hash(json.dumps(D)))",
  "lk.note('name' in D)",
  "D.update(name=did)",
  "D.pop('metadata', None)",
  "del D['name']",
  "for key in D:\n    lk.note(key)",
  "D = {**D, 'name': did}",
  "D = D | {'name': did}",
  "D = dict(D)",
  "other = D\nother['name'] = 'other'",
  "lk.note(reader(D))",
  "D['ru' + 'le']['dispatch_rule_direct'] = {'room_name': 'put together'}",
  "lk.note('{name}'.format_map(D))",
  "lk.note('%(rule)s' % D)",
  "kept.append(D)\nkept[0]['name'] = 'kept'",
  'kept.append({"replace": D})',
  'lk.note({"dispatch_rule": D}["dispatch_rule"] is D)',
  "lk.note(bool(D))",
  "if D:\n    pass",
  "D = None if flag else D",
  "match D:\n    case {'name': name}:\n        lk.note(name)",
);

type Build = (dict: string, uses: string[]) => string;

const SEND = 'lk.post("/twirp/livekit.SIP/CreateSIPDispatchRule", json=';
const shape = fc.constantFrom<Build>(
  (dict) => `${SEND}${dict})`,
  (dict, uses) => `body = ${dict}\n${uses.join("\n")}\n${SEND}body)`,
  (dict, uses) => `body = ${dict}\n${uses.join("\n")}\n${SEND.replace("json=", "data=")}json.dumps(body))`,
  (dict, uses) => `for did in dids:\n${indented(`body = ${dict}\n${uses.join("\n")}\n${SEND}body)`, "    ")}`,
  (dict, uses) => `def build():\n    return ${dict}\n\nbody = build()\n${uses.join("\n")}\n${SEND}body)`,
  (dict, uses) =>
    `def send(url, body):\n${indented(`${uses.join("\n")}\nlk.post(url, json=body)`, "    ")}\n\nsend("/CreateSIPDispatchRule", ${dict})`,
  (dict, uses) =>
    `body = ${dict}\n${uses.join("\n")}\nrequest = ParseDict(body, api.CreateSIPDispatchRuleRequest())\nlk.sent.append(request)`,
  (dict) =>
    `request = ParseDict(${dict}, api.CreateSIPDispatchRuleRequest())\nrequest.name = did\nlk.sent.append(request)`,
  (dict, uses) =>
    `path = "/CreateSIPDispatchRule"\nbody = ${dict}\n${SEND}body)\n${uses.join("\n")}\nlk.post("https://x" + path, json=body)`,
);

const wrapped = fc
  .tuple(use, fc.constantFrom("", "", "if flag:", "for _ in range(2):"))
  .map(([body, around]) => (around === "" ? body : `${around}\n${indented(body, "    ")}`));

/** Programs that put a request together as a dict, do things with it, and send it as JSON. */
export const dictProgram: fc.Arbitrary<Generated> = fc
  .record({ shape, pairs, uses: fc.array(wrapped, { maxLength: 3 }), quote: fc.constantFrom('"', "'") })
  .map(({ shape: build, pairs: all, uses, quote }) => {
    const dict = `{${all.map(([key, value]) => `${quote}${key}${quote}: ${value}`).join(", ")}}`;
    const body = build(
      dict,
      uses.map((one) => one.replaceAll(/\bD\b/g, "body")),
    );
    const lines = [
      "import json",
      "from google.protobuf.json_format import ParseDict",
      "from livekit import api",
      "",
      "def reader(it):\n    return it['rule']",
      "",
      "async def main(lk, flag, did, dids):",
      "    kept = []",
      indented(body, "    "),
      "",
    ];
    const calls = ["True", "False"].map(
      (flag) => `main(lk, ${flag}, "+15550100", ["+15550100", "+15550102"])`,
    );
    return { text: lines.join("\n"), calls };
  });
