import { basename } from "node:path/posix";
import { lkCommand, lkTargets } from "../../rule/lk-command.ts";
import { makesWrapper } from "../../scripts/shell/jq-wrapper.ts";
import { sendingsIn } from "../code/livekit-calls.ts";
import { httpSendings, METHOD } from "../http-methods.ts";
import { keysIn } from "../keys.ts";
import { lkNotices } from "../lk-notices.ts";
import { callersIn } from "../inbound-numbers.ts";
import { boundBy } from "./bindings.ts";
import { copyTargets, foundPaths, mountedFiles, pathsIn } from "./paths.ts";
import { endsWith, roleOf, toolKeys } from "./file-roles.ts";
import {
  ASSIGNMENT,
  isFileWord,
  outputOf,
  PIPED,
  type ShellCommand,
  type ShellWord,
  innerCommand,
  valueOf,
} from "./words.ts";
import {
  asText,
  isKnown,
  knownPieces,
  knownText,
  type PartlyKnown,
  pathOf,
  splitText,
  templateText,
  withoutFront,
} from "../../sources/partly-known.ts";
import { isNeutralFilter, sedPatterns, stripsAnnotations } from "./text-tools.ts";
import type { Values } from "../bindings.ts";
import type { Fact, HeldPlace, Sending } from "../../sources/fact.ts";

/** The names that are known where a command stands. */
export interface ShellContext {
  values: Values;
  /** The names of the functions of the script. */
  functions: ReadonlySet<string>;
}

/** A command with what all readings of it need. */
interface Taken {
  command: ShellCommand;
  /** Its words from the program on, without assignments. */
  behind: readonly ShellWord[];
  /** The same without `sudo` and its like. */
  words: readonly ShellWord[];
  /** The texts of the words. */
  texts: readonly string[];
  name: string;
  uses: readonly string[];
  /** The step as far as it is the same in all readings. */
  step: Fact;
  values: Values;
}

/**
 * Returns what a command does with requests; undefined for one that has to do with no name, file or request. `printed`
 * are the names of what the commands of a block print that it closes.
 */
export function commandStep(
  command: ShellCommand,
  printed: readonly string[],
  { values, functions }: ShellContext,
): Fact | undefined {
  const binds = [...boundBy(command, values)];
  const assigned = command.words.findIndex(({ said }) => !ASSIGNMENT.test(asText(said)));
  const behind = assigned < 0 ? [] : command.words.slice(assigned);
  const words = innerCommand(spelledOut(behind, values));
  const texts = words.map(({ text }) => text);
  const name = basename(texts[0] ?? "");
  const files = [...command.writes, ...(name === "tee" ? words.slice(1) : [])];
  const raw = [...all(command).map(({ said }) => asText(said)), command.typed.raw].join(" ");
  const wraps = WRAPS.test(raw);
  const uses = [...printed, ...all(command).flatMap((word) => word.uses), ...command.typed.uses];
  const step: Fact = {
    at: command.at,
    // `printf` and programs in words put other words into those that they are given.
    put: wraps || FILLS.test(name) ? uses : putIn(command),
    cuts: all(command).flatMap((word) => word.cuts),
    role: "send",
    uses,
    binds,
    paths: [],
    writes: pathsIn(files, values).filter((path) => !asText(path).startsWith("/dev/")),
    holds: heldIn(command, all(command)),
    keys: [],
    inside: wraps ? "wrapper" : "part",
    ...(OPENS_WRAPPER.test(raw) && { opens: true as const }),
    replaces: [],
    sends: [],
    ends: true,
  };
  const taken: Taken = { command, behind, words, texts, name, uses, step, values };
  return lkCommand(texts) && !PRINTS.test(name)
    ? byLk(taken)
    : (byHttp(taken) ?? inWord(taken) ?? byOther(taken, functions));
}

/** The words of a command that begins with a variable in which several are: `$LK create rule.json`. */
function spelledOut([first, ...rest]: readonly ShellWord[], values: Values): readonly ShellWord[] {
  if (!first) return rest;
  const [said, ...others] = values.expand(first.said);
  const parts = said === undefined || others.length > 0 || said === first.said ? [] : splitText(said, /\s+/);
  if (parts.length < 2) return [first, ...rest];
  return [...parts.map((part) => ({ ...first, said: part, text: asText(part) })), ...rest];
}

/** `lk sip dispatch …`. */
function byLk({ command, behind, words, texts, name, step, values }: Taken): Fact | undefined {
  const lk = lkCommand(texts);
  if (!lk) return undefined;
  const verbs = verbsOf(
    (lk.hidden ? undefined : words[lk.end - 1]?.said) ?? knownText(lk.verb ?? ""),
    values,
  );
  const notices = lkNotices(words, lk);
  if (verbs.length === 0) {
    const known: Fact = { ...step, role: "read", uses: [], holds: [], ends: false };
    if (lk.verb === "list") return { ...known, answers: true, notices };
    return notices.length > 0 ? { ...known, notices } : undefined;
  }
  const {
    targets,
    flags: { trunks, ...others },
  } = lkTargets(texts, lk);
  const listed = words[trunks ?? -1]?.said;
  const flags = { ...others, ...(listed && { trunks: withoutFront(listed, /^--trunks?=/) }) };
  const given = targets.flatMap((index) => words[index] ?? []);
  const files = given.filter(({ text }) => text !== "-" && text !== "/dev/stdin");
  const takesInput = given.length === 0 || files.length < given.length;
  const read = [...files, ...(takesInput ? command.reads : [])];
  const takesWords = name === "find" || /^(?:xargs|parallel)$/.test(basename(behind[0]?.text ?? ""));
  return {
    ...step,
    notices,
    uses: [
      ...read.flatMap((word) => word.uses),
      ...(takesInput ? command.typed.uses : []),
      ...(takesWords ? [PIPED] : []),
    ],
    paths: [
      ...pathsIn(read.filter(isFileWord), values, true),
      ...(name === "find" ? foundPaths(words) : []),
      ...mountedFiles(command.words, files),
    ],
    holds: heldIn(command, takesInput ? read : files),
    sends: verbs.map((does): Sending => {
      return {
        does,
        byLk: true,
        ...((!lk.hidden || Object.keys(flags).length > 0) && { flags }),
      };
    }),
  };
}

/** curl and its like, with the address of one of LiveKit's methods. */
function byHttp({ command, behind, step, values }: Taken): Fact | undefined {
  const http = httpSendings(behind, values);
  if (http.length === 0) return undefined;
  const body = all(command).filter(({ text }) => !METHOD.test(text));
  return {
    ...step,
    paths: pathsIn(body, values),
    keys: keysIn(`${body.map(({ text }) => text).join(" ")} ${command.typed.text}`),
    sends: http,
  };
}

/** A command that stands in a word: `trap '…'`, `sh -c "…"`, `parallel '…' ::: files`. */
function inWord({ texts, name, step, values }: Taken): Fact | undefined {
  if (PRINTS.test(name)) return undefined;
  const sends = sendingsIn(texts.filter((text) => /\s/.test(text)).join("\n"));
  if (sends.length === 0) return undefined;
  // A shell that reads it then puts in what stands there as it is written.
  const paths = texts.flatMap((text) => text.split(/[\s"']+/));
  const named = paths.filter((text) => /[./*$]/.test(text) && text.length < LONGEST_PATH);
  const said = named.flatMap((path) => values.expand(templateText(path, /\$\{\w+[^{}]*\}|\$\w+/g)));
  return { ...step, paths: said.map((path) => pathOf(path)), sends };
}

const LONGEST_PATH = 300;

/** Any other command. */
function byOther(
  { command, words, texts, name, uses, step, values }: Taken,
  functions: ReadonlySet<string>,
): Fact | undefined {
  if (name === "cd" || name === "pushd") values.enter(words[1]?.said);
  const isFunction = functions.has(name);
  if (isFunction) giveWords(words.slice(1), values);
  const [, ...rest] = texts;
  const role = roleOf(name, command, words, isFunction);
  const patterns = name === "sed" ? sedPatterns(rest) : undefined;
  const isNeutral = isNeutralFilter(name, rest);
  const wraps = name === "jq" && rest.some(makesWrapper);
  const plain = command.words.map((word) => (word.text === "" ? "" : knownPieces(word.said)));
  const said = `${plain.join("\n")}\n${command.typed.text}`;
  const looked =
    patterns?.keys ??
    (isNeutral
      ? []
      : [...keysIn(said), ...(words.some(({ regions }) => regions.length > 0) ? [] : toolKeys(texts))]);
  const files = words.slice(IS_FILE.test(texts[0] ?? "") ? 0 : 1).filter(isFileWord);
  const named = pathsIn([...files, ...command.reads], values, /^(?:ls|for)$/.test(name));
  const paths = name === "find" ? foundPaths(words) : name === "tee" ? [] : named;
  if (uses.length + paths.length + step.holds.length + step.writes.length + looked.length === 0)
    return undefined;
  // `sed -i` writes what it reads.
  const isInPlace =
    /^(?:sed|perl|ruby|yq|gawk|awk)$/.test(name) && rest.some((word) => /^-\w*i|^--in-?place/.test(word));
  const hasTarget = /^(?:cp|mv|install|ln)$/.test(name);
  const writes = role === "copy" ? [...step.writes, ...copyTargets(paths)] : step.writes;
  return {
    ...step,
    role,
    uses: isFunction ? [...uses, outputOf(name)] : uses,
    binds: isFunction ? [...step.binds, "@"] : step.binds,
    paths: hasTarget ? paths.slice(0, -1) : paths,
    writes,
    keys: wraps || (role === "none" && !name.startsWith("[")) ? [] : [...new Set(looked)],
    ...(wraps && { wraps: true as const }),
    calls: [name],
    ...(isNeutral && stripsAnnotations(rest) && { strips: true as const }),
    callers: callersIn(said, command.at.start),
    replaces: patterns?.replaces ?? [],
    ends: (endsWith(name) || isFunction || name === "") && step.writes.length === 0 && !isInPlace,
  };
}

/** Takes in which words a function of the script is given. */
function giveWords(words: readonly ShellWord[], values: Values): void {
  for (const word of words) {
    if (word.uses.includes("@")) values.give("@");
    else values.set("@", valueOf(word));
  }
}

function all({ words, reads }: ShellCommand): ShellWord[] {
  return [...words, ...reads];
}

/** The names whose values come to stand in requests that are written in a command. */
function putIn(command: ShellCommand): string[] {
  const words = all(command).filter(({ regions }) => regions.length > 0);
  return [
    ...words.flatMap((word) => word.uses),
    ...(command.typed.regions.length > 0 ? command.typed.uses : []),
  ];
}

/** The requests that are written in some words of a command, and in its heredocs. */
function heldIn({ typed }: ShellCommand, words: readonly ShellWord[]): HeldPlace[] {
  return [...words.flatMap(({ regions }) => regions), ...typed.regions].map((region) => ({ region }));
}

/** Returns what a command may do whose verb is this word: both where nothing is known of it. */
function verbsOf(word: PartlyKnown, values: Values): ("create" | "update")[] {
  const said = values.expand(word).flatMap((one) => splitText(one, /\s+/).slice(0, 1));
  const isAny = said.some((one) => !isKnown(one));
  return (["create", "update"] as const).filter((does) => isAny || said.includes(knownText(does)));
}

/** The wrapper's key, before what is put in as its value. */
const WRAPS = /\\?["']?dispatch_?rule\\?["']?\s*:=?\s*(?:\$\{\w*\}|@|%s|$)/i;

/** Only print the words that they are given. */
const PRINTS = /^(?:echo|printf|log|info|warn|error|die|fail|fatal|usage|say|print)$/;

/** The wrapper's key, whatever its value is. */
const OPENS_WRAPPER = /dispatch_?rule\\?["']?\s*:/i;

/** Put other words into one that they are given. */
const FILLS = /^(?:printf|python[\d.]*|node|ruby|perl|php|jq)$/;

/** A program that is a file. */
const IS_FILE = /\/|\.(?:sh|bash|py|js|mjs|ts|rb|pl|ps1)$/;
