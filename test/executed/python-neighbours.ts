/** A piece of main.py, and what another module has for it. */
export interface Piece {
  name: string;
  /** Lines of the function that creates; `R` stands for the request. */
  lines: string;
  imports?: string;
  modules?: Record<string, string>;
  /** Another function gets the request, or gives it, so that a person may be needed. */
  unsure?: true;
}

const API = "from livekit import api\n";
const TOUCH = { "policy.py": "def touch(it):\n    BODY\n" };

const SENDS_ITSELF =
  "async def create():\n    await api.LiveKitAPI().sip.create_dispatch_rule(build())\ndef build():\n    return api.CreateSIPDispatchRuleRequest(FIELDS)\n";

/** Further ways in which another module makes a request. `FIELDS` stands for its keywords. */
export const MADE_ELSEWHERE: readonly (Piece & { written?: string })[] = [
  {
    name: "made by a module that sends it, too",
    unsure: true,
    written: "factory.py",
    lines: "R = build()",
    imports: "from factory import build, create",
    modules: { "factory.py": API + SENDS_ITSELF },
  },
  {
    name: "made by a package that sends it, too",
    unsure: true,
    written: "rules/factory.py",
    lines: "R = rules.factory.build()",
    imports: "import rules.factory",
    modules: { "rules/__init__.py": "", "rules/factory.py": API + SENDS_ITSELF },
  },
  {
    name: "a constant of a module that sends it, too",
    unsure: true,
    written: "factory.py",
    lines: "R = DESK",
    imports: "from factory import *",
    modules: {
      "factory.py": `${API}DESK = api.CreateSIPDispatchRuleRequest(FIELDS)\nasync def create():\n    await api.LiveKitAPI().sip.create_dispatch_rule(DESK)\n`,
    },
  },
  {
    name: "made by a generator of another module",
    unsure: true,
    written: "factory.py",
    lines: "R = next(requests())",
    imports: "from factory import requests",
    modules: {
      "factory.py": `${API}def requests():\n    yield api.CreateSIPDispatchRuleRequest(FIELDS)\n`,
    },
  },
  {
    name: "made by a class method of another module",
    unsure: true,
    written: "factory.py",
    lines: "R = Rules.desk()",
    imports: "from factory import Rules",
    modules: {
      "factory.py": `${API}class Rules:\n    @classmethod\n    def desk(cls):\n        return api.CreateSIPDispatchRuleRequest(FIELDS)\n`,
    },
  },
  {
    name: "made by a context manager of another module",
    unsure: true,
    written: "factory.py",
    lines: "with request() as R:\n    pass",
    imports: "from factory import request",
    modules: {
      "factory.py": `${API}from contextlib import contextmanager\n@contextmanager\ndef request():\n    yield api.CreateSIPDispatchRuleRequest(FIELDS)\n`,
    },
  },
  {
    name: "made by a function that is handed on in another module",
    unsure: true,
    written: "factory.py",
    lines: "R = BUILDERS['desk']()",
    imports: "from factory import BUILDERS",
    modules: {
      "factory.py": `${API}def _build():\n    return api.CreateSIPDispatchRuleRequest(FIELDS)\nBUILDERS = {"desk": _build}\n`,
    },
  },
];

/** Further ways in which another module gets hold of a request. `BODY` stands for what it does with `it`. */
export const TOUCHED_ELSEWHERE: readonly Piece[] = [
  {
    name: "given to a function by every name",
    unsure: true,
    lines: "touch(R)",
    imports: "from policy import *",
    modules: TOUCH,
  },
  {
    name: "given to a function that is called like a builtin",
    unsure: true,
    lines: "print(R)",
    imports: "from policy import touch as print",
    modules: TOUCH,
  },
  {
    name: "given to a module that is called like a log",
    unsure: true,
    lines: "policy.info(R)",
    imports: "import policy",
    modules: { "policy.py": "def info(it):\n    BODY\n" },
  },
  {
    name: "given by another name",
    unsure: true,
    lines: "tighten = touch\ntighten(R)",
    imports: "from policy import touch",
    modules: TOUCH,
  },
  {
    name: "given in part",
    unsure: true,
    lines: "partial(touch, R)()",
    imports: "from functools import partial\nfrom policy import touch",
    modules: TOUCH,
  },
  {
    name: "given in a thread",
    unsure: true,
    lines: "await asyncio.to_thread(touch, R)",
    imports: "from policy import touch",
    modules: TOUCH,
  },
  {
    name: "given by a lambda",
    unsure: true,
    lines: "(lambda it: touch(it))(R)",
    imports: "from policy import touch",
    modules: TOUCH,
  },
  {
    name: "given by keywords",
    unsure: true,
    lines: 'touch(**{"it": R})',
    imports: "from policy import touch",
    modules: TOUCH,
  },
  {
    name: "given to each of a list",
    unsure: true,
    lines: "for hook in HOOKS:\n    hook(R)",
    imports: "from policy import HOOKS",
    modules: { "policy.py": "def touch(it):\n    BODY\nHOOKS = [touch]\n" },
  },
  {
    name: "in a context of another module",
    unsure: true,
    lines: "with patched(R):\n    pass",
    imports: "from policy import patched",
    modules: {
      "policy.py":
        "from contextlib import contextmanager\n@contextmanager\ndef patched(it):\n    BODY\n    yield\n",
    },
  },
  {
    name: "given through a decorator of another module",
    unsure: true,
    lines: "@touching\ndef keep(it):\n    pass\nkeep(R)",
    imports: "from policy import touching",
    modules: {
      "policy.py":
        "def touching(function):\n    def inner(it):\n        BODY\n        return function(it)\n    return inner\n",
    },
  },
  {
    name: "given to a method of an imported base",
    unsure: true,
    lines: "class Own(Base):\n    def go(self, it):\n        self.touch(it)\nOwn().go(R)",
    imports: "from policy import Base",
    modules: { "policy.py": "class Base:\n    def touch(self, it):\n        BODY\n" },
  },
  {
    name: "given to the same method of an imported base",
    unsure: true,
    lines: "class Own(Base):\n    def touch(self, it):\n        super().touch(it)\nOwn().touch(R)",
    imports: "from policy import Base",
    modules: { "policy.py": "class Base:\n    def touch(self, it):\n        BODY\n" },
  },
  {
    name: "given to an object with an imported method",
    unsure: true,
    lines: "class Own:\n    touch = staticmethod(touch)\nOwn().touch(R)",
    imports: "from policy import touch",
    modules: TOUCH,
  },
  { name: "asked for its type", lines: "assert isinstance(R, api.CreateSIPDispatchRuleRequest) and id(R)" },
];

/** Further ways in which it is sent. */
export const SENT_ELSEWHERE: readonly Piece[] = [
  {
    name: "sent by a part",
    lines: "await partial(lk.sip.create_dispatch_rule, R)()",
    imports: "from functools import partial",
  },
  { name: "sent by a name of the method", lines: "create = lk.sip.create_dispatch_rule\nawait create(R)" },
  { name: "sent by a name of the service", lines: "sip = lk.sip\nawait sip.create_sip_dispatch_rule(R)" },
  { name: "sent in a task", lines: "await asyncio.create_task(lk.sip.create_dispatch_rule(R))" },
  {
    name: "sent by the client that a function gives",
    lines: "await get_client().sip.create_dispatch_rule(R)",
    imports: "from client import get_client",
    modules: { "client.py": `${API}def get_client():\n    return api.LiveKitAPI()\n` },
  },
  {
    name: "sent by a retry that is given the method",
    lines: "await retry(lk.sip.create_dispatch_rule, R)",
    imports: "from tools import retry",
    modules: { "tools.py": "async def retry(call, *arguments):\n    return await call(*arguments)\n" },
  },
  {
    name: "sent by an imported module called sip",
    unsure: true,
    lines: "await sip.create_dispatch_rule(R)",
    imports: "import sip",
    modules: {
      "sip.py": `${API}async def create_dispatch_rule(it):\n    BODY\n    await api.LiveKitAPI().sip.create_dispatch_rule(it)\n`,
    },
  },
  {
    name: "sent by a task of an imported function",
    unsure: true,
    lines: "await asyncio.create_task(send(lk, R))",
    imports: "from sender import send",
    modules: {
      "sender.py": "async def send(lk, it):\n    BODY\n    await lk.sip.create_dispatch_rule(it)\n",
    },
  },
];
