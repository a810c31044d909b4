#!/usr/bin/env node
"use strict";
// The first lines are for a Node that is too old to know `node:fs`.
var version = process.versions.node.split(".").map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  process.stderr.write(
    "sip-dispatch: Node.js " + process.versions.node + " is too old.\nInstall Node.js 20.19 or newer.\n",
  );
  process.exitCode = 2;
} else start();

function start() {
  const { existsSync } = require("node:fs");
  const path = require("node:path");
  if (existsSync(path.join(__dirname, "..", "dist", "cli.cjs"))) {
    // All is written by then, and what would be tidied up before an ordinary end takes a tenth of the time.
    const ended = () => process.exit();
    require("./load.js").load("cli").main(process.argv.slice(2)).then(ended);
    return;
  }
  const isCheckout = existsSync(path.join(__dirname, "..", "src"));
  const next = isCheckout
    ? "Run `npm ci && npm run build` in it."
    : "npm was told to ignore scripts. Install it again with `npm install --ignore-scripts=false` and its address.";
  process.stderr.write(
    `sip-dispatch: this ${isCheckout ? "checkout" : "package"} is not built yet.\n${next}\n`,
  );
  process.exitCode = 2;
}
