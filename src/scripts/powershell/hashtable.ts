import type { ArrayValue, ObjectValue, Span, Value } from "../../rule/value.ts";
import type { Token } from "./lex.ts";

/** A hashtable literal of a script. Its value begins at the `{`, as an object does in JSON. */
export interface Hashtable {
  value: ObjectValue;
  /** True if it stands directly in another hashtable literal, or in a list in one. */
  nested: boolean;
  /** The first part that can't be read as `name = value`. */
  unread: Span | undefined;
  /** The indexes of the tokens that open and close it. */
  from: number;
  to: number;
}

/** A token of a statement, or a bracket with all that is in it. */
interface Element extends Span {
  token: Token;
  value?: Value;
}

/** A bracket that is not closed yet, with the statement or the item that is being read in it. */
interface Open {
  mark: string;
  from: number;
  value?: ObjectValue | ArrayValue;
  statement: Element[];
  unread?: Span;
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "{": "}", "[": "]" };

/**
 * The hashtable literals of a script (about_Hash_Tables), the inner before the outer. A bracket without its partner
 * takes what it stands in with it. Iterative, so that any nesting is survived.
 */
export function hashtablesOf(text: string, tokens: readonly Token[]): Hashtable[] {
  const found: Hashtable[] = [];
  const open: Open[] = [{ mark: "", from: -1, statement: [] }];
  for (const [index, token] of tokens.entries()) {
    const inner = open.at(-1);
    if (!inner || token.kind === "comment") continue;
    const mark = token.kind === "mark" ? token.mark : "";
    if (CLOSING[mark.at(-1) ?? ""]) {
      open.push({ mark, from: index, statement: [], ...container(mark, token) });
    } else if (")}]".includes(mark) && mark !== "") {
      const depth = open.findLastIndex((one) => CLOSING[one.mark.at(-1) ?? ""] === mark);
      if (depth < 0) continue;
      open.length = depth + 1;
      const closed = open.pop();
      if (!closed) continue;
      endStatement(text, closed);
      if (closed.value) closed.value.end = token.end;
      const start = tokens[closed.from]?.start ?? token.start;
      open
        .at(-1)
        ?.statement.push({ token, start, end: token.end, ...(closed.value && { value: closed.value }) });
      if (closed.value?.kind === "object") {
        const { value, unread, from } = closed;
        const nested = open.findLast((one) => one.mark !== "@(")?.mark === "@{";
        found.push({ value, nested, unread, from, to: index });
      }
    } else if (separates(inner, token, mark)) endStatement(text, inner);
    else if (token.kind !== "newline" && inner.value) {
      const value = scalarOf(text, token);
      inner.statement.push({ token, start: token.start, end: token.end, ...(value && { value }) });
    }
  }
  return found;
}

function container(mark: string, { start, end }: Span): { value?: ObjectValue | ArrayValue } {
  if (mark === "@{") return { value: { kind: "object", start: start + 1, end, members: [] } };
  return mark === "@(" ? { value: { kind: "array", start, end, items: [] } } : {};
}

function separates({ value, statement }: Open, token: Token, mark: string): boolean {
  if (!value) return false;
  if (mark === ";" || (mark === "," && value.kind === "array")) return true;
  if (token.kind !== "newline") return false;
  const last = statement.at(-1)?.token;
  return !(last?.kind === "mark" && [",", "=", "|"].includes(last.mark));
}

/** Adds the member or the item that the statement says to what it stands in. */
function endStatement(text: string, open: Open): void {
  const elements = open.statement.splice(0);
  const [first] = elements;
  const last = elements.at(-1);
  if (!first || !last || !open.value) return;
  if (open.value.kind === "array") {
    open.value.items.push(valueOf(text, elements, first, last));
    return;
  }
  const [, equals, ...rest] = elements;
  const [begin] = rest;
  const key = keyOf(text, first);
  if (key === undefined || !begin || equals?.token.kind !== "mark" || equals.token.mark !== "=") {
    open.unread ??= { start: first.start, end: last.end };
    return;
  }
  const at = { start: first.start, end: first.end };
  open.value.members.push({ key, at, value: valueOf(text, rest, begin, last) });
}

function keyOf(text: string, { token, value, start, end }: Element): string | undefined {
  if (token.kind === "string") return value?.kind === "string" ? value.value : undefined;
  const word = text.slice(start, end);
  return token.kind === "word" && /^[\w-]+$/.test(word) ? word : undefined;
}

/** A literal, or an expression. `[ordered]` and its like change nothing in what is sent. */
function valueOf(text: string, elements: readonly Element[], { start }: Span, { end }: Span): Value {
  const last = elements.at(-1)?.value;
  const casts = elements.slice(0, -1);
  const isContainer = last?.kind === "object" || last?.kind === "array";
  const isCast = casts.every((one) => one.token.kind === "mark" && one.token.mark === "]");
  if (last && (casts.length === 0 || (isContainer && isCast))) return last;
  // Its lines may be indented in another way: what a string goes on with never is.
  const raw = text.slice(start, end);
  const isShort = raw.length < LONGEST_EXPRESSION;
  return { kind: "code", start, end, raw: isShort ? raw.replaceAll(/(\r\n|\n|\r)[ \t]+/g, "$1") : raw };
}

/** In UTF-16 code units: expressions may stand in each other, and each is looked through. */
const LONGEST_EXPRESSION = 2000;

/** The value of a literal; of anything else an expression. A mark is none. */
function scalarOf(text: string, token: Token): Value | undefined {
  const { start, end } = token;
  if (token.kind === "mark") return undefined;
  const raw = text.slice(start, end);
  if (token.kind === "string") {
    const inside = text.slice(token.inside.start, token.inside.end);
    if (token.expandable && /[$`]/.test(inside)) return { kind: "code", start, end, raw };
    return {
      kind: "string",
      start,
      end,
      value: token.here ? inside : inside.replaceAll(/(['"\u2018-\u201E])\1/g, "$1"),
    };
  }
  if (/^-?\d+(\.\d+)?$/.test(raw)) return { kind: "number", start, end, raw };
  switch (raw.toLowerCase()) {
    case "$true":
    case "$false":
      return { kind: "boolean", start, end, value: raw.length === 5 };
    case "$null":
      return { kind: "null", start, end };
    default:
      return { kind: "code", start, end, raw };
  }
}
