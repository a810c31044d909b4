import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { migrateText } from "../../src/plan/migrate-text.ts";

const RULE = "rule:\n  dispatch_rule_direct: { room_name: desk }\n";
const WRAPPED = "dispatch_rule:\n  rule:\n    dispatch_rule_direct: { room_name: desk }\n";

/** Block scalars that keep the blank lines behind them, and others. */
const BLOCKS: readonly (readonly [string, string])[] = [
  ["kept lines", "$schema: |+\n  x\n\n"],
  ["folded lines that are kept", "$schema: >+\n  x\n\n"],
  ["lines that say their indentation", "$schema: |2+\n  x\n\n"],
  ["no lines", "$schema: |+\n"],
  ["lines of which one is kept", "$schema: |\n  x\n\n"],
  ["lines of which none is kept", "$schema: |-\n  x\n\n"],
  ["lines deep in a mapping", "_x:\n  y:\n    - |+\n      x\n\n"],
];
const ENDS: readonly (readonly [string, string])[] = [
  ["nothing", ""],
  ["a line break", "\n"],
  ["a blank line", "\n\n"],
  ["two blank lines", "\n\n\n"],
  ["a comment", "\n\n# end\n"],
  ["a comment on its line", " # end\n\n"],
  ["another document", "\n\n---\nx: 1\n"],
  ["an annotation", "\n\n_z: 1\n"],
];

/** The first document's annotations, as another reader reads them. */
function annotationsIn(text: string): unknown {
  const {
    rule,
    dispatch_rule,
    name: _,
    ...rest
  } = parse(text.split("---")[0] ?? "") as Record<string, unknown>;
  expect(rule ?? dispatch_rule).toBeDefined();
  return rest;
}

describe.each(BLOCKS)("a wrapper that is null behind %s", (_, block) => {
  it.each(ENDS)("and before %s", async (_name, end) => {
    const text = `${RULE}${block}dispatch_rule: null${end}`;
    const { sites, newText = "" } = await migrateText("rule.yaml", text);
    expect(sites[0]?.outcome).toBe("migrated");
    expect(newText.startsWith(WRAPPED + block.trimEnd())).toBe(true);
    expect(newText).not.toContain("null");
    expect(annotationsIn(newText)).toEqual(annotationsIn(text));
  });
});

it.each(BLOCKS)("%s behind the fields, before what follows, stay as they are", async (_, block) => {
  const text = `${RULE}${block}name: desk\n\n`;
  const { newText = "" } = await migrateText("rule.yaml", text);
  expect(annotationsIn(newText)).toEqual(annotationsIn(text));
});
