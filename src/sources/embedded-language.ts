import { languageNamed, languageOf } from "./languages.ts";

/**
 * The id of the language in which a piece of another document is written: told by what it is called there (the info
 * string of a fence, the name of a file), else by how it begins. Undefined where neither tells.
 */
export function fragmentSyntax(text: string, calledAs = ""): string | undefined {
  const [firstLine = ""] = text.trimStart().split(/[\r\n]/, 1);
  const called = languageNamed(calledAs) ?? languageOf(calledAs, firstLine);
  if (called) return called.id;
  return BEGINNINGS.find(({ begins, holds }) => begins.test(text) && (holds?.test(text) ?? true))?.syntax;
}

/** In lists and quotes, too. */
const FENCE = /^[ \t>]*(```|~~~)/m;

const BEGINNINGS: readonly { syntax: string; begins: RegExp; holds?: RegExp }[] = [
  { syntax: "json", begins: /^\s*(\{|\[\s*[{\]"])/ },
  { syntax: "yaml", begins: /^\s*(#cloud-config\s|(---\s+)?(apiVersion|kind):\s)/ },
  { syntax: "http", begins: /^\s*(GET|POST|PUT|PATCH|DELETE)\s+\S+/ },
  {
    syntax: "python",
    begins: /^\s*(#.*\s+)?(async def|def|class|import \w|from \w|@\w)/,
    holds: /CreateSIPDispatchRuleRequest|create_(sip_)?dispatch_rule/,
  },
  { syntax: "typescript", begins: /^\s*(\/\/.*\s+)?(import [{*\w]|export |const |let |await )/ },
  { syntax: "go", begins: /^\s*(\/\/.*\s+)?(package \w+\s|func |\w+ := )/ },
  // A script that writes a page has fences, too.
  {
    syntax: "markdown",
    begins: /^(?!\s*((lk|curl|cat|echo|tee|printf|mkdir|sudo|cd|set|export|if|for)\s|\w+=))/,
    holds: FENCE,
  },
  { syntax: "shell", begins: /^[ \t]*([$>#] ?)?(lk|livekit-cli|curl|cat|echo|jq|sed|cd)\s/m },
  {
    syntax: "yaml",
    // A quoted key is more likely a piece of JSON, and prose has words with a colon behind them too.
    begins: /^\s*(#[^\r\n]*[\r\n]\s*){0,99}(---\s|(- )?[\w.-]+:(\s|$))/,
    holds: /^[ \t-]*["']?(rule|dispatch_?[rR]ule|trunk_?[iI]ds)["']?:(\s|$)/m,
  },
];

/**
 * The language of a string of a program or of data; undefined for one that is only a string. It has to begin like a
 * document, not just hold a line that looks like one: descriptions, messages and whole programs are strings too.
 */
export function stringSyntax(text: string): string | undefined {
  const guessed = fragmentSyntax(text);
  if (guessed !== undefined && PROGRAMS.has(guessed)) return undefined;
  if (guessed !== "json" && FENCE.test(text)) return "markdown";
  return guessed === undefined || (STRICTLY[guessed]?.test(text) ?? true) ? guessed : undefined;
}

/**
 * How many characters stand before the JSON that a string of data holds: a name that gets it, as in `RULE={ … }`, or the
 * `=` with which n8n marks a string that it fills in. 0 for any other string.
 */
export function lengthBeforeJson(text: string): number {
  return /^[\w.-]{0,100}=(?=\s*[{[])/.exec(text)?.[0].length ?? 0;
}

/** The languages of strings of data that others run, and nobody edits there. */
const PROGRAMS: ReadonlySet<string> = new Set(["python", "typescript", "go"]);

const STRICTLY: Readonly<Record<string, RegExp>> = {
  /** Not `{count} trunks`, nor a program's `{ a }`. */
  json: /^\s*(\{\s*(["}]|\/[/*])|\[)/,
  /** Not a program that exports something. */
  shell: /^\s*(#!|([$>#] ?)?(?!export\s+(?!\w+=))([a-z][\w-]*\s|[A-Z_]+=))/,
  /** Two keys, each on its line. A message that begins with `Note:` is one line, or goes on with words. */
  yaml: /^\s*(#cloud-config\s|(#[^\r\n]*[\r\n]\s*){0,99}(---\s|["']?[\w.-]+["']?:[^\r\n]*(\r\n|\n|\r)\s*(- )?["']?[\w.-]+["']?:(\s|$)))/,
};
