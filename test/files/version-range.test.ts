import { describe, expect, it } from "vitest";
import { versionRange } from "../../src/files/version-range.ts";
import { NUMBERS_SINCE, reaches, WRAPPER_SINCE } from "../../src/rule/protocol-library.ts";

/** A requirement, and which of its versions know the wrapper and `numbers`. */
const CASES: readonly [string, string, string][] = [
  ["==0.8.2", "none", "none"],
  ["===0.8.2", "none", "none"],
  ["== 0.8.2", "none", "none"],
  ["0.8.2", "none", "none"],
  ["v0.8.2", "none", "none"],
  ["==1.0.0", "all", "none"],
  ["==1.0", "all", "none"],
  ["==1", "all", "none"],
  ["==1.0.0.post1", "all", "none"],
  ["==1.1.1", "all", "none"],
  ["==1.1.2", "all", "all"],
  ["==1.10", "all", "all"],
  ["==0.*", "none", "none"],
  ["==0.8.*", "none", "none"],
  ["==1.1.*", "all", "some"],
  ["=0.8", "none", "none"],
  ["=1.1", "all", "some"],
  [">=0.8", "some", "some"],
  [">0.8", "some", "some"],
  [">=1.0.0", "all", "some"],
  [">=1.1.2", "all", "all"],
  ["<1", "none", "none"],
  ["<1.0.0", "none", "none"],
  ["<=1.0.0", "some", "none"],
  ["<2", "some", "some"],
  [">=0.8,<1", "none", "none"],
  [">=0.8, <1.0", "none", "none"],
  [">=0.8 <1.0", "none", "none"],
  ["<1.0,>=0.8,!=0.8.1", "none", "none"],
  [">=0.8,<2", "some", "some"],
  [">=1.0,<1.1.2", "all", "none"],
  ["~=0.8", "none", "none"],
  ["~=0.8.2", "none", "none"],
  ["~=1.0", "all", "some"],
  ["~=1.0.5", "all", "none"],
  ["~=1.1.2", "all", "all"],
  ["^0.8", "none", "none"],
  ["^0.8.2", "none", "none"],
  ["^0.0.3", "none", "none"],
  ["^0", "none", "none"],
  ["^1.0", "all", "some"],
  ["~0.8", "none", "none"],
  ["~1", "all", "some"],
  ["~1.0.3", "all", "none"],
];

describe("the versions that a requirement allows", () => {
  it.each(CASES)("%s: with the wrapper %s, with numbers %s", (requirement, wrapper, numbers) => {
    const range = versionRange(requirement);
    expect(range && reaches(range, WRAPPER_SINCE)).toBe(wrapper);
    expect(range && reaches(range, NUMBERS_SINCE)).toBe(numbers);
  });

  it.each([
    "",
    "*",
    "!=0.8.1",
    "==1.0.0rc1",
    ">=0.8 || ^1",
    "@ git+https://example.com/x",
    "latest",
    ">=",
    "1!0.8",
  ])("says nothing in %j", (requirement) => {
    expect(versionRange(requirement)).toBeUndefined();
  });

  it("is read in linear time", () => {
    expect(versionRange(`${"1.".repeat(200_000)}x`)).toBeUndefined();
    expect(versionRange(" ".repeat(200_000))).toBeUndefined();
    expect(versionRange(`${">=0.8,".repeat(50_000)}<1`)).toEqual({
      from: [0, 8],
      to: { version: [1], included: false },
    });
  });
});
