import { describe, expect, it } from "vitest";
import { Values } from "../../src/evidence/bindings.ts";
import { asText } from "../../src/sources/partly-known.ts";
import { partly } from "../sources/written.ts";

function expanded(values: Values, text: string): string[] {
  return values.expand(partly(text)).map((one) => asText(one));
}

describe("what names stand for", () => {
  it("is every text that they are given", () => {
    const values = new Values();
    values.set("DIR", partly("sip"));
    values.set("F", partly("${DIR}/a.json"));
    values.set("F", partly("${DIR}/b.json"));
    expect(expanded(values, "${F}")).toEqual(["sip/a.json", "sip/b.json"]);
    expect(expanded(values, "${DIR}/${other}.json")).toEqual(["sip/${other}.json"]);
  });

  it("may be something else, too, where that can't be told", () => {
    const values = new Values();
    values.assume("F", partly("a.json"));
    values.set("G", undefined);
    expect(expanded(values, "${F}").toSorted()).toEqual(["${F}", "a.json"]);
    expect(expanded(values, "${G}")).toEqual(["${G}"]);
  });

  it("is anything where others give it", () => {
    const values = new Values();
    values.set("own", partly("a"));
    values.give("path");
    expect(["${own}", "${path}", "${unbound}", "a.json"].map((text) => values.isGiven(partly(text)))).toEqual(
      [false, true, true, false],
    );
  });

  it("ends where names stand for each other, and where they stand for very many", () => {
    const values = new Values();
    values.set("A", partly("${B}"));
    values.set("B", partly("${A}"));
    expect(expanded(values, "${A}").length).toBeLessThan(100);
    for (let n = 0; n < 200; n++) values.set("N", partly(String(n)));
    expect(expanded(values, "${N}${N}").length).toBeLessThan(500);
  });
});
