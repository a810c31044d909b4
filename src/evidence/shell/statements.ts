import type { Span } from "../../rule/value.ts";
import { blocksOf } from "../../scripts/shell/blocks.ts";
import { unitsOf } from "../../scripts/shell/quoting.ts";
import type { Document } from "../../sources/document.ts";
import { type Command, type Part, type Script, spanOf, type Word } from "../../sources/script.ts";
import {
  asText,
  joinTexts,
  knownText,
  OWN_FOLDER,
  type PartlyKnown,
  pathOf,
  templateText,
  unknownPiece,
} from "../../sources/partly-known.ts";
import { commandStep } from "./commands.ts";
import { outputOf, type ShellCommand, type ShellWord } from "./words.ts";
import { beginningIn } from "../spans.ts";
import type { Statement } from "../statement.ts";
import type { Fact } from "../../sources/fact.ts";
import type { Values } from "../bindings.ts";

/**
 * Tells `values` what the names of a script stand for, and gives what reads its statements: with what `values` knows by
 * then. `regions` are those of its document, as spans of `text`.
 */
export function shellStatements(
  document: Document,
  script: Script,
  regions: readonly Span[],
  values: Values,
): () => Statement[] {
  const reader = new ShellReader(document, script, regions, values);
  reader.read();
  values.enter(undefined);
  return () => reader.read();
}

class ShellReader {
  readonly #text: string;
  readonly #document: Document;
  /** The regions that begin in a span. */
  readonly #regionsIn: (span: Span) => number[];
  readonly #values: Values;
  readonly #script: Script;
  readonly #functions: ReadonlySet<string>;

  constructor(document: Document, script: Script, regions: readonly Span[], values: Values) {
    this.#document = document;
    this.#text = document.text;
    this.#regionsIn = beginningIn(regions);
    this.#values = values;
    this.#script = script;
    this.#functions = new Set(script.commands.flatMap(({ defines }) => defines ?? []));
  }

  read(): Statement[] {
    const all = [...this.#statements(this.#script.main, [])];
    for (const [at, list] of this.#script.lists) all.push(...this.#statements(list, [substitution(at)]));
    return all;
  }

  /** The statements of a list of commands; `captured` is what gets what they print. */
  #statements(list: readonly Command[], captured: readonly string[]): Statement[] {
    const { closers } = blocksOf(this.#text, list);
    /** For each command the blocks in which it stands whose output goes on, by the names that get it. */
    const outputs = new Map<number, string[]>();
    for (const [open, closing] of closers) {
      const defined = list[open - 1]?.defines ?? list[open]?.defines;
      const [end] = closing;
      if (defined !== undefined && end !== undefined) {
        for (let index = open; index < end; index++)
          outputs.set(index, [...(outputs.get(index) ?? []), outputOf(defined)]);
      }
      for (const close of closing) {
        const closer = list[close];
        if (!closer || !(isPipe(closer.ends) || closer.redirections.length > 0)) continue;
        for (let index = open; index < close; index++) {
          outputs.set(index, [...(outputs.get(index) ?? []), block(closer)]);
        }
      }
    }
    const statements: Statement[] = [];
    let steps: Fact[] = [];
    for (const [index, command] of list.entries()) {
      const takesPipe = isPipe(list[index - 1]?.ends ?? "");
      const isClosing = /^(?:\}|done|fi)$/.test(this.#written(command));
      if (command.inner) {
        const { inner } = command;
        this.#values.within(() => statements.push(...this.#statements(inner, [...captured, block(command)])));
      }
      const step = this.#step(
        command,
        isPipe(command.ends),
        takesPipe,
        isClosing || command.inner !== undefined,
      );
      if (step) steps.push(step);
      if (isPipe(command.ends)) continue;
      if (steps.length > 0)
        statements.push({ steps, captured: [...captured, ...(outputs.get(index) ?? [])] });
      steps = [];
    }
    if (steps.length > 0) statements.push({ steps, captured });
    return statements;
  }

  #step(command: Command, isPiped: boolean, takesPipe: boolean, closes: boolean): Fact | undefined {
    const words = command.words.map((word) => this.#word(word));
    const said: ShellCommand = {
      at: spanOf(command),
      words: closes ? [] : words,
      reads: command.redirections
        .filter(({ operator }) => /^<(<<)?$/.test(operator))
        .map(({ target }) => this.#word(target)),
      writes: command.redirections
        .filter(({ operator, redirected }) => operator.includes(">") && redirected !== "2")
        .map(({ target }) => this.#word(target)),
      typed: this.#typed(command),
      keywords: command.keywords,
      isPiped,
      takesPipe,
    };
    const printed = closes ? [block(command)] : [];
    return commandStep(said, printed, { values: this.#values, functions: this.#functions });
  }

  #written({ words: [first] }: Command): string {
    return first && first.end - first.start < 9 ? this.#text.slice(first.start, first.end) : "";
  }

  #typed({ heredocs }: Command): ShellCommand["typed"] {
    const parts = heredocs.map((heredoc) => this.#said(heredoc.parts));
    return {
      regions: heredocs.flatMap(({ body }) => this.#regionsIn(body)),
      uses: parts.flatMap(({ uses }) => uses),
      text: heredocs
        .filter(({ body }) => this.#regionsIn(body).length === 0)
        .map(({ body }) => this.#text.slice(body.start, body.end))
        .join("\n"),
      raw: parts.map(({ said }) => asText(said)).join("\n"),
    };
  }

  #word({ start, end, parts }: Word): ShellWord {
    // What stands in a substitution, the command in that has.
    const regions = parts.flatMap((part) => (part.substitution ? [] : this.#regionsIn(part)));
    const { said, uses } = this.#said(parts);
    const cuts = parts.flatMap(({ substitution: isPut, start: from, end: to }) => {
      const [, name] = isPut ? (/^\$\{(\w+)[%#/:,^](?![-=?+])/.exec(this.#text.slice(from, to)) ?? []) : [];
      return name ?? [];
    });
    // A list in brackets: what stands in it is printed by nobody, and named all the same.
    const list = this.#text[end] === "(" ? [substitution(end)] : [];
    return {
      start,
      end,
      regions,
      cuts,
      said,
      text: regions.length > 0 ? "" : asText(said),
      uses: [...uses, ...list],
    };
  }

  #said(parts: readonly Part[]): { said: PartlyKnown; uses: string[] } {
    const uses: string[] = [];
    const put = (name: string): PartlyKnown => {
      if (name !== "") uses.push(name);
      return unknownPiece(name);
    };
    let before = "";
    const texts = parts.map((part) => {
      const raw = this.#text.slice(part.start, part.end);
      // A workflow's `${{ matrix.rule }}`, of which a shell ends one brace too early.
      const isEarly = before.startsWith("${{") && raw.startsWith("}");
      before = raw;
      if (part.substitution) {
        // What is put in within a `${…}`.
        if (raw.startsWith("${")) {
          for (const { 1: name, index } of raw.slice(2).matchAll(/\$(?:\((?!\()|(\w+))/g)) {
            uses.push(name ?? substitution(part.start + 2 + index));
          }
        }
        return substituted(raw, part.start, put, this.#values);
      }
      const said = unitsOf(this.#text, part)
        .map((unit) => unit.text)
        .join("");
      const expands = part.quoting === "double" || part.quoting === "heredoc";
      return templateText(isEarly ? said.slice(1) : said, expands ? IN_QUOTES : IN_ANY, (found) => {
        // No shell puts that in here; what the script stands in may.
        if (!/^\$\{(?!\{)/.test(found) || this.#document.isFilled(found)) return put(nameOf(found) ?? "");
        return this.#document.label === null ? knownText(found) : unknownPiece(found.slice(2, -1));
      });
    });
    return { said: joinTexts(...texts), uses };
  }
}

/** A value that another program puts in before, whatever quotes it stands in: make, a workflow, Ansible, Task. */
const IN_ANY = /\$\{[^{}]*\}|\$?\{\{\s*\.?\w[^{}]{0,160}\}\}/g;
/** The same, and what a shell puts into double quotes. */
const IN_QUOTES = new RegExp(String.raw`${IN_ANY.source}|(?<!\\)\$(?:\w+|[@*])`, "g");

/** Returns what a substitution says, and `put` is told the name of what it puts in. A default is `assume`d. */
function substituted(
  raw: string,
  at: number,
  put: (name: string) => PartlyKnown,
  values: Values,
): PartlyKnown {
  if (/^(?:\$\(|`|[<>]\()/.test(raw)) {
    if (ITS_FOLDER.test(raw)) return OWN_FOLDER;
    return put(raw.startsWith("$((") ? "" : substitution(at));
  }
  const [, value] = /^\$\{\w+:?[-=]([^{}$`"']{1,200})\}$/.exec(raw) ?? [];
  const name = nameOf(raw);
  if (value !== undefined) values.assume(name ?? "", knownText(value));
  return /^\$\{?(?:0|BASH_SOURCE)\b/.test(raw) ? pathOf(OWN_FOLDER, knownText("x")) : put(name ?? "");
}

/** `$(cd "$(dirname "$0")" && pwd)` and its like. */
const ITS_FOLDER =
  /^\$\((?:cd\s+(?:--\s+)?)?"?(?:\$\(\s*dirname\b[^()]*\)|\$\{(?:BASH_SOURCE|0)[^}]*\})"?(?:\s*(?:&&|;)\s*pwd(?: -P)?)?\s*\)$|^\$\(\s*dirname\s[^()]*(?:BASH_SOURCE|\$\{?0)[^()]*\)$/;

/** The name in `$X`, `${X:-y}`, `${X[@]}`, `{{ .a.X | y }}`; `@` for the words that a script or a function is given. */
function nameOf(raw: string): string | undefined {
  const [, name] = raw.startsWith("${{")
    ? (/(\w+)\W*$/.exec(raw) ?? [])
    : (/^(?:\$\{?[!#]?|\{\{\s*\.?(?:\w+\.)*)(\w+|[@*])/.exec(raw) ?? []);
  return name !== undefined && /^(\d|@|\*)$/.test(name) ? "@" : name;
}

/** The name by which goes what a substitution prints that opens here. */
function substitution(at: number): string {
  return `(${at}`;
}

/** The name by which goes what the commands of a block print. */
function block(command: Command): string {
  const { start, end } = command.words[0] ?? command.redirections[0]?.target ?? { start: 0, end: 0 };
  return `{${start}:${end}`;
}

function isPipe(ends: string): boolean {
  return ends === "|" || ends === "|&";
}
