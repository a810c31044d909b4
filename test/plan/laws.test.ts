import fc from "fast-check";
import { createScanner, parse, SyntaxKind } from "jsonc-parser";
import { describe, expect, it } from "vitest";
import { cases } from "../cases.ts";
import { migrateText } from "../../src/plan/migrate-text.ts";
import {
  flatRequest,
  layOut,
  layoutStyle,
  type Plain,
  renamesNumbers,
  respelled,
  wrapByHand,
} from "./generate.ts";

const RUNS = cases(75);
const written = fc
  .tuple(flatRequest, layoutStyle)
  .map(([request, style]) => ({ request, style, text: layOut(request, style) }));

const migrated = async (text: string): Promise<string> => {
  const { sites, newText } = await migrateText("rule.json", text);
  expect(
    sites.map((site) => [site.outcome, site.reason, site.findings.find((one) => one.severity === "error")]),
  ).toEqual([["migrated", "named", undefined]]);
  return newText ?? "nothing";
};

/** What an independent reader makes of the text. It knows comments and trailing commas, but no `__proto__`. */
const meaning = (text: string): unknown =>
  parse(text.replace(/^\uFEFF/, ""), [], { allowTrailingComma: true });

const withoutProto = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, inner: unknown) => (key === "__proto__" ? undefined : inner));

describe("laws of a migration in JSON", () => {
  it("1: the request means what was planned", () =>
    fc.assert(
      fc.asyncProperty(written, async ({ request, style, text }) => {
        const after = meaning(await migrated(text)) as Plain;
        const { dispatch_rule: info, ...annotations } = after;
        const expected = respelled(wrapByHand(request)["dispatch_rule"], style);
        expect(withoutProto(info)).toEqual(withoutProto(expected));
        expect(annotations).toEqual(
          Object.fromEntries(style.annotations.map(({ key, value }) => [key, value])),
        );
      }),
      RUNS,
    ));

  it("2: a second migration changes nothing", () =>
    fc.assert(
      fc.asyncProperty(written, async ({ text }) => {
        const again = await migrateText("rule.json", await migrated(text));
        expect(again.newText).toBeUndefined();
        expect(again.sites.map((site) => site.outcome)).toEqual(["already-wrapped"]);
      }),
      RUNS,
    ));

  it("4: no token changes but those that wrap, and the one key", () =>
    fc.assert(
      fc.asyncProperty(written, async ({ request, style, text }) => {
        fc.pre(style.annotations.length === 0);
        const isRenamed = (token: string): boolean => renamesNumbers(request) && isInboundNumbers(token);
        const before = tokens(text).map((token) => (isRenamed(token) ? '"numbers"' : token));
        const after = tokens(await migrated(text));
        const start = before.indexOf("{") + 1;
        const leading = before.slice(start).findIndex((token) => !token.startsWith("/")) + start;
        const expected = before.slice(0, before.lastIndexOf("}"));
        expected.splice(leading, 0, '"dispatch_rule"', ":", "{");
        expected.push("}", ...(style.trailingComma ? [","] : []), "}");
        expect(withoutComments(after)).toEqual(withoutComments(expected));
      }),
      RUNS,
    ));

  it("5: comments, line endings, byte order mark and the final newline survive", () =>
    fc.assert(
      fc.asyncProperty(written, async ({ style, text }) => {
        const after = await migrated(text);
        expect(comments(after).toSorted()).toEqual(comments(text).toSorted());
        expect(after.startsWith("\uFEFF")).toBe(style.bom);
        expect(after.endsWith(`}${style.newline}`)).toBe(style.finalNewline);
        expect(after.endsWith("}")).toBe(!style.finalNewline);
        const endings = new Set(after.match(/\r\n|\n|\r/g));
        expect([...endings].every((ending) => ending === style.newline)).toBe(true);
        if (style.oneLine) expect(after.trimEnd()).not.toMatch(/[\r\n]/);
      }),
      RUNS,
    ));

  it("indents everything inside by one step more, and nothing else", () =>
    fc.assert(
      fc.asyncProperty(written, async ({ request, style, text }) => {
        fc.pre(!style.oneLine && style.annotations.length === 0);
        const lines = text
          .replace(/^\uFEFF/, "")
          .trimEnd()
          .split(style.newline);
        const after = (await migrated(text))
          .replace(/^\uFEFF/, "")
          .trimEnd()
          .split(style.newline);
        const inside = lines.slice(1, -1).map((line) => style.indent + line);
        const { indent, colon } = style;
        const comma = style.trailingComma ? "," : "";
        const expected = ["{", `${indent}"dispatch_rule"${colon}{`, ...inside, `${indent}}${comma}`, "}"];
        expect(after.map(unescaped)).toEqual(
          expected.map(unescaped).map((line) => (renamesNumbers(request) ? rename(line) : line)),
        );
      }),
      RUNS,
    ));
});

const unescaped = (line: string): string =>
  line.replace(/"\\u00(69|6e)/, (_, code: string) => `"${String.fromCharCode(Number.parseInt(code, 16))}`);
const rename = (line: string): string =>
  line.replace(/^(\s*)"(inbound_numbers|inboundNumbers)"/, '$1"numbers"');

function tokens(text: string): string[] {
  const scanner = createScanner(text.replace(/^\uFEFF/, ""), false);
  const found: string[] = [];
  for (let kind = scanner.scan(); kind !== SyntaxKind.EOF; kind = scanner.scan()) {
    if (kind !== SyntaxKind.Trivia && kind !== SyntaxKind.LineBreakTrivia) {
      found.push(
        text
          .replace(/^\uFEFF/, "")
          .slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength()),
      );
    }
  }
  return found;
}

const isInboundNumbers = (token: string): boolean =>
  token.startsWith('"') && ["inbound_numbers", "inboundNumbers"].includes(JSON.parse(token) as string);
const comments = (text: string): string[] => tokens(text).filter((token) => token.startsWith("/"));
const withoutComments = (all: string[]): string[] => all.filter((token) => !token.startsWith("/"));
