import { execFileSync } from "node:child_process";

/** Builds the program once before the tests, because many of them run it as a user does, and says their seed. */
export default function setup(): void {
  const { SEED: named } = process.env;
  if (named === "random") process.env["SEED"] = String(Math.trunc(Math.random() * 2 ** 31));
  else if (named !== undefined && !/^\d+$/.test(named)) {
    throw new Error(`SEED takes a whole number or random, not ${named}`);
  }
  const seed = process.env["SEED"];
  process.stdout.write(`Seed of the generated cases: ${seed ?? "the pinned ones"}\n`);
  execFileSync(process.execPath, ["build/build.mjs"], { stdio: "inherit" });
}
