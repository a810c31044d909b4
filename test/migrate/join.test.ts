import { describe, expect, it } from "vitest";
import { WHOLE } from "../../src/migrate/document.ts";
import { joinEvidence } from "../../src/migrate/join.ts";
import type { MentioningSource } from "../../src/migrate/mentioning.ts";
import type { Mention } from "../../src/syntax/syntax.ts";

type Written = Omit<Mention, "at"> & { line: number };

/** A source that is one document, with these mentions; its regions are called `first` and `second` */
function source(path: string, ...mentions: Written[]): MentioningSource {
  const at = { start: 0, end: 0 };
  const regions = ["first", "second"];
  return {
    path,
    documents: [{ id: WHOLE, mentions: mentions.map((mention) => ({ at, ...mention })), regions }],
  };
}

describe("what is done with a file", () => {
  const files = ["sip/rule.json"];

  it("is said by a line that sends it", () => {
    const { saidOf: evidence } = joinEvidence(
      [source("run.sh", { does: "create", file: "sip/rule.json", line: 7 })],
      files,
    );
    expect(evidence("sip/rule.json", WHOLE)).toEqual({
      verdict: "create",
      places: [{ path: "run.sh", line: 7 }],
    });
    expect(evidence("sip/other.json", WHOLE)).toEqual({ verdict: "none", places: [] });
  });

  it("may be both, and then both lines say so, creating first", () => {
    const { saidOf: evidence } = joinEvidence(
      [
        source("a.sh", { does: "update", file: "sip/rule.json", line: 1 }),
        source("b.sh", { does: "create", file: "sip/rule.json", line: 2 }),
      ],
      files,
    );
    expect(evidence("sip/rule.json", WHOLE)).toEqual({
      verdict: "both",
      places: [
        { path: "b.sh", line: 2 },
        { path: "a.sh", line: 1 },
      ],
    });
  });

  it("follows copies of copies, and ends where they go round", () => {
    const { saidOf: copied } = joinEvidence(
      [
        source(
          "run.sh",
          { does: "copy", file: "sip/rule.json", to: "${work}/a.json", line: 1 },
          { does: "copy", file: "${work}/a.json", to: "${work}/b.json", line: 2 },
          { does: "copy", file: "${work}/b.json", to: "${work}/a.json", line: 3 },
          { does: "create", file: "${work}/b.json", line: 4 },
        ),
      ],
      files,
    );
    expect(copied("sip/rule.json", WHOLE)).toEqual({
      verdict: "create",
      places: [{ path: "run.sh", line: 4 }],
    });
  });

  it("is not said by a line about a file that the script writes under the same name", () => {
    const { saidOf: evidence } = joinEvidence(
      [
        source(
          "run.sh",
          { does: "copy", region: 0, to: "${work}/rule.json", line: 1 },
          { does: "update", file: "${work}/rule.json", line: 2 },
        ),
      ],
      files,
    );
    expect(evidence("sip/rule.json", WHOLE).verdict).toBe("none");
    expect(evidence("run.sh", "first")).toEqual({ verdict: "update", places: [{ path: "run.sh", line: 2 }] });
  });

  it("is said of a heredoc by another script that sends the file it is written to", () => {
    const { saidOf: evidence } = joinEvidence(
      [
        source("write.sh", { does: "copy", region: 0, to: "out/rule.json", line: 1 }),
        source("send.sh", { does: "create", file: "out/rule.json", line: 5 }),
      ],
      [],
    );
    expect(evidence("write.sh", "first")).toEqual({
      verdict: "create",
      places: [{ path: "send.sh", line: 5 }],
    });
  });
});
