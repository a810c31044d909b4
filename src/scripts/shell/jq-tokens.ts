import type { Span } from "../../rule/value.ts";

/** A piece of a jq program. The text of a string or a field is what it says, without quotes and dot. */
export interface JqToken extends Span {
  kind: "field" | "string" | "number" | "variable" | "name" | "format" | "mark";
  text: string;
}

const SPACE = /\s+/y;
const TOKEN =
  /\.(?<field>[A-Za-z_]\w*)|\.(?<quoted>"[^"\\]*")|(?<string>"(?:[^"\\]|\\[^(])*")|(?<number>\d+(?:\.\d+)?)|(?<variable>\$[A-Za-z_]\w*)|(?<name>[A-Za-z_]\w*(?:::\w+)*)|(?<format>@\w+)|(?<mark>\?\/\/=?|\/\/=|\/\/|\|=|[-+*/%=!<>]=|\.\.|[.[\](){}:;,|?+\-*/%<>=])/y;

/** The tokens of a program; undefined where it has others: comments, programs in strings. */
export function tokensOf(program: string): JqToken[] | undefined {
  const tokens: JqToken[] = [];
  let at = 0;
  for (;;) {
    SPACE.lastIndex = at;
    if (SPACE.test(program)) at = SPACE.lastIndex;
    if (at >= program.length) return tokens;
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(program);
    if (!found) return undefined;
    const [written] = found;
    const groups = found.groups ?? {};
    const token = { start: at, end: at + written.length };
    at = token.end;
    const { field, quoted, string, number, variable, name, format } = groups;
    if (field !== undefined || quoted !== undefined) {
      tokens.push({ ...token, kind: "field", text: field ?? (quoted ?? "").slice(1, -1) });
    } else if (string !== undefined) tokens.push({ ...token, kind: "string", text: string.slice(1, -1) });
    else if (number !== undefined) tokens.push({ ...token, kind: "number", text: number });
    else if (variable !== undefined) tokens.push({ ...token, kind: "variable", text: variable });
    else if (name !== undefined) tokens.push({ ...token, kind: "name", text: name });
    else if (format !== undefined) tokens.push({ ...token, kind: "format", text: format });
    else tokens.push({ ...token, kind: "mark", text: written });
  }
}
