import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { describeLive } from "./live.ts";
import { startServer } from "./running.ts";

test("each program that can't be installed is said", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sip-dispatch-missing-"));
  vi.stubEnv("PATH", folder);
  vi.stubEnv("XDG_CACHE_HOME", folder);
  vi.resetModules();
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  const { install } = await import("./programs.ts");
  expect(install(() => undefined)).toEqual({
    redis: { problem: "there is no redis-server" },
    server: { problem: "there is no go" },
    client: { problem: "there is no go" },
    lk: { problem: "there is no go" },
    python: { problem: "there is no python3" },
    node: { problem: "there is no cp" },
  });
});

describeLive("starting a server", ["redis"], (paths) => {
  test.for([
    ["ends at once", "/bin/false", "/bin/false: it ended with status 1"],
    ["isn't there", "/nowhere/server", "ENOENT"],
  ])("that %s fails and says why", async ([, server = "", words]) => {
    await expect(startServer({ ...paths, server })).rejects.toThrow(words);
  });
});
