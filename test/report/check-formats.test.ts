import { describe, expect, it } from "vitest";
import { migrateDocument } from "../../src/plan/migrate.ts";
import { CHECK_FORMATS } from "../../src/report/formats.ts";
import { styleFor } from "../../src/report/style.ts";
import { type Checked, checkedResults } from "../../src/run/check.ts";
import { readDocument } from "../../src/sources/document.ts";
import { checkedFiles, finding } from "./findings.ts";

const SECRET = /4321|hush/;

async function check(path: string, text: string): Promise<Checked> {
  const context = { known: new Map(), silences: [], isCheck: true } as const;
  const result = migrateDocument(path, await readDocument(path, text), {}, context);
  return { ...checkedResults([result], { options: {} }), sources: 1, skipped: [] };
}

const formats = Object.entries(CHECK_FORMATS);
const options = { quiet: false, verbose: true, version: "1.2.3" };

describe("a redacted report", () => {
  const DIRECT = '"rule": {"dispatchRuleDirect": {"roomName": "lobby", "pin": "4321"}}';
  const OTHERS = '"metadata": "hush {", "attributes": {"k": "hush"}, "roomConfig": {"metadata": "hush"}';
  const WRONG = '"metadata": 4321, "attributes": {"k": 4321}, "rule": {"dispatchRuleDirect": {"pin": 4321}}';
  const texts = {
    flat: `{"inbound_numbers": ["+15550100"], ${OTHERS}, ${DIRECT}}`,
    wrapped: `{"dispatch_rule": {${OTHERS}, ${DIRECT}}}`,
    listed: `{"items": [{"sipDispatchRuleId": "SDR_a", ${OTHERS}, ${DIRECT}}, {"sipDispatchRuleId": "SDR_b", ${DIRECT}}]}`,
    "wrong types": `{"dispatch_rule": {${WRONG}}}`,
    "a bare rule": `{"sip_dispatch_rule_id": "SDR_a", ${WRONG}}`,
    "mixed forms": `{"metadata": "hush", "dispatch_rule": {${OTHERS}, ${DIRECT}}}`,
    "an unknown field": `{"pins": "1", ${OTHERS}, ${DIRECT}}`,
  };

  it.each(Object.entries(texts))("says no secret of what is %s", async (_, text) => {
    const checked = await check("a.json", text);
    expect(checked.files.flatMap(({ findings }) => findings)).not.toEqual([]);
    for (const [, format] of formats)
      expect(format(checked, { ...options, redact: true }, styleFor(false))).not.toMatch(SECRET);
  });

  it("has no repair, which holds text of the file", async () => {
    const checked = await check("a.json", texts.flat);
    const json = (redact: boolean): string => CHECK_FORMATS.json(checked, { ...options, redact });
    expect(json(false)).toContain('"fix"');
    expect(json(true)).not.toContain('"fix"');
  });
});

describe("every format", () => {
  const many = Array.from({ length: 10_000 }, (_, at) =>
    finding({ id: "overlap", line: at + 1, rule: `${at}` }),
  );

  it.each(formats)("reports many findings, and none: %s", (_, format) => {
    for (const findings of [many, []]) {
      const checked = checkedFiles({ "a.json": findings });
      const text = format(checked, { ...options, redact: false }, styleFor(false));
      expect(text === "" || text.endsWith("\n")).toBe(true);
    }
  });
});
