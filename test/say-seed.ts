/** Says the seed of generated cases before they are tried, and chooses one for `SEED=random`. */
export default function setup(): void {
  const { SEED: named } = process.env;
  if (named !== undefined && named !== "random" && !/^\d+$/.test(named)) {
    throw new Error(`SEED takes a whole number or random, not ${named}`);
  }
  if (named === "random") process.env["SEED"] = String(Math.trunc(Math.random() * 2 ** 31));
  process.stdout.write(`Seed of the generated cases: ${process.env["SEED"] ?? "the pinned ones"}\n`);
}
