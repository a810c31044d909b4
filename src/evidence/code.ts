import type { Span } from "../rule/value.ts";
import { keysIn } from "./keys.ts";
import type { Held, Role, Sending, Statement, Step } from "./statement.ts";
import { callersIn } from "./rule-notices.ts";
import { beginningIn } from "./spans.ts";
import { splitStatements } from "./split.ts";
import type { Values } from "./values.ts";

/** A text of code, or of data that programs read: what stands in it that is no code, by its places in the text. */
export interface CodeText {
  text: string;
  comments: readonly Span[];
  regions: readonly Span[];
  sites: readonly Span[];
  /** The keys of the flat fields that the sites have. */
  keys: readonly Span[];
}

/**
 * The statements of a text in any language but a shell's: each is one step. Names are told by the ways in which languages
 * write assignments, parameters and loops; a language that writes them otherwise has statements that bind none.
 */
export function codeStatements(code: CodeText, values: Values): Statement[] {
  const functions = functionsIn(code.text);
  const held = { regions: beginningIn(code.regions), sites: beginningIn(code.sites) };
  const heldIn = (at: Span): Held[] => [
    ...held.regions(at).map((region): Held => ({ region })),
    ...held.sites(at).flatMap((index): Held[] => {
      const site = code.sites[index]?.start;
      return site === undefined ? [] : [{ site }];
    }),
  ];
  let within: string | undefined;
  const handles = new Map<string, readonly string[]>();
  let key: string | undefined;
  return splitStatements(code).flatMap(({ start, end, text }): Statement[] => {
    const defined = DEFINES.exec(text);
    if (defined) within = defined[1] ?? defined[2];
    // An item of a list in YAML is one of the values of its key.
    key = /^\s*(?:-\s+)?["']?([A-Za-z_][\w-]*)["']?\s*:\s*$/.exec(text)?.[1] ?? key;
    const [, item] = /^\s*-\s+["']?([\w./${}@-]+)["']?\s*$/.exec(text) ?? [];
    if (item !== undefined && key !== undefined) values.set(key, item);
    const step = stepOf({ at: { start, end }, text, within }, heldIn({ start, end }), values, functions);
    if (!step) return [];
    // What is written by an open file's name goes into that file.
    if (OPENS_TO_WRITE.test(text)) for (const name of step.binds) handles.set(name, step.writes);
    const files = WRITES.test(text) ? step.uses.flatMap((name) => handles.get(name) ?? []) : [];
    const isOpened = OPENS_TO_WRITE.test(text) && step.writes.length > 0;
    return [
      {
        steps: [{ ...step, binds: isOpened ? [] : step.binds, writes: [...step.writes, ...files] }],
        captured: [],
      },
    ];
  });
}

/** Opens a file to write it. */
const OPENS_TO_WRITE = /\bopen\w*\s*\([^()]{0,200},\s*(?:mode\s*=\s*)?["'][wxa]b?t?\+?["']|\bCreate\s*\(|createWriteStream\(/;

/** What is said of a line that makes something a part of another request. */
export const PART = "a part of another request";

interface Piece {
  at: Span;
  /** The text without comments, and without the requests in it. */
  text: string;
  /** The function in which it stands, as far as that is told by the one that was last defined before it. */
  within: string | undefined;
}

function stepOf(
  { at, text, within }: Piece,
  holds: readonly Held[],
  values: Values,
  functions: ReadonlyMap<string, readonly string[]>,
): Step | undefined {
  const written = withVariables(text);
  const paths = pathsIn(written, values);
  const bare = withoutStrings(text);
  const sends = sendingsIn(written);
  const bound = boundBy(bare);
  for (const name of bound) for (const literal of literalsOf(written)) values.set(name, literal);
  const calls = [...bare.matchAll(CALL)].map(([, name = ""]) => name);
  const parameters = DEFINES.test(text) ? [] : calls.flatMap((name) => functions.get(name) ?? []);
  for (const name of parameters) {
    if (GIVEN.test(bare)) values.give(name);
    else values.set(name, undefined);
  }
  const isReturn = /^\s*(?:return|yield)\b/.test(bare) && within !== undefined;
  const uses = [...new Set([...bare.matchAll(/[A-Za-z_]\w*/g)].map(([name]) => name))];
  if (paths.length + holds.length + sends.length === 0 && uses.length === 0) return undefined;
  const isOpened = OPENS_TO_WRITE.test(text);
  const writes = sends.length === 0 && (isOpened || WRITES.test(text));
  const role = roleOf(text, calls, sends, functions);
  const keys = keysIn(withoutPaths(text));
  return {
    at,
    role,
    uses,
    binds: [...bound, ...parameters, ...(isReturn && within !== undefined ? [within] : [])],
    paths: role === "copy" ? paths.slice(0, 1) : writes && (isOpened || !READS.test(text)) ? [] : paths,
    writes: role === "copy" ? paths.slice(1) : writes ? paths : holds.length > 0 ? namedHere(text) : [],
    holds,
    keys,
    callers: callersIn(bare, at.start),
    deletes: refusedId(text, at.start, calls),
    ...(ANSWERS.test(written) && { answers: true as const }),
    inside: holds.some((held) => "region" in held) ? [PART] : [],
    replaces: [],
    sends,
    // What a template makes of it, nobody knows here.
    ends: !writes && sends.length === 0 && !/\{\{|<%/.test(text) && calls.every((name) => HARMLESS.test(name) || functions.has(name)),
  };
}

/** The name of a file that is the key of what stands behind it, as in a ConfigMap. */
function namedHere(text: string): string[] {
  const [, name] = /^\s*["']?([\w-][\w.-]*\.\w+)["']?\s*:/.exec(text) ?? [];
  return name === undefined ? [] : [name];
}

/** How functions are defined, with their parameters. */
const DEFINES =
  /(?:\b(?:def|function|func|fn|fun|sub)\s+(?:\([^()]*\)\s*)?([A-Za-z_]\w*)|\b(?:const|let|var)\s+([A-Za-z_]\w*)\s*(?::[^=\n]{0,80})?=\s*(?:async\s*)?(?:function\b|\([^()]{0,300}\)\s*(?::[^=\n]{0,80})?=>|\w+\s*=>))/;
const PARAMETERS = new RegExp(`${DEFINES.source}\\s*\\*?\\s*\\(([^()]{0,500})\\)`, "g");

function functionsIn(text: string): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { 0: whole, 1: one, 2: other, 3: inBrackets } of text.matchAll(PARAMETERS)) {
    const list = inBrackets ?? /\(([^()]*)\)/.exec(whole)?.[1] ?? "";
    const names = list.split(",").flatMap((item) => /[A-Za-z_]\w*/.exec(item.replace(/^\s*(?:const|final|var)\s+/, ""))?.[0] ?? []);
    found.set(one ?? other ?? "", names.filter((name) => name !== "self" && name !== "this" && name !== "cls"));
  }
  return found;
}

const CALL = /(?<!\w)([A-Za-z_]\w*)\s*(?:\?\.)?\(/g;

/** Calls that print, test or only look. */
const HARMLESS =
  /^(?:print\w*|puts|p|echo|log|info|debug|warn\w*|error|trace|fatal|len|count|str|repr|int|bool|float|isinstance|type|format|dumps|stringify|parse|loads?|load|open|read\w*|readFile\w*|ReadFile|json|require|import|expect|assert\w*|to[A-Z]\w*|describe|it|test|exit|exists\w*|isfile|join|resolve|Path|dirname|basename|strip|trim|split|keys|values|items|get|has|sorted|list|dict|glob|iglob|listdir|readdir\w*|if|for|while|switch|catch|elif|return|and|or|not|in|with|def|function|func|lambda|super|main|run|range|enumerate|map|filter|forEach|String|Number|Boolean|safe_load\w*|Unmarshal|Errorf|Println|Printf|Fatal\w*|encode|decode|copy|deepcopy)$/;

/** Words of code that reads what stands in a file. */
const READS =
  /\b(?:open|read\w*|load\w*|parse\w*|import|require|include\w*|file_get_contents|Get-Content|slurp|lookup|file|templatefile|embed|cat|Unmarshal|Decode\w*|from_json|ReadFile|ReadAllText|Files|Get)\b/;
/** Words of code that writes a file. */
const WRITES =
  /\b(?:write\w*|dump|save\w*|createWriteStream|Out-File|Set-Content|file_put_contents|WriteFile|WriteAllText)\b|["'][wa]b?\+?["']/i;
/** Words of code that copies a file as it is. */
const COPIES = /\b(?:copy|copy2|copyfile|copyFile|copyFileSync|rename|renameSync|move|CopyFile|FileUtils\.cp|cp|COPY|ADD|put_file|Copy-Item)\b/;
/** Words of code that only asks about a file, or gives it to a person or a tool that changes nothing. */
const NO_CONTENT = /\b(?:exists\w*|isfile|is_file|access\w*|stat|lstat|unlink\w*|remove|rm|chmod|touch|Test-Path|git|configmap|watch|watchFile)\b/;
/** What only makes or lists names. */
const NAMES = /^(?:join|resolve|Path|PurePath|dirname|basename|abspath|normpath|realpath|fileURLToPath|URL|glob\w*|iglob|rglob|listdir|scandir|readdir\w*|ReadDir|Glob|walk|Walk|WalkDir|sorted|list|str|String|sort|filter|filepath|getcwd|cwd|expanduser|with_name|append|push|add|for|if|while|foreach|set|GLOB|GLOB_RECURSE|ls|Dir|entries|strip|format|env|getenv|get|default)$/;

function roleOf(
  text: string,
  calls: readonly string[],
  sends: readonly Sending[],
  functions: ReadonlyMap<string, readonly string[]>,
): Role {
  if (sends.length > 0) return "send";
  if (COPIES.test(text)) return "copy";
  const others = calls.filter((name) => !NAMES.test(name) && !functions.has(name));
  if (others.length === 0 && !READS.test(withoutPaths(text))) return "name";
  if (NO_CONTENT.test(text) && !READS.test(withoutPaths(text))) return "none";
  return "read";
}

/** How code creates and updates: commands in its strings and lists of words, methods, classes of messages. */
const SAYS = {
  create:
    /sip[^A-Za-z0-9]{1,12}dispatch(?:-rules?)?[^A-Za-z0-9]{1,12}create\b|create-sip-dispatch-rule|\/CreateSIPDispatchRule\b|\bCreateSIPDispatchRule(?:Request)?\b|create_?(?:sip_?)?dispatch_?rule(?!_?request)/i,
  update:
    /sip[^A-Za-z0-9]{1,12}dispatch(?:-rules?)?[^A-Za-z0-9]{1,12}update\b|update-sip-dispatch-rule|\bUpdateSIPDispatchRule(?:Request)?\b|update_?(?:sip_?)?dispatch_?rule/i,
};

/** Code that gets rules from LiveKit: lists of them, and answers to a create or update. */
const ANSWERS =
  /list_?(?:sip_?)?dispatch_?rules?\b|sip[^A-Za-z0-9]{1,12}dispatch(?:-rules?)?[^A-Za-z0-9]{1,12}list\b|(?:create|update)_?(?:sip_?)?dispatch_?rule\s*\(/i;

/** Where code has `lk` delete a rule by `--id`, unless it only prints that. */
function refusedId(text: string, start: number, calls: readonly string[]): Step["deletes"] {
  const index = text.search(DELETES);
  if (index < 0 || calls.some((name) => PRINTS.test(name)) || /^\s*(?:raise|throw)\b/.test(text)) return undefined;
  const flag = index + text.slice(index).search(/--?id\b/);
  const [before, id = ""] = /^--?id["'\s,=]+(?=([\w${}.<>-]+))/.exec(text.slice(flag)) ?? [];
  const at = start + flag + (before?.length ?? 0);
  const isWritten = before !== undefined && /^SDR_\w+$/.test(id);
  return { at: { start: start + flag, end: start + flag + 4 }, ids: isWritten ? [{ start: at, end: at + id.length }] : [] };
}

const DELETES = /sip[^A-Za-z0-9]{1,12}dispatch(?:-rules?)?[^A-Za-z0-9]{1,12}delete\b[^\n]{0,200}--?id\b/;
const PRINTS = /^(?:print\w*|puts|echo|log|info|debug|warn\w*|error|Error|\w+Error|Exception|Write|Host|Println|Printf|Errorf|fail\w*|die|usage|help)$/;

/** The commands and calls in a text that create or update rules. */
export function sendingsIn(text: string): Sending[] {
  const trunks = /--trunks?["']?[\s,=]+["']?([\w${}-]+)/.exec(text)?.[1];
  const instead = /--(?:direct|individual|caller|callee)\b/.exec(text)?.[0];
  const flags = { ...(trunks !== undefined && { trunks }), ...(instead !== undefined && { instead }) };
  return (["create", "update"] as const)
    .filter((does) => SAYS[does].test(text))
    .map((does) => ({ does, ...(does === "create" && Object.keys(flags).length > 0 && { flags }) }));
}

/** What comes from outside of a program. */
const GIVEN = /\b(?:argv|args?|ARGV|Args|environ|getenv|parse_args|input)\b|process\.env/;

/** The texts that a statement gives a name; undefined for what can't be told. */
function literalsOf(text: string): (string | undefined)[] {
  const [, list, one] =
    /^[^=:\n]{1,80}[:?]?[=:]\s*(?:\[([^[\]]{1,2000})\]|[fr]?["'`]?([^"'`\n]{1,200}?)["'`]?)[;,]?\s*$/.exec(text) ?? [];
  const texts = list === undefined ? [one] : list.split(",").map((item) => item.trim().replaceAll(/^["'`]|["'`]$/g, ""));
  return texts.map((said) => (said !== undefined && /^[\w./@%+${}-]+$/.test(said) ? said : undefined));
}

/** The names that a statement gives a value, a parameter or an item. */
function boundBy(text: string): string[] {
  const found: string[] = [];
  const [, left] =
    /^\s*(?:export\s+)?(?:(?:const|let|var|val|final|auto|static|public|private|my|set|local|readonly|await|define|ENV|ARG|[A-Z]\w*(?:<[^>]*>)?)\s+)*([\w.$,\s[\]"'{}*:@-]{1,160}?)\s*(?::=|\?=|[+|]?=)(?![=>~])/.exec(text) ?? [];
  if (left !== undefined) found.push(...names(left).slice(0, 6));
  const [, key] = /^\s*(?:-\s*)?["']?([A-Za-z_][\w-]*)["']?\s*:(?:\s|$)/.exec(text) ?? [];
  if (key !== undefined && left === undefined) found.push(key);
  const [, item] = /^\s*-\s*([A-Za-z_]\w*)=/.exec(text) ?? [];
  if (item !== undefined) found.push(item);
  for (const pattern of BINDS) {
    for (const match of text.matchAll(pattern)) found.push(...names(match.slice(1).join(" ")).slice(0, 4));
  }
  return [...new Set(found)];
}

const BINDS = [
  /\bfor(?:each)?\s*\(?\s*(?:const|let|var|auto|my)?\s*([\w\s,$()]{1,60}?)\s+(?:in|of|:=\s*range)\b/g,
  /\bforeach\s*\(?\s*([A-Za-z_]\w*)\s/g,
  /\bas\s+\$?(\w+)\s*(?:[:,)]|$)/g,
  /(?<!\w)(\w+(?:\s*,\s*\w+){0,3})\s*\)?\s*=>/g,
  /\|\s*(\w+(?:\s*,\s*\w+){0,3})\s*\|/g,
  /\blambda\s+(\w+)/g,
  /\bfunc(?:tion)?\s*\(([^()]{1,80})\)/g,
  /^\s*set\s*\(?\s*(?:-\w+\s+)*(\w+)\s/g,
  /^\s*(?:ENV|ARG)\s+(\w+)/g,
];

function names(text: string): string[] {
  return Array.from(text.matchAll(/[A-Za-z_]\w*/g), ([name]) => name).filter(
    (name) => !/^(?:const|let|var|self|this|in|of|range|string|str|dict|Any|any|int|number|err|_)$/.test(name),
  );
}

/** What stands in strings is no name, but for what is put in there. */
function withoutStrings(text: string): string {
  return text.replaceAll(/(["'`])((?:\\.|(?!\1)[^\\\n])*)\1/g, (_, quote: string, inside: string) =>
    /[${%#]/.test(inside)
      ? `${quote}${[...inside.matchAll(/[$%#]?[{(]+\s*([\w.]+)[^})]*[})]+|\$(\w+)/g)].map(([, one, other]) => one ?? other).join(" ")}${quote}`
      : quote + quote,
  );
}

/** The text with what is put into its strings as `${name}`, and with texts that are put together as one. */
function withVariables(text: string): string {
  const said = text
    .replaceAll(/\\\n/g, " ")
    .replaceAll(/(["'`])\s*\+\s*([\w.]+)(?:\([^()]*\))?\s*\+\s*(["'`])/g, (_, _1, name: string) => `\${${lastName(name)}}`)
    .replaceAll(/(["'`])\s*\+\s*([\w.]+)/g, (_, quote: string, name: string) => `\${${lastName(name)}}${quote}`)
    .replaceAll(/(?<![\w.)\]])([\w.]+)\s*\+\s*(["'`])(?=[\w./-])/g, (_, name: string, quote: string) => `${quote}\${${lastName(name)}}`)
    .replaceAll(/[$#]?\{\{?\s*(?:\.?[\w]+\.)*(\w+)(?:[^{}\n"']{0,60})?\s*\}\}?/g, (_, name: string) => `\${${name}}`)
    .replaceAll(/\$\((\w+)\)|\$(\w+)/g, (_, one: string | undefined, other: string | undefined) => `\${${one ?? other}}`)
    .replaceAll(/%[sdv]/g, "${}");
  return JOINS.test(said)
    ? said
        .replaceAll(/(["'])([\w./${}-]+)\1\s*(?:,|\/)\s*(?=(["'])[\w.*${}-]+\.\w+\3)/g, (_, quote: string, folder: string) => `${quote}${folder}/`)
        .replaceAll(/(["'][\w./${}-]+\/)(["'])/g, "$1")
    : said;
}

/** Puts names of folders and files together. */
const JOINS = /\bjoin\s*\(|\bresolve\s*\(|\bPath\b|\bJoin\s*\(|["']\s*\/\s*["']/;

/** Code that reads a file whose name is a variable. */
const OPENS =
  /\b(?:open|readFile|readFileSync|ReadFile|Open|file_get_contents|ReadAllText|Get-Content|read|cat|load_file)\s*\(?\s*(?:-(?:Path|Raw)\s+)*\$?([A-Za-z_][\w.]*)\s*(?=[,)\s]|$)/g;

function lastName(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

const WORD = /(?:[\w.@~+%/*-]|\$\{\w*\})+/g;
const LISTS = /\b(?:listdir|scandir|readdir\w*|ReadDir|glob\w*|rglob|iterdir|walk\w*|Glob|Dir|Get-ChildItem|entries|ls|find|fileset)\b/i;

function pathsIn(text: string, values: Values): string[] {
  const found = Array.from(text.matchAll(WORD), ([word]) => word).filter(
    (word) => word.length < 300 && /\.\w|[/*]/.test(word) && !/^[\d.]+$|^\.+\/?$|^[/*-]+$/.test(word),
  );
  const folders = LISTS.test(text)
    ? Array.from(text.matchAll(/["'`]([\w./-]+)["'`]/g), ([, folder = ""]) => `${folder.replace(/\/$/, "")}/**/*`)
    : [];
  const opened = Array.from(text.matchAll(OPENS), ([, name = ""]) => `\${${lastName(name)}}`);
  const variables = found.length === 0 ? Array.from(text.matchAll(/\$\{(\w+)\}/g), ([one]) => one) : [];
  return [...found, ...folders, ...opened, ...variables].slice(0, 64).flatMap((path) => values.expand(path));
}

/** The text without the paths of files in it, in which a key is only a part of a name. */
function withoutPaths(text: string): string {
  return text.replaceAll(/(["'`])[^"'`\s]*(?:\/[^"'`\s]*|\.(?:json|jsonc|ya?ml|ndjson|jsonl|tmpl|tpl|txt|env))\1/g, "$1$1").replaceAll(/[\w./${}*-]+\.(?:jsonc?|ya?ml|ndjson|jsonl)\b/g, "");
}
