import { execFileSync } from "node:child_process";

/** Builds the program once before the tests that run it as a user does. */
export default function setup(): void {
  execFileSync(process.execPath, ["build/build.mjs"], { stdio: "inherit" });
}
