import type { TestProject } from "vitest/node";
import { type Migrated, migratedFixtures } from "./migrated.ts";
import { install, type Programs } from "./programs.ts";

/** Installs the real programs, and migrates the fixtures, before the tests. */
export default function setup(project: TestProject): void {
  project.provide("migrated", migratedFixtures());
  project.provide(
    "programs",
    install((line) => void process.stderr.write(`${line}\n`)),
  );
}

declare module "vitest" {
  export interface ProvidedContext {
    programs: Programs;
    migrated: Migrated[];
  }
}
