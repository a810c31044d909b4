import type { TestProject } from "vitest/node";
import { install, type Programs } from "./programs.ts";

/** Installs the real programs before the tests. */
export default function setup(project: TestProject): void {
  project.provide(
    "programs",
    install((line) => void process.stderr.write(`${line}\n`)),
  );
}

declare module "vitest" {
  export interface ProvidedContext {
    programs: Programs;
  }
}
