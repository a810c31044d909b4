// Compares with LiveKit's own code on as many cases as asked for: `npm run test:peers -- --cases 1000000`.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { cases: { type: "string", default: "20000" } } });
if (!/^[1-9]\d*$/.test(values.cases)) {
  process.stderr.write("usage: npm run test:peers -- --cases NUMBER\n");
  process.exit(2);
}
const root = fileURLToPath(new URL("../..", import.meta.url));
const vitest = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));
const { status } = spawnSync(process.execPath, [vitest, "run", "--testTimeout=0", "test/peers"], {
  cwd: root,
  env: { ...process.env, PEER_CASES: values.cases },
  stdio: "inherit",
});
process.exit(status ?? 1);
