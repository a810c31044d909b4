// To be required before a program. Kills it at its nth step that changes something on the disk (DIE_AT), counts the steps
// (COUNT_IN), or sends it a signal once it has replaced so many files (SIGNAL, SIGNAL_AT). A step is a call of one of
// these functions; a write that is hit is made in part, as DIE_AFTER says, from 0 to 1.
"use strict";
const fs = require("node:fs");
const { O_RDWR, O_WRONLY } = fs.constants;
const { syncBuiltinESMExports } = require("node:module");

const STEPS = ["openSync", "writeSync", "ftruncateSync", "fsyncSync", "renameSync", "rmSync", "mkdirSync"];
const dieAt = Number(process.env.DIE_AT);
const { COUNT_IN: countIn } = process.env;
let steps = 0;

/** Whether a file is opened only to be read. */
function onlyReads(flags = "r") {
  return typeof flags === "number" ? (flags & (O_WRONLY | O_RDWR)) === 0 : /^rs?$/.test(flags);
}

for (const name of STEPS) {
  const real = fs[name];
  fs[name] = (...args) => {
    if (name === "openSync" && onlyReads(args[1])) return real(...args);
    steps++;
    if (steps !== dieAt) return real(...args);
    if (name === "writeSync" && Buffer.isBuffer(args[1])) {
      const [file, bytes, offset = 0, length = bytes.length - offset, position = null] = args;
      real(file, bytes, offset, Math.floor(Number(process.env.DIE_AFTER) * (length + 1)), position);
    }
    process.kill(process.pid, "SIGKILL");
    for (;;);
  };
}

const { SIGNAL: signal, SIGNAL_AT: signalAt } = process.env;
let replaced = 0;
if (signal) {
  const rename = fs.renameSync;
  fs.renameSync = (...args) => {
    rename(...args);
    replaced++;
    if (replaced === Number(signalAt)) process.kill(process.pid, signal);
  };
}
syncBuiltinESMExports();

if (countIn) process.on("exit", () => fs.appendFileSync(countIn, String(steps)));
