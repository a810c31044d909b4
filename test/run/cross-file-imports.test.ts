import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runMigration } from "../../src/run/run.ts";
import { git, put, useTemporaryFolder } from "../files/temporary.ts";
import { DRY_RUN } from "./settings.ts";

const folder = useTemporaryFolder();

/** A module that sends a request which it also gives to whoever imports it. */
const RULES = `from livekit import api

RULE = api.SIPDispatchRule(dispatch_rule_direct=api.SIPDispatchRuleDirect(room_name="desk"))
DESK = api.CreateSIPDispatchRuleRequest(name="desk", rule=RULE)


def build(name):
    return api.CreateSIPDispatchRuleRequest(name=name, rule=RULE)


class Factory:
    def make(self):
        return api.CreateSIPDispatchRuleRequest(name="made", rule=RULE)


async def create(lk):
    await lk.sip.create_dispatch_rule(DESK)
    await lk.sip.create_dispatch_rule(build("desk"))
    await lk.sip.create_dispatch_rule(Factory().make())
`;

/** What another file says, and the lines of RULES whose request so needs a person. */
const IMPORTS: readonly [path: string, text: string, lines: number[]][] = [
  ["main.py", "from phones.rules import build\nrequest = build('x')\nrequest.name = 'y'\n", [8]],
  ["main.py", "from phones.rules import (\n    create,\n    build as b,  # twice\n)\n", [8]],
  ["main.py", "from phones.rules import create, DESK\n", [4]],
  ["main.py", "from phones.rules import Factory\nFactory().make().name = 'y'\n", [13]],
  ["main.py", "from phones.rules import Factory\n", []],
  ["main.py", "import phones.rules\nphones.rules.DESK.name = 'y'\n", [4]],
  ["main.py", "import phones.rules as r\nr.build('x').name = 'y'\n", [8]],
  ["main.py", "from phones import rules\nrules.build('x')\n", [8]],
  ["main.py", "from phones import build\n", [8]],
  ["main.py", "from phones.rules import *\nbuild('x')\n", [8]],
  ["phones/other.py", "from .rules import build\n", [8]],
  ["phones/other.py", "from . import rules\nrules.build('x')\n", [8]],
  ["main.py", "from phones.rules import create\n", []],
  ["main.py", "from docker import build\n", []],
  ["main.py", "import rules\n# build\n", []],
  ["notes.md", "`from phones.rules import build`\n", []],
];

it.each(IMPORTS)("%s that says %j leaves those at %j for a person", async (path, text, lines) => {
  mkdirSync(join(folder.path, "phones"));
  const rules = put(folder.path, "phones/rules.py", RULES);
  const other = put(folder.path, path, text);
  git(folder.path, "init", "-q");
  git(folder.path, "add", ".");
  for (const named of [folder.path, rules]) {
    const { results } = await runMigration([named], DRY_RUN);
    const sites = results.flatMap(({ sites: all }) => all).filter(({ form }) => form === "flat");
    expect(sites.map(({ line, outcome }) => [line, outcome])).toEqual(
      [4, 8, 13].map((line) => [line, lines.includes(line) ? "needs-person" : "migrated"]),
    );
    const said = sites.flatMap(({ findings }) => findings.map(({ message }) => message));
    expect(said.filter((message) => message.includes(`${other}:1, which may read or change`))).toHaveLength(
      lines.length,
    );
  }
});
