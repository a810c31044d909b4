#!/usr/bin/env node
"use strict";
const { existsSync } = require("node:fs");
const path = require("node:path");

if (existsSync(path.join(__dirname, "..", "dist", "cli.cjs"))) {
  require("./load.js").load("cli").main(process.argv.slice(2));
} else {
  process.stderr.write(
    "sip-dispatch: this checkout is not built yet. Run `npm ci && npm run build` first.\n",
  );
  process.exitCode = 2;
}
