import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv";
import type { Log, Replacement, Result } from "sarif";
import { describe, expect, it } from "vitest";
import { ALL_CHECKS } from "../../src/checks/index.ts";
import type { Finding, Fix } from "../../src/checks/finding.ts";
import { migrateDocument } from "../../src/plan/migrate.ts";
import { migrateText } from "../../src/plan/migrate-text.ts";
import { MIGRATION_FORMATS } from "../../src/report/migration-formats.ts";
import { sarifReport } from "../../src/report/sarif.ts";
import { styleFor } from "../../src/report/style.ts";
import { readDocument } from "../../src/sources/document.ts";
import { checkedResults } from "../../src/run/check.ts";
import { checkedFiles, finding } from "./findings.ts";

const require = createRequire(import.meta.url);
const schemaOf = (name: string): object => JSON.parse(readFileSync(require.resolve(name), "utf8")) as object;

/** The schema of SARIF 2.1.0 as Microsoft publishes it with its SDK; it is of draft 4. */
const ajv = new Ajv({ schemaId: "auto", unknownFormats: "ignore" });
ajv.addMetaSchema(schemaOf("ajv/lib/refs/json-schema-draft-04.json"));
const isValid = ajv.compile(schemaOf("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));

function logOf(text: string): Log {
  const log = JSON.parse(text) as Log;
  isValid(log);
  expect(isValid.errors ?? []).toEqual([]);
  return log;
}

function reported(files: Readonly<Record<string, readonly Finding[]>>, redact = false): Result[] {
  return logOf(sarifReport(checkedFiles(files), { version: "1.2.3", redact })).runs[0]?.results ?? [];
}

function only(said: Partial<Finding>, path = "a.json", redact = false): Result | undefined {
  return reported({ [path]: [finding({ id: "overlap", ...said })] }, redact)[0];
}

const FLAT =
  '{"name": "a", "inbound_numbers": ["+15550100"], "rule": {"dispatchRuleDirect": {"roomName": "lobby"}}}';

/** The text with the replacements made, as SARIF means them: all of them are about the text as it was. */
function applied(text: string, replacements: readonly Replacement[]): string {
  const lines = [0, ...[...text.matchAll(/\r?\n/g)].map(({ index, 0: { length } }) => index + length)];
  const offset = (line = 1, column = 1): number => (lines[line - 1] ?? text.length) + column - 1;
  const pieces = replacements.map(({ deletedRegion: region, insertedContent }) => ({
    start: offset(region.startLine, region.startColumn),
    end: offset(region.endLine, region.endColumn),
    text: insertedContent?.text ?? "",
  }));
  return pieces.reduceRight(
    (all, piece) => all.slice(0, piece.start) + piece.text + all.slice(piece.end),
    text,
  );
}

const FIX: Fix = {
  applicability: "safe",
  edits: [
    { start: { line: 1, column: 2 }, end: { line: 1, column: 2 }, text: '"dispatch_rule": {' },
    { start: { line: 3, column: 1 }, end: { line: 4, column: 5 }, text: "" },
  ],
};

describe("SARIF", () => {
  it("is what its schema says, for every check and for none", () => {
    const all = ALL_CHECKS.map(({ id, severity }) => finding({ id, severity, next: "Mend it.", fix: FIX }));
    const { runs } = logOf(sarifReport(checkedFiles({ "a.json": all }), { version: "1.2.3", redact: false }));
    const [{ tool, results } = { tool: { driver: { name: "" } } }] = runs;
    expect(tool.driver).toMatchObject({ name: "sip-dispatch", version: "1.2.3" });
    expect(tool.driver.rules?.map(({ id }) => id)).toEqual(ALL_CHECKS.map(({ id }) => id));
    expect(
      results?.every(({ ruleId, ruleIndex = -1 }) => tool.driver.rules?.[ruleIndex]?.id === ruleId),
    ).toBe(true);
    expect(reported({})).toEqual([]);
  });

  it("says where, how severe and how certain, and where the other rules stand", () => {
    const also = [{ path: "sip/b.json", line: 7, column: 3 }];
    const result = only({ severity: "note", line: 3, column: 5, certainty: "likely", rule: "night", also });
    expect(result).toMatchObject({
      level: "note",
      message: { text: "This is overlap." },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: "a.json" }, region: { startLine: 3, startColumn: 5 } },
        },
      ],
      relatedLocations: [
        { physicalLocation: { artifactLocation: { uri: "sip/b.json" }, region: { startLine: 7 } } },
      ],
      properties: { certainty: "likely", rule: "night" },
    });
  });

  it.each([
    ["sip/a b.json", "sip/a%20b.json"],
    ["../a.json", "../a.json"],
    ["a:b#c?.json", "a%3Ab%23c%3F.json"],
    ["/tmp/a.json", "file:///tmp/a.json"],
    ["ä\ud800.json", "%C3%A4%EF%BF%BD.json"],
  ])("the path %s is the URI %s", (path, uri) => {
    expect(only({}, path)?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(uri);
  });

  it("gives the repair as replacements, unless it is redacted", () => {
    expect(only({ fix: FIX })?.fixes?.[0]?.artifactChanges).toEqual([
      {
        artifactLocation: { uri: "a.json" },
        replacements: [
          {
            deletedRegion: { startLine: 1, startColumn: 2, endLine: 1, endColumn: 2 },
            insertedContent: { text: '"dispatch_rule": {' },
          },
          { deletedRegion: { startLine: 3, startColumn: 1, endLine: 4, endColumn: 5 } },
        ],
      },
    ]);
    expect(only({ fix: FIX }, "a.json", true)?.fixes).toBeUndefined();
  });

  it.each([
    ["a.json", FLAT],
    ["a.json", `\uFEFF${FLAT.replaceAll(", ", ",\r\n  ")}\r\n`],
    ["a.ndjson", `${FLAT}\n${FLAT.replace("lobby", "d\u{1F600}sk")}\n`],
    [
      "a.yaml",
      "name: a\ninbound_numbers: ['+15550100']\nrule:\n  dispatchRuleDirect:\n    roomName: lobby\n",
    ],
    ["a.sh", `lk sip dispatch create - <<EOF\n${FLAT}\nEOF\n`],
  ])("gives replacements that make of %s what --fix makes", async (path, text) => {
    const context = { known: new Map(), silences: [], notices: [], isCheck: true } as const;
    const result = migrateDocument(path, await readDocument(path, text), {}, context);
    const checked = { ...checkedResults([result], { options: {} }), sources: 1, skipped: [] };
    const { runs } = logOf(sarifReport(checked, { version: "1.2.3", redact: false }));
    const changes = runs[0]?.results?.flatMap(
      ({ fixes = [] }) => fixes[0]?.artifactChanges[0]?.replacements ?? [],
    );
    // Columns are those of the text without a byte order mark, as editors and SARIF have it.
    const made = applied(text.replace("\uFEFF", ""), changes ?? []);
    expect(made).toBe(result.newText?.replace("\uFEFF", ""));
  });

  it("knows a finding again after lines have moved, and tells those apart that say the same", () => {
    const before = [
      finding({ id: "overlap", line: 3, message: "beside sip/b.json:7 (also 3:1)" }),
      finding({ id: "overlap", line: 9, message: "beside sip/b.json:7 (also 9:1)" }),
    ];
    const after = [
      finding({ id: "lk-refuses", line: 1 }),
      finding({ id: "overlap", line: 13, message: "beside sip/b.json:17 (also 13:1)" }),
      finding({ id: "overlap", line: 19, message: "beside sip/b.json:17 (also 19:1)" }),
    ];
    const prints = (findings: readonly Finding[]): (string | undefined)[] =>
      reported({ "a.json": findings }).map(
        ({ partialFingerprints }) => partialFingerprints?.["sipDispatch/v1"],
      );
    const [first, second] = prints(before);
    expect(first).not.toBe(second);
    expect(prints(after).slice(1)).toEqual([first, second]);
    expect(prints([finding({ id: "overlap", message: "calls to +15550100" })])).not.toEqual(
      prints([finding({ id: "overlap", message: "calls to +15550101" })]),
    );
  });

  it("lets no control character of a file through", () => {
    const odd = { message: "\u001b[31m\n\u202e", next: "\u0000", rule: "\u009b" };
    const text = JSON.stringify(reported({ "a\u0007.json": [finding({ id: "overlap", ...odd })] }));
    expect(JSON.stringify(JSON.parse(text))).toMatch(/^[\P{C}]*$/u);
  });

  it("reports a migration, too", async () => {
    const flat = '{"rule": {"dispatchRuleDirect": {"roomName": "lobby"}}}';
    const result = await migrateText("a.json", flat);
    const style = styleFor(false);
    const options = { style, quiet: false, redact: false, version: "1.2.3", calls: () => undefined };
    const { runs } = logOf(MIGRATION_FORMATS.sarif([result], options));
    expect(runs[0]?.results?.map(({ ruleId, level }) => [ruleId, level])).toEqual([["flat-form", "warning"]]);
  });
});
