import type { Span } from "../../rule/value.ts";
import { ANY_WORD } from "../source/paths.ts";
import { unitsOf } from "./quoting.ts";
import type { Part, Word } from "./script.ts";
import { joined, NOTHING, type Stream, textsOf } from "./stream.ts";

/** What a word says when the script runs. */
export interface Argument extends Span {
  /** What it may say: more than one text where that depends on a condition. Unknown parts are `${name}`. */
  texts: readonly string[];
  /** What it holds the text of: `"$(cat rule.json)"`, `'{ "rule": … }'`. */
  holds: Stream;
  /** Where its text stands, if it is written there as it is. */
  literal?: Span;
}

export interface Variable {
  texts: readonly string[];
  holds: Stream;
  /** The words of an array. */
  list?: readonly string[];
  /** The keys of its words, if they have some. */
  keys?: readonly string[];
}

/** What words are expanded with. */
export interface Surroundings {
  /** The script. */
  text: string;
  variables: ReadonlyMap<string, Variable>;
  /** The words behind a function's name, or the script's; undefined where they are not known. */
  positional: readonly Argument[] | undefined;
  folder: string;
  /** Follows the commands of a substitution that opens here; undefined for one without commands. */
  printedAt(start: number): Stream | undefined;
  /** Follows a script that stands in a span, escaped, and gives what it prints. */
  printedBy(text: string, at: Span): Stream;
  /** The regions that begin in a span. */
  regionsIn(span: Span): Stream;
  /** Sets a variable to its default. */
  assume(name: string, value: Variable): void;
  /** Takes note of a text that is put into a wrapper here, and gives it in that. */
  wraps(bare: Stream, at: Span): Stream;
}

/** Where the script stands, as its `$0` says. */
export const OWN_FOLDER = "${.}";
/** The top of its repository. */
export const TOP = "${/}";

const OWN_WORD = /^\$\{@\d?\}$/;

/** What an argument holds. A word that the script itself is given may be the text of a request. */
export function textIn({ texts, holds }: Pick<Argument, "texts" | "holds">): Stream {
  return joined([holds, textsOf(texts.filter((text) => OWN_WORD.test(text)))]);
}

/** A value of more characters is no name of a file, and is not put in. */
export const LONGEST = 200;
/** How many texts a word may say, and how many words it may become. */
const MOST = 32;
const MOST_WORDS = 64;

/** The arguments that a word becomes: more than one for a list, for braces, and for a value that holds spaces. */
export function expand(word: Word, around: Surroundings): Argument[] {
  const { start, end, parts } = word;
  const literal = literalOf(word, around.text);
  const written = joined([around.regionsIn(word), heldIn(around.text.slice(start, end), around)]);
  if (literal)
    return [
      {
        start,
        end,
        texts: filledIn(around.text.slice(literal.start, literal.end), around),
        holds: written,
        literal,
      },
    ];
  const all = listOf(word, around);
  if (all) return all;
  const said = sayOf(parts, around);
  const holds = joined([said.holds, written]);
  const [only = ""] = said.texts;
  if (said.texts.length > 1 || only.length > LONGEST * 10) return [{ start, end, texts: said.texts, holds }];
  const splits = parts.some(({ quoting, substitution }) => substitution && quoting === "bare");
  const words = splits && /\s/.test(withoutUnknown(only)) ? only.trim().split(/(?<!\$\{at)\s+/) : [only];
  const isBare = parts.some(({ quoting, substitution }) => !substitution && quoting === "bare");
  const texts = isBare ? words.flatMap(braces) : words;
  return texts.slice(0, MOST_WORDS).map((text) => ({ start, end, texts: [text], holds }));
}

/** Where a text in single quotes stands, or one in which nothing has to be expanded. */
function literalOf({ parts }: Word, text: string): Span | undefined {
  const [part, ...others] = parts;
  if (!part || others.length > 0 || part.substitution) return undefined;
  const { start, end, quoting } = part;
  if (quoting === "single") return { start, end };
  const special = quoting === "double" ? /[$`\\]/ : /[^\w./[\]-]/;
  return /^(double|bare)$/.test(quoting) &&
    end - start <= LONGEST * 10 &&
    !special.test(text.slice(start, end))
    ? { start, end }
    : undefined;
}

/** What the parts say together. */
export function sayOf(parts: readonly Part[], around: Surroundings): Pick<Argument, "texts" | "holds"> {
  let texts = [""];
  const holds: Stream[] = [];
  for (const part of withExpressions(parts, around.text).flatMap((one) => divided(one, around.text))) {
    const said = part.substitution
      ? substituted(part, around)
      : {
          texts: filledIn(
            unitsOf(around.text, part)
              .map((unit) => unit.text)
              .join(""),
            around,
          ),
          holds: NOTHING,
        };
    const held = textIn(said);
    const isWrapped = held.origins.length > 0 && texts.some(opensWrapper);
    holds.push(isWrapped ? around.wraps(held, part) : said.holds);
    const next = texts.flatMap((before) => said.texts.map((text) => before + text));
    texts = next.length > MOST ? texts.map((before) => before + unknownAt(part.start)) : next;
  }
  return { texts: [...new Set(texts)], holds: joined(holds) };
}

/** Whether what comes next is the wrapper's value, or the fields in it: `{"dispatch_rule": `. */
export function opensWrapper(before: string): boolean {
  return /[{,"'\\]\s{0,9}dispatch_?[rR]ule["'\\]{0,2}\s{0,9}:\s{0,9}\{?\s{0,9}$/.test(before.slice(-50));
}

/** A text in double quotes, or in a heredoc, with the variables in it as parts of their own. */
function divided(part: Part, text: string): Part[] {
  const { start, end, quoting, substitution } = part;
  if (substitution || (quoting !== "double" && quoting !== "heredoc")) return [part];
  const parts: Part[] = [];
  let done = start;
  for (const { 0: written, 1: name, index } of text.slice(start, end).matchAll(/\\[^]|\$(\d|\w+|[@*])/g)) {
    if (name === undefined) continue;
    const at = start + index;
    if (at > done) parts.push({ start: done, end: at, quoting });
    done = at + written.length;
    parts.push({ start: at, end: done, quoting, substitution: true });
  }
  return done < end ? [...parts, { start: done, end, quoting }] : parts;
}

/** A workflow's `${{ … }}`, of which the shell ends one brace too early, as one part. */
function withExpressions(parts: readonly Part[], text: string): readonly Part[] {
  const isCut = ({ start, end }: Part): boolean => text[end] === "}" && text.startsWith("${{", start);
  if (!parts.some(isCut)) return parts;
  return parts.flatMap((part, index) => {
    const before = parts[index - 1];
    const start = before && isCut(before) && before.end === part.start ? part.start + 1 : part.start;
    const end = isCut(part) ? part.end + 1 : part.end;
    return start < end ? [{ ...part, start, end }] : [];
  });
}

/** What a workflow puts in, or Ansible, or Task. */
const EXPRESSION = /\$?\{\{-?\s{0,20}\.?([\w.-]{1,100}?)\s{0,20}(?:\|[^{}]{0,100})?-?\}\}/g;

/** What becomes of a text in which such expressions stand, whatever quotes the shell sees around them. */
function filledIn(text: string, { variables }: Surroundings): readonly string[] {
  let texts: readonly string[] = [text];
  if (text.length > LONGEST * 10 || !text.includes("{{")) return texts;
  for (const { 0: written, 1: name = "", index } of text.matchAll(EXPRESSION)) {
    // A folder of which nothing is known stays as it is written.
    const isFolder = !written.startsWith("$") && text[index + written.length] === "/";
    const values = variables.get(name)?.texts ?? [isFolder ? written : `\${${name}}`];
    const next = texts.flatMap((one) => values.map((value) => one.replace(written, () => value)));
    if (next.length <= MOST) texts = next;
  }
  return texts;
}

/** What the variables hold that a workflow puts into a text. */
function heldIn(text: string, { variables }: Surroundings): Stream {
  if (!text.includes("{{")) return NOTHING;
  return joined([...text.matchAll(EXPRESSION)].map(([, name = ""]) => variables.get(name)?.holds ?? NOTHING));
}

/** What stands for a part of which nothing is known, the same each time that this place is reached. */
function unknownAt(offset: number): string {
  return `\${at ${offset}}`;
}

/** Whether a text is nothing but the unknown result of a substitution. */
export function isUnknown(text: string): boolean {
  return /^\$\{at \d+\}$/.test(text);
}

function withoutUnknown(text: string): string {
  return text.replaceAll(/\$\{at \d+\}/g, "");
}

/** `"$@"`, `"${files[@]}"` and `"${!files[@]}"`, which are as many words as the list has. */
function listOf(
  { start, end, parts }: Word,
  { text, positional, variables }: Surroundings,
): Argument[] | undefined {
  const [part, ...others] = parts;
  if (!part || others.length > 0 || part.quoting === "single" || part.end - part.start > LONGEST)
    return undefined;
  const raw = text.slice(part.start, part.end);
  if (/^\$\{?[@*]\}?$/.test(raw)) return positional?.slice(0, MOST_WORDS);
  const [, ofKeys, name = ""] = /^\$\{(!)?(\w+)\[[@*]\]\}$/.exec(raw) ?? [];
  const list = ofKeys ? variables.get(name)?.keys : variables.get(name)?.list;
  return list?.map((one) => ({ start, end, texts: [one], holds: NOTHING }));
}

function substituted({ start, end, quoting }: Part, around: Surroundings): Pick<Argument, "texts" | "holds"> {
  const raw = around.text.slice(start, end);
  const unknown = { texts: [unknownAt(start)], holds: NOTHING };
  if (raw.startsWith("${{")) {
    const texts = filledIn(raw, around);
    return texts[0] === raw ? unknown : { texts, holds: NOTHING };
  }
  const said = (printed: Stream): Pick<Argument, "texts" | "holds"> => {
    const { names } = printed;
    const texts = names.length > 0 && names.length <= MOST ? names : unknown.texts;
    return { texts, holds: { ...printed, names: [] } };
  };
  if (/^([<>]\(|\$\()/.test(raw)) {
    const printed = around.printedAt(start);
    return printed ? said(printed) : unknown;
  }
  if (raw.startsWith("`")) {
    const isOwn = /^`\s*dirname\s+["']?\$\{?(0|BASH_SOURCE(\[0\])?)\}?["']?\s*`$/.test(raw);
    if (isOwn) return { texts: [OWN_FOLDER], holds: NOTHING };
    return said(around.printedBy(raw.slice(1, -1).replaceAll(/\\([$`\\])/g, "$1"), { start, end }));
  }
  const [, name, key, changes = ""] = /^\$\{?(\w+|[@*])(?:\[([^\]]*)\])?([^]*?)\}?$/.exec(raw) ?? [];
  if (name === undefined) return unknown;
  const value = withKey(valueOf(name, around), key);
  if (changes === "") return value ?? { texts: [`\${${name}}`], holds: NOTHING };
  const [, sign, fallback] = /^:?([-=])([^]*)$/.exec(changes) ?? [];
  const own = value?.texts.every((text) => OWN_WORD.test(text)) ? value.texts : undefined;
  if (fallback !== undefined) {
    const isOneWord = quoting !== "bare" || !/\s/.test(fallback) || /^(["'])[^"']*\1$/.test(fallback);
    // Whoever runs the script may say something else.
    const other = own ?? (isOneWord ? [`\${${name}}`] : []);
    const known = value && !own ? value : { texts: [plain(fallback, around), ...other], holds: NOTHING };
    if (sign === "=") around.assume(name, known);
    return known;
  }
  if (value && /^:?[-=?]/.test(changes)) return value;
  if (changes.startsWith("/"))
    return { texts: [`\${${name}}`], holds: replaced(changes, value, { start, end }, around) };
  const change = changed(changes);
  const texts = value?.texts.map((text) => change?.(text) ?? `\${${name}}`);
  return { texts: texts ?? [`\${${name}}`], holds: NOTHING };
}

function valueOf(name: string, { variables, positional, folder }: Surroundings): Variable | undefined {
  if (name === "BASH_SOURCE" || name === "0") return { texts: [`${OWN_FOLDER}/\${0}`], holds: NOTHING };
  if (name === "PWD") return { texts: [folder === "" ? "." : folder], holds: NOTHING };
  if (/^\d+$/.test(name)) return positional?.[Number(name) - 1];
  if (name === "OPTARG" && !variables.has(name)) return { texts: [ANY_WORD], holds: NOTHING };
  const found = variables.get(name);
  return found?.texts.some((text) => text.length > LONGEST) ? { ...found, texts: [`\${${name}}`] } : found;
}

/** What `${LIST[key]}` says of a variable: any word of the list. */
function withKey(value: Variable | undefined, key: string | undefined): Variable | undefined {
  if (value?.list === undefined || key === undefined || /^[0@*]$/.test(key)) return value;
  return value.list.length > MOST ? undefined : { ...value, texts: value.list };
}

/** What `${NAME/__RULE__/$RULE}` holds. What is put into a text with a wrapper is a bare rule. */
function replaced(changes: string, value: Variable | undefined, at: Span, around: Surroundings): Stream {
  const put = [...changes.matchAll(/\$\{?(\w+)/g)].map(
    ([, name = ""]) => valueOf(name, around)?.holds ?? NOTHING,
  );
  const held = joined(put);
  const isBare =
    held.origins.length > 0 && value?.texts.some((text) => /dispatch_?rule/i.test(text)) === true;
  return joined([value?.holds ?? NOTHING, isBare ? around.wraps(held, at) : held]);
}

/** The word behind `:-`, without its quotes and with variables put in; an unknown one if it holds more than these. */
function plain(written: string, around: Surroundings): string {
  const text = written.replaceAll(/["']/g, "");
  if (/[`\\]|\$\(/.test(text)) return "${default}";
  return text
    .slice(0, LONGEST)
    .replaceAll(/\$\{?(\w+)\}?/g, (_, name: string) => valueOf(name, around)?.texts[0] ?? `\${${name}}`);
}

/** What `${x%/*}` and its like make of a value; undefined for what is not known. */
function changed(changes: string): ((text: string) => string | undefined) | undefined {
  if (changes === "%/*" || changes === ":h" || changes === ":A:h") return folderOf;
  if (changes === "##*/" || changes === ":t") return baseOf;
  const [, sign = "", pattern] = /^(%%?|##?)((?:[\w.:,=@/-]|\*)+)$/.exec(changes) ?? [];
  if (pattern === undefined || (pattern.match(/\*/g)?.length ?? 0) > 1) return undefined;
  const source = pattern.replaceAll(/[.*]/g, (found) => (found === "*" ? "[^]*" : "\\."));
  const isCut = new RegExp(`^${source}$`);
  const isLongest = sign.length === 2;
  return (text) => {
    const ends = Array.from({ length: text.length + 1 }, (_, index) => index);
    const fromEnd = sign.startsWith("%");
    const inOrder = fromEnd === isLongest ? ends : ends.toReversed();
    const cut = inOrder.find((at) => isCut.test(fromEnd ? text.slice(at) : text.slice(0, at)));
    if (cut === undefined) return text;
    return fromEnd ? text.slice(0, cut) : text.slice(cut);
  };
}

/** What `dirname` prints. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : path.slice(0, Math.max(slash, 1));
}

/** What `basename` prints. */
export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** `a{b,c}d` as two words, `{1..3}` as three. Braces in braces stay as they are. */
function braces(text: string): string[] {
  const [written, list = "", from, to] =
    /(?<!\$)\{(?:([^{}$,\s]*(?:,[^{}$,\s]*)+)|(\d{1,4})\.\.(\d{1,4}))\}/.exec(text) ?? [];
  if (written === undefined) return [text];
  const count = Number(to) - Number(from) + 1;
  const items =
    from === undefined
      ? list.split(",")
      : Array.from(
          { length: Math.min(Math.max(count, 0), MOST_WORDS) },
          (_, index) => `${Number(from) + index}`,
        );
  return items.slice(0, MOST_WORDS).map((item) => text.replace(written, () => item));
}
