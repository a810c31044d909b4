import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { MigrateOptions } from "../../src/config/options.ts";

export const PYTHON_FIXTURES = join(import.meta.dirname, "../fixtures/python");

/** A program before and after, and what is said about its requests. */
export interface Fixture {
  input: string;
  /** Left out where the program stays as it is. */
  expected: string | undefined;
  options: MigrateOptions;
  /** What the results say at least, in their order; of the findings, those with these ids. */
  sites: { outcome: string; findings?: string[] }[];
  /** Expressions that run it; `lk` is the client in them. */
  calls: string[];
  /** Whether it can't be parsed. */
  broken: boolean;
}

export function pythonFixture(name: string): Fixture {
  const read = (file: string): string => readFileSync(join(PYTHON_FIXTURES, name, file), "utf8");
  const { unsafe = false, sites, calls = [], broken = false } = JSON.parse(read("case.json"));
  const expected = existsSync(join(PYTHON_FIXTURES, name, "expected.py")) ? read("expected.py") : undefined;
  return { input: read("input.py"), expected, options: { unsafe }, sites, calls, broken };
}
