import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { cases } from "../cases.ts";
import { migrateText } from "../../src/plan/migrate-text.ts";
import type { MigrateOptions } from "../../src/config/options.ts";
import { flatRequest, type Plain, wrapByHand, renamesNumbers } from "../plan/generate.ts";
import { annotated, layOutYaml, yamlStyle, type YamlStyle } from "./yaml-layout.ts";

const RUNS = cases(50);
/** JavaScript's objects put keys that are numbers first, and have no key `__proto__`. */
const hasOddKeys = (request: Plain): boolean => /"(\d+|__proto__)":/.test(JSON.stringify(request));
const plainRequest = flatRequest.filter((request) => !hasOddKeys(request));
const written = fc
  .tuple(plainRequest, yamlStyle)
  .map(([request, style]) => ({ request, style, text: layOutYaml(request, style) }));

/** What yaml's own reader makes of all documents. */
function meaning(text: string): unknown[] {
  return parseAllDocuments(text.replace(/^\uFEFF/, "")).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as unknown;
  });
}

async function migrated(text: string, options?: MigrateOptions): Promise<string> {
  const { sites, newText } = await migrateText("rule.yaml", text, options);
  const found = sites.filter(({ outcome }) => outcome !== "not-create");
  expect(
    found.map((site) => [site.outcome, site.reason, site.findings.find((one) => one.severity === "error")]),
  ).toEqual([["migrated", "named", undefined]]);
  return newText ?? "nothing";
}

/** What the text is to say, with the request as it is given. */
function framed(request: Plain, { frame }: YamlStyle): unknown[] {
  if (frame === "list" || frame === "spread list") return [[request, { other: 1 }]];
  return frame === "second document" ? [{ first: 1 }, request, { third: 3 }] : [request];
}

/** The request and its annotations, wrapped by hand: those before the last field stand before the wrapper. */
function wrappedByHand(request: Plain, style: YamlStyle): Plain {
  const members = Object.entries(annotated(request, style)).filter(([key]) => key !== "dispatch_rule");
  const isAnnotation = ([key]: [string, unknown]) => /^[_$]/.test(key);
  const last = members.findLastIndex((member) => !isAnnotation(member));
  return Object.fromEntries([
    ...members.slice(0, last).filter(isAnnotation),
    ...Object.entries(wrapByHand(request)),
    ...members.slice(last + 1).filter(isAnnotation),
  ]);
}

const inOrder = (value: unknown): string => JSON.stringify(value);
/** Comments on the lines where the laid out style can write them. */
const comments = (text: string): string[] =>
  (text.match(/(^|\s)#( (note|name: old|- \{))?(?=\r?$)/gm) ?? []).map((one) => one.trim());

describe("laws of a migration in YAML", () => {
  it("the layouts say the request, by yaml's own reader", () => {
    fc.assert(
      fc.property(written, ({ request, style, text }) => {
        expect(inOrder(meaning(text))).toBe(inOrder(framed(annotated(request, style), style)));
      }),
      RUNS,
    );
  });

  it("1: the request means what was planned, in the same order, by yaml's own reader", () =>
    fc.assert(
      fc.asyncProperty(written, async ({ request, style, text }) => {
        const expected = framed(wrappedByHand(request, style), style);
        expect(inOrder(meaning(await migrated(text)))).toBe(inOrder(expected));
      }),
      RUNS,
    ));

  it("2: a second migration changes nothing", () =>
    fc.assert(
      fc.asyncProperty(written, async ({ text }) => {
        const again = await migrateText("rule.yaml", await migrated(text));
        expect(again.newText).toBeUndefined();
        expect(again.sites.map((site) => site.outcome).filter((one) => one !== "not-create")).toEqual([
          "already-wrapped",
        ]);
      }),
      RUNS,
    ));

  it("4: without annotations, nothing changes but one line and the indentation of those below it", () =>
    fc.assert(
      fc.asyncProperty(written, async ({ request, style: any }) => {
        const style = { ...any, annotations: [], nullWrapper: undefined, frame: "top" as const };
        const text = layOutYaml(request, style);
        const lines = text.replace(/^\uFEFF/, "").split(style.newline);
        const after = (await migrated(text)).replace(/^\uFEFF/, "").split(style.newline);
        const opening = lines.findIndex((line) => /^[^\s#]/.test(line));
        const [wrapper = ""] = after.splice(opening, 1);
        expect(wrapper.replaceAll(/["']/g, "")).toBe("dispatch_rule:");
        expect(after.slice(0, opening)).toEqual(lines.slice(0, opening));
        const inside = lines.slice(opening);
        const step = /^ */.exec(after[opening] ?? "")?.[0] ?? "";
        expect(step).not.toBe("");
        const indented = inside.map((line) => (line.trim() === "" ? line : step + line));
        const expected = renamesNumbers(request) ? indented.map(rename) : indented;
        // Comments flush left behind the last field stay where they are: none are written there.
        expect(after.slice(opening)).toEqual(expected);
      }),
      RUNS,
    ));

  it("5: comments, line endings, byte order mark and the final newline survive", () =>
    fc.assert(
      fc.asyncProperty(written, async ({ style, text }) => {
        const after = await migrated(text);
        expect(comments(after).toSorted()).toEqual(comments(text).toSorted());
        expect(after.startsWith("\uFEFF")).toBe(style.bom);
        expect(after.endsWith("\n")).toBe(text.endsWith("\n"));
        expect(after.replaceAll(style.newline, "")).not.toMatch(/[\r\n]/);
      }),
      RUNS,
    ));

  it("binds trunks where there are none", () =>
    fc.assert(
      fc.asyncProperty(written, async ({ request: any, style }) => {
        const request = { ...any, ...("trunk_ids" in any && { trunk_ids: [] }) };
        const [after] = meaning(
          await migrated(layOutYaml(request, { ...style, frame: "top" }), { trunkIds: ["ST_1", "ST_2"] }),
        );
        expect((after as { dispatch_rule: Plain })["dispatch_rule"]["trunk_ids"]).toEqual(["ST_1", "ST_2"]);
      }),
      RUNS,
    ));

  it("in brackets: means what was planned, and stays in brackets", () =>
    fc.assert(
      fc.asyncProperty(plainRequest, fc.constantFrom(0, 2), async (request, indent) => {
        const text = `- ${JSON.stringify(request, null, indent)
          .replaceAll(/\n/g, "\n  ")
          .replaceAll(/^(\s*|- \{)"(name|rule|[a-z]+(?:_[a-z]+)+)":/gm, "$1$2:")}\n- [1]\n`;
        const after = await migrated(text);
        expect(inOrder(meaning(after))).toBe(inOrder([[wrapByHand(request), [1]]]));
        expect(after.split("\n").length - text.split("\n").length).toBe(indent === 0 ? 0 : 2);
      }),
      RUNS,
    ));
});

const rename = (line: string): string => line.replace(/^(\s*["']?)inbound_numbers(["']?:)/, "$1numbers$2");
