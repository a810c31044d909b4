import { describe, expect, it } from "vitest";
import { runMigration } from "../../src/run/run.ts";
import { plant } from "../files/scanned.ts";
import { DRY_RUN } from "../run/settings.ts";
import { useFolder } from "./repositories.ts";

const APP = `from livekit import api

async def create(lk):
    await lk.sip.create_dispatch_rule(
        api.CreateSIPDispatchRuleRequest(
            name="desk",
            rule=api.SIPDispatchRule(dispatch_rule_direct=api.SIPDispatchRuleDirect(room_name="desk")),
        )
    )
`;

/** Tests of such code: the lines that read a request which will be wrapped. */
const DOUBLES: Record<string, { files: Record<string, string>; says: string[] }> = {
  "what a mock remembers": {
    files: {
      "tests/test_app.py":
        "from app import create\n\nasync def test(lk):\n    await create(lk)\n    request = lk.sip.create_dispatch_rule.await_args.args[0]\n    assert request.name == 'desk'\n",
    },
    says: ["tests/test_app.py:6 reads `name`"],
  },
  "a mock that has a name of its own": {
    files: {
      "test_app.py":
        "async def test(lk):\n    method = lk.sip.create_dispatch_rule\n    await create(lk)\n    (request,), _ = method.call_args\n    assert request.trunk_ids == []\n",
    },
    says: ["test_app.py:5 reads `trunk_ids`"],
  },
  "an assertion on what a mock remembers": {
    files: {
      "tests/test_app.py":
        "async def test(lk):\n    assert lk.sip.create_dispatch_rule.call_args[0][0].trunk_ids == []\n",
    },
    says: ["tests/test_app.py:2 reads `trunk_ids`"],
  },
  "a class that stands in for the client": {
    files: {
      "fakes.py":
        "class FakeSip:\n    def __init__(self):\n        self.rooms = []\n\n    async def create_dispatch_rule(self, req, *, timeout=None):\n        self.rooms.append(req.rule.dispatch_rule_direct.room_name)\n        print(req.inbound_numbers)\n",
    },
    says: ["fakes.py:6 (also line 7) reads `rule` and `inbound_numbers`"],
  },
  "a function that takes the fields": {
    files: {
      "rules.py":
        "def create_dispatch_rule(name, trunk_ids):\n    return {'name': name, 'trunk_ids': trunk_ids}\n",
    },
    says: [],
  },
  "a function of its own, which is given parts": {
    files: {
      "setup.py":
        'import requests\n\ndef create_dispatch_rule(trunk_id, room_name):\n    return requests.post(API, json={"room_name": room_name, "trunk_ids": [trunk_id]})\n',
    },
    says: [],
  },
  "another program, which uses what LiveKit answers": {
    files: {
      "other.py":
        "async def other(lk, request):\n    info = await lk.sip.create_dispatch_rule(request)\n    print(info.name)\n",
    },
    says: [],
  },
  "a double in another language": {
    files: { "fake.js": "function createDispatchRule(request) {\n  console.log(request.trunk_ids);\n}\n" },
    says: [],
  },
};

describe("a double of LiveKit's client", () => {
  const folder = useFolder();

  it.each(Object.entries(DOUBLES))("is told where to read: %s", async (_, { files, says }) => {
    plant(folder.path, { "app.py": APP, ...files });
    process.chdir(folder.path);
    const { results } = await runMigration(["."], DRY_RUN);
    const site = results.flatMap(({ sites }) => sites).find(({ path }) => path === "app.py");
    expect(site?.outcome).toBe("migrated");
    const readers = (site?.findings ?? []).filter(({ id }) => id === "reader");
    expect(readers.map(({ message }) => message.replace(/ of this request.*/, ""))).toEqual(says);
  });
});
