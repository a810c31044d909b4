import { isPath } from "./words.ts";

/** The words of a command that code puts together; of each, what it may be. What is not known is `${name}`. */
export type Words = readonly (readonly string[])[];

const MOST_LINES = 64;

/**
 * The command lines that a program may run with these words; none where they are no command for dispatch rules. A word
 * that may be one of several files stands there as all of them; one that may be several subcommands makes several lines.
 */
export function commandLines(words: Words): string[] {
  const start = words.findIndex((texts) => texts.some((text) => STARTS.test(text)));
  const isOfSip = words.slice(0, start).some((texts) => texts.some((text) => /^sip$|^\$\{/.test(text)));
  if (start < 0 || !(isOfSip || words[start]?.some((text) => text.includes("-sip-")))) return [];
  const verbs = new Set(words.slice(start + 1).flatMap((texts) => texts.filter((text) => VERB.test(text))));
  if (verbs.size < 2) return [words.map(said).join(" ")];
  // What is added under conditions, or chosen: only one of them is run.
  return [...verbs].slice(0, MOST_LINES).map((verb) =>
    words
      .flatMap((texts, index) => {
        if (index <= start || !texts.some((text) => VERB.test(text))) return said(texts);
        return texts.includes(verb) ? verb : [];
      })
      .join(" "),
  );
}

const STARTS = /^dispatch(-rules?)?$|^(create|update)-sip-dispatch-rule$/;
const VERB = /^(create|update|list|delete)$/;
function said(texts: readonly string[]): string {
  const [only = "${}"] = texts;
  if (texts.length < 2) return quoted(only);
  const files = texts.filter(isPath);
  const isOpen = files.length < texts.length;
  return files.length === 0 ? "${value}" : [...files, ...(isOpen ? ["${value}"] : [])].join(" ");
}

function quoted(text: string): string {
  if (/^[\w./:@%+=,${}*-]+$/.test(text)) return text;
  // A request in a command is found where requests in strings are.
  return HOLDS_JSON.test(text) ? "${json}" : `'${text.replaceAll("'", "")}'`;
}

/** Whether a text holds something that may be a request. */
const HOLDS_JSON = /[{,]\s*["']?\w+["']?\s*:/;

/** The subcommands that a hole in a command may be filled with, if these are all that it may be. */
export function verbsIn(texts: readonly string[]): readonly string[] {
  return texts.length > 1 && texts.every((text) => VERB.test(text)) ? texts : [];
}

/**
 * What a hole in a command line says, where that is known: one text, or all that it may be. `before` and `after` are the
 * text around it.
 */
export function saidInHole(texts: readonly string[], before: string, after: string): string | undefined {
  const [only] = texts;
  if (only !== undefined && texts.length === 1) return /^[\w./:@%+=,${}*-]+$/.test(only) ? only : undefined;
  const [head = ""] = /\S*$/.exec(before.slice(-LONGEST_WORD)) ?? [];
  const [tail = ""] = /^\S*/.exec(after.slice(0, LONGEST_WORD)) ?? [];
  const isWord = head === tail && /^["']?$/.test(head);
  const files = texts.filter(isPath);
  if (isWord) return files.length > 0 ? files.join(`${head} ${tail}`) : undefined;
  // A part of a name: the shell puts braces together.
  const isPlain = texts.every((text) => /^[\w./@+-]+$/.test(text)) && !/["'{]/.test(head + tail);
  return isPlain && texts.length > 1 ? `{${texts.join(",")}}` : undefined;
}

const LONGEST_WORD = 200;

/** Whether a text of code is a command for dispatch rules, whatever program it begins with. */
export function isCommand(text: string): boolean {
  return text.length < LONGEST && COMMAND.test(text);
}

const LONGEST = 20_000;
const COMMAND =
  /^\s*((sudo|env|time|exec|npx|pnpm|yarn|bunx|docker|podman|kubectl)\s|\w+=|\$\{|\S*(lk|livekit-cli)\s)[^\r\n]{0,500}\bsip\s[^\r\n]{0,200}\bdispatch(-rules?)?\s/m;

/** Whether a text of code may hold a request, which then is found where requests in strings are. */
export function mayHoldJson(text: string): boolean {
  return HOLDS_JSON.test(text);
}
