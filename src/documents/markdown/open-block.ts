import type { Token } from "micromark-util-types";
import type { Span } from "../../rule/value.ts";
import type { CodeBlock } from "../code-block.ts";

/** A block of code whose tokens are being read. */
export class OpenBlock {
  /** How many of its fences were read. */
  fences = 0;
  private readonly text: string;
  private readonly isFenced: boolean;
  private readonly indent: number;
  private readonly lines: Line[] = [];
  private content: Span | undefined;
  private looseFrom: number | undefined;
  private isOpened: boolean;
  private language = "";
  private infoStart = 0;

  /** `indent` is what stands before the first fence, and is taken from each line where it has as much. */
  constructor(text: string, { type }: Token, indent: Token | undefined) {
    this.text = text;
    this.isFenced = type === "codeFenced";
    this.isOpened = !this.isFenced;
    this.indent = this.isFenced && indent ? indent.end.offset - indent.start.offset : 0;
  }

  take({ type, start: { offset: start }, end: { offset: end } }: Token): void {
    switch (type) {
      case "codeFencedFenceSequence":
        this.infoStart = end;
        break;
      case "codeFencedFence":
        this.fences++;
        if (this.fences === 1) this.language = languageIn(this.text.slice(this.infoStart, end));
        break;
      case "blockQuotePrefixWhitespace":
        this.looseFrom = start;
        break;
      case "listItemIndent":
        this.looseFrom = undefined;
        break;
      case "linePrefix":
        if (this.isFenced) this.looseFrom ??= start;
        break;
      case "codeFlowValue":
        this.content = { start, end };
        break;
      case "lineEnding":
        if (this.isOpened) this.endLine({ start, end: start });
        this.isOpened = true;
        this.looseFrom = undefined;
        break;
      default:
    }
  }

  close(): CodeBlock {
    if (this.content) this.endLine(this.content);
    const { language } = this;
    // Where the block begins without such space, its lines are indented as if none had any, and all of them keep it.
    const keepsLoose = this.lines.find(({ start, end }) => start < end)?.lacks !== "";
    const lines = this.lines.map(({ start, end, lacks, looseFrom }) =>
      keepsLoose ? { start: looseFrom, end } : { start, end, lacks },
    );
    if (this.isFenced) return { lines, language, label: language === "" ? "fence" : `${language} fence` };
    // What stands deep in HTML, or in an admonition, is indented with its fences.
    const holdsFence = lines.some(({ start, end }) => /^[ \t]*(```|~~~)/.test(this.text.slice(start, end)));
    return { lines, language: holdsFence ? "markdown" : "", label: "indented code" };
  }

  private endLine(blank: Span): void {
    const { start, end } = this.content ?? blank;
    const looseFrom = this.looseFrom ?? start;
    const indent = Math.max(0, this.indent - (start - looseFrom));
    const lacks = (this.text[start - 1] === ">" ? " " : "") + " ".repeat(indent);
    this.lines.push({ start, end, lacks, looseFrom });
    this.content = undefined;
  }
}

interface Line extends Span {
  /** Where the space starts that is taken from the line, but that it need not have. */
  looseFrom: number;
  /** The part of that space which the line lacks. */
  lacks: string;
}

/** The language in an info string: `json`, `json title="x"`, `json{1,3}`, `{python}`, `{.json .wide}`. */
function languageIn(info: string): string {
  return /^[\s{.=]*(?![\w.-]+=)([\w+#][\w.+#-]{0,30})/.exec(info)?.[1] ?? "";
}
