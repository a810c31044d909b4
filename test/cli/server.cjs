// Runs the built program's command lines one after the other in one process, as test/cli/served.ts asks for them: most of
// a run's time is the start of a process. Questions come from the file descriptor 3, answers go to 4, a line each, in
// JSON. What the program prints is kept instead of printed; its standard input is empty.
"use strict";
const fs = require("node:fs");
const { main } = require("../../bin/load.js").load("cli");

const printed = { 1: [], 2: [] };
const write = fs.writeSync;
fs.writeSync = (file, data, ...where) => {
  if (!(file in printed)) return write(file, data, ...where);
  const bytes = Buffer.from(data).subarray(...where);
  printed[file].push(Buffer.from(bytes));
  return bytes.length;
};

/** The next line that is asked; undefined where nobody asks any more. */
const lines = [];
let begun = "";
const buffer = Buffer.alloc(65_536);
function asked() {
  while (lines.length === 0) {
    const count = fs.readSync(3, buffer);
    if (count === 0) return undefined;
    const parts = (begun + buffer.toString("latin1", 0, count)).split("\n");
    begun = parts.pop();
    lines.push(...parts);
  }
  return JSON.parse(lines.shift());
}

async function serve() {
  for (let question = asked(); question; question = asked()) {
    const { folder, args, env } = question;
    process.chdir(folder);
    process.env = env;
    process.argv.splice(2, process.argv.length, ...args);
    process.exitCode = undefined;
    await main(args);
    process.chdir("/"); // whoever asked may take the folder away
    const status = process.exitCode ?? 0;
    const [stdout, stderr] = [1, 2].map((file) => Buffer.concat(printed[file].splice(0)).toString("base64"));
    fs.writeFileSync(4, `${JSON.stringify({ status, stdout, stderr })}\n`);
  }
}
void serve();
