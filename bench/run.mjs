// Measures what users wait for, as ratios against named peers in the same run, so that the machine's speed drops out.
// `npm run bench` builds first. Numbers that are quoted elsewhere stand in docs/performance.md.
import { spawnSync } from "node:child_process";
import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { failures, median, pairs, peakMemory, verdict } from "./measure.mjs";
import { install, NODES } from "../test/nodes/nodes.mjs";
import { writeLog } from "./logs.mjs";
import { makeRepository, pythonFile } from "./repositories.mjs";
import { scans } from "./scan.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const command = join(root, "bin/sip-dispatch.js");
const node = process.execPath;
const peer = join(root, "bench/parse-stringify.mjs");
const folder = mkdtempSync(join(tmpdir(), "sip-dispatch-bench-"));
const quick = process.argv.includes("--quick");

try {
  oneFile();
  everyNode();
  stream();
  logs();
  matcher();
  scans(quick);
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = failures.any ? 1 : 0;

/** Whole-process `migrate` of one file against `node -e 0`, in pairs: data alone, in a repository, and code. */
function oneFile() {
  const example = join(folder, "rule.json");
  copyFileSync(join(root, "examples/support-line.json"), example);
  const outside = wholeProcess(example);
  verdict("migrate of one file outside git ÷ node -e 0", median(outside), 1.75, outside);
  const repository = join(folder, "repository");
  const [name] = makeRepository(repository, 300, { tracked: true, rules: "flat" });
  const inside = wholeProcess(join(repository, "package-0/module-0/part-0", name));
  verdict("migrate of one file in git ÷ node -e 0", median(inside), 2.5, inside);
  const python = join(folder, "create.py");
  writeFileSync(python, pythonFile(300));
  const code = wholeProcess(python);
  verdict("migrate of 300 lines of Python ÷ node -e 0", median(code), 2.5, code);
}

/** One file on every Node that is supported, none of which built the command, against the same Node's own start. */
function everyNode() {
  const why = install();
  if (why !== undefined) {
    console.log(`skipped: every Node, because ${why}`);
    return;
  }
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, "cache") };
  const example = join(folder, "rule.json");
  for (const [name, program] of Object.entries(NODES)) {
    const ours = [program, command, "migrate", example];
    const ratios = pairs(quick ? 15 : 60, ours, [program, "-e", "0"], { env });
    verdict(`migrate of one file on ${name}, from the second run on ÷ its -e 0`, median(ratios), 2, ratios);
  }
}

function wholeProcess(file) {
  return pairs(quick ? 15 : 60, [node, command, "migrate", file], [node, "-e", "0"]);
}

/** The NDJSON stream against JSON.parse and JSON.stringify of its lines, and its memory at two sizes. */
function stream() {
  const small = ndjson(10_000);
  const middle = ndjson(quick ? 50_000 : 200_000);
  const convert = (file) => [node, command, "convert", file, "--to", "wrapped", "--quiet"];
  const ratios = pairs(quick ? 3 : 5, convert(middle), [node, peer, middle]);
  verdict("convert of an NDJSON stream, verified ÷ JSON.parse + JSON.stringify", median(ratios), 8);
  const few = peakMemory(convert(small));
  const many = peakMemory(convert(ndjson(quick ? 200_000 : 1_000_000)));
  console.log(
    `peak memory: ${few.toFixed(0)} MB for 10,000 requests, ${many.toFixed(0)} MB for ${quick ? "200,000" : "1,000,000"}`,
  );
  verdict("peak memory of the long stream in MB", many, 200);
}

/** `diagnose` of a log of 1 GB, in which one line of a hundred is about a call, against grep for one word. */
function logs() {
  const log = join(folder, "sip.log");
  writeLog(log, 1000);
  const diagnose = [node, command, "diagnose", log];
  // grep stops at the first match where it sees that nobody reads the count.
  const ratios = pairs(quick ? 3 : 7, diagnose, ["sh", "-c", 'grep -c flood "$0" | cat', log]);
  verdict("diagnose of a long log ÷ grep -c flood", median(ratios), 4, ratios);
  verdict("its peak memory in MB", peakMemory(diagnose), 250);
  rmSync(log);
}

/** Calls matched a second with 1,000 rules, against LiveKit's own code, without start-up on either side. */
function matcher() {
  if (spawnSync("go", ["version"]).status !== 0) {
    console.log("skipped: the matcher against LiveKit's own code, because there is no Go toolchain");
    return;
  }
  const { status, stdout } = spawnSync(process.execPath, [join(root, "bench/match.mjs")], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error("bench/match.mjs failed");
  const { livekit, take, takeAndLosers } = JSON.parse(stdout);
  console.log(
    `calls a second: LiveKit ${livekit.callsPerSecond}, ours ${take.callsPerSecond}, with every loser's reason ${takeAndLosers.callsPerSecond}`,
  );
  verdict("LiveKit's calls a second ÷ ours", livekit.callsPerSecond / take.callsPerSecond, 3);
  verdict(
    "LiveKit's calls a second ÷ ours with every loser's reason",
    livekit.callsPerSecond / takeAndLosers.callsPerSecond,
    3,
  );
}

/** A stream of requests as people write them: flat and wrapped, small and large. */
function ndjson(count) {
  const file = join(folder, `${count}.ndjson`);
  const output = openSync(file, "w");
  for (let done = 0; done < count; done += 5) {
    const line = done + 1;
    writeSync(
      output,
      [
        { name: `lobby ${line}`, rule: { dispatchRuleDirect: { roomName: "lobby" } } },
        {
          name: "support",
          trunk_ids: ["ST_a"],
          inbound_numbers: ["+15550100"],
          rule: { dispatchRuleIndividual: { roomPrefix: "support" } },
          room_config: { agents: [{ agentName: "support-agent", metadata: '{"route":"default"}' }] },
        },
        {
          dispatch_rule: {
            name: "phone",
            numbers: ["+15550101"],
            rule: { dispatchRuleIndividual: { roomPrefix: "phone", pin: "4821" } },
          },
        },
        {
          rule: { dispatchRuleCallee: { roomPrefix: "night", randomize: true } },
          trunkIds: ["ST_b"],
          inboundNumbers: ["+15550142"],
          attributes: { queue: "tier-1", line: String(line) },
        },
        {
          name: "full",
          hide_phone_number: true,
          metadata: '{"team":"support"}',
          room_preset: "audio-only",
          trunk_ids: ["ST_a", "ST_b"],
          rule: { dispatchRuleIndividual: { roomPrefix: "full", pin: "1" } },
          room_config: { empty_timeout: 60, agents: [{ agent_name: "a", metadata: "{}" }] },
        },
      ]
        .map((request) => `${JSON.stringify(request)}\n`)
        .join(""),
    );
  }
  closeSync(output);
  if (statSync(file).size === 0) throw new Error("no stream was written");
  return file;
}
