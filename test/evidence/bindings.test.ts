import { describe, expect, it } from "vitest";
import { Values } from "../../src/evidence/bindings.ts";

describe("what names stand for", () => {
  it("is every text that they are given", () => {
    const values = new Values();
    values.set("DIR", "sip");
    values.set("F", "${DIR}/a.json");
    values.set("F", "${DIR}/b.json");
    expect(values.expand("${F}")).toEqual(["sip/a.json", "sip/b.json"]);
    expect(values.expand("${DIR}/${other}.json")).toEqual(["sip/${other}.json"]);
  });

  it("may be something else, too, where that can't be told", () => {
    const values = new Values();
    values.assume("F", "a.json");
    values.set("G", undefined);
    expect(values.expand("${F}").toSorted()).toEqual(["${F}", "a.json"]);
    expect(values.expand("${G}")).toEqual(["${G}"]);
  });

  it("is anything where others give it", () => {
    const values = new Values();
    values.set("own", "a");
    values.give("path");
    expect(["${own}", "${path}", "${unbound}", "a.json"].map((text) => values.isGiven(text))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it("ends where names stand for each other, and where they stand for very many", () => {
    const values = new Values();
    values.set("A", "${B}");
    values.set("B", "${A}");
    expect(values.expand("${A}").length).toBeLessThan(100);
    for (let n = 0; n < 200; n++) values.set("N", String(n));
    expect(values.expand("${N}${N}").length).toBeLessThan(500);
  });
});
