import { type Piece, regionOf } from "../../sources/region.ts";
import type { Problem, Region } from "../../sources/syntax.ts";
import { type IsWorth, looksLikeRequest } from "../../sources/trigger.ts";
import { readJson } from "../../documents/json/read.ts";
import { heredocFragment } from "./heredoc-region.ts";
import { makesWrapper } from "./jq-wrapper.ts";
import { fileIn, programLanguage, stdinLanguage } from "./program-language.ts";
import { encode, EXPANDED, printedPieces, type Printer, printerOf, type Unit, unitsOf } from "./quoting.ts";
import {
  dividesFields,
  isKindAlone,
  jsonIn,
  masked,
  onlyOpensWrapper,
  putsRuleIn,
  rulesPutIn,
} from "./request-text.ts";
import type { Command, Part, Quoting, Script, Word } from "../../sources/script.ts";

/** The findings in a script: the regions, in the order of the text, and requests that can't be read. */
export interface FoundRegions {
  regions: Region[];
  problems: Problem[];
}

/** Finds the heredocs, the quoted JSON and the quoted scripts in which requests may stand. */
export function findRegions(text: string, script: Script, isWorth: IsWorth): FoundRegions {
  const finder = new Finder(text, isWorth);
  const printed = new Set([...script.lists.values()].flat());
  for (const command of script.commands) finder.inCommand(command, printed.has(command));
  return finder.found(script);
}

class Finder {
  private readonly text: string;
  private readonly regions: Region[] = [];
  private readonly problems: Problem[] = [];
  /** Beside rules and their fields, in a script that creates one, what a rule is put into. */
  private readonly isWorthHere: IsWorth;
  private putIn: ReadonlySet<string> | undefined;

  constructor(text: string, isWorth: IsWorth) {
    this.text = text;
    this.isWorthHere = CREATES.test(text) ? (said) => isWorth(said) || putsRuleIn(said) : isWorth;
  }

  /** `isTaken` says whether something takes what the command prints, other than a file or a pipe. */
  inCommand(command: Command, isTaken: boolean): void {
    const holds = (parts: readonly Part[]): boolean =>
      parts.some(
        ({ start, end, substitution }) =>
          !substitution && end - start > SHORTEST && this.isWorthHere(this.text.slice(start, end)),
      );
    const words = [...command.words, ...command.redirections.map(({ target }) => target)];
    for (const { parts } of [...words, ...command.heredocs]) this.inDefaults(parts);
    const telling = words.filter((word) => holds(word.parts));
    const heredocs = command.heredocs.filter(({ parts }) => holds(parts));
    if (telling.length === 0 && heredocs.length === 0) return;
    const said = command.words.map((word) => textOf(this.units(word.parts)));
    for (const word of telling) this.inWord(word, said.slice(0, Math.max(command.words.indexOf(word), 0)));
    if (heredocs.length === 0) return;
    const target = command.redirections.find(
      ({ operator, redirected }) => operator.includes(">") && redirected === "1",
    )?.target;
    // What `tee` prints as well goes to `/dev/null` most often, which tells nothing.
    const file = fileIn(said) ?? (target && textOf(this.units(target.parts)));
    const language = stdinLanguage(said);
    const isShown =
      said.join(" ") === "cat" && !isTaken && !command.ends.startsWith("|") && !writesFile(command);
    for (const heredoc of heredocs) {
      const region = heredocFragment(this.text, heredoc, language ?? file ?? "", this.isWorthHere);
      if (region) this.regions.push(isShown ? { ...region, shown: true } : region);
      else this.unknown(textOf(this.units(heredoc.parts)), heredoc.body.start, heredoc.body.end);
    }
  }

  found({ broken, escaped }: Script): FoundRegions {
    const end = broken?.start ?? this.text.length;
    if (broken && looksLikeRequest(this.text.slice(broken.start))) {
      const message = `nothing closes this \`${broken.opening}\`, so what follows it can't be read`;
      this.problems.push({ at: { start: broken.start, end: broken.end }, message, part: true });
    }
    const regions: Region[] = [];
    const backticks = escaped.toSorted((a, b) => a.start - b.start);
    let next = 0;
    let escapedEnd = 0;
    let covered = 0;
    for (const region of this.regions.toSorted((a, b) => a.toOuter(0) - b.toOuter(0))) {
      const start = region.toOuter(0);
      if (start >= end) continue;
      const regionEnd = region.toOuter(region.text.length);
      for (; (backticks[next]?.start ?? start) < start; next++)
        escapedEnd = Math.max(escapedEnd, backticks[next]?.end ?? 0);
      const isEscaped = start < escapedEnd;
      if (start >= covered && !isEscaped) {
        regions.push(region);
        covered = regionEnd;
      } else if (looksLikeRequest(region.text)) {
        const message = isEscaped
          ? "this request stands between backticks, where something is escaped once more"
          : "this request stands in a substitution inside another document";
        this.problems.push({ at: { start, end: regionEnd }, message, part: true });
      }
    }
    const problems = this.problems.filter(({ at }) => at.start <= end);
    return { regions, problems: problems.toSorted((a, b) => a.at.start - b.at.start) };
  }

  /** `before` are the command's words before this one; none for the file of a redirection. */
  private inWord(word: Word, before: readonly string[]): void {
    const units = this.units(word.parts);
    const text = textOf(units);
    const program = programLanguage(before);
    if (program !== undefined) {
      this.addQuoted(word, units, 0, program, "quoted script");
      return;
    }
    if (onlyOpensWrapper(text)) return;
    const printer = printerOf(before);
    const isJq = before.some((one) => /^(.*\/)?jq$/.test(one));
    const start = jsonIn(text, printer !== undefined, this.isWorthHere);
    if (start === undefined) {
      const left = isJq ? text.replaceAll(/\bdispatch_?rule["']?\s{0,9}:\s{0,9}\$\w/gi, "") : text;
      return this.unknown(left, word.start, word.end);
    }
    if (isJq && makesWrapper(text) && !("value" in readJson(text))) return;
    if (isKindAlone(text.slice(start)) && this.isPutUnderRule(text.slice(0, start))) return;
    const label = isJq ? JQ_PROGRAM : "quoted JSON";
    this.addQuoted(word, units, start, "json", label, printer);
  }

  /** Tells whether `NAME=`, before JSON, names a variable that the script puts into a rule. */
  private isPutUnderRule(before: string): boolean {
    const [, name = ""] = /(\w{1,100})\+?=$/.exec(before.slice(-102)) ?? [];
    this.putIn ??= rulesPutIn(this.text);
    return this.putIn.has(name);
  }

  /** Says of JSON that is a variable's default that it can't be edited there, where the first `}` may end it. */
  private inDefaults(parts: readonly Part[]): void {
    for (const { start, end, substitution } of parts) {
      const written = this.text.slice(start, end);
      if (!substitution || !/^\$\{\w+:?[-=+]/.test(written) || !looksLikeRequest(written)) continue;
      const message = "this request is the default of a variable, where it can't be edited safely";
      const next = "Put it into a variable of its own, then run this again.";
      this.problems.push({ at: { start, end }, message, part: true, next });
    }
  }

  /** Adds what a word says from an offset on, written in the quotes in which it begins there. */
  private addQuoted(
    word: Word,
    units: readonly Unit[],
    from: number,
    syntax: string,
    label: string,
    printer?: Printer,
  ): void {
    const kept = unitsFrom(syntax === "json" ? units.map(masked) : units, from);
    const quoting = kept[0]?.quoting ?? "bare";
    const pieces = inQuotes(kept, quoting, word);
    const foreign = pieces.filter((piece) => piece.foreign);
    const text = textOf(kept);
    const divides = syntax === "json" ? dividesFields(text, pieces) : !foreign.every(isQuotes);
    if (foreign.length > 0 && divides && (syntax === "json" || looksLikeRequest(text))) {
      const message = "this request is put together from pieces in different quotes";
      this.problems.push({ at: { start: word.start, end: word.end }, message, part: true });
      return;
    }
    const expands = kept.some((unit) => EXPANDS.has(unit.quoting));
    const filled = expands || label === JQ_PROGRAM ? EXPANDED : undefined;
    this.add(
      syntax,
      label,
      printer ? printedPieces(pieces, printer) : pieces,
      (added) => encode[quoting](printer ? printer.encode(added) : added),
      printer?.isFormat ? (expands ? /^[$`%]/ : /^%/) : filled,
    );
  }

  private add(
    syntax: string,
    label: string,
    pieces: Piece[],
    encoder: (text: string) => string,
    filled?: RegExp,
  ): void {
    const region = regionOf({ syntax, label, pieces, encode: encoder, filled });
    if (region) this.regions.push(region);
  }

  /** Text in a language that is not known: said to be unread where a request seems to stand in it. */
  private unknown(text: string, start: number, end: number): void {
    if (!looksLikeRequest(text)) return;
    const message = "this looks like a request, but not in a language that can be read";
    this.problems.push({ at: { start, end }, message, part: true });
  }

  private units(parts: readonly Part[]): Unit[] {
    return parts.flatMap((part) => unitsOf(this.text, part));
  }
}

/** A command of a script that creates a rule. */
const CREATES = /\bdispatch(?:-rules?)?\s+create\b|CreateSIPDispatchRule/;

/** Tells whether what a command prints goes to a file. */
function writesFile({ redirections }: Command): boolean {
  return redirections.some(({ operator, redirected }) => /^>>?$/.test(operator) && redirected === "1");
}

/** Nothing is ever edited in what says only quotes, as `'\''` in a script in single quotes does. */
function isQuotes({ text }: Piece): boolean {
  return /^['"\\]+$/.test(text);
}

/** The quotes in which a shell puts values in. */
const EXPANDS: ReadonlySet<Quoting> = new Set(["bare", "double"]);

const JQ_PROGRAM = "jq program";

/** No request is written in fewer characters between two substitutions. */
const SHORTEST = 8;

function textOf(units: readonly Unit[]): string {
  return units.map(({ text }) => text).join("");
}

/** The units from an offset of their text on. */
function unitsFrom(units: readonly Unit[], from: number): Unit[] {
  let offset = 0;
  return units.flatMap((unit) => {
    const cut = from - offset;
    offset += unit.text.length;
    if (cut >= unit.text.length) return [];
    if (cut <= 0) return [unit];
    const { text, outer } = unit;
    return [{ ...unit, text: text.slice(cut), outer: { start: outer.start + cut, end: outer.end } }];
  });
}

/**
 * The pieces of a word for somebody who writes in one kind of quotes: what is quoted otherwise is one piece with the
 * quotes around it, and foreign: `'{"trunk_ids": ["'"$ID"'"]}'` holds the piece `'"$ID"'`, which says `$ID`.
 */
function inQuotes(units: readonly Unit[], quoting: Quoting, word: Word): (Piece & { foreign: boolean })[] {
  const pieces: (Piece & { foreign: boolean })[] = [];
  let foreign: Unit[] = [];
  let end = units[0]?.outer.start ?? word.start;
  const close = (next: number): void => {
    if (foreign.length > 0) {
      pieces.push({ text: textOf(foreign), outer: { start: end, end: next }, foreign: true });
    }
    foreign = [];
  };
  for (const unit of units) {
    if (unit.quoting !== quoting) {
      foreign.push(unit);
      continue;
    }
    close(unit.outer.start);
    pieces.push({ text: unit.text, outer: unit.outer, foreign: false });
    end = unit.outer.end;
  }
  close(word.end);
  return pieces;
}
