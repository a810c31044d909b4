import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runMigration } from "../../src/run/run.ts";
import { git, put, useTemporaryFolder } from "../files/temporary.ts";
import { DRY_RUN } from "./settings.ts";

const folder = useTemporaryFolder();

/** A program that gives its request to a function of another module. */
function program(statement: string, call: string): string {
  return `from livekit import api
${statement}


async def main(lk):
    request = api.CreateSIPDispatchRuleRequest(name="desk", rule=api.SIPDispatchRule(dispatch_rule_direct=api.SIPDispatchRuleDirect(room_name="desk")))
    ${call}(request)
    await lk.sip.create_dispatch_rule(request)
`;
}

const CHANGES = 'def restrict(request):\n    request.trunk_ids.append("ST_5nQd8kVYtWcM")\n';
const MAY = "is given the request, and may read or change its flat fields";

/** What the other module is, how it is imported, and what is said of it; PATH stands for the module's path. */
const MODULES: readonly [idea: string, path: string, text: string, statement: string, says: string][] = [
  [
    "changes a list",
    "app/policy.py",
    CHANGES,
    "from policy import restrict",
    "`restrict` changes `trunk_ids` of the request at PATH:2, outside of `dispatch_rule`",
  ],
  [
    "sets a field below a comment",
    "app/policy.py",
    'import os\n\n\nasync def restrict(lk, *, request: object = None) -> None:\n    # why\n    request.name = "x"\n',
    "from policy import restrict",
    "`restrict` changes `name` of the request at PATH:6, outside of `dispatch_rule`",
  ],
  [
    "compares a field",
    "app/policy.py",
    'def restrict(r):\n    if r.metadata == "x":\n        raise ValueError\n',
    "from policy import restrict",
    "`restrict` reads `metadata` of the request at PATH:2, outside of `dispatch_rule`",
  ],
  [
    "stands above",
    "policy.py",
    CHANGES,
    "from policy import restrict",
    "`restrict` changes `trunk_ids` of the request at PATH:2, outside of `dispatch_rule`",
  ],
  [
    "is a package",
    "app/policy/__init__.py",
    CHANGES,
    "from policy import restrict",
    "`restrict` changes `trunk_ids` of the request at PATH:2, outside of `dispatch_rule`",
  ],
  [
    "is in a package",
    "app/policy/open.py",
    CHANGES,
    "from policy.open import restrict",
    "`restrict` changes `trunk_ids` of the request at PATH:2, outside of `dispatch_rule`",
  ],
  [
    "is beside it",
    "app/policy.py",
    CHANGES,
    "from .policy import restrict",
    "`restrict` changes `trunk_ids` of the request at PATH:2, outside of `dispatch_rule`",
  ],
  [
    "is named by another name",
    "app/policy.py",
    CHANGES,
    "from app.policy import restrict as tighten",
    "`restrict` changes `trunk_ids` of the request at PATH:2, outside of `dispatch_rule`",
  ],
  [
    "is above the repository",
    "app/policy.py",
    CHANGES,
    "from ...policy import restrict",
    `\`restrict\`, imported from ...policy, ${MAY}`,
  ],
  [
    "is nowhere",
    "app/other.py",
    CHANGES,
    "from policy import restrict",
    `\`restrict\`, imported from policy, ${MAY}`,
  ],
  [
    "reaches into something else",
    "app/policy.py",
    "def restrict(request):\n    print(agent.name)\n\n\ndef other(request):\n    request.name = 1\n",
    "from policy import restrict",
    `\`restrict\`, imported from policy, ${MAY}`,
  ],
];

it.each(MODULES)("a module that %s", async (_, path, text, statement, says) => {
  mkdirSync(join(folder.path, "app/policy"), { recursive: true });
  const other = put(folder.path, path, text);
  put(folder.path, "app/main.py", program(statement, /\w+$/.exec(statement)?.[0] ?? ""));
  git(folder.path, "init", "-q");
  const { results } = await runMigration([join(folder.path, "app/main.py")], DRY_RUN);
  expect(results.flatMap(({ sites }) => sites)).toMatchObject([
    {
      outcome: "needs-person",
      findings: [{ line: 7, message: expect.stringContaining(says.replace("PATH", other)) }],
    },
  ]);
});

it("a module that is a link out of the repository is not read", async () => {
  const outside = put(folder.elsewhere, "policy.py", CHANGES);
  symlinkSync(outside, join(folder.path, "policy.py"));
  put(folder.path, "main.py", program("from policy import restrict", "restrict"));
  git(folder.path, "init", "-q");
  const { results } = await runMigration([join(folder.path, "main.py")], DRY_RUN);
  expect(results).toMatchObject([{ sites: [{ findings: [{ message: expect.stringContaining(MAY) }] }] }]);
});
