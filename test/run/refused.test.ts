import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { openWriter } from "../../src/repo/apply.ts";
import { runMigration } from "../../src/run/run.ts";
import { report, run } from "../cli/run.ts";
import { plant } from "../repo/scanned.ts";
import { MEMORY, useTemporaryFolder } from "../repo/temporary.ts";
import { commit, MAKES } from "./committed.ts";
import { DRY_RUN } from "./settings.ts";

const FLAT = '{ "name": "desk", "rule": { "dispatchRuleDirect": { "roomName": "desk" } } }';
const WRAPPED =
  '{ "dispatch_rule": { "name": "desk", "rule": { "dispatchRuleDirect": { "roomName": "desk" } } } }';
const UNCOMMITTED = "has uncommitted changes";

const folder = useTemporaryFolder(MEMORY);
const home = process.cwd();
afterEach(() => process.chdir(home));

const textOf = (name: string): string => readFileSync(join(folder.path, name), "utf8");

/** A repository of these files; of the ones in `changed` the last line is in no commit. */
function repository(files: Readonly<Record<string, string>>, changed: readonly string[]): void {
  const before = changed.map((name) => [name, (files[name] ?? "").trimEnd().replace(/\n.*$/, "")]);
  commit(folder.path, { ...files, ...Object.fromEntries(before) });
  plant(folder.path, files);
}

/** What a `migrate . --write` says of each file that it refuses, and which files it wrote. */
function write(...more: string[]): { refused: Record<string, string>; written: string[] } {
  const { sites } = report(run(folder.path, ["migrate", ".", "--write", "--format", "json", ...more]));
  const refused = sites.flatMap(({ path, findings }) =>
    findings.flatMap(({ message }): [string, string][] => {
      const [, why] = /^the file was not written: (.*)/.exec(message) ?? [];
      return why === undefined ? [] : [[path, why]];
    }),
  );
  const written = new Set(sites.filter((site) => site.written).map(({ path }) => path));
  return { refused: Object.fromEntries(refused), written: [...written] };
}

const because = (path: string, why = UNCOMMITTED): string =>
  `${path}, which only changes together with it, ${why}`;

interface Case {
  files: Record<string, string>;
  changed: string[];
  refused: Record<string, string>;
  written?: string[];
}

const CASES: Record<string, Case> = {
  "the script": {
    files: { "rules/a.json": FLAT, "a.sh": "jq .name rules/a.json\necho new\n" },
    changed: ["a.sh"],
    refused: { "rules/a.json": because("a.sh"), "a.sh": `it ${UNCOMMITTED}` },
  },
  "the file, of two that the script reads": {
    files: {
      "rules/a.json": FLAT,
      "rules/b.json": `${FLAT}\n\n\n`,
      "a.sh": "jq .name rules/a.json\njq .name rules/b.json\njq .name rules/a.json rules/b.json\n",
    },
    changed: ["rules/b.json"],
    refused: {
      "rules/a.json": because("rules/b.json"),
      "rules/b.json": `it ${UNCOMMITTED}`,
      "a.sh": because("rules/b.json"),
    },
  },
  "one of two scripts, of which the other reads a second file": {
    files: {
      "rules/a.json": FLAT,
      "rules/b.json": FLAT,
      "a.sh": "jq .name rules/a.json\necho new\n",
      "b.sh": "jq .name rules/a.json\njq .name rules/b.json\n",
    },
    changed: ["a.sh"],
    refused: {
      "rules/a.json": because("a.sh"),
      "rules/b.json": because("a.sh"),
      "a.sh": `it ${UNCOMMITTED}`,
      "b.sh": because("a.sh"),
    },
  },
  "a script, and others have nothing to do with it": {
    files: {
      "rules/a.json": FLAT,
      "rules/b.json": FLAT,
      "rules/c.json": FLAT,
      "a.sh": "jq .name rules/a.json\necho new\n",
      "b.sh": "jq .name rules/b.json\n",
    },
    changed: ["a.sh"],
    refused: { "rules/a.json": because("a.sh"), "a.sh": `it ${UNCOMMITTED}` },
    written: ["rules/b.json", "rules/c.json", "b.sh"],
  },
  "a script that holds a request of its own": {
    files: {
      "rules/a.json": FLAT,
      "a.sh": `jq .name rules/a.json\nlk sip dispatch create - <<'EOF'\n${FLAT}\nEOF\necho new\n`,
    },
    changed: ["rules/a.json"],
    refused: { "rules/a.json": `it ${UNCOMMITTED}`, "a.sh": because("rules/a.json") },
  },
  "what makes the file": {
    files: { "rules/a.json": FLAT, "make.py": MAKES },
    changed: ["make.py"],
    refused: { "rules/a.json": because("make.py"), "make.py": `it ${UNCOMMITTED}` },
  },
  "a script in which somebody wants the program to stay": {
    files: {
      "rules/a.json": FLAT,
      "a.sh": "# sip-dispatch-ignore: prints the old form\njq .name rules/a.json\necho new\n",
    },
    changed: ["a.sh"],
    refused: {},
    written: ["rules/a.json"],
  },
};

describe("files that only change together are all written or none", () => {
  it.each(Object.entries(CASES))("uncommitted: %s", (_, { files, changed, refused, written = [] }) => {
    const texts = { ...files };
    for (const name of changed) if (name.endsWith(".json")) texts[name] = `\n${FLAT}`;
    repository(texts, changed);
    expect(write()).toEqual({ refused, written });
    const stayed = Object.keys(texts).filter((name) => textOf(name) === texts[name]);
    expect(stayed).toEqual(Object.keys(texts).filter((name) => !written.includes(name)));
  });

  it("and the next step is the same for all, with which all are written", () => {
    repository({ "rules/a.json": FLAT, "a.sh": "jq .name rules/a.json\necho new\n" }, ["a.sh"]);
    const { status, stdout } = run(folder.path, ["migrate", ".", "--write"]);
    expect(status).toBe(3);
    expect(stdout.match(/Commit them, or use --force\./g)).toHaveLength(1);
    expect(stdout).toContain("2 sites in 2 files: 2 need a person (not written).");
    expect(stdout).not.toContain("undo");
    expect(write("--force")).toEqual({ refused: {}, written: ["rules/a.json", "a.sh"] });
    expect([textOf("rules/a.json"), textOf("a.sh")]).toEqual([
      WRAPPED,
      "jq .dispatch_rule.name rules/a.json\necho new\n",
    ]);
  });

  it("read-only, also with --force", () => {
    repository({ "rules/a.json": FLAT, "a.sh": "jq .name rules/a.json\n" }, []);
    chmodSync(join(folder.path, "a.sh"), 0o555);
    expect(write("--force").refused).toEqual({
      "rules/a.json": because("a.sh", "is read-only"),
      "a.sh": "it is read-only",
    });
    chmodSync(join(folder.path, "a.sh"), 0o755);
    expect(write().written).toEqual(["rules/a.json", "a.sh"]);
  });

  it("when both are named", () => {
    repository({ "rules/a.json": FLAT, "a.sh": "jq .name rules/a.json\necho new\n" }, ["a.sh"]);
    expect(run(folder.path, ["migrate", "rules/a.json", "a.sh", "--write"]).status).toBe(3);
    expect(textOf("rules/a.json")).toBe(FLAT);
  });

  /** Runs over the whole repository; `refused` takes the place of asking beforehand, or comes before it. */
  async function runWith(before: () => void, isAsked: boolean) {
    process.chdir(folder.path);
    const writer = openWriter(false);
    const { results } = await runMigration(["."], {
      ...DRY_RUN,
      write: (migrated) => writer.overwrite(migrated),
      refusalsOf: async (sources) => {
        if (isAsked) before();
        const refusals = await writer.refusalsOf(sources);
        if (!isAsked) before();
        return refusals;
      },
    });
    return results.flatMap(({ sites }) => sites);
  }

  it("changed since it was read", async () => {
    repository({ "rules/a.json": FLAT, "a.sh": "jq .name rules/a.json\n" }, []);
    const sites = await runWith(() => plant(folder.path, { "a.sh": "jq .rule rules/a.json\n" }), true);
    expect(sites).toMatchObject([
      { path: "rules/a.json", outcome: "needs-person", reason: "stale" },
      { path: "a.sh", outcome: "needs-person", reason: "stale" },
    ]);
    expect(textOf("rules/a.json")).toBe(FLAT);
  });

  it("but for what is only found while they are written: the run is to be taken back", async () => {
    repository({ "rules/a.json": FLAT, "a.sh": "jq .name rules/a.json\n" }, []);
    const sites = await runWith(() => plant(folder.path, { "a.sh": "jq .rule rules/a.json\n" }), false);
    expect(sites).toMatchObject([
      { path: "rules/a.json", outcome: "migrated", written: true },
      { path: "a.sh", outcome: "needs-person", reason: "stale" },
    ]);
    expect(sites[1]?.findings[0]?.next).toContain("`sip-dispatch undo`");
  });

  it("and a program stays where its file failed while it was written", async () => {
    repository({ "rules/a.json": FLAT, "a.sh": "jq .name rules/a.json\n" }, []);
    const sites = await runWith(() => plant(folder.path, { "rules/a.json": "{}" }), false);
    expect(sites).toMatchObject([{ path: "rules/a.json", outcome: "needs-person", reason: "stale" }]);
    expect(textOf("a.sh")).toBe("jq .name rules/a.json\n");
  });
});
