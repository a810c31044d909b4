import fc from "fast-check";

/** A program, and the expressions that run it in its different worlds. */
export interface Generated {
  text: string;
  calls: string[];
}

/** How a program gets LiveKit's classes: its import lines, and how it names a class. */
interface Naming {
  imports: string[];
  named: (name: string) => string;
  /** Whether the imports stand in the function. */
  inside: boolean;
}

const CLASSES = [
  "CreateSIPDispatchRuleRequest",
  "RoomAgentDispatch",
  "RoomConfiguration",
  "SIPDispatchRule",
  "SIPDispatchRuleDirect",
  "SIPDispatchRuleIndividual",
];
const BARE = ["from livekit.api import (", ...CLASSES.map((name) => `    ${name},`), ")"];

const naming: fc.Arbitrary<Naming> = fc
  .record({
    way: fc.constantFrom<[string[], string]>(
      [["from livekit import api"], "api."],
      [["from livekit import api as lk_api"], "lk_api."],
      [["import livekit.api"], "livekit.api."],
      [["import livekit.api as lka"], "lka."],
      [["try:", "    from livekit import api", "except ImportError:", "    api = None"], "api."],
      [[`from livekit.api import ${CLASSES.join(", ")}`], ""],
      [BARE, ""],
      [[`from livekit.api import ${CLASSES.join(", ")}, SIPDispatchRuleInfo`], ""],
      [[`from livekit.api import ${CLASSES.join(", ")}, SIPDispatchRuleInfo as Info`], ""],
      [["try:", ...BARE.map((line) => `    ${line}`), "except ImportError:", "    raise"], ""],
    ),
    inside: fc.boolean(),
  })
  .map(({ way: [imports, prefix], inside }) => ({ imports, inside, named: (name) => prefix + name }));

const word = fc.constantFrom("desk", "a b", "", "ünï ☎️ 😀", "x.y");
const text: fc.Arbitrary<string> = fc.oneof(
  word.map((one) => JSON.stringify(one)),
  word.map((one) => `'${one}'`),
  fc.constantFrom(
    'f"desk {did}"',
    "f'{did!r}{{x}}'",
    '"a" "b"',
    'did or "none"',
    '"on" if flag else "off"',
    '("in " "brackets")',
    '"""several\n  lines\nof it"""',
    'r"raw\\n"',
    '"esc\\u0041\\t\\""',
    "(lambda: did)()",
    "(w := did)",
    '"%s" % did',
    "str(len(did))",
    '"#no comment" # a comment, and (',
    "None",
  ),
);
const texts = fc.constantFrom(
  '["ST_a"]',
  "[]",
  '["ST_a", "ST_b",]',
  "[did] if flag else []",
  "[*dids]",
  "dids",
  "[d for d in dids]",
  '("ST_a",)',
  "list(dids)",
  "None",
);

const rule = fc.constantFrom(
  (n: Naming["named"]) =>
    `${n("SIPDispatchRule")}(dispatch_rule_direct=${n("SIPDispatchRuleDirect")}(room_name="lobby", pin="12"))`,
  (n: Naming["named"]) =>
    `${n("SIPDispatchRule")}(\n    dispatch_rule_individual=${n("SIPDispatchRuleIndividual")}(room_prefix=did)\n)`,
  (n: Naming["named"]) => `${n("SIPDispatchRule")}(dispatch_rule_direct={"room_name": "x"})`,
  () => `{"dispatch_rule_individual": {"room_prefix": "c-"}}`,
  () => "rule",
);
const roomConfig = fc.constantFrom(
  (n: Naming["named"]) => `${n("RoomConfiguration")}(agents=[${n("RoomAgentDispatch")}(agent_name="bot")])`,
  (n: Naming["named"]) => `${n("RoomConfiguration")}(empty_timeout=3)`,
  () => "room_config",
  () => "None",
);

/** The keywords of a request in any order; all fields may be there. */
const keywords = fc
  .record(
    {
      rule,
      name: text,
      metadata: text,
      trunk_ids: texts,
      inbound_numbers: texts,
      hide_phone_number: fc.constantFrom("True", "flag", "not flag"),
      attributes: fc.constantFrom('{"k": did}', "{}", "attributes", 'dict(k="v")'),
      room_preset: text,
      room_config: roomConfig,
    },
    { requiredKeys: [] },
  )
  .chain((fields) => fc.shuffledSubarray(Object.entries(fields), { minLength: Object.keys(fields).length }));

/** How the arguments of a call are laid out. */
const layout = fc.record({
  style: fc.constantFrom("line", "lines", "aligned", "hugging", "half"),
  unit: fc.constantFrom("    ", "  ", "\t"),
  trailingComma: fc.boolean(),
  comments: fc.array(fc.constantFrom("", "", "# note", '# name="old",', "# )"), { maxLength: 5 }),
});
type Layout = typeof layout extends fc.Arbitrary<infer L> ? L : never;

/** Lines behind a given indentation; the inside of a string over several lines stays where it is. */
export function indented(lines: string, indent: string): string {
  let inString = false;
  return lines
    .split("\n")
    .map((line) => {
      const written = inString || line === "" ? line : indent + line;
      if ((line.split('"""').length - 1) % 2 === 1) inString = !inString;
      return written;
    })
    .join("\n");
}

/** A call, laid out, as it stands behind `before` on its line. */
function laidOut(before: string, callee: string, items: string[], style: Layout): string {
  const { unit, comments } = style;
  const hasComment = items.some((item) => item.includes("#no comment"));
  const comment = (index: number): string => comments[index % comments.length] ?? "";
  if (items.length === 0) return `${before}${callee}()`;
  const comma = style.trailingComma ? "," : "";
  if (style.style === "line" && !hasComment) return `${before}${callee}(${items.join(", ")}${comma})`;
  if (style.style === "hugging" && !hasComment)
    return `${before}${callee}(${items.join(",\n" + unit)}${comma}\n)`;
  if (style.style === "aligned" && !hasComment) {
    const width = " ".repeat(before.length + callee.length + 1);
    const [first = "", ...rest] = items;
    return (
      [`${before}${callee}(${first}`, ...rest.map((item) => indented(item, width))].join(",\n") + `${comma})`
    );
  }
  const rows = items.map((item, index) => {
    const separator = index < items.length - 1 ? "," : comma;
    const closed =
      hasComment && item.includes("#no comment")
        ? item.replace(" # a", `${separator} # a`)
        : item + separator;
    const own = comment(index * 2);
    const after = item.includes("#no comment") ? "" : comment(index * 2 + 1);
    return indented(`${own ? `${own}\n` : ""}${closed}${after ? `  ${after}` : ""}`, unit);
  });
  const end = style.style === "half" && !rows.at(-1)?.includes("#") ? ")" : "\n)";
  return `${before}${callee}(${comment(9) ? `  ${comment(9)}` : ""}\n${rows.join("\n")}${end}`;
}

/** What a program does with a request that it has; `R` stands for the request, `N` for LiveKit's classes. */
const use = fc.constantFrom(
  'R.name = f"later {did}"',
  'R.metadata += "x"',
  "R.hide_phone_number = True",
  'R.attributes["k"] = did',
  'R.attributes.update({"u": "1"})',
  'R.attributes["d"] = "1"\ndel R.attributes["d"]',
  'R.trunk_ids.append("ST_z")',
  "R.trunk_ids.extend(dids)",
  "R.inbound_numbers.append(did)",
  "R.inbound_numbers.extend(dids)",
  'R.inbound_numbers[:] = ["+15550101"]',
  "del R.inbound_numbers[:]",
  "R.rule.CopyFrom(rule)",
  'R.rule.dispatch_rule_direct.room_name = "later"',
  "R.room_config.CopyFrom(room_config)",
  'R.room_config.agents.append(NRoomAgentDispatch(agent_name="later"))',
  'R.room_config.agents.add().agent_name = "added"',
  'if not R.HasField("rule"):\n    R.rule.CopyFrom(rule)',
  'if R.HasField("room_config"):\n    R.metadata = "has"',
  'R.ClearField("inbound_numbers")',
  'R.ClearField("name")',
  'setattr(R, "name", did)',
  'setattr(R, "room_preset", "p")',
  'lk.note(getattr(R, "metadata"))',
  'lk.note(hasattr(R, "name"))',
  "lk.note(R.name)",
  "lk.note(list(R.inbound_numbers))",
  'lk.note(f"{R.name}{len(R.trunk_ids)}")',
  "lk.note(R.rule.WhichOneof('rule'))",
  "config = R.room_config\nconfig.empty_timeout = 9",
  "for number in dids:\n    R.inbound_numbers.append(number)",
  "R.name, R.metadata = did, did",
  "lk.note([n for n in R.inbound_numbers])",
  "lk.note([R.name for R.name in dids])",
  "def later():\n    R.name = did\n    lk.note(R.metadata)\n\nlater()",
  "(lambda: lk.note(R.name))()",
  "if R is not None:\n    pass",
  "assert R",
  "R.nonsense = 1",
  "R.rule = rule",
  "R.CopyFrom(R)",
  "other = R\nother.name = did",
  "lk.note(R.SerializeToString() != b'?')",
  "R.dispatch_rule.name = did",
  "match did:\n    case '+15550100':\n        R.name = 'matched'\n    case _:\n        R.name = 'other'",
  "try:\n    R.name = 5\nexcept TypeError:\n    R.name = 'five'",
  "with open(__import__('os').devnull) as R2:\n    R.name = str(R2 is None)",
  "R = None if flag else R",
  "await lk.sip.create_dispatch_rule(R)",
  "hold = [R]\nhold[0].name = 'held'",
  "helper(lk, R)",
  "R.name = did; R.metadata = did",
  "R . name = (R\n    .metadata)",
  "if flag: R.name = 'one line'",
  "lk.note(str(type(R)))",
  "kept.append(R)\nfor it in kept:\n    it.name = 'kept'",
  "from functools import partial\npartial(helper, lk)(R)",
  "partial(helper, lk, R)()",
  "Holder(R).it.name = 'held'",
  "locals()['R2'] = R",
  "eval('R').name = 'evaluated'",
  "lk.note(getattr(R, 'numbers', None))",
  "lk.note(hasattr(R, 'numbers'))",
  "R = type(R).FromString(R.SerializeToString())",
  "clone = type(R).FromString(R.SerializeToString())\nclone.name = 'clone'\nawait lk.sip.create_dispatch_rule(clone)",
  "holder = Holder(None)\nholder.it = R\nholder.it.name = 'stored'",
  "sender(lk, R)",
  "alias = helper\nalias(lk, R)",
  "{'h': helper}['h'](lk, R)",
  "(lambda it: setattr(it, 'name', did))(R)",
  "def twice(send, it):\n    send(lk, it)\n\ntwice(helper, R)",
  "for send in [helper]:\n    send(lk, R)",
  "lk.note(reader(R))",
  "R.attributes.clear()",
  "R.trunk_ids.insert(0, did)",
  "R.trunk_ids += ['x']",
  "R.trunk_ids[:] = [one for one in R.trunk_ids if one]",
  "names = [R.name, R.metadata]\nlk.note(names)",
  "lk.note({'n': R.name, **dict(R.attributes)})",
  "lk.note(f'{R.name=}')",
  "for R.name in dids:\n    pass",
  "(R).name = did",
  "R.name = R.name or R.metadata or did",
  "async def run(it=R):\n    it.name = 'default'\n\nawait run()",
  "if (same := R).name:\n    pass",
  "list(map(reader, [R]))",
  "print(R, f'{R}', str(R.name))",
  "__import__('logging').getLogger('x').debug('%s', R)",
  "lk.note(len(str(R)))",
  "lk.note('{0.name}'.format(R))",
  "lk.note(f'{R!s:.5}')",
  "with __import__('contextlib').nullcontext(R) as held:\n    held.name = 'held'",
  "another = type(R)(name=did)\nlk.note(another.name)",
  "lk.note(type(R) is int)",
  "lk.note(reader(max(R, R, key=id)))",
  "lk.note(R.ByteSize() > 0)",
  "R.rule.dispatch_rule_individual.room_prefix += did",
  "part = R.rule\npart.dispatch_rule_direct.pin = '34'",
  "getattr(R, 'trunk_ids').append(did)",
  "del R.trunk_ids[:1]",
  "try:\n    R.name = 'tried'\nfinally:\n    R.metadata = R.name",
  "async def finish():\n    R.name = did\n    return R\n\nlk.note((await finish()) is R)",
  "lk.note([R.name async for _ in numbers(dids)])",
  "class Box:\n    name = R.name\n\nlk.note(Box.name)",
  "try:\n    raise ValueError(str(R))\nexcept ValueError as R2:\n    R.name = 'raised'",
  "lk.note((lambda R: R.upper())(did))",
  "lk.note([R for R in dids])",
  "lk.info(R)",
  "global_name = 'x' if R.name else 'y'\nlk.note(global_name)",
);

const wrapping = fc.constantFrom(
  "",
  "",
  "",
  "if flag:",
  "if not flag:",
  "for _ in range(2):",
  "try:",
  "while True:",
  "with __import__('contextlib').suppress(AttributeError):",
);

const statement = fc.tuple(use, wrapping).map(([body, around]) => {
  if (around === "") return body;
  const inner = indented(body, "    ");
  if (around === "try:") return `try:\n${inner}\nexcept AttributeError:\n    lk.note("error")`;
  return `${around}\n${inner}${around === "while True:" ? "\n    break" : ""}`;
});

const requestName = fc.constantFrom("request", "req", "r", "sip_request", "anfrage_größe", "_r1");

type Build = (request: string, items: string[], callee: string, style: Layout, uses: string[]) => string;

const shape = fc.constantFrom<Build>(
  (_, items, callee, style) =>
    `await lk.sip.create_sip_dispatch_rule(\n${indented(laidOut("", callee, items, style), "    ")}\n)`,
  (_, items, callee, style) => laidOut("await lk.sip.create_dispatch_rule(", callee, items, style) + ")",
  (name, items, callee, style, uses) =>
    `${laidOut(`${name} = `, callee, items, style)}\n${uses.join("\n")}\nawait lk.sip.create_dispatch_rule(${name})`,
  (name, items, callee, style, uses) =>
    `${laidOut(`${name} = `, callee, items, style)}\n${uses.join("\n")}\nawait lk.sip.create_dispatch_rule(create=${name}) if False else await lk.sip.create_dispatch_rule(${name})`,
  (name, items, callee, style, uses) =>
    `await lk.sip.create_dispatch_rule(${laidOut(`${name} := `, callee, items, style)})\n${uses.join("\n")}\nawait lk.sip.create_dispatch_rule(${name})`,
  (name, items, callee, style, uses) =>
    `${name} = None\nif did:\n${indented(laidOut(`${name} = `, callee, items, style), "    ")}\n${uses.join("\n")}\nawait lk.sip.create_dispatch_rule(${name})`,
  (name, items, callee, style, uses) =>
    `${name} = ${callee}()\n${items.length > 0 ? `${name}.name = "filled"\n` : ""}${uses.join("\n")}\nawait lk.sip.create_dispatch_rule(${name})${style.trailingComma ? "" : "\n"}`,
  (name, items, callee, style, uses) =>
    `${laidOut("fields = ", "dict", items, style)}\nif flag:\n    fields["metadata"] = did\n    fields["inbound_numbers"] = dids\n${name} = ${callee}(**fields)\n${uses.join("\n")}\nawait lk.sip.create_dispatch_rule(${name})`,
  (name, items, callee, style, uses) =>
    `${laidOut(`${name} = `, callee, [...items.filter((item) => !/^(metadata|inbound_numbers)=/.test(item)), '**({"metadata": did, "inbound_numbers": dids} if flag else {})'], style)}\n${uses.join("\n")}\nawait lk.sip.create_dispatch_rule(${name})`,
  (name, items, callee, style, uses) =>
    `def build():\n${indented(`${laidOut(`${name} = `, callee, items, style)}\n${uses.filter((one) => !one.includes("await")).join("\n")}\nreturn ${name}`, "    ")}\n\nawait lk.sip.create_dispatch_rule(build())`,
  (name, items, callee, style, uses) =>
    `def build():\n${indented(laidOut("return ", callee, items, style), "    ")}\n\n${name} = build()\n${uses.join("\n")}\nawait lk.sip.create_dispatch_rule(${name})`,
  (name, items, callee, style, uses) =>
    `class Desk:\n    async def build(self):\n${indented(laidOut("return ", callee, items, style), "        ")}\n\n    async def run(self):\n${indented(`${name} = await self.build()\n${uses.join("\n")}\nawait lk.sip.create_dispatch_rule(${name})`, "        ")}\n\nawait Desk().run()`,
  (name, items, callee, style, uses) =>
    `def build(it):\n${indented(laidOut("return ", callee, items, style), "    ")}\n\nfor did in dids:\n${indented(`${name} = build(did)\n${uses.join("\n")}\nawait lk.sip.create_dispatch_rule(${name})`, "    ")}`,
  (name, items, callee, style, uses) =>
    `for did in dids:\n${indented(`${laidOut(`${name} = `, callee, items, style)}\n${uses.join("\n")}\nawait lk.sip.create_dispatch_rule(${name})`, "    ")}`,
  (name, items, callee, style, uses) =>
    `${laidOut(`${name} = `, callee, items, style)}\nawait lk.sip.create_dispatch_rule(${name})\n${laidOut(`${name} = `, callee, items.toReversed(), style)}\n${uses.join("\n")}\nawait lk.sip.create_dispatch_rule(${name})`,
  (name, items, callee, style, uses) =>
    `if flag:\n${indented(laidOut(`${name} = `, callee, items, style), "    ")}\nelse:\n    ${name} = ${callee}(name=did, rule=rule)\n${uses.join("\n")}\nawait lk.sip.create_dispatch_rule(${name})`,
  (name, items, callee, style, uses) =>
    `${laidOut(`${name} = `, callee, items, style)} if flag else ${callee}(name=did, rule=rule)\n${uses.join("\n")}\nawait lk.sip.create_dispatch_rule(${name})`,
  (name, items, callee, style) =>
    `${laidOut(`${name} = [`, callee, items, style)}]\nfor one in ${name}:\n    one.name = did\n    await lk.sip.create_dispatch_rule(one)`,
  (name, items, callee, style, uses) =>
    `async def send(${name}):\n${indented(`${uses.join("\n")}\nawait lk.sip.create_dispatch_rule(${name})`, "    ")}\n\n${laidOut("await send(", callee, items, style)})`,
);

/** Programs that make a request, do things with it, and send it. Some end in errors, as programs do. */
export const program: fc.Arbitrary<Generated> = fc
  .record({
    naming,
    shape,
    keywords,
    layout,
    name: requestName,
    uses: fc.array(statement, { maxLength: 4 }),
    newline: fc.constantFrom("\n", "\n", "\r\n"),
    helper: fc.constantFrom("lk.note(bool(it))", "it.name = 'helped'", "lk.note(it.metadata)", "return it"),
  })
  .map(({ naming: way, shape: build, keywords: fields, layout: style, name, uses, newline, helper }) => {
    const items = fields.map(
      ([key, value]) => `${key}=${typeof value === "function" ? value(way.named) : value}`,
    );
    const written = uses.map((one) =>
      one.replaceAll(/\bR\b/g, name).replaceAll(/\bN(?=RoomAgent)/g, way.named("")),
    );
    const body = [
      ...(way.inside ? way.imports : []),
      `rule = ${way.named("SIPDispatchRule")}()`,
      'rule.dispatch_rule_direct.room_name = "from a variable"',
      `room_config = ${way.named("RoomConfiguration")}(empty_timeout=7)`,
      'attributes = {"a": "b"}',
      "kept = []",
      "from functools import partial",
      build(name, items, way.named("CreateSIPDispatchRuleRequest"), style, written),
    ].join("\n");
    const lines = [
      ...(way.inside ? [] : way.imports),
      "",
      `def helper(lk, it):\n    ${helper}`,
      "",
      "def sender(client, it):\n    client.note(it is None)",
      "",
      "def reader(it):\n    return it.name",
      "",
      "class Holder:\n    def __init__(self, it):\n        self.it = it",
      "",
      "async def numbers(them):\n    for one in them:\n        yield one",
      "",
      "async def main(lk, flag, did, dids):",
      indented(body, "    "),
      "",
    ].join("\n");
    const calls = ["True", "False"].map(
      (flag) => `main(lk, ${flag}, "+15550100", ["+15550100", "+15550102"])`,
    );
    return { text: lines.replaceAll("\n", newline), calls };
  });
