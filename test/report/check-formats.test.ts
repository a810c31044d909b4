import { describe, expect, it } from "vitest";
import type { MigrateOptions } from "../../src/config/options.ts";
import { migrateDocument } from "../../src/plan/migrate.ts";
import { CHECK_FORMATS } from "../../src/report/formats.ts";
import { styleFor } from "../../src/report/style.ts";
import { type Checked, checkedResults } from "../../src/run/check.ts";
import { readTrunks } from "../../src/routing/trunks.ts";
import { noticesOf } from "../../src/evidence/existing-rules.ts";
import { readDocument } from "../../src/sources/document.ts";
import { checkedFiles, finding } from "./findings.ts";

const SECRET = /4321|hush/;

async function check(path: string, text: string, options: MigrateOptions = {}): Promise<Checked> {
  const document = await readDocument(path, text);
  const notices = noticesOf(path, document);
  const context = { known: new Map(), silences: [], notices, isCheck: true } as const;
  const result = migrateDocument(path, document, options, context);
  return { ...checkedResults([result], { options }), sources: 1, skipped: [] };
}

const formats = Object.entries(CHECK_FORMATS);
const options = { style: styleFor(false), quiet: false, verbose: true, version: "1.2.3" };

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
      expect(format(checked, { ...options, redact: true })).not.toMatch(SECRET);
  });

  it("has no repair, which holds text of the file", async () => {
    const checked = await check("a.json", texts.flat);
    const json = (redact: boolean): string => CHECK_FORMATS.json(checked, { ...options, redact });
    expect(json(false)).toContain('"fix"');
    expect(json(true)).not.toContain('"fix"');
  });
});

describe("a rule that a server lists", () => {
  const read = readTrunks('{"items": [{"sipTrunkId": "ST_a", "numbers": ["+15550100", "+15550101"]}]}');
  const { trunks: knownTrunks } = "problem" in read ? { trunks: [] } : read;
  const rule = (id: string, number: string, pin = ""): string =>
    `{"sipDispatchRuleId": "${id}", "trunkIds": ["ST_a"], "inboundNumbers": ["${number}"], "rule": {"dispatchRuleDirect": {"roomName": "a", "pin": "${pin}"}}}`;
  const lines = async (redact: boolean, ...rules: readonly string[]): Promise<string[]> => {
    const checked = await check("-", `{"items": [${rules.join(", ")}]}`, { knownTrunks });
    return CHECK_FORMATS.text(checked, { ...options, redact }).split("\n");
  };

  it("is given the line that repairs it there, whole, each its own", async () => {
    const said = await lines(false, rule("SDR_a", "+15550100"), rule("SDR_b", "+15550101"));
    const found = said.filter((line) => line.includes("lk sip dispatch update"));
    expect(found).toEqual([
      expect.stringMatching(
        /^ {4}printf '%s' '\{.*"numbers":\["\+15550100"\].*\}' \| lk sip dispatch update --id SDR_a -$/,
      ),
      expect.stringMatching(
        /^ {4}printf '%s' '\{.*"numbers":\["\+15550101"\].*\}' \| lk sip dispatch update --id SDR_b -$/,
      ),
    ]);
    expect(said.filter((line) => line.includes("This line does it"))).toHaveLength(1);
  });

  it("is given none that would have to repeat what is hidden", async () => {
    const said = await lines(true, rule("SDR_a", "+15550100", "4321"));
    expect(said.join(" ")).not.toMatch(SECRET);
    expect(said.join(" ").replaceAll(/ +/g, " ")).toContain(
      "No line of `lk` repairs it: `--redact` hides a value",
    );
  });
});

describe("every format", () => {
  const many = Array.from({ length: 10_000 }, (_, at) =>
    finding({ id: "overlap", line: at + 1, rule: `${at}` }),
  );

  it.each(formats)("reports many findings, and none: %s", (_, format) => {
    for (const findings of [many, []]) {
      const checked = checkedFiles({ "a.json": findings });
      const text = format(checked, { ...options, redact: false });
      expect(text === "" || text.endsWith("\n")).toBe(true);
    }
  });

  it("heads a comment with the sums alone, and says the kinds in lines of their own", () => {
    const comment = CHECK_FORMATS.markdown(checkedFiles({ "a.json": many }), { ...options, redact: false });
    expect(comment).toMatch(
      /^### sip-dispatch: 1 rule in 1 file: 10,000 warnings\.\n\n- \*\*warning\*\* `overlap`: /,
    );
    expect(CHECK_FORMATS.text(checkedFiles({ "a.json": many }), { ...options, redact: false })).toContain(
      "10,000 warnings (10,000 overlap).",
    );
  });
});
