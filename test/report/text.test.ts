import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SourceResult } from "../../src/plan/outcome.ts";
import { jsonReport } from "../../src/report/json.ts";
import { styleFor } from "../../src/report/style.ts";
import { textReport, type TextOptions } from "../../src/report/text.ts";
import { alone, anyResults, finding, refused, rerouted, site } from "./sites.ts";

function reportOf(results: readonly SourceResult[], more: Partial<TextOptions> = {}): string {
  return textReport(results, styleFor(false), { quiet: false, ...more });
}

/** How often a text stands in another. */
function times(part: string, text: string): number {
  return text.split(part).length - 1;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ");

describe("a report of many requests", () => {
  const versions = finding("note", "needs-versions", "`numbers` needs a new server", "Make a test call.");
  const live = (path: string) =>
    finding("note", "live-rule", "replace a rule in place", `\`sip-dispatch convert ${path}\`.`);
  const change = (number: string) =>
    finding("warning", "routing-change", `calls to ${number} from now on`, "Or keep today's routing.");
  const changed = Array.from({ length: 12 }, (_, at) => {
    const [path, number] = [`a/${at}.json`, `+155501${String(at).padStart(2, "0")}`];
    return rerouted(path, number, [change(number), versions, live(path)]);
  });
  const plain = Array.from({ length: 30 }, (_, at) => site(`b/${at}.json`));

  it("says what is the same at several once, at the first", () => {
    const text = oneLine(reportOf(alone(...plain, ...changed)));
    for (const said of ["needs a new server", "Make a test call.", "in place", "keep today's routing."])
      expect([said, times(said, text)]).toEqual([said, 1]);
    expect(text).toContain("note: replace a rule in place. `sip-dispatch convert a/0.json`. a/1.json:1:1");
  });

  it("lists neighbours that one line stops, and says why once", () => {
    const stopped = (path: string) => refused(path, "unclear-use", "run.sh:1 may update", "Decide.");
    const own = refused("c.json", "unclear-use", "run.sh:2 may update", "Decide.");
    const other = refused("d.json", "unclear-use", "run.sh:2 may update", "Ask.");
    const text = reportOf(alone(stopped("a.json"), stopped("b.json"), own, other));
    expect(text).toContain(
      [
        "a.json:1:1  needs a person (unclear-use)",
        "b.json:1:1  needs a person (unclear-use)",
        "  error: run.sh:1 may update.",
        "    Decide.",
        "",
        "c.json:1:1  needs a person (unclear-use)",
        "  error: run.sh:2 may update.",
        "",
        "d.json:1:1  needs a person (unclear-use)",
        "  error: run.sh:2 may update.",
        "    Ask.",
      ].join("\n"),
    );
  });

  it("says the first of very many findings of one kind, and counts the others", () => {
    const readers = Array.from({ length: 40 }, (_, at) => finding("note", "reader", `${at}.sh reads it`));
    const text = reportOf(alone(site("a.json", { findings: readers })));
    expect(times("reads it", text)).toBe(6);
    expect(text).toContain("  and 34 more findings of this kind (reader); the JSON report has them all.");
  });

  it("keeps at each what only it has", () => {
    const text = reportOf(alone(...changed));
    for (const { path } of changed) {
      expect(text).toContain(
        [
          `${path}:1:1  would migrate`,
          "  moved into dispatch_rule; calls change",
          "    stays    room lobby, agent phone-nyla, trunk ST_example",
          "",
        ].join("\n"),
      );
    }
  });

  it("counts plain moves, and lists them when asked", () => {
    const text = reportOf(alone(...plain));
    expect(oneLine(text)).toContain(
      "Plain moves, 30 requests: same calls, same rooms, same agents (`--verbose` lists them).",
    );
    expect(text).not.toContain("b/0.json");
    const full = reportOf(alone(...plain), { verbose: true });
    expect(times("moved into dispatch_rule; same calls, same room, same agents", full)).toBe(30);
  });

  it("shows changes of routing first, then who needs a person, then what can't be read, then moves", () => {
    const lacking = { outcome: "unreadable", reason: "not-json", routing: null } as const;
    const text = reportOf(
      alone(
        site("1.json"),
        refused("2.json", "unknown-field", "`x` is no field", "Delete it."),
        site("3.json", { outcome: "already-wrapped", reason: "wrapped" }),
        rerouted("4.json", "+15550100"),
        site("5.json", lacking),
        refused("6.json", "unknown-field", "`y` is no field", "Delete it."),
        rerouted("7.json", "+15550101"),
        site("8.json"),
      ),
    );
    const order = [...text.matchAll(/^(\d)\.json/gm)].map(([, name]) => name);
    expect(order).toEqual(["4", "7", "2", "6", "5", "3"]);
    expect(text.split("\n").filter((line) => /^[A-Z][^.]*:$|^Plain/.test(line))).toEqual([
      "Routing changes, 2 requests:",
      "Need a person, 2 sites (2 unknown-field):",
      "Can't be read, 1 file (1 not-json):",
      "Plain moves, 2 requests: same calls, same rooms, same agents (`--verbose` lists",
      "Left as it is, 1 site:",
    ]);
    // What to do stands at the first of a kind.
    expect(times("Delete it.", text)).toBe(1);
  });

  it("marks the requests of which a warning was said before", () => {
    const warning = finding("warning", "lk-refuses", "`lk` refuses a comment in the file");
    const sites = [
      site("1.json", { findings: [warning] }),
      site("2.json"),
      site("3.json", { findings: [warning] }),
    ];
    const text = reportOf(alone(...sites));
    expect(text).toContain(
      "1.json:1:1  would migrate\n  warning: `lk` refuses a comment in the file.\n3.json:1:1  would migrate (lk-refuses)\n",
    );
  });

  it("says with the trunks bound, or the numbers kept, what calls are taken", () => {
    const any = rerouted("1.json", "+15550100");
    const { routing } = any;
    if (!routing) throw new Error("a rule takes calls");
    const { documented, server } = routing;
    const kept = { ...any, path: "2.json", routing: { documented, server, after: server } };
    const text = oneLine(reportOf(alone(any, kept)));
    expect(text).toContain("Routing stays as livekit-server does it, 1 request:");
    expect(text).toContain("same calls as livekit-server takes today");
    expect(text).toContain("stays room lobby, agent phone-nyla, from +15550100, trunk ST_example");
    expect(text).toContain("docs promised calls to +15550100 on ST_example");
  });

  it("keeps within 80 columns, with long paths too", () => {
    const long = `${"folder/".repeat(9)}dispatch-rule-of-the-team.json`;
    const results = alone(
      rerouted(long, "+15550100"),
      refused(long, "trunk", "`x` is no field", "Delete it."),
      site(long),
    );
    for (const verbose of [false, true]) {
      const lines = reportOf(results, { verbose }).split("\n");
      expect(lines.filter((line) => line.length > 80 && !line.startsWith(long))).toEqual([]);
      expect(lines).toContain(`${long}:1:1`);
    }
  });
});

describe("a report of one request", () => {
  it("has everything at the request, and no sections", () => {
    const versions = finding("note", "needs-versions", "`numbers` needs a new server");
    const text = reportOf(alone(rerouted("1.json", "+15550100", [versions])));
    expect(text.split("\n")[0]).toBe("1.json:1:1  would migrate");
    expect(text).toContain("  note: `numbers` needs a new server.\n");
    expect(text).toContain("\n    to       any number → +15550100\n");
  });
});

describe("the sums", () => {
  /** The numbers that the text gives, by their words. */
  function sumsIn(text: string): Record<string, number> {
    const [, sums = ""] = /(?:^|\n\n)([\d,]+ sites?\b[^:]*[.:][^]*)$/.exec(text) ?? [];
    const words = oneLine(sums).split(". ")[0] ?? "";
    const found: Record<string, number> = {};
    for (const [, count = "", what = ""] of words.matchAll(/([\d,]+) ([a-z ]+)/g))
      found[what.trim()] = Number(count.replaceAll(",", ""));
    return found;
  }

  it("are the same in the text and for programs, and add up", () => {
    fc.assert(
      fc.property(anyResults, (results) => {
        const { totals, among } = JSON.parse(jsonReport(results)) as Record<
          "totals" | "among",
          Record<string, number>
        >;
        const text = reportOf(results);
        if (among["withoutRequest"] === totals["sites"] && totals["findings"] === 0) {
          expect(text).toMatch(/^(No dispatch rules found|[\d,]+ files?: no dispatch rule in (it|them))\.$/m);
          return;
        }
        const said = sumsIn(text);
        const of = (...names: string[]): number => names.reduce((sum, name) => sum + (said[name] ?? 0), 0);
        const parts = {
          migrated: of("to migrate", "migrated and written"),
          alreadyWrapped: of("already wrapped"),
          notCreate: of("not a create request", "not create requests", "without a dispatch rule"),
          needsPerson: of("needs a person", "need a person"),
          unreadable: of("unreadable"),
          silenced: of("silenced"),
        };
        expect(among["written"]).toBe(of("migrated and written"));
        const all = of("site", "sites", "sites in");
        expect(totals).toMatchObject({ ...parts, sites: all });
        expect(Object.values(parts).reduce((sum, count) => sum + count, 0)).toBe(totals["sites"]);
        expect(totals["sites"]).toBe(results.flatMap(({ sites }) => sites).length);
      }),
      { numRuns: 300 },
    );
  });

  it("are those of the sections, when everything is shown", () => {
    fc.assert(
      fc.property(anyResults, (results) => {
        const titles = [
          ...reportOf(results, { verbose: true }).matchAll(
            /^[A-Z][^:,]*, ([\d,]+) (?:request|site|file)s?\b/gm,
          ),
        ];
        if (titles.length === 0) return;
        const sum = titles.reduce((total, [, count = ""]) => total + Number(count.replaceAll(",", "")), 0);
        expect(sum).toBe(results.flatMap(({ sites }) => sites).length);
      }),
      { numRuns: 300 },
    );
  });

  it("write thousands the same way everywhere", () => {
    const results = alone(...Array.from({ length: 1234 }, (_, at) => site(`${at}.json`)));
    const text = reportOf(results);
    expect(text).toContain("Plain moves, 1,234 requests");
    expect(text).toContain("1,234 sites in 1,234 files: 1,234 to migrate.");
  });
});

describe("the last lines say what to do", () => {
  const last = (text: string): string => oneLine(text.split("\n\n").at(-1) ?? "").trim();
  const done = (path: string) => site(path, { written: true });
  const not = (path: string, reason: "uncommitted" | "read-only") =>
    refused(path, reason, "the file was not written", "Put that right.");

  it("after a run that wrote everything", () => {
    expect(last(reportOf(alone(done("1.json"), done("2.json"))))).toBe(
      "2 sites in 2 files: 2 migrated and written. Look at the changes and commit them. `sip-dispatch undo` takes them back.",
    );
  });

  it("after a run that could not write all, with why", () => {
    const results = alone(
      done("1.json"),
      not("2.json", "uncommitted"),
      not("3.json", "read-only"),
      not("4.json", "uncommitted"),
    );
    expect(last(reportOf(results))).toBe(
      "4 sites in 4 files: 1 migrated and written, 3 need a person (not written). 1 file was written, 3 were not (2 uncommitted, 1 read-only). Look at the changes and commit them. `sip-dispatch undo` takes them back. Then fix the rest, as described above, and run it again.",
    );
  });

  it("after a run that wrote nothing", () => {
    expect(last(reportOf(alone(not("1.json", "uncommitted"))))).toBe(
      "1 site: 1 needs a person (not written). Nothing was changed. Fix what is named above, then run it again.",
    );
  });

  it("after -o, which undo knows nothing of", () => {
    const results = alone(site("1.json", { written: true, writtenTo: "2.json" }));
    expect(last(reportOf(results, { destination: "another file" }))).toBe(
      "1 site: 1 migrated and written. Look at the changes and commit them.",
    );
  });

  it("after -o of a file of which a part needs a person", () => {
    const results = [
      { path: "1.json", sites: [site("1.json"), refused("1.json", "trunk", "no", "Fix it.")] },
    ];
    expect(last(reportOf(results, { destination: "another file" }))).toBe(
      "2 sites: 1 to migrate, 1 needs a person. Nothing was written, because not all of it migrates. Fix the rest, then run it again.",
    );
  });
});

describe("a quiet report", () => {
  const results = alone(
    site("1.json"),
    refused("2.json", "unknown-field", "`x` is no field", "Delete it."),
    site("3.json"),
  );

  it("has what needs a person alone", () => {
    expect(reportOf(results, { quiet: true })).toBe(
      "2.json:1:1  needs a person (unknown-field)\n  error: `x` is no field.\n    Delete it.\n",
    );
  });

  it("names what is left in a check, a line each", () => {
    expect(reportOf(results, { quiet: true, check: true })).toMatch(
      /^2\.json[^]*\n\n1\.json:1:1 {2}would migrate\n3\.json:1:1 {2}would migrate\n$/,
    );
  });
});
