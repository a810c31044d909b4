import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contents, MEMORY, useTemporaryFolder } from "../files/temporary.ts";
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
  /** What the report has to say at least, a site each. */
  sites: Record<string, unknown>[];
  /** Parts of what its findings say. */
  says?: string[];
  /** The unit of indentation, in spaces; 2 if absent. */
  indent?: number;
}

const FIXTURES = join(import.meta.dirname, "../fixtures/migrate");

const scenarios = readdirSync(FIXTURES).map((name): Scenario => {
  const files = readdirSync(join(FIXTURES, name));
  const textOf = (file: string): string => readFileSync(join(FIXTURES, name, file), "utf8");
  const input = files.find((file) => /^input(\.|$)/.test(file)) ?? "input";
  const ending = input.slice("input".length);
  const expected = files.includes(`expected${ending}`) ? `expected${ending}` : input;
  const beside = files.filter((file) => ![input, expected, "case.json"].includes(file));
  const facts: Pick<Scenario, "args" | "status" | "sites" | "says" | "indent"> = JSON.parse(
    textOf("case.json"),
  );
  return {
    name,
    ending,
    input: textOf(input),
    expected: textOf(expected),
    beside: Object.fromEntries(beside.map((file) => [file, textOf(file)])),
    ...facts,
  };
});

/** The same text laid out in another way. What is true of a scenario is true of each. */
const LAYOUTS: Record<string, (text: string, indent: number) => string> = {
  input: (text) => text,
  crlf: (text) => text.replaceAll(/\r?\n/g, "\r\n"),
  bom: (text) => `\uFEFF${text.replace(/^\uFEFF/, "")}`,
  tabs: (text, indent) =>
    text.replaceAll(
      /^ +/gm,
      ({ length }) => "\t".repeat(Math.floor(length / indent)) + " ".repeat(length % indent),
    ),
};

/** Tabs don't indent in YAML. */
const layoutsOf = (ending: string): [string, (text: string, indent: number) => string][] =>
  Object.entries(LAYOUTS).filter(([layout]) => layout !== "tabs" || !/\.ya?ml(\.|$)/.test(ending));

describe("every fixture, written in every layout and once more from its own output", () => {
  const folder = useTemporaryFolder(MEMORY);

  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("%s", (_, scenario) => {
    const { ending, input, expected, beside, args, status, sites, says = [], indent = 2 } = scenario;
    const files = layoutsOf(ending).flatMap(([layout, change]) => [
      { name: `${layout}${ending}`, before: change(input, indent), after: change(expected, indent) },
      { name: `${layout}-again${ending}`, before: change(expected, indent), after: change(expected, indent) },
    ]);
    const names = files.map(({ name }) => name);
    put(folder.path, { ...beside, ...Object.fromEntries(files.map(({ name, before }) => [name, before])) });

    const done = run(folder.path, ["migrate", "--write", "--format", "json", ...args, ...names]);
    const found = (name: string) => report(done).sites.filter(({ path }) => path === name);
    const reasons = (name: string) => found(name).map(({ outcome, reason }) => `${outcome}: ${reason}`);
    const migrated = (name: string) => found(name).filter(({ outcome }) => outcome === "migrated");

    expect(found(`input${ending}`)).toHaveLength(sites.length);
    expect(found(`input${ending}`)).toMatchObject(sites);
    expect(migrated(`input${ending}`).every(({ written }) => written)).toBe(true);
    const said = JSON.stringify(found(`input${ending}`).map(({ findings }) => findings));
    for (const part of says) expect(said).toContain(part);
    for (const { name, after } of files) expect([name, read(folder.path, name)]).toEqual([name, after]);
    for (const [layout] of layoutsOf(ending)) {
      expect([layout, reasons(`${layout}${ending}`)]).toEqual([layout, reasons(`input${ending}`)]);
      expect([layout, migrated(`${layout}-again${ending}`)]).toEqual([layout, []]);
    }
    expect(done.status).toBe(status);
  });
});

describe("all fixtures together", () => {
  const folder = useTemporaryFolder(MEMORY);
  const alone = scenarios.filter(({ args }) => args.length === 0);
  const texts = (which: "input" | "expected") =>
    Object.fromEntries(alone.map((scenario) => [`${scenario.name}${scenario.ending}`, scenario[which]]));
  const migrate = ["migrate", "--format", "json"];

  it("are left alone by a dry run, and every site is accounted for", () => {
    put(folder.path, texts("input"));
    const { totals, sites } = report(run(folder.path, [...migrate, ...Object.keys(texts("input"))]));
    const { sources, sites: count, ...outcomes } = totals;
    expect(sites.map(({ path, outcome, written }) => ({ path, outcome, written }))).toEqual(
      alone.flatMap(({ name, ending, sites: expected }) =>
        expected.map(({ outcome }) => ({ path: `${name}${ending}`, outcome, written: false })),
      ),
    );
    expect(sources).toBe(alone.length);
    expect(count).toBe(sites.length);
    expect(Object.values(outcomes).reduce((sum, number) => sum + number, 0)).toBe(sites.length);
    for (const [name, text] of Object.entries(texts("input"))) expect(read(folder.path, name)).toBe(text);
  });

  it("are done after one run with --write: a second finds nothing to do", () => {
    put(folder.path, texts("input"));
    const names = Object.keys(texts("input"));
    run(folder.path, [...migrate, "--write", ...names]);
    const written = contents(folder.path);
    const second = report(run(folder.path, [...migrate, "--write", ...names]));
    expect(second.totals["migrated"]).toBe(0);
    expect(contents(folder.path)).toEqual(written);
  });
});

describe("-o", () => {
  const folder = useTemporaryFolder(MEMORY);
  const flat = '{"rule":{"dispatchRuleDirect":{"roomName":"a"}}}\r\n';
  const wrapped = '{"dispatch_rule":{"rule":{"dispatchRuleDirect":{"roomName":"a"}}}}\r\n';

  it("writes elsewhere and leaves the file as it is", () => {
    put(folder.path, { "rule.json": flat });
    expect(run(folder.path, ["migrate", "rule.json", "-o", "new.json"]).status).toBe(0);
    expect(read(folder.path, "new.json")).toBe(wrapped);
    expect(read(folder.path, "rule.json")).toBe(flat);
  });

  it("does not write over another file", () => {
    put(folder.path, { "rule.json": flat, "new.json": "mine" });
    expect(run(folder.path, ["migrate", "rule.json", "-o", "new.json"]).status).toBe(3);
    expect(read(folder.path, "new.json")).toBe("mine");
    expect(run(folder.path, ["migrate", "rule.json", "-o", "new.json", "--force"]).status).toBe(0);
    expect(read(folder.path, "new.json")).toBe(wrapped);
  });

  it("writes nothing for what needs a person", () => {
    put(folder.path, { "rule.json": '{"dispatch_rule":{}}' });
    expect(run(folder.path, ["migrate", "rule.json", "-o", "new.json"]).status).toBe(3);
    expect(Object.keys(contents(folder.path))).toEqual([join(folder.path, "rule.json")]);
  });
});

describe("--check", () => {
  const folder = useTemporaryFolder(MEMORY);
  const flat = '{"rule":{"dispatchRuleDirect":{"roomName":"a"}}}\n';
  const wrapped = '{"dispatch_rule":{"rule":{"dispatchRuleDirect":{"roomName":"a"}}}}\n';

  it.each([
    { what: "nothing to do", files: [wrapped], status: 0 },
    { what: "what is not ours", files: ["{}\n"], status: 0 },
    { what: "work left", files: [wrapped, flat], status: 1 },
    { what: "work left and something for a person", files: [flat, '{"dispatch_rule":{}}'], status: 3 },
    { what: "work left and something unreadable", files: ["{", flat], status: 3 },
  ])("ends with $status for $what", ({ files, status }) => {
    const named = Object.fromEntries(files.map((text, index) => [`${index}.json`, text]));
    put(folder.path, named);
    expect(run(folder.path, ["migrate", "--check", ...Object.keys(named)]).status).toBe(status);
    for (const [name, text] of Object.entries(named)) expect(read(folder.path, name)).toBe(text);
  });

  it("makes the difference: without it work left ends with 0", () => {
    put(folder.path, { "a.json": flat });
    expect(run(folder.path, ["migrate", "a.json"]).status).toBe(0);
  });
});

function read(folder: string, name: string): string {
  return readFileSync(join(folder, name), "utf8");
}
