#!/usr/bin/env node
"use strict";
const { existsSync } = require("node:fs");
const path = require("node:path");

if (existsSync(path.join(__dirname, "..", "dist", "cli.cjs"))) {
  require("./load.js").load("cli").main(process.argv.slice(2));
} else {
  const isCheckout = existsSync(path.join(__dirname, "..", "src"));
  const next = isCheckout
    ? "Run `npm ci && npm run build` in it."
    : "npm was told to ignore scripts. Install it again with `npm install --ignore-scripts=false` and its address.";
  process.stderr.write(
    `sip-dispatch: this ${isCheckout ? "checkout" : "package"} is not built yet.\n${next}\n`,
  );
  process.exitCode = 2;
}
