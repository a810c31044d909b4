import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { runMigration } from "../../src/run/run.ts";
import { git, MEMORY, put, useTemporaryFolder } from "../repo/temporary.ts";

const RULE =
  '{"name": "desk", "trunk_ids": ["ST_5nQd8kVYtWcM"], "inbound_numbers": ["+15550100"], "rule": {"dispatch_rule_direct": {"room_name": "desk"}}}';

/** A little repository in which one file holds a flat request. */
interface Repository {
  idea: string;
  files: Record<string, string>;
  /** The file with the request; `sip/rule.json` unless said. */
  about?: string;
  /** What becomes of it, where it does not migrate. */
  verdict?: string;
  /** The findings about its readers: `path:line`, and the keys that should be read. */
  readers: string[];
}

const python = (...lines: string[]): string => `import json\nfrom pathlib import Path\n${lines.join("\n")}\n`;

const repositories: Repository[] = [
  {
    idea: "a key in brackets",
    files: { "check.py": python('cfg = json.load(open("sip/rule.json"))', 'print(cfg["trunk_ids"])') },
    readers: ["check.py:4 dispatch_rule.trunk_ids"],
  },
];

describe("whoever reads a file that migrates is told", () => {
  const folder = useTemporaryFolder(MEMORY);

  it.each(repositories.map((repository) => [repository.idea, repository] as const))(
    "%s",
    async (_, { files, about = "sip/rule.json", verdict = "migrated", readers }) => {
      git(folder.path, "init", "-q");
      for (const [name, text] of Object.entries({ [about]: RULE, ...files })) {
        mkdirSync(dirname(join(folder.path, name)), { recursive: true });
        put(folder.path, name, text);
      }
      const run = await runMigration([folder.path], {
        options: {},
        decisions: undefined,
        include: [],
        exclude: [],
        noIgnore: false,
        stopped: () => false,
        progress: () => {},
      });
      const site = run.results.flatMap(({ sites }) => sites).find(({ path }) => path.endsWith(about));
      expect(site?.outcome === "migrated" ? "migrated" : site?.reason).toBe(verdict);
      const said = (site?.findings ?? []).filter(({ id }) => id === "reader");
      const prefix = new RegExp(`^.*${folder.path.slice(1)}/`);
      expect(
        said.map(({ message, next = "" }) => {
          const place = message.replace(prefix, "").split(" ", 1)[0] ?? "";
          const keys = [...next.matchAll(/`([^`]+)`/g)].map(([, key]) => key);
          return `${place} ${keys.join(", ")}`;
        }),
      ).toEqual(readers);
    },
  );
});
