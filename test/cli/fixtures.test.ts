import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { useTemporaryFolder } from "../repo/temporary.ts";
import { put, report, run } from "./run.ts";

/** A folder of test/fixtures/migrate: a request, what it has to become, and what has to be said about it. */
interface Scenario {
  name: string;
  /** How the input's name ends, from its first dot. */
  ending: string;
  input: string;
  /** The text after `--write`; the input where nothing changes. */
  expected: string;
  /** Other files that the arguments name. */
  beside: Record<string, string>;
  args: string[];
  status: number;
  sites: Record<string, unknown>[];
  /** The unit of indentation, in spaces; 2 if absent. */
  indent?: number;
}

const FIXTURES = join(import.meta.dirname, "../fixtures/migrate");

const scenarios = readdirSync(FIXTURES).map((name): Scenario => {
  const texts = new Map(
    readdirSync(join(FIXTURES, name)).map((file) => [file, readFileSync(join(FIXTURES, name, file), "utf8")]),
  );
  const take = (start: string): [string, string] | undefined => {
    const found = [...texts].find(([file]) => file.split(".")[0] === start);
    texts.delete(found?.[0] ?? "");
    return found;
  };
  const [file, input] = take("input") ?? ["", ""];
  const expected = take("expected")?.[1] ?? input;
  const [, facts] = take("case") ?? ["", "{}"];
  const told = JSON.parse(facts) as Pick<Scenario, "args" | "status" | "sites" | "indent">;
  return { name, ending: file.slice("input".length), input, expected, beside: Object.fromEntries(texts), ...told };
});

/** The same text, laid out in another way. What is true of a scenario is true of each. */
const VARIANTS: Record<string, (text: string, indent: number) => string> = {
  crlf: (text) => text.replaceAll(/\r?\n/g, "\r\n"),
  bom: (text) => `\uFEFF${text.replace(/^\uFEFF/, "")}`,
  tabs: (text, indent) =>
    text.replaceAll(
      /^ +/gm,
      (spaces) => "\t".repeat(spaces.length / indent) + " ".repeat(spaces.length % indent),
    ),
};

describe("every fixture", () => {
  const folder = useTemporaryFolder();
  const text = (file: string): string => readFileSync(join(folder.path, file), "utf8");

  describe.each(scenarios)("$name", (scenario) => {
    const { ending, input, expected, beside, args, status, sites, indent = 2 } = scenario;
    const file = `input${ending}`;

    it("is reported as a careful person would report it, and a dry run leaves it alone", () => {
      put(folder.path, { ...beside, [file]: input });
      const done = run(folder.path, ["migrate", "--format", "json", ...args, file]);
      expect(report(done).sites).toMatchObject(sites.map((site) => ({ path: file, written: false, ...site })));
      expect(report(done).sites).toHaveLength(sites.length);
      expect(done.status).toBe(status);
      expect(text(file)).toBe(input);
    });

    it("is rewritten as expected in every layout, once", () => {
      const layouts = Object.entries(VARIANTS).map(([layout, change]) => ({
        name: `${layout}${ending}`,
        before: change(input, indent),
        after: change(expected, indent),
      }));
      const files = [
        { name: file, before: input, after: expected },
        { name: `own-output${ending}`, before: expected, after: expected },
        ...layouts,
      ];
      put(folder.path, { ...beside, ...Object.fromEntries(files.map(({ name, before }) => [name, before])) });
      const command = ["migrate", "--write", "--format", "json", ...args, ...files.map(({ name }) => name)];
      const expectedTexts = Object.fromEntries(files.map(({ name, after }) => [name, after]));
      const texts = (): Record<string, string> =>
        Object.fromEntries(files.map(({ name }) => [name, text(name)]));

      const first = run(folder.path, command);
      expect(texts()).toEqual(expectedTexts);
      expect(first.status).toBe(status);
      const outcomes = (name: string): unknown[] =>
        report(first).sites.filter(({ path }) => path === name).map(({ outcome, reason }) => ({ outcome, reason }));
      for (const { name } of layouts) expect([name, outcomes(name)]).toEqual([name, outcomes(file)]);
      expect(report(first).sites.filter(({ outcome }) => outcome === "migrated").every(({ written }) => written)).toBe(
        true,
      );
      if (input === expected) return;

      const second = run(folder.path, command);
      expect(report(second).totals["migrated"]).toBe(0);
      expect(second.status).toBe(status);
      expect(texts()).toEqual(expectedTexts);
    });
  });
});

describe("--check", () => {
  const folder = useTemporaryFolder();
  const flat = '{"rule":{"dispatchRuleDirect":{"roomName":"a"}}}\n';
  const wrapped = '{"dispatch_rule":{"rule":{"dispatchRuleDirect":{"roomName":"a"}}}}\n';

  it.each([
    { what: "nothing to do", files: { "a.json": wrapped }, status: 0 },
    { what: "not ours", files: { "a.json": "{}\n" }, status: 0 },
    { what: "work left", files: { "a.json": wrapped, "b.json": flat }, status: 1 },
    { what: "work left and something for a person", files: { "a.json": flat, "b.json": '{"dispatch_rule":{}}' }, status: 3 },
    { what: "work left and something unreadable", files: { "a.json": "{", "b.json": flat }, status: 3 },
  ])("ends with $status for $what", ({ files, status }) => {
    put(folder.path, files);
    expect(run(folder.path, ["migrate", "--check", ...Object.keys(files)]).status).toBe(status);
    expect(readFileSync(join(folder.path, "a.json"), "utf8")).toBe(files["a.json"]);
  });

  it("ends with 0 for work left without it", () => {
    put(folder.path, { "a.json": flat });
    expect(run(folder.path, ["migrate", "a.json"]).status).toBe(0);
  });
});

describe("every fixture's report", () => {
  const folder = useTemporaryFolder();

  it("accounts for every site, also of several files", () => {
    const files = Object.fromEntries(scenarios.map(({ name, ending, input }) => [`${name}${ending}`, input]));
    put(folder.path, files);
    const { totals, sites } = report(run(folder.path, ["migrate", "--format", "json", ...Object.keys(files)]));
    const { sources, sites: count, migrated, alreadyWrapped, notCreate, needsPerson, unreadable, silenced } = totals as {
      [name: string]: number;
    };
    expect(sources).toBe(scenarios.length);
    expect(count).toBe(sites.length);
    expect([migrated, alreadyWrapped, notCreate, needsPerson, unreadable, silenced].reduce((a = 0, b = 0) => a + b)).toBe(
      count,
    );
    expect(new Set(sites.map(({ path }) => path)).size).toBe(scenarios.length);
  });
});
