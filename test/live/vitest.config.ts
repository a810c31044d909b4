import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** The tests that run LiveKit's own programs: `npm run test:live`. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, "../.."),
    include: ["test/live/**/*.test.ts"],
    globalSetup: ["test/say-seed.ts", "test/build.ts", "test/live/setup.ts"],
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
});
