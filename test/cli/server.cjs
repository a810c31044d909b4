// Runs the built program's command lines one after the other in one process, as test/cli/served.ts asks for them: most of
// a run's time is the start of a process. Questions come from the file descriptor 3, answers go to 4, a line each, in
// JSON. What the program prints is kept instead of printed; its standard input is a file that holds what it is given.
"use strict";
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { main } = require("../../bin/load.js").load("cli");

/** What was printed, in order, and to which file descriptor. */
const printed = [];
const write = fs.writeSync;
fs.writeSync = (file, data, ...where) => {
  if (file !== 1 && file !== 2) return write(file, data, ...where);
  const bytes = Buffer.from(data).subarray(...where);
  printed.push({ file, bytes: Buffer.from(bytes) });
  return bytes.length;
};

/** Opens a file that holds this as the file descriptor 0, which is the lowest that is free. */
function give(input) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "served-"));
  const file = path.join(folder, "input");
  fs.writeFileSync(file, input);
  fs.closeSync(0);
  if (fs.openSync(file) !== 0) throw new Error("the standard input is no other file");
  fs.rmSync(folder, { recursive: true });
}
Object.defineProperty(process, "stdin", {
  get: () => fs.createReadStream("", { fd: 0, autoClose: false }),
});

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
    const { folder, args, env, input } = question;
    process.chdir(folder);
    give(Buffer.from(input, "base64"));
    process.env = env;
    process.argv.splice(2, process.argv.length, ...args);
    process.exitCode = undefined;
    await main(args);
    process.chdir("/"); // whoever asked may take the folder away
    const status = process.exitCode ?? 0;
    const parts = printed.splice(0);
    const [stdout, stderr, both] = [[1], [2], [1, 2]].map((files) =>
      Buffer.concat(parts.filter(({ file }) => files.includes(file)).map(({ bytes }) => bytes)).toString(
        "base64",
      ),
    );
    fs.writeFileSync(4, `${JSON.stringify({ status, stdout, stderr, both })}\n`);
  }
}
void serve();
