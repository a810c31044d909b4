// Calls matched a second with 1,000 rules: ours, and LiveKit's own code in the same run. Neither side's
// start-up, reading or listing of the rules is counted. Prints one line of JSON.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "rolldown";

const SECONDS = 3;
const root = fileURLToPath(new URL("..", import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), "sip-dispatch-bench-"));

/** No two in conflict: four kinds of rule that real deployments mix, over ten trunks. */
function rules() {
  return Array.from({ length: 1000 }, (_, at) => {
    const numbers = [0, 1, 2].map((next) => number(at * 3 + next));
    const trunkIds = [`ST_${at % 10}`];
    const shared = { sipDispatchRuleId: `SDR_${String(at).padStart(4, "0")}`, name: `rule ${at}` };
    switch (at % 4) {
      case 0:
        return { ...shared, rule: { dispatchRuleDirect: { roomName: `room-${at}` } }, trunkIds, numbers };
      case 1:
        return { ...shared, rule: { dispatchRuleIndividual: { roomPrefix: `call-${at}` } }, numbers };
      case 2:
        return {
          ...shared,
          rule: { dispatchRuleCallee: { roomPrefix: `to-${at}` } },
          trunkIds,
          inboundNumbers: numbers,
        };
      default:
        return {
          ...shared,
          rule: { dispatchRuleDirect: { roomName: `pin-${at}`, pin: String(at) } },
          trunkIds,
        };
    }
  });
}

function calls(known) {
  return known.map((rule, at) => ({
    to: rule.numbers?.[at % 3] ?? number(at),
    from: rule.inboundNumbers?.[at % 3] ?? number(at + 5000),
    trunk: rule.trunkIds?.[0] ?? "",
    ...(at % 8 === 3 && { pin: rule.rule.dispatchRuleDirect.pin }),
  }));
}

function number(at) {
  return `+1555${String(at).padStart(7, "0")}`;
}

async function ours(infos, asked) {
  const entry = `
    export { fromJson } from "@bufbuild/protobuf";
    export { SIPDispatchRuleInfoSchema } from "./src/gen/livekit/livekit_sip_pb.ts";
    export { Router } from "./src/routing/match.ts";`;
  const input = join(root, "match.ts");
  const outfile = join(temporary, "match.mjs");
  await build({
    input,
    platform: "node",
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === input ? id : null),
        load: (id) => (id === input ? entry : null),
      },
    ],
    output: { file: outfile },
  });
  const { fromJson, SIPDispatchRuleInfoSchema, Router } = await import(pathToFileURL(outfile).href);
  const server = { cloud: false, version: [1, 13, 5] };
  const router = new Router(
    infos.map((info) => ({ label: info.name, info: fromJson(SIPDispatchRuleInfoSchema, info) })),
    server,
  );
  const ready = asked.map(({ to, from, trunk, pin }) => ({
    calledNumber: to,
    callingNumber: from,
    trunk,
    pin,
  }));
  const run = (once) => {
    let [matched, taken] = [0, 0];
    const start = performance.now();
    while (performance.now() - start < SECONDS * 1000) {
      for (const call of ready) {
        if (once(call)) taken++;
        matched++;
      }
    }
    return { matched, taken, seconds: (performance.now() - start) / 1000 };
  };
  return {
    take: run((call) => router.take(call).outcome === "winner"),
    explain: run((call) => router.take(call).outcome === "winner" && router.losers(call).length > 0),
  };
}

function livekit(infos, asked) {
  const program = join(temporary, "livekit");
  execFileSync("go", ["build", "-o", program, "."], { cwd: join(root, "test/peers/go"), stdio: "inherit" });
  const question = { bench: { rules: infos, calls: asked, seconds: SECONDS } };
  const { stdout } = spawnSync(program, { input: `${JSON.stringify(question)}\n`, encoding: "utf8" });
  return JSON.parse(stdout);
}

function rate({ matched, seconds }) {
  return Math.round(matched / seconds);
}

function share({ matched, taken }) {
  return Math.round((taken / matched) * 1000) / 1000;
}

try {
  const infos = rules();
  const asked = calls(infos);
  const theirs = livekit(infos, asked);
  const { take, explain } = await ours(infos, asked);
  const result = {
    livekit: { callsPerSecond: rate(theirs), taken: share(theirs) },
    take: { callsPerSecond: rate(take), taken: share(take) },
    takeAndLosers: { callsPerSecond: rate(explain), taken: share(explain) },
    timesLivekit: Math.round((rate(take) / rate(theirs)) * 10) / 10,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
