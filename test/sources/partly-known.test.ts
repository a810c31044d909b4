import { describe, expect, it } from "vitest";
import {
  alternatives,
  asPattern,
  asText,
  baseName,
  isKnown,
  isOnlyEnding,
  joinTexts,
  knownPieces,
  knownText,
  namesIn,
  OWN_FOLDER,
  type Path,
  pathOf,
  placesOf,
  splitText,
  templateText,
  unknownPiece,
  wholeText,
  withKnown,
} from "../../src/sources/partly-known.ts";
import { partly, writtenPath } from "./written.ts";

describe("a text that is known", () => {
  it.each(["a${b}.json", "$b", "{{ b }}", "${", "a\0b\0c", "", "\uE000"])(
    "is so whatever stands in it: %j",
    (text) => {
      expect(isKnown(knownText(text))).toBe(true);
      expect(namesIn(knownText(text))).toEqual([]);
      expect(wholeText(knownText(text))).toBe(text.replaceAll("\0", "\uFFFD"));
      expect(withKnown(knownText(text), "b", knownText("x"))).toBe(knownText(text));
    },
  );

  it("is no string, and no string is one", () => {
    // @ts-expect-error: a string has to be read first.
    expect(baseName("sip/a.json")).toBeDefined();
    // @ts-expect-error: a text is no path.
    const path: Path = knownText("sip/a.json");
    expect(path).toBeDefined();
    // @ts-expect-error: what stands in it has to be asked.
    const text: string = knownText("a");
    expect(text).toBeDefined();
  });

  it("means one file, which may be called like a placeholder", () => {
    const file = pathOf(knownText("sip/a${b}.json"));
    expect(wholeText(file)).toBe("sip/a${b}.json");
    expect(asPattern(file).test("sip/a${b}.json")).toBe(true);
    expect(asPattern(file).test("sip/ax.json")).toBe(false);
  });
});

describe("a text of which pieces are unknown", () => {
  it("is the same as one of the same pieces", () => {
    expect(joinTexts(knownText("sip/"), unknownPiece("name"), knownText(".json"))).toBe(
      partly("sip/${name}.json"),
    );
    expect(templateText("sip/$name.json", /\$(\w+)/g)).toBe(partly("sip/${name}.json"));
    expect(partly("${a}")).not.toBe(partly("${b}"));
    expect(partly("${a}")).not.toBe(knownText("${a}"));
  });

  it("tells its pieces", () => {
    const text = joinTexts(partly("${dir}/a-${@}"), unknownPiece("(12"), unknownPiece(), knownText(".json"));
    expect(isKnown(text)).toBe(false);
    expect(wholeText(text)).toBeUndefined();
    expect(namesIn(text)).toEqual(["dir", "@"]);
    expect(knownPieces(text)).toBe("/a-.json");
    expect(asText(text)).toBe("${dir}/a-${@}${}${}.json");
    expect(asText(text, (name) => `<${name}>`)).toBe("<dir>/a-<@><><>.json");
  });

  it("gets known by a name, and by that alone", () => {
    expect(withKnown(partly("${a}${}a${a}"), "a", partly("${b}/"))).toBe(partly("${b}/${}a${b}/"));
    expect(withKnown(partly("${a}${b}"), "", knownText("x"))).toBe(partly("${a}${b}"));
  });

  it("is divided in what is known of it", () => {
    const text = joinTexts(knownText("a,"), unknownPiece("b"), knownText("c,,d"));
    expect(splitText(text, ",")).toEqual([knownText("a"), partly("${b}c"), knownText("d")]);
    expect(alternatives(partly("{${a},b{c,d}}.json")).map((one) => asText(one))).toEqual(
      alternatives(knownText("{A,b{c,d}}.json")).map((one) => asText(one).replace("A", "${a}")),
    );
    expect(alternatives(partly("${a,b}")).map((one) => asText(one))).toEqual(["$a", "$b"]);
  });
});

describe("a path", () => {
  it.each([
    [".", "run.sh", ""],
    ["./", "run.sh", ""],
    ["/", "run.sh", ""],
    ["../", "run.sh", ".."],
    ["/x/./a.json/", "run.sh", "x/a.json"],
    ["../../a.json", "run.sh", "../../a.json"],
    ["/../a.json", "run.sh", "../a.json"],
    ["./a.json", "x/run.sh", "a.json"],
    ["x//../a.json", "x/run.sh", "a.json"],
    ["${.}/../a.json", "x/run.sh", "a.json"],
    ["${.}/../../a.json", "x/run.sh", "../a.json"],
    ["${.}/../a.json", "run.sh", "../a.json"],
    ["${d}/../a.json", "x/run.sh", "a.json"],
  ])("%s in %s is spelled %s", (written, from, fromTop) => {
    expect(placesOf(writtenPath(written), from)[0]).toBe(writtenPath(fromTop));
  });

  it("may be meant from the top and from the folder of its file, unless it tells", () => {
    expect(placesOf(writtenPath("./a.json"), "x/run.sh")).toEqual([
      writtenPath("a.json"),
      writtenPath("x/a.json"),
    ]);
    expect(placesOf(pathOf(OWN_FOLDER, knownText("./a.json")), "x/run.sh")).toEqual([
      writtenPath("x/a.json"),
    ]);
  });

  it("is made of names", () => {
    expect(pathOf(knownText("./sip/"), unknownPiece("n"), knownText("a.json"))).toBe(
      writtenPath("sip/${n}/a.json"),
    );
    expect(baseName(writtenPath("${d}/a-${n}.json"))).toBe(writtenPath("a-${n}.json"));
  });

  it.each([
    ["${f}", true],
    ["${f}.json", true],
    ["${d}${f}.tar.gz", true],
    ["${d}/a.json", false],
    ["a${f}.json", false],
    ["a.json", false],
    [".json", false],
  ])("tells nothing but an ending: %s %s", (written, isOnly) => {
    expect(isOnlyEnding(writtenPath(written))).toBe(isOnly);
  });

  it.each([
    ["sip/${n}.json", ["sip/a.json", "sip/.json"], ["sip/a.yaml", "a.json"]],
    ["sip/*.json", ["sip/a.json"], ["sip/x/a.json"]],
    ["**/a.json", ["a.json", "x/y/a.json"], ["ba.json"]],
    ["a+(b).json", ["a+(b).json"], ["aab.json"]],
  ])("%s means", (written, those, others) => {
    const pattern = asPattern(writtenPath(written));
    expect(those.filter((one) => !pattern.test(one))).toEqual([]);
    expect(others.filter((one) => pattern.test(one))).toEqual([]);
  });
});
