import { parse, postprocess, preprocess } from "micromark";
import type { Construct, Event, ParseContext, Token } from "micromark-util-types";
import type { Span } from "../../rule/value.ts";
import { lineStart } from "../../sources/lines.ts";
import type { CodeBlock } from "../code-block.ts";
import { OpenBlock } from "./open-block.ts";

/** MDX has no indented code. */
export type Flavour = "markdown" | "mdx";

/** The blocks and comments of a piece of a page. */
export interface ReadPiece {
  blocks: CodeBlock[];
  /** Where the line starts that opens a fence or a comment which has no end in this piece, and may have one after it. */
  open?: number;
  /** Where quotes and lists stand deeper in each other than they are read. */
  tooDeep?: number;
}

/** Reads a piece of a page that begins and ends outside of every quote and list. Offsets are those of the page. */
export function readPiece(text: string, { start, end }: Span, flavour: Flavour): ReadPiece {
  const disabled = [...NOT_CODE, ...(flavour === "mdx" ? ["codeIndented"] : [])];
  const parser = parse({ extensions: [{ disable: { null: disabled } }] });
  const read: ReadPiece = { blocks: [] };
  boundDepth(parser, (offset) => (read.tooDeep ??= offset));
  onlyComments(parser);
  const document = parser.document({ line: 1, column: 1, offset: start });
  const chunks = preprocess()(text.slice(start, end), undefined, true);
  const events = document.write(chunks);
  leaveParagraphs(events);
  collect(text, postprocess(events), read);
  return read;
}

/** Headings and breaks: where they are tells nothing about blocks of code, and takes more than linear time. */
const NOT_CODE = ["setextUnderline", "thematicBreak"];

/** Keeps the parser from reading paragraphs on, which takes more than linear time: no block of code stands in them. */
function leaveParagraphs(events: readonly Event[]): void {
  const flows = new Set(events.map(([, { _tokenizer: flow }]) => flow));
  for (const flow of flows) {
    for (const [, token] of flow?.events ?? []) {
      if (token.contentType === "text") delete token.contentType;
    }
  }
}

/** How deep quotes and lists may stand in each other: each line costs the parser the square of it. */
const DEEPEST = 100;

function boundDepth(parser: ParseContext, tooDeep: (offset: number) => void): void {
  let line = 0;
  let depth = 0;
  const bounded = (tokenize: Construct["tokenize"]): Construct["tokenize"] =>
    function (effects, ok, nok) {
      const now = this.now();
      depth = now.line === line ? depth + 1 : 1;
      line = now.line;
      if (depth <= DEEPEST) return tokenize.call(this, effects, ok, nok);
      tooDeep(now.offset);
      return nok;
    };
  replace(parser.constructs.document, (construct) => ({
    ...construct,
    tokenize: bounded(construct.tokenize),
    ...(construct.continuation && {
      continuation: { ...construct.continuation, tokenize: bounded(construct.continuation.tokenize) },
    }),
  }));
}

/** Reads all HTML as text but comments, since people write fences into it without the blank line that they need. */
function onlyComments({ constructs }: ParseContext): void {
  replace(constructs.flow, (construct) =>
    construct.name !== "htmlFlow"
      ? construct
      : {
          ...construct,
          tokenize(effects, ok, nok) {
            return effects.check(commentStart, construct.tokenize.call(this, effects, ok, nok), nok);
          },
        },
  );
}

const commentStart: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    let seen = 0;
    return function next(code) {
      if (code !== "<!--".charCodeAt(seen)) return nok(code);
      if (seen === 0) effects.enter("data");
      effects.consume(code);
      seen++;
      if (seen < 4) return next;
      effects.exit("data");
      return ok;
    };
  },
};

function replace(record: ParseContext["constructs"]["flow"], by: (construct: Construct) => Construct): void {
  for (const [code, list] of Object.entries(record)) {
    if (list) record[Number(code)] = [list].flat().map(by);
  }
}

const CONTAINERS: readonly string[] = ["blockQuote", "listOrdered", "listUnordered"];

/** Puts the blocks that the events tell into what is read. */
function collect(text: string, events: readonly Event[], read: ReadPiece): void {
  let depth = 0;
  let block: OpenBlock | undefined;
  let before: Token | undefined;
  for (const [event, token] of events) {
    const isCode = token.type === "codeFenced" || token.type === "codeIndented";
    if (CONTAINERS.includes(token.type)) depth += event === "enter" ? 1 : -1;
    if (event === "enter" && isCode) {
      block = new OpenBlock(text, token, before?.type === "linePrefix" ? before : undefined);
    } else if (event === "exit" && isCode && block) {
      read.blocks.push(block.close());
      if (depth === 0 && block.fences === 1) read.open = lineStart(text, token.start.offset);
      block = undefined;
    } else if (event === "exit" && token.type === "htmlFlow" && depth === 0) {
      const isOpen = !text.slice(token.start.offset, token.end.offset).includes("-->");
      if (isOpen) read.open = lineStart(text, token.start.offset);
    } else if (event === "exit") {
      block?.take(token);
    }
    before = token;
  }
}
