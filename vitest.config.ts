import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // These have a configuration of their own, because they need LiveKit's programs: npm run test:live.
    exclude: ["test/live/**"],
    globalSetup: "test/build.ts",
    setupFiles: "test/seed.ts",
    // Two cores are what CI has.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
