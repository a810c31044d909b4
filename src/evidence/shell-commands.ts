import { type LkCommand, lkCommand, lkTargets, takesValue } from "../syntax/shell/lk.ts";
import { httpSendings, METHOD } from "./http.ts";
import { PART, sendingsIn } from "./code.ts";
import { keysIn } from "./keys.ts";
import { outputOf, type ShellCommand, type ShellWord } from "./shell.ts";
import { callersIn } from "./rule-notices.ts";
import type { Held, Role, Sending, Step } from "./statement.ts";
import { isNeutralFilter, sedPatterns } from "./text-tools.ts";
import type { Values } from "./values.ts";
import type { Span } from "../rule/value.ts";

/** Programs before other programs, with their options. */
const BEFORE =
  /^(?:sudo|doas|env|time|timeout|nice|nohup|command|builtin|exec|stdbuf|run|npx|xargs|parallel|retry|!)$/;
/** Look at no content, or at nothing but whether it is there. */
const NO_CONTENT =
  /^(?:test|\[|\[\[|ls|git|chmod|chown|touch|mkdir|rm|stat|file|du|cd|pushd|popd|source|\.|set|shift|trap|shellcheck|prettier|eslint|sleep|wait|exit|return|true|false|:)$/;
/** Copy files under another name. */
const COPIES = /^(?:cp|mv|install|ln|rsync|scp|docker|kubectl)$/;
/** Print names of files and not what stands in them. */
const NAMES = /^(?:find|ls|fd|basename|dirname|realpath|readlink|echo|printf|for|select|mapfile|readarray|read|local|declare|export|readonly|typeset)$/;
/** Print for a person, or only test. */
const ENDS =
  /^(?:echo|printf|test|\[|\[\[|grep|egrep|rg|jq|yq|cat|diff|cmp|wc|head|tail|less|more|md5sum|sha\d+sum|read|set|exit|return|true|false|:|local|export|declare|case|for|cut|sort|uniq|column|tr|sed|awk|fold|paste|comm|bat|log|info|warn|error|die|fail|fatal)$/;
/** Look at what they are given by its text. */
const TEXT_TOOLS = /^(?:grep|egrep|fgrep|rg|awk|gawk|perl|ruby|cut|head|tail|sort|uniq|fold|paste|ed|ex|vim|python[\d.]*|node|deno|bun)$/;

/**
 * What a command does with requests; undefined for one that has to do with no name, file or request. `printed` are the names
 * of what the commands of a block print that it closes.
 */
export function commandStep(
  command: ShellCommand,
  printed: readonly string[],
  values: Values,
  functions: ReadonlySet<string>,
): Step | undefined {
  const binds = [...boundBy(command, values)];
  const assigned = command.words.findIndex(({ text }) => !ASSIGNMENT.test(text));
  const behind = assigned < 0 ? [] : command.words.slice(assigned);
  const words = unwrapped(behind);
  const name = baseOf(words[0]?.text ?? "");
  const texts = words.map(({ text }) => text);
  const held = (some: readonly ShellWord[]): Held[] =>
    [...some.flatMap(({ regions }) => regions), ...command.typed.regions].map((region) => ({ region }));
  const lk = lkCommand(texts);
  const names = name === "find" || PIPES_WORDS.test(baseOf(behind[0]?.text ?? ""));
  const all = [...command.words, ...command.reads];
  const uses = [...printed, ...all.flatMap(({ uses: own }) => own), ...command.typed.uses];
  const http = lk ? [] : httpSendings(behind.map(({ text }) => text), values);
  const step = {
    at: command.at,
    binds,
    writes: [...command.writes.flatMap((word) => pathsOf(word, values)), ...(name === "tee" ? pathsIn(words.slice(1), values) : [])].filter((path) => !/^\/dev\//.test(path)),
  };
  const raw = [...command.words.map((word) => word.raw), command.typed.raw].join(" ");
  const wraps = WRAPS.test(raw);
  const inside = [wraps ? "dispatch_rule" : PART];
  const nothing = { keys: [], inside, replaces: [], sends: [] as Sending[], ends: false };
  const verbs = lk ? verbsOf(lk.verb ?? "", values) : [];
  if (lk && verbs.length > 0) {
    const { targets, flags } = lkTargets(texts, lk);
    const given = targets.flatMap((index) => words[index] ?? []);
    const files = given.filter(({ text }) => text !== "-" && text !== "/dev/stdin");
    const takesInput = given.length === 0 || files.length < given.length;
    const input = takesInput ? command.reads : [];
    return {
      ...step,
      ...nothing,
      role: "send",
      uses: [...[...files, ...input].flatMap((one) => one.uses), ...(takesInput ? command.typed.uses : []), ...(names ? [PIPED] : [])],
      paths: [...pathsIn([...files.filter(isFileWord), ...input], values, true), ...(name === "find" ? foundPaths(texts) : []), ...mounted(command.words, files)],
      holds: held(takesInput ? [...files, ...input] : files),
      inside: wraps ? [] : inside,
      sends: verbs.map((does) => ({ does, ...(wraps && { wraps }), ...(Object.keys(flags).length > 0 && { flags }) })),
      ends: true,
    };
  }
  if (lk) {
    const known = { ...step, ...nothing, role: "read" as const, uses: [], paths: [], holds: [] };
    if (lk.verb === "list") return { ...known, answers: true };
    const deletes = lk.verb === "delete" && !lk.hidden ? refusedId(words, lk) : undefined;
    return deletes && { ...known, deletes };
  }
  if (http.length > 0) {
    const body = all.filter(({ text }) => !METHOD.test(text));
    const said = `${body.map(({ text }) => text).join(" ")} ${command.typed.text}`;
    return {
      ...step,
      ...nothing,
      role: "send",
      uses,
      paths: pathsIn(body, values),
      holds: held(all),
      keys: wraps ? [] : keysIn(said),
      inside: wraps ? [] : inside,
      sends: http.map((one) => (wraps ? { ...one, wraps: true as const } : one)),
      ends: true,
    };
  }
  // A command in a word: `trap '…'`, `sh -c "…"`, `parallel '…' ::: files`.
  const quoted = name === "echo" || name === "printf" ? [] : sendingsIn(texts.filter((text) => /\s/.test(text)).join("\n"));
  if (quoted.length > 0) {
    const paths = texts.flatMap((text) => text.split(/[\s"']+/)).filter((text) => /[./*$]/.test(text) && text.length < 300);
    return { ...step, ...nothing, role: "send", uses, paths: paths.flatMap((path) => values.expand(path)), holds: held(all), sends: quoted, ends: true };
  }
  const filter = isNeutralFilter(name, texts.slice(1));
  const isFunction = functions.has(name);
  if (isFunction) {
    for (const { text, uses: own } of words.slice(1)) {
      if (own.includes("@")) values.give("@");
      else values.set("@", own.some((use) => use.startsWith("(")) ? undefined : text);
    }
  }
  const role = roleOf(name, command, words, isFunction);
  const patterns = name === "sed" ? sedPatterns(texts.slice(1)) : undefined;
  const printedText = `${command.words.map(({ text }) => text.replaceAll(/\$\{[^}]*\}/g, "")).join("\n")}\n${command.typed.text}`;
  const keys = patterns
    ? patterns.keys
    : filter
      ? []
      : [...new Set([...keysIn(printedText), ...(TEXT_TOOLS.test(name) || /^[jy]q$/.test(name) ? [toolKey(texts)] : [])])];
  const own = [...words.slice(IS_FILE.test(texts[0] ?? "") ? 0 : 1).filter(isFileWord), ...command.reads];
  const paths = pathsIn(assigned < 0 ? command.reads : own, values, /^(?:ls|for|find)$/.test(name));
  const found = name === "find" ? foundPaths(texts) : paths;
  if (uses.length + found.length + held(all).length + step.writes.length + keys.length === 0) return undefined;
  return {
    ...step,
    role,
    uses,
    binds: isFunction ? [...binds, "@"] : binds,
    ...(isFunction && { uses: [...uses, outputOf(name)] }),
    paths: name === "cp" || name === "mv" || name === "install" || name === "ln" ? found.slice(0, -1) : found,
    writes: role === "copy" ? [...step.writes, ...copiedTo(found)] : step.writes,
    holds: held(all),
    keys: role === "none" && name !== "[" && name !== "[[" ? [] : keys,
    inside,
    callers: callersIn(printedText, command.at.start),
    replaces: patterns?.replaces ?? [],
    sends: [],
    ends: (ENDS.test(name) || assigned < 0 || isFunction || name === "") && step.writes.length === 0,
  };
}

/** Where a `delete` is given `--id`, and the ids of it: as they stand there, if they all do. */
function refusedId(words: readonly ShellWord[], { dispatch, end }: LkCommand): Step["deletes"] {
  const behind = words.slice(end);
  const options = behind.findIndex(({ text }) => text === "--");
  const given = [...words.slice(dispatch, end - 1), ...behind.slice(0, options < 0 ? undefined : options)];
  const flag = given.find(({ text }) => ID.test(text));
  if (!flag) return undefined;
  const ids: Span[] = [];
  for (let index = 0; index < given.length; index++) {
    const word = given[index];
    if (!word) break;
    if (!/^-./.test(word.text) || /^--?id=/.test(word.text)) ids.push(word);
    else if (!ID.test(word.text) && takesValue(word.text, given[index + 1]?.text ?? "")) index++;
  }
  if (options >= 0) ids.push(...behind.slice(options + 1));
  return { at: { start: flag.start, end: flag.end }, ids: ids.slice(0, MOST_IDS).map(({ start, end: to }) => ({ start, end: to })) };
}

const ID = /^--?id(?:=|$)/;
/** Of so many ids it is said what they are. */
const MOST_IDS = 20;

/** The files that a container is given as those which a command in it names: `-v "$PWD/rule.json:/in.json"`. */
function mounted(words: readonly ShellWord[], files: readonly ShellWord[]): string[] {
  return words.flatMap(({ text }) => {
    const [, host, inside] = /^(?:--volume=)?([^:]+):(\/[^:]+)(?::\w+)?$/.exec(text) ?? [];
    const file = files.find((one) => inside !== undefined && one.text.startsWith(inside))?.text;
    return host === undefined || file === undefined ? [] : [host + file.slice(inside?.length)];
  });
}

/** What a command may do whose verb is this word: both where nothing is known of it. */
function verbsOf(word: string, values: Values): ("create" | "update")[] {
  const said = values.expand(word).map((one) => one.trim().split(/\s/, 1)[0] ?? "");
  const isAny = said.some((one) => one.startsWith("${"));
  return (["create", "update"] as const).filter((does) => isAny || said.includes(does));
}

/** The name of what a pipe brings as words: `xargs`. */
export const PIPED = "|";

const PIPES_WORDS = /^(?:xargs|parallel)$/;
const ASSIGNMENT = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/;
const WRAPS = /\\?["']?dispatch_?rule\\?["']?\s*:=?\s*(?:\$\{|@|$)/i;

/** A program that is a file. */
const IS_FILE = /\/|\.(?:sh|bash|py|js|mjs|ts|rb|pl|ps1)$/;

function toolKey([name = "", ...rest]: readonly string[]): string {
  const program = rest.find((word) => !word.startsWith("-")) ?? "";
  const said = program.replaceAll(/\s+/g, " ");
  return `${baseOf(name)} ${said.length > 40 ? `${said.slice(0, 39)}…` : said}`.trim();
}

function roleOf(name: string, { words, reads, isPiped }: ShellCommand, inner: readonly ShellWord[], isFunction: boolean): Role {
  if (isFunction) return "name";
  if (name === "" && reads.length > 0) return "read";
  if (name === "" || (words.length > 0 && inner.length === 0)) return "name";
  if (COPIES.test(name)) return "copy";
  if (NO_CONTENT.test(name) && !(name === "ls" && isPiped)) return name === "ls" ? "name" : "none";
  if ((name === "jq" || name === "yq") && inner.some(({ text }) => text === "empty")) return "none";
  return NAMES.test(name) ? "name" : "read";
}

/** The names that a command gives a value, which is taken in. */
function* boundBy({ words, keywords }: ShellCommand, values: Values): Generator<string> {
  const [first, second] = words;
  for (const [index, { text, uses, regions }] of words.entries()) {
    const [written] = ASSIGNMENT.exec(text) ?? [];
    const isDeclared = /^(?:local|declare|export|readonly|typeset)$/.test(first?.text ?? "");
    if (written === undefined) {
      if (isDeclared || index === 0) continue;
      break;
    }
    const name = /^\w+/.exec(text)?.[0] ?? "";
    const value = text.slice(written.length);
    values.set(name, regions.length > 0 || uses.some((use) => use.startsWith("(")) || value === "" ? undefined : value);
    yield name;
  }
  if (first?.text === "for" || first?.text === "select") {
    const name = second?.text ?? "";
    const list = words.slice(3);
    for (const { text, uses } of list) values.set(name, uses.some((use) => use.startsWith("(")) ? undefined : text);
    if (list.length === 0) values.set(name, undefined);
    yield name;
  }
  const reads = words.findIndex(({ text }) => /^(?:read|mapfile|readarray)$/.test(text));
  if (reads >= 0 && (reads === 0 || keywords.length > 0)) {
    for (const { text } of words.slice(reads + 1)) {
      if (!/^[A-Za-z_]\w*$/.test(text)) continue;
      values.give(text);
      yield text;
    }
  }
}

/** The command behind `sudo`, `env A=b`, `xargs -n1`, `timeout 5`. */
function unwrapped(words: readonly ShellWord[]): readonly ShellWord[] {
  let rest = words;
  while (BEFORE.test(baseOf(rest[0]?.text ?? "")) && rest.length > 1) {
    const next = rest.findIndex(
      ({ text }, index) => index > 0 && !/^-/.test(text) && !ASSIGNMENT.test(text) && !/^\d+[smh]?$/.test(text) && !/^\{\}$/.test(text) && !/^-[InPLdu]$/.test(rest[index - 1]?.text ?? ""),
    );
    if (next < 0) return [];
    rest = rest.slice(next);
  }
  return rest;
}

function baseOf(word: string): string {
  return word.slice(word.lastIndexOf("/") + 1);
}

function isFileWord({ text, regions }: ShellWord): boolean {
  return regions.length === 0 && text.length < 400 && !/[\r\n]/.test(text);
}

/** The paths that words may name, also behind `--from=`, `@` and `-d@`. */
function pathsIn(words: readonly ShellWord[], values: Values, orFolder = false): string[] {
  return words.flatMap((word) => pathsOf(word, values, orFolder));
}

function pathsOf({ text, regions }: ShellWord, values: Values, orFolder = false): string[] {
  if (regions.length > 0 || text === "" || text.length > 400) return [];
  // Files that a program in quotes names: `load("rule.json")`.
  if (/["'()\s]/.test(text) && !/\$\{/.test(text)) {
    return Array.from(text.matchAll(/["']([\w./-]+\.\w+)["']/g), ([, path = ""]) => path);
  }
  const plain = text.replace(/^(?:--?[\w-]+=|[\w.-]+:?=)?@?(?=.)/, "").replace(/^-[dT]@/, "");
  return values.expand(plain).flatMap((path) => [...braces(path), ...path.split(/[@:,]/).slice(0, 8)]).flatMap((path) =>
    /^[^\s"'|<>;]+$|\$\{/.test(path) && !/^-|^\/\/|^\.+\/?$/.test(path)
      ? [path, ...(orFolder ? [`${path.replace(/\/$/, "")}/*`] : [])]
      : [],
  );
}

/** `{a,b}.json` as bash takes it apart. */
function braces(path: string): string[] {
  const [whole, before = "", list = "", after = ""] = /^(.*?)(?<!\$)\{([^{}]*,[^{}]*)\}(.*)$/.exec(path) ?? [];
  return whole === undefined ? [path] : list.split(",").slice(0, 32).flatMap((one) => braces(before + one + after));
}

/** What `find sip -name '*.json'` prints. */
function foundPaths(texts: readonly string[]): string[] {
  const folders = texts.slice(1, Math.max(1, texts.findIndex((text, index) => index > 0 && text.startsWith("-"))));
  const named = texts.findIndex((text, index) => /^-i?(?:name|path)$/.test(text) && !/^(?:!|-not)$/.test(texts[index - 1] ?? ""));
  const pattern = (named < 0 ? undefined : texts[named + 1]) ?? "*";
  const roots = folders.length > 0 ? folders : ["."];
  return roots.map((folder) => (folder === "." ? `**/${pattern}` : `${folder.replace(/\/$/, "")}/**/${pattern}`));
}

/** Where copies go: to the last of the files, also where that is a folder. */
function copiedTo(paths: readonly string[]): string[] {
  const to = paths.at(-1);
  if (to === undefined) return [];
  const files = paths.slice(0, -1).map((path) => `${to.replace(/\/$/, "")}/${baseOf(path)}`);
  return [to, ...files];
}
