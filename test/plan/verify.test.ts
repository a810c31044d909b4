import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, type ParseError } from "jsonc-parser";
import { describe, expect, it } from "vitest";
import { migrateText } from "../../src/plan/migrate-text.ts";
import { exitStatus } from "../../src/report/totals.ts";
import { openWriter } from "../../src/run/write-results.ts";
import { readSource } from "../../src/files/read.ts";
import { json } from "../../src/documents/json/index.ts";
import type { Reader } from "../../src/sources/readers.ts";
import { applyEdits, type Edit } from "../../src/sources/syntax.ts";

const TEXTS = {
  "many fields": `{
  "_comment": "kept", // why
  "name": "support",
  "trunk_ids": ["ST_a"],
  "_note": [1, 2],
  "inbound_numbers": ["+15550100", "+15550101"], // ours
  "rule": {
    "dispatchRuleIndividual": { "roomPrefix": "support", "pin": "" }
  },
  "hide_phone_number": false,
  // "metadata": "old"
  "$schema": "x"
}
`,
  "one line": `{"rule":{"dispatchRuleDirect":{"roomName":"lobby"}},"inboundNumbers":["+15550100"]}`,
  "null wrapper": `{ "dispatch_rule": null, "rule": { "dispatchRuleDirect": { "roomName": "lobby" } }, "name": "" }`,
  expressions: `{ "trunk_ids": $IDS, "rule": { "dispatchRuleDirect": { "roomName": "a" } }, "inbound_numbers": [$N] }`,
};

/** The edits with one of them changed, and what was done to it. */
function mutants(text: string, edits: readonly Edit[]): { what: string; edits: Edit[] }[] {
  return edits.flatMap((edit, index) => {
    const replaced = (...by: Edit[]) => [...edits.slice(0, index), ...by, ...edits.slice(index + 1)];
    const shifted = (by: number) => replaced({ ...edit, start: edit.start + by, end: edit.end + by });
    const put = "text" in edit ? edit.text : text.slice(edit.copy.start, edit.copy.end);
    const span = { start: edit.start, end: edit.end };
    const texts = [
      put.replace("numbers", "inbound_numbers"),
      put.replace("dispatch_rule", "dispatchRule"),
      put.replace("dispatch_rule", "name"),
      put.replace("{", "["),
      put.replace("}", ""),
      `${put}"x": 1,`,
      `${put}// more\n`,
    ].filter((changed) => changed !== put);
    return [
      { what: `drop ${index}`, edits: replaced() },
      { what: `double ${index}`, edits: replaced(edit, edit) },
      ...[-2, -1, 1, 2].map((by) => ({ what: `shift ${index} by ${by}`, edits: shifted(by) })),
      { what: `widen ${index}`, edits: replaced({ ...edit, end: edit.end + 1 }) },
      ...texts.map((changed) => ({
        what: `write ${JSON.stringify(changed)} at ${index}`,
        edits: replaced({ ...span, text: changed }),
      })),
    ];
  });
}

/** The language of JSON, with somebody's edits instead of its own. */
const faulty = (edits: Edit[]): Reader[] => [
  { id: "json", matches: () => true, limit: 1e6, load: async () => ({ ...json, wrap: () => edits }) },
];

/** What an independent reader makes of a text, keys in order; undefined if it is broken. */
function meaning(text: string): string | undefined {
  const errors: ParseError[] = [];
  const quoted = text.replaceAll(/\$IDS|\$N/g, '"$&"');
  const value: unknown = parse(quoted, errors, { allowTrailingComma: true });
  return errors.length > 0 ? undefined : JSON.stringify(value);
}

async function ownEdits(text: string): Promise<Edit[]> {
  const found: Edit[] = [];
  const spy = {
    ...json,
    wrap: (...args: Parameters<typeof json.wrap>) => {
      found.splice(0, found.length, ...json.wrap(...args));
      return found;
    },
  };
  await migrateText("rule.json", text, {}, [
    { id: "json", matches: () => true, limit: 1e6, load: async () => spy },
  ]);
  return found;
}

describe.each(Object.entries(TEXTS))(
  "every mutant of the edits to %s that changes fields, values or annotations",
  (_, text) => {
    it("is refused with status 4 and an untouched file", async () => {
      const folder = mkdtempSync(join(tmpdir(), "sip-dispatch-"));
      const file = join(folder, "rule.json");
      writeFileSync(file, text);
      const edits = await ownEdits(text);
      const right = meaning(applyEdits(text, edits));
      expect(right).toBeDefined();
      let changed = 0;
      for (const mutant of mutants(text, edits)) {
        if (meaning(applyEdits(text, mutant.edits)) === right) continue;
        changed++;
        const source = readSource(file, 1e6);
        if (!("text" in source)) throw new Error("unreadable");
        const result = await migrateText(file, source.text, {}, faulty(mutant.edits));
        const { value: written } = await openWriter(true).overwrite([{ source, result }]).next();
        expect([mutant.what, written && exitStatus([written], false), result.newText]).toEqual([
          mutant.what,
          4,
          undefined,
        ]);
        expect(readFileSync(file, "utf8")).toBe(text);
      }
      expect(changed).toBeGreaterThan(edits.length);
      rmSync(folder, { recursive: true });
    });

    it("while the edits themselves pass", async () => {
      const result = await migrateText("rule.json", text, {}, faulty(await ownEdits(text)));
      expect(exitStatus([result], false)).toBe(0);
      expect(result.newText).toBe(applyEdits(text, await ownEdits(text)));
    });
  },
);

describe("a site that fails", () => {
  it("loses its own edits only", async () => {
    const list = `[\n  {"rule":{"dispatchRuleDirect":{"roomName":"a"}}},\n  {"rule":{"dispatchRuleDirect":{"roomName":"b"}}}\n]`;
    const onlySecond: Reader[] = [
      {
        id: "json",
        matches: () => true,
        limit: 1e6,
        load: async () => ({
          ...json,
          wrap: (source, site, rewrite, reading) =>
            site.at.start < 10 ? [] : json.wrap(source, site, rewrite, reading),
        }),
      },
    ];
    const result = await migrateText("rule.json", list, {}, onlySecond);
    expect(result.sites.map((site) => [site.outcome, site.reason])).toEqual([
      ["needs-person", "defect"],
      ["migrated", "named"],
    ]);
    expect(result.newText).toBe(
      list.replace(
        '{"rule":{"dispatchRuleDirect":{"roomName":"b"}}}',
        '{"dispatch_rule":{"rule":{"dispatchRuleDirect":{"roomName":"b"}}}}',
      ),
    );
  });
});
