import { type CST, Lexer, Parser } from "yaml";

/**
 * The concrete syntax of a YAML text, which is whole: its tokens say every character. Undefined where it is nested
 * deeper than `mostDepth`: what is built on the tokens calls itself for each level, and so does the parser at the
 * end of a text. A byte order mark at the start is left out; offsets count it.
 */
export function tokensOf(text: string, mostDepth: number): CST.Token[] | undefined {
  const parser = new Parser();
  const start = text.startsWith("\uFEFF") ? 1 : 0;
  parser.offset = start;
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text.slice(start))) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > mostDepth) return undefined;
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

/** The places of all comments, in the order of the text. */
export function commentsOf(tokens: readonly CST.Token[]): { start: number; end: number }[] {
  const comments: { start: number; end: number }[] = [];
  const look = (token: unknown): void => {
    if (Array.isArray(token)) {
      for (const one of token) look(one);
    } else if (typeof token === "object" && token !== null) {
      const part = token as Partial<CST.SourceToken & Record<(typeof INSIDE)[number], unknown>>;
      if (part.type === "comment" && part.offset !== undefined && part.source !== undefined) {
        comments.push({ start: part.offset, end: part.offset + part.source.length });
      }
      for (const name of INSIDE) look(part[name]);
    }
  };
  look(tokens);
  return comments.toSorted((a, b) => a.start - b.start);
}

/** Where tokens hold others. */
const INSIDE = ["start", "props", "key", "sep", "value", "items", "end"] as const;
