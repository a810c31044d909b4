import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ALL_CHECKS } from "../../src/checks/index.ts";

const FOLDER = join(import.meta.dirname, "../../src/checks");

describe("the list of checks", () => {
  it("has each file that makes a check, by its id, once", () => {
    const made = readdirSync(FOLDER)
      .filter((file) => /= (?:check|\w+Check)\(\{/.test(readFileSync(join(FOLDER, file), "utf8")))
      .map((file) => file.replace(/\.ts$/, ""));
    expect(ALL_CHECKS.map(({ id }) => id).toSorted()).toEqual(made.toSorted());
  });

  it.each(ALL_CHECKS.map((one) => [one.id, one] as const))("says of %s what it is", (_, one) => {
    expect(one.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(one.title).toMatch(/^[A-Z`].*[^.]$/);
    for (const sentence of [one.why, one.next ?? one.why])
      expect(sentence).toMatch(/^(?:[A-Z`]|livekit-server ).*[.]$/s);
  });
});
