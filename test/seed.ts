import * as fc from "fast-check";

// Laws are tried on the same cases each time. test/say-seed.ts says the seed, and makes a number of `SEED=random`.
fc.configureGlobal({ seed: Number(process.env["SEED"] ?? 13) });
