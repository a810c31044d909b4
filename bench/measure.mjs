// What the benches have in common: whole processes, compared in pairs.
import { spawnSync } from "node:child_process";

/** Whether a limit was not kept. */
export const failures = { any: false };

/** Says how a value compares with its limit, and between which values it was where it is of several. */
export function verdict(what, value, limit, values = []) {
  const ok = value <= limit;
  failures.any ||= !ok;
  const sorted = values.toSorted((a, b) => a - b);
  const spread = sorted.length > 0 ? `, from ${sorted[0].toFixed(2)} to ${sorted.at(-1).toFixed(2)}` : "";
  console.log(`${ok ? "ok  " : "SLOW"} ${what}: ${value.toFixed(2)} (limit ${limit}${spread})`);
}

/** The ratio of each pair of runs, one after the other so that both meet the same machine. */
export function pairs(count, ours, theirs, options) {
  time(ours, options);
  time(theirs, options);
  return Array.from({ length: count }, () => time(ours, options) / time(theirs, options));
}

/** How many milliseconds a run of a program takes; its words are the program's path and its arguments. */
export function time(command, options = {}) {
  const [program, ...args] = command;
  const start = performance.now();
  const { status, stderr, error } = spawnSync(program, args, {
    stdio: ["ignore", "ignore", "pipe"],
    ...options,
  });
  const taken = performance.now() - start;
  if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}: ${error ?? stderr}`);
  return taken;
}

/** The peak resident memory of a run of node, in MB, as the process itself sees it at its end. */
export function peakMemory([program, ...args], options = {}) {
  const report = `process.on("exit", () => require("fs").writeSync(2, process.resourceUsage().maxRSS + " "))`;
  const preload = `data:text/javascript,${encodeURIComponent(`import { createRequire } from "node:module"; const require = createRequire("file:///"); ${report}`)}`;
  const { status, stderr } = spawnSync(program, ["--import", preload, ...args], {
    stdio: ["ignore", "ignore", "pipe"],
    ...options,
  });
  if (status !== 0) throw new Error(`ended with ${status}: ${stderr}`);
  // Threads tell it too, of the whole process.
  return Math.max(...String(stderr).trim().split(" ").map(Number)) / 1024;
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
