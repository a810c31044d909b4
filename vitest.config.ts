import { defineConfig } from "vitest/config";

/** Tests of the built program and library: it is built for them first. */
const BUILT = ["test/cli", "test/docs", "test/index.test.ts", "test/files/second-searcher.test.ts"];

/** Tests that count the steps of our code or replace one of Node's modules, each file in a process of its own. */
const ALONE = ["test/linear", "test/files/rights.test.ts", "test/files/two-writers.test.ts"];

/** These have a configuration of their own, because they need LiveKit's programs: npm run test:live. */
const LIVE = ["test/live"];

const filesOf = (paths: readonly string[]): string[] =>
  paths.map((path) => (path.endsWith(".ts") ? path : `${path}/**/*.test.ts`));

const common = { setupFiles: "test/seed.ts", testTimeout: 60_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    // Two cores are what CI has.
    maxWorkers: 2,
    // Files that aren't isolated share what they import, which takes longer than most of them.
    projects: [
      {
        test: {
          ...common,
          name: "built",
          include: filesOf(BUILT),
          globalSetup: ["test/say-seed.ts", "test/build.ts"],
          isolate: false,
        },
      },
      { test: { ...common, name: "alone", include: filesOf(ALONE), globalSetup: "test/say-seed.ts" } },
      {
        test: {
          ...common,
          name: "functions",
          include: ["test/**/*.test.ts"],
          exclude: filesOf([...BUILT, ...ALONE, ...LIVE]),
          globalSetup: "test/say-seed.ts",
          isolate: false,
        },
      },
    ],
  },
});
