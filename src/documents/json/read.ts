import { createScanner, ScanError, SyntaxKind } from "jsonc-parser";
import type { ArrayValue, ObjectValue, Span, Value } from "../../rule/value.ts";
import { positions } from "../../sources/position.ts";
import type { Problem, Refused } from "../../sources/syntax.ts";
import { placeholderEnd } from "../../sources/placeholder-end.ts";

/** A JSON text as it was written. */
export interface JsonText {
  value: Value;
  comments: Span[];
  /** The deviations from strict JSON, in the order of the text. */
  refused: Refused[];
}

/**
 * Reads JSON with comments, trailing commas, repeated keys, and placeholders that stand unquoted where a value
 * belongs. Iterative, so that any nesting is survived. Gives the first problem for anything else.
 */
export function readJson(text: string): JsonText | Problem {
  const scanner = createScanner(text, false);
  const comments: Span[] = [];
  const refused: Refused[] = [];
  const open: (ObjectValue | ArrayValue)[] = [];
  let root: Value | undefined;
  let key = "";
  let keyAt: Span = { start: 0, end: 0 };
  let expected: Expected = "value";
  /** The comma after which a `}` or `]` would make it a trailing one. */
  let comma: Span | undefined;

  if (text.startsWith("\uFEFF")) {
    refused.push({ start: 0, end: 1, what: "byte-order-mark" });
    scanner.setPosition(1);
  }

  const put = (value: Value): void => {
    const parent = open.at(-1);
    if (!parent) root = value;
    else if (parent.kind === "array") parent.items.push(value);
    else parent.members.push({ key, at: keyAt, value });
    expected = parent ? "separator" : "end";
  };
  const begin = (value: ObjectValue | ArrayValue): void => {
    put(value);
    open.push(value);
    comma = undefined;
    expected = value.kind === "array" ? "item" : "key";
  };

  for (;;) {
    const token = scanner.scan();
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    const error = scanner.getTokenError();
    if (error !== ScanError.None) return { at: { start, end }, message: SCAN_ERRORS[error] };

    switch (token) {
      case SyntaxKind.Trivia:
      case SyntaxKind.LineBreakTrivia:
        continue;
      case SyntaxKind.LineCommentTrivia:
      case SyntaxKind.BlockCommentTrivia:
        comments.push({ start, end });
        refused.push({ start, end, what: "comment" });
        continue;
      case SyntaxKind.EOF:
        if (expected === "end" && root) return { value: root, comments, refused };
        return cutOff(text, open);
      default:
    }

    if (expected === "value" || expected === "item") {
      const mayBePlaceholder = token === SyntaxKind.Unknown || token === SyntaxKind.OpenBraceToken;
      const placeholder = mayBePlaceholder ? placeholderEnd(text, start) : undefined;
      if (placeholder !== undefined) {
        scanner.setPosition(placeholder);
        refused.push({ start, end: placeholder, what: "placeholder" });
        put({ kind: "code", start, end: placeholder, raw: text.slice(start, placeholder) });
        continue;
      }
      if (token === SyntaxKind.OpenBraceToken) {
        begin({ kind: "object", start, end, members: [] });
        continue;
      }
      if (token === SyntaxKind.OpenBracketToken) {
        begin({ kind: "array", start, end, items: [] });
        continue;
      }
      const scalar = scalarValue(token, scanner.getTokenValue(), start, end);
      if (scalar) {
        put(scalar);
        continue;
      }
    } else if (expected === "key" && token === SyntaxKind.StringLiteral) {
      key = scanner.getTokenValue();
      keyAt = { start, end };
      expected = "colon";
      continue;
    } else if (expected === "colon" && token === SyntaxKind.ColonToken) {
      expected = "value";
      continue;
    } else if (expected === "separator" && token === SyntaxKind.CommaToken) {
      comma = { start, end };
      expected = open.at(-1)?.kind === "array" ? "item" : "key";
      continue;
    }

    if (closes(token, open.at(-1)) && expected !== "value" && expected !== "colon") {
      const closed = open.pop();
      if (closed) closed.end = end;
      if (expected !== "separator" && comma) refused.push({ ...comma, what: "trailing-comma" });
      comma = undefined;
      expected = open.length > 0 ? "separator" : "end";
      continue;
    }
    return { at: { start, end }, message: unexpected(expected, text.slice(start, end)) };
  }
}

type Expected = "value" | "item" | "key" | "colon" | "separator" | "end";

const WANTED: Record<Expected, string> = {
  value: "a value",
  item: "a value or `]`",
  key: "a key in double quotes or `}`",
  colon: "`:`",
  separator: "`,` or the closing bracket",
  end: "the end of the JSON",
};

const SCAN_ERRORS: Record<Exclude<ScanError, ScanError.None>, string> = {
  [ScanError.UnexpectedEndOfComment]: "this comment has no end",
  [ScanError.UnexpectedEndOfString]: "this string has no closing quote on its line",
  [ScanError.UnexpectedEndOfNumber]: "this number has no end",
  [ScanError.InvalidUnicode]: "this string holds a \\u escape that is not four hexadecimal digits",
  [ScanError.InvalidEscapeCharacter]: "this string holds an escape that JSON does not have",
  [ScanError.InvalidCharacter]: "this string holds a control character that JSON wants escaped",
};

function scalarValue(token: SyntaxKind, text: string, start: number, end: number): Value | undefined {
  switch (token) {
    case SyntaxKind.StringLiteral:
      return { kind: "string", start, end, value: text };
    case SyntaxKind.NumericLiteral:
      return { kind: "number", start, end, raw: text };
    case SyntaxKind.TrueKeyword:
    case SyntaxKind.FalseKeyword:
      return { kind: "boolean", start, end, value: token === SyntaxKind.TrueKeyword };
    case SyntaxKind.NullKeyword:
      return { kind: "null", start, end };
    default:
      return undefined;
  }
}

function closes(token: SyntaxKind, container: ObjectValue | ArrayValue | undefined): boolean {
  if (token === SyntaxKind.CloseBraceToken) return container?.kind === "object";
  return token === SyntaxKind.CloseBracketToken && container?.kind === "array";
}

function unexpected(expected: Expected, found: string): string {
  if (expected === "end" && (found === "{" || found === "[")) {
    return "a second document begins here; several are read where each stands on a line of its own";
  }
  const shown = found.length > 20 ? `${found.slice(0, 20)}…` : found;
  return `expected ${WANTED[expected]} here, found \`${shown}\``;
}

function cutOff(text: string, open: (ObjectValue | ArrayValue)[]): Problem {
  const at = { start: text.length, end: text.length };
  const inner = open.at(-1);
  if (!inner) return { at, message: "there is no JSON in it" };
  const { line, column } = positions(text)(inner.start);
  return { at, message: `the text ends inside the ${inner.kind} that opens at ${line}:${column}` };
}
