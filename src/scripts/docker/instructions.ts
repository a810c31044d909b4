import type { Span } from "../../rule/value.ts";

/** An instruction of a Dockerfile. */
export interface Instruction {
  /** In capital letters. */
  name: string;
  /** The text behind the name and its `--options`, its lines joined; and where that begins. */
  words: string;
  start: number;
  /** The same line by line, without comments. */
  lines: readonly Span[];
  at: Span;
  /** The heredocs: their lines with those of the tags, and without. */
  heredoc?: { lines: readonly Span[]; body: readonly Span[] };
}

/** The instructions of a Dockerfile, in order. */
export function instructionsIn(text: string, lines: readonly Span[]): Instruction[] {
  const said = (line: Span | undefined): string => (line ? text.slice(line.start, line.end) : "");
  const instructions: Instruction[] = [];
  for (let index = 0; index < lines.length; index++) {
    const first = lines[index];
    const [before = "", name] = /^\s*([A-Za-z]+)\s+(?:--(?!from)[\w-]+=\S+\s+)*/.exec(said(first)) ?? [];
    if (!first || name === undefined) continue;
    const own: Span[] = [{ start: first.start + before.length, end: first.end }];
    while (/\\\s*$/.test(said(lines[index]).slice(-50)) || isComment(said(lines[index]), own)) {
      const next = lines[++index];
      if (!next) break;
      if (!/^\s*#/.test(said(next))) own.push(next);
    }
    const words = own
      .map((line) => said(line).replace(/\\\s{0,50}$/, ""))
      .join(" ")
      .trim();
    const heredoc =
      /<</.test(words) && /^(RUN|COPY|ADD)$/i.test(name) ? bodies(text, lines, index, words) : undefined;
    const last = own.at(-1) ?? first;
    instructions.push({
      name: name.toUpperCase(),
      words,
      start: own[0]?.start ?? first.start,
      lines: own,
      at: { start: first.start, end: last.end },
      ...(heredoc && { heredoc }),
    });
    index += heredoc?.lines.length ?? 0;
  }
  return instructions;
}

/** A comment between the lines of an instruction does not end it. */
function isComment(line: string, own: readonly Span[]): boolean {
  return own.length > 0 && /^\s*#/.test(line);
}

function bodies(text: string, lines: readonly Span[], index: number, words: string): Instruction["heredoc"] {
  const tags = [...words.matchAll(/<<(-?)(["']?)(\w+)\2/g)].map(([, dash, , tag]) => ({ dash, tag }));
  const all: Span[] = [];
  const body: Span[] = [];
  for (const { dash, tag } of tags) {
    for (;;) {
      const line = lines[index + 1 + all.length];
      if (!line) return all.length > 0 ? { lines: all, body } : undefined;
      all.push(line);
      const said = text.slice(line.start, line.end);
      if ((dash === "-" ? said.replace(/^\t+/, "") : said) === tag) break;
      body.push(line);
    }
  }
  return tags.length > 0 ? { lines: all, body } : undefined;
}
