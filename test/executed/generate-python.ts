import type fc from "fast-check";
import { type Dice, dice } from "./dice.ts";
import type { Generated } from "./expect-all-right.ts";
import { MADE_ELSEWHERE, type Piece, SENT_ELSEWHERE, TOUCHED_ELSEWHERE } from "./python-neighbours.ts";

const API = "from livekit import api\n";
const RULE = 'api.SIPDispatchRule(dispatch_rule_individual=api.SIPDispatchRuleIndividual(room_prefix="c-"))';
const FIELDS = [
  `name="desk", rule=${RULE}`,
  `name="desk", trunk_ids=["ST_a"], inbound_numbers=["+15550100"], rule=${RULE}`,
  `rule=${RULE}, metadata="m", hide_phone_number=True`,
];

/** How the request is made. `FIELDS` stands for its keywords. */
const MADE: readonly (Piece & { written?: string })[] = [
  { name: "made", lines: "R = api.CreateSIPDispatchRuleRequest(FIELDS)" },
  {
    name: "made of parts of another module",
    lines: "R = api.CreateSIPDispatchRuleRequest(name=NAME, trunk_ids=TRUNKS, rule=kind())",
    imports: "from settings import NAME, TRUNKS, kind",
    modules: { "settings.py": `${API}NAME, TRUNKS = "desk", ["ST_a"]\ndef kind():\n    return ${RULE}\n` },
  },
  {
    name: "filled",
    lines: `R = api.CreateSIPDispatchRuleRequest()\nR.name = "desk"\nR.rule.CopyFrom(${RULE})`,
  },
  {
    name: "made by a function of the file",
    lines: "def build():\n    return api.CreateSIPDispatchRuleRequest(FIELDS)\nR = build()",
  },
  {
    name: "made by another module",
    unsure: true,
    written: "factory.py",
    lines: "R = build()",
    imports: "from factory import build",
    modules: { "factory.py": `${API}def build():\n    return api.CreateSIPDispatchRuleRequest(FIELDS)\n` },
  },
  {
    name: "made by a class of another module",
    unsure: true,
    written: "factory.py",
    lines: "R = factory.Builder().build()",
    imports: "import factory",
    modules: {
      "factory.py": `${API}class Builder:\n    def build(self):\n        request = api.CreateSIPDispatchRuleRequest(FIELDS)\n        return request\n`,
    },
  },
  {
    name: "a constant of another module",
    unsure: true,
    written: "rules.py",
    lines: "R = rules.DESK",
    imports: "import rules",
    modules: { "rules.py": `${API}DESK = api.CreateSIPDispatchRuleRequest(FIELDS)\n` },
  },
  ...MADE_ELSEWHERE,
];

const CHANGES: readonly { name: string; body: string }[] = [
  { name: "changes", body: 'it.name = "changed"' },
  { name: "extends", body: 'it.trunk_ids.append("ST_more")' },
  { name: "reads", body: 'print("name", it.name)' },
  { name: "tests", body: "assert it.rule.dispatch_rule_individual.room_prefix" },
];

/** What becomes of it. `BODY` stands for what another function does with `it`. */
const TOUCHED: readonly Piece[] = [
  { name: "nothing", lines: "pass" },
  { name: "set", lines: 'R.metadata = "set"' },
  { name: "appended to", lines: 'R.inbound_numbers.append("+15550101")' },
  { name: "printed", lines: 'print("creating", R.name, len(R.trunk_ids))' },
  { name: "logged", lines: 'logging.getLogger("phones").info("creating %s", R)', imports: "import logging" },
  { name: "given to a function of the file", unsure: true, lines: "def touch(it):\n    BODY\ntouch(R)" },
  {
    name: "given to an imported function",
    unsure: true,
    lines: "touch(R)",
    imports: "from policy import touch",
    modules: { "policy.py": "def touch(it):\n    BODY\n" },
  },
  {
    name: "given to a function of a module",
    unsure: true,
    lines: "policy.touch(it=R)",
    imports: "import policy",
    modules: { "policy.py": "def touch(it):\n    BODY\n" },
  },
  {
    name: "given to an imported function and back",
    unsure: true,
    lines: "R = touched(R)",
    imports: "from policy import touched",
    modules: { "policy.py": "def touched(it):\n    BODY\n    return it\n" },
  },
  {
    name: "given to an imported class",
    unsure: true,
    lines: "Policy(R).apply()",
    imports: "from policy import Policy",
    modules: {
      "policy.py":
        "class Policy:\n    def __init__(self, it):\n        self.it = it\n    def apply(self):\n        it = self.it\n        BODY\n",
    },
  },
  {
    name: "kept in another module",
    unsure: true,
    lines: "state.held = R\nstate.touch()",
    imports: "import state",
    modules: { "state.py": "held = None\ndef touch():\n    it = held\n    BODY\n" },
  },
  {
    name: "mapped by an imported function",
    unsure: true,
    lines: "list(map(touch, [R]))",
    imports: "from policy import touch",
    modules: { "policy.py": "def touch(it):\n    BODY\n" },
  },
  ...TOUCHED_ELSEWHERE,
];

/** How it is sent. */
const SENT: readonly Piece[] = [
  { name: "sent", lines: "await lk.sip.create_dispatch_rule(R)" },
  {
    name: "sent by an imported client",
    lines: "await client.lk.sip.create_sip_dispatch_rule(R)",
    imports: "import client",
    modules: { "client.py": `${API}lk = api.LiveKitAPI()\n` },
  },
  {
    name: "sent by an imported name",
    lines: "await connection.sip.create_dispatch_rule(R)",
    imports: "from client import connection",
    modules: { "client.py": `${API}connection = api.LiveKitAPI()\n` },
  },
  { name: "sent in wait_for", lines: "await asyncio.wait_for(lk.sip.create_dispatch_rule(R), 5)" },
  { name: "sent in gather", lines: "await asyncio.gather(lk.sip.create_dispatch_rule(R))" },
  {
    name: "sent by an imported retry",
    lines: "await retry(lambda: lk.sip.create_dispatch_rule(R))",
    imports: "from tools import retry",
    modules: { "tools.py": "async def retry(call):\n    return await call()\n" },
  },
  {
    name: "sent as it is by a function of the file",
    lines: "async def send(it):\n    await lk.sip.create_dispatch_rule(it)\nawait send(R)",
  },
  {
    name: "sent by a function of the file",
    unsure: true,
    lines: "async def send(it):\n    BODY\n    await lk.sip.create_dispatch_rule(it)\nawait send(R)",
  },
  {
    name: "sent by an imported function",
    unsure: true,
    lines: "await send(lk, R)",
    imports: "from sender import send",
    modules: {
      "sender.py": "async def send(lk, it):\n    BODY\n    await lk.sip.create_dispatch_rule(it)\n",
    },
  },
  {
    name: "sent by an imported class",
    unsure: true,
    lines: "await Client(lk).create_dispatch_rule(R)",
    imports: "from sender import Client",
    modules: {
      "sender.py":
        "class Client:\n    def __init__(self, lk):\n        self.lk = lk\n    async def create_dispatch_rule(self, it):\n        BODY\n        await self.lk.sip.create_dispatch_rule(it)\n",
    },
  },
  {
    name: "wrapped and sent by an imported function",
    unsure: true,
    lines: "await send(lk, R)",
    imports: "from sender import send",
    modules: {
      "sender.py": `${API}async def send(lk, it):\n    info = api.SIPDispatchRuleInfo(name=it.name, rule=it.rule, trunk_ids=it.trunk_ids)\n    await lk.sip.create_dispatch_rule(api.CreateSIPDispatchRuleRequest(dispatch_rule=info))\n`,
    },
  },
  { name: "not sent", lines: "print(R is None)" },
  ...SENT_ELSEWHERE,
];

/** Python programs, each of a request that is made, touched and sent, in one module or across several. */
export const pythonProgram: fc.Arbitrary<Generated> = dice.map(built);

function built(pick: Dice): Generated {
  const plain = pick([true, false]);
  const fitting = <T extends Piece>(all: readonly T[]): T =>
    pick(plain ? all.filter(({ unsure }) => !unsure) : all);
  const made = fitting(MADE);
  const pieces = [made, ...pick([[0], [0], [0, 1]]).map(() => fitting(TOUCHED)), fitting(SENT)];
  const [fields, name] = [pick(FIELDS), pick(["req", "request", "rule_request"])];
  const files: Record<string, string> = {};
  const lines: string[] = [];
  const imports = new Set<string>();
  const steps: string[] = [];
  for (const piece of pieces) {
    const change = pick(CHANGES);
    const filled = (text: string): string =>
      text.replaceAll("FIELDS", fields).replaceAll("BODY", change.body).replaceAll(/\bR\b/g, name);
    lines.push(...filled(piece.lines).split("\n"));
    if (piece.imports !== undefined) imports.add(piece.imports);
    for (const [path, text] of Object.entries(piece.modules ?? {}))
      files[path] = filled(text) + (files[path] ?? "");
    const hasBody = [piece.lines, ...Object.values(piece.modules ?? {})].some((text) =>
      text.includes("BODY"),
    );
    steps.push(piece.name, ...(hasBody ? [change.name] : []));
  }
  const main = [
    "import asyncio",
    "from livekit import api",
    ...imports,
    "",
    "",
    "async def main():",
    "    lk = api.LiveKitAPI()",
    ...lines.map((line) => `    ${line}`),
    "",
    "",
    "asyncio.run(main())",
    "",
  ];
  return {
    files: { "main.py": main.join("\n"), ...files },
    steps,
    written: made.written ?? "main.py",
    isPlain: pieces.every(({ unsure }) => !unsure),
  };
}
