import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { migrateText } from "../../src/migrate/migrate.ts";
import { flatRequest, layOut, layoutStyle } from "./generate.ts";

/** A document that shows a request: what stands before it, before each of its lines, and after it. */
interface Shown {
  path: string;
  before: string[];
  prefix: string;
  after: string[];
}

const fence = fc.record({
  open: fc.constantFrom("```json", "~~~jsonc", "```` JSON", "```", '```json title="a" {1}', "```{.json}"),
  container: fc.constantFrom(
    { first: "", rest: "" },
    { first: "- ", rest: "  " },
    { first: "10. ", rest: "    " },
    { first: "-\t", rest: "\t" },
    { first: "> ", rest: "> " },
    { first: ">", rest: ">" },
    { first: "> 1. ", rest: ">    " },
    { first: "- - > ", rest: "    > " },
    { first: "  ", rest: "  " },
    { first: "   ", rest: "" },
  ),
  ending: fc.constantFrom(".md", ".mdx"),
});
const inFence: fc.Arbitrary<Shown> = fence.map(({ open, container: { first, rest }, ending }) => ({
  path: `page${ending}`,
  before: ["# Rules", "", "- one", "", "Text.", "", first + open],
  prefix: rest,
  after: [rest + (/^(`+|~+)/.exec(open)?.[0] ?? ""), "", "```", "text", "```"],
}));
const inDocument = fc.oneof(
  inFence,
  fc.constant<Shown>({
    path: "page.md",
    before: ["<details>", "<summary>It</summary>", "```json"],
    prefix: "",
    after: ["```", "</details>"],
  }),
  fc.constant<Shown>({ path: "page.md", before: ["Text:", ""], prefix: "    ", after: ["", "Text."] }),
  fc.constant<Shown>({
    path: "page.mdx",
    before: ["<Tabs>", "  <Tab>", "      ```json"],
    prefix: "      ",
    after: ["      ```", "  </Tab>", "</Tabs>"],
  }),
  fc.constant<Shown>({
    path: "rules.http",
    before: ["@host = x", "### create", "POST {{host}}/x", "Content-Type: application/json", ""],
    prefix: "",
    after: ["", "> {% client.log(response.body) %}", "", "### other", "GET x"],
  }),
  fc.constant<Shown>({
    path: "page.md",
    before: ["> ````http", "> POST x", ">"],
    prefix: "> ",
    after: ["> ````"],
  }),
);

/** A request with the trigger words in it, in a style that a fence can show. */
const shown = fc
  .tuple(flatRequest, layoutStyle, inDocument)
  .filter(([request]) => !/[\r\u2028]/.test(JSON.stringify(request)))
  .map(([request, style, document]) => {
    const { newline } = style;
    const alone = layOut(request, { ...style, bom: false, finalNewline: false });
    const around = (text: string): string => {
      const lines = text.split(newline).map((line) => document.prefix + line);
      return [...document.before, ...lines, ...document.after, ""].join(newline);
    };
    return { path: document.path, alone, around, bom: style.bom ? "\uFEFF" : "" };
  });

describe("laws of a migration inside a document", () => {
  it("what happens to a request is what happens to it alone, and all around it stays as it is", () =>
    fc.assert(
      fc.asyncProperty(shown, async ({ path, alone, around, bom }) => {
        const expected = await migrateText("rule.json", alone);
        const { sites, newText } = await migrateText(path, bom + around(alone));
        expect(sites.map(({ outcome, reason }) => [outcome, reason])).toEqual([["migrated", "named"]]);
        expect(newText).toBe(bom + around(expected.newText ?? "nothing"));
        expect(sites[0]?.after).toEqual(expected.sites[0]?.after);
      }),
      { numRuns: 500 },
    ));

  it("a second migration changes nothing", () =>
    fc.assert(
      fc.asyncProperty(shown, async ({ path, alone, around, bom }) => {
        const { newText } = await migrateText(path, bom + around(alone));
        const again = await migrateText(path, newText ?? "nothing");
        expect(again.newText).toBeUndefined();
        expect(again.sites.map(({ outcome }) => outcome)).toEqual(["already-wrapped"]);
      }),
      { numRuns: 200 },
    ));
});
