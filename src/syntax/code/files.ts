import { requestField, WRAPPER } from "../../rule/fields.ts";
import type { Span } from "../../rule/value.ts";
import type { Mention, Reading, Region } from "../syntax.ts";
import { commandRegion } from "../words.ts";

/**
 * What a text in a language that is not read does with files of data and with `lk`, as far as its lines say so: a name
 * that gets what a file holds, perhaps by way of others, and the keys that are looked up in it. Takes linear time.
 */
export function filesIn(text: string): Pick<Reading, "regions" | "mentions"> {
  const lines = linesIn(text);
  const knowsWrapper = KEYS_WRAPPER.test(text);
  const named = knowsWrapper ? [] : filesNamed(lines);
  const linesWith = named.length > 0 ? byWord(lines) : new Map<string, Line[]>();
  const mentions = named.flatMap((one) => saidOf(one, linesWith));
  return { regions: commandsIn(text), mentions: mentions.toSorted((a, b) => a.at.start - b.at.start) };
}

interface Line extends Span {
  text: string;
}

/** A file that a line names, with the name of what gets its content. */
interface Named {
  file: string;
  line: Line;
  variable: string | undefined;
}

const KEYS_WRAPPER = /(["'`:])dispatch_?[rR]ule\b(?!_)/;
const FILE = /(["'`])([^"'`\r\n]{0,200}\.(?:json[c5]?|ya?ml))\1/g;
const OPENS = /read|open|load|parse|file|path|get_contents|include|stream|from_|decode/i;
const WRITES = /write|put_contents|dump|create\b|generate/i;
const COMMENT = /^\s*(?:\/\/|#(?!\{)|\*|\/\*|--)/;
/** More files, or lines, no text of such a language is followed in. */
const MOST_FILES = 20;
const MOST_NAMES = 10;

function linesIn(text: string): Line[] {
  return [...text.matchAll(/[^\r\n]+/g)].flatMap(({ 0: line, index }) =>
    line.length > LONGEST_LINE || COMMENT.test(line)
      ? []
      : [{ text: line, start: index, end: index + line.length }],
  );
}

const LONGEST_LINE = 500;

function filesNamed(lines: readonly Line[]): Named[] {
  const found = lines.flatMap((line) =>
    [...line.text.matchAll(FILE)].flatMap(({ 2: name = "", index }): Named[] => {
      if (/\blk\s|["']lk["']/.test(line.text) || /\s/.test(name)) return [];
      const file = name.replaceAll(/[#$]?\{[^{}]*\}/g, "${}");
      return [{ file, line, variable: assignedIn(line.text.slice(0, index)) }];
    }),
  );
  return found.slice(0, MOST_FILES);
}

/** The name to which the value is given that goes on behind this piece of a line. */
function assignedIn(before: string): string | undefined {
  return /[$@]{0,2}\b(\w+)\s*(?::\s*[\w<>&[\], ]+)?:?=(?![=>~])\s*[^=]*$/.exec(before)?.[1];
}

function saidOf({ file, line, variable }: Named, linesWith: LinesWith): Mention[] {
  const found = keysAt(line, undefined).map((mention) => ({ ...mention, file }));
  let isOpened = OPENS.test(line.text) && !WRITES.test(line.text);
  const open = variable === undefined ? [] : [{ name: variable, since: line.start }];
  const seen = new Set<string>();
  for (let next = open.pop(); next && seen.size < MOST_NAMES; next = open.pop()) {
    const { name, since } = next;
    if (seen.has(name)) continue;
    seen.add(name);
    for (const one of linesWith.get(name) ?? []) {
      const use = one.start > since && new RegExp(String.raw`(?<![\w.])[$@]{0,2}${name}\b`).exec(one.text);
      if (!use) continue;
      isOpened ||= OPENS.test(one.text) && !WRITES.test(one.text);
      found.push(...keysAt(one, name).map((mention) => ({ ...mention, file })));
      const taken = assignedIn(one.text.slice(0, use.index));
      if (taken !== undefined) open.push({ name: taken, since: one.start });
    }
  }
  const at = { start: line.start, end: line.end };
  return found.length > 0 || !isOpened ? found : [{ does: "read", at, file }];
}

/** The lines that hold a word, as many as are looked at. */
type LinesWith = ReadonlyMap<string, readonly Line[]>;

function byWord(lines: readonly Line[]): LinesWith {
  const found = new Map<string, Line[]>();
  for (const line of lines) {
    for (const word of new Set(line.text.match(/\w+/g))) {
      const known = found.get(word);
      if (!known) found.set(word, [line]);
      else if (known.length < MOST_LINES) known.push(line);
    }
  }
  return found;
}

const MOST_LINES = 50;

/**
 * The keys that a line looks up in what goes by a name, or of one without a name that stands on the line itself:
 * `rule["name"]`, `rule.get("name")`, `$rule->name`, `rule[:name]`.
 */
function keysAt(line: Line, name: string | undefined): Mention[] {
  const from = name === undefined ? String.raw`[)\]]` : String.raw`(?<![\w.])[$@]{0,2}${name}\b`;
  const steps = String.raw`(?:[?!]?(?:\.|->|::)\w{1,40}){0,3}`;
  const lookup = new RegExp(
    String.raw`${from}${steps}[?!&.]{0,2}(?:[([]\s*["':]|->)(\w+)["']?\s*[\])]*(?=([^\r\n]{0,3}))`,
    "g",
  );
  const found = name === undefined ? line.text.replace(FILE, (whole) => " ".repeat(whole.length)) : line.text;
  return [...found.matchAll(lookup)].flatMap(({ 0: whole, 1: key = "", 2: after = "", index }): Mention[] => {
    if (requestField(key) === undefined || requestField(key) === WRAPPER) return [];
    const at = { start: line.start + index, end: line.start + index + whole.length };
    const sets = /^\s*[-+.|?]{0,2}=(?![=>~])/.test(after);
    return [{ does: "read", at, keys: [key], ...(sets && { sets }) }];
  });
}

/** Where a text over lines begins, as Terraform, Ruby and PHP write it: `<<-EOT`. */
const HEREDOC = /<<[-~]?["']?(\w{1,40})["']?[ \t]{0,20}\r?\n/g;
const MOST_HEREDOCS = 200;
const LONGEST_HEREDOC = 2000;

/** The texts over lines in which `lk` is run. */
function heredocsIn(text: string): { whole: string; line: string; index: number }[] {
  return [...text.matchAll(HEREDOC)].slice(0, MOST_HEREDOCS).flatMap(({ 0: opening, 1: tag = "", index }) => {
    const start = index + opening.length;
    const rest = text.slice(start, start + LONGEST_HEREDOC);
    const end = rest.search(new RegExp(String.raw`^[ \t]{0,100}${tag}\b`, "m"));
    const line = rest.slice(0, Math.max(end, 0));
    return /\b(lk|livekit-cli)\s/.test(line) ? [{ whole: line, line, index: start }] : [];
  });
}

/** The `lk` commands in strings, in lists of strings, and in texts over lines. Nothing in them is ever edited. */
function commandsIn(text: string): Region[] {
  const strings = [
    ...text.matchAll(
      /(["'`])((?:[\w./-]{0,100}\/)?(?:lk|livekit-cli)\s[^"'`\r\n]{0,300}\bdispatch[^"'`\r\n]{0,300})\1/g,
    ),
  ];
  const lists = [...text.matchAll(/["'](?:lk|livekit-cli)["'](?:\s*,\s*["'][^"'\r\n]*["']){2,20}/g)];
  const said = [
    ...heredocsIn(text),
    ...strings.map(({ 0: whole, 2: line = "", index }) => ({ whole, line, index })),
    ...lists.map(({ 0: whole, index }) => ({
      whole,
      line: [...whole.matchAll(/["']([^"']*)["']/g)].map(([, word = ""]) => word).join(" "),
      index,
    })),
  ];
  return said
    .filter(({ line }) => /\bdispatch\b/.test(line) && !/[{}]\s*"/.test(line))
    .toSorted((a, b) => a.index - b.index)
    .flatMap(({ whole, line, index }) => {
      const outer = { start: index, end: index + whole.length };
      return commandRegion(line.replaceAll(/#\{([^{}]*)\}/g, "${$1}"), outer) ?? [];
    });
}
