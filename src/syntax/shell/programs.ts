import type { Span } from "../../rule/value.ts";
import { STANDARD_INPUT } from "../source/paths.ts";
import type { KeyPath, Mention } from "../syntax.ts";
import { type Call, mentionsOf, type PathOf, type ProgramRun } from "./call.ts";
import { type Argument, baseOf, opensWrapper } from "./expand.ts";
import { readJq } from "./jq.ts";
import { sentIn } from "./send.ts";
import { changed, joined, NOTHING, type Stream, textsOf } from "./stream.ts";

/** What a program does: what it prints, what it writes to which files, and what is said by it. */
export interface Deeds {
  prints: Stream;
  writes: readonly { from: Stream; to: string }[];
  mentions: readonly Mention[];
  runs?: ProgramRun;
}

/** Programs before other programs, and those of their options that take a value. */
const WRAPPERS: Readonly<Record<string, RegExp>> = {
  sudo: /^-[ugpCDRT]$/,
  doas: /^-[uC]$/,
  env: /^-[uCS]$|^--(unset|chdir)$/,
  time: /^-[fo]$/,
  timeout: /^-[ks]$/,
  nice: /^-n$/,
  command: /(?!)/,
  builtin: /(?!)/,
  exec: /^-a$/,
  nohup: /(?!)/,
  stdbuf: /^-[ioe]$/,
};

/** What a program does with what it is given, as far as it has to do with requests. `pathOf` puts the folder before a name. */
export function deedsOf(call: Call, pathOf: PathOf): Deeds {
  const args = unwrapped(call.args);
  const name = baseOf(textOf(args[0]));
  const rest = args.slice(1);
  if (NEVER_SENDS.test(name)) return tell(name, rest, call.at);
  const inner = onNames(name, rest, call.input);
  if (inner) return deedsOf({ ...call, args: inner, input: NOTHING }, pathOf);
  if (name === "find") return { ...NONE, prints: { origins: [], names: foundNames(rest) } };
  const sent = sentIn(args, call, pathOf);
  const mounted = name === "docker" || name === "podman" ? mounts(rest, pathOf) : NONE;
  if (sent) return { ...mounted, ...sent };
  if (name === "jq") return jq(rest, call, pathOf);
  if (name === "yq") return yq(rest, call, pathOf);
  if (COPIES.test(name)) return copies(name, rest, pathOf);
  if (name === "docker" || name === "podman") {
    const copied = rest.findIndex((arg) => textOf(arg) === "cp");
    return copied < 0 ? mounted : copies("cp", rest.slice(copied + 1), pathOf);
  }
  if (name === "kubectl" && textOf(rest[0]) === "cp") return copies("cp", rest.slice(1), pathOf);
  if (name === "tee" || name === "sponge") {
    const files = rest.filter((arg) => !isOption(arg)).flatMap(({ texts }) => texts);
    const writes = files.map((file) => ({ from: call.input, to: pathOf(file) }));
    return { prints: call.input, writes, mentions: [] };
  }
  if (INTERPRETS.test(name)) return interpreted(rest, call, pathOf);
  const script = /^(g?sed|[gm]?awk)$/.test(name) ? rest.find((arg) => !isOption(arg)) : undefined;
  const read = rest.filter((arg) => arg !== script);
  const deeds = filter(read, call.input, pathOf);
  const keepsKeys = /^(cat|g?sed|envsubst)$/.test(name) && read.every((arg) => isKept(arg, pathOf));
  if (keepsKeys) return deeds;
  const writes = deeds.writes.map(({ from, to }) => ({ from: changed(from), to }));
  return { ...deeds, writes, prints: changed(deeds.prints) };
}

const INTERPRETS = /^(python[\d.]*|node|nodejs|ruby|php|perl)$/;

/** A program in another language: what it reads from its input stands in one of its own words, or in its heredoc. */
function interpreted(args: readonly Argument[], { input, at }: Call, pathOf: PathOf): Deeds {
  const { prints } = filter(args, input, pathOf);
  const { alike } = input;
  // Of an input that is not known it is said, too: what another one is fed is not what this one reads.
  const fed = input.origins.length > 0 ? input : textsOf(["${}"]);
  const copy = {
    does: "copy" as const,
    at,
    to: STANDARD_INPUT,
    inTurn: true as const,
    ...(alike && { alike }),
  };
  return { prints: changed(prints), writes: [], mentions: mentionsOf(fed, copy) };
}

/** Whether an argument of `cat` and its like brings nothing but what is known of it. */
function isKept(arg: Argument, pathOf: PathOf): boolean {
  return isOption(arg) || held(arg, pathOf).alike === true;
}

/** Programs that print or search words, whatever these are. */
const NEVER_SENDS =
  /^(echo|printf|print|ls|grep|egrep|rg|git|test|\[|\[\[|:|rm|chmod|mkdir|touch|true|false|exit|return|case)$/;
const COPIES = /^(cp|mv|install|ln|scp|rsync)$/;
const NONE: Deeds = { prints: NOTHING, writes: [], mentions: [] };

function textOf(arg: Argument | undefined): string {
  return arg?.texts[0] ?? "";
}

function isOption(arg: Argument): boolean {
  return /^-./.test(textOf(arg));
}

/** The arguments without `sudo`, `env A=b` and the like before them. */
function unwrapped(args: readonly Argument[]): readonly Argument[] {
  let at = 0;
  for (;;) {
    const name = baseOf(textOf(args[at]));
    const valued = WRAPPERS[name];
    if (!valued) return args.slice(at);
    at++;
    for (let arg = args[at]; arg && (isOption(arg) || /^\w+=/.test(textOf(arg))); arg = args[at]) {
      at += valued.test(textOf(arg)) ? 2 : 1;
    }
    if (name === "timeout") at++;
  }
}

/** What `echo` and `ls` print: text that they are given, and perhaps names. */
function tell(name: string, args: readonly Argument[], at: Span): Deeds {
  if (!/^(echo|printf|print|ls)$/.test(name)) return NONE;
  const bare = name === "printf" ? wrappedByFormat(args) : [];
  const mentions = mentionsOf(joined(bare.map(({ holds }) => holds)), { does: "update", at });
  const names = args.filter((arg) => !isOption(arg)).flatMap(({ texts }) => texts.filter(isName));
  const told = joined(args.filter((arg) => !bare.includes(arg)).map(({ holds }) => holds));
  const isText = told.origins.length > 0 || mentions.length > 0;
  return { ...NONE, mentions, prints: isText ? told : joined([told, { origins: [], names }]) };
}

/** The arguments that the format of `printf` puts into a wrapper: `{"dispatch_rule": %s}`. */
function wrappedByFormat(args: readonly Argument[]): Argument[] {
  const [format, ...values] = args.slice(textOf(args[0]) === "--" ? 1 : 0);
  const before = textOf(format)
    .replaceAll("%%", "")
    .split(/%(?:[-+ #0]*\d*(?:\.\d+)?[a-zA-Z])/);
  return values.filter((_, index) => opensWrapper(before[index % (before.length - 1)] ?? ""));
}

/** The command that `xargs` and `find -exec` run, with the names that these put in; undefined for other programs. */
function onNames(name: string, args: readonly Argument[], input: Stream): Argument[] | undefined {
  if (name === "xargs") {
    let at = 0;
    let place = "{}";
    for (let arg = args[at]; arg && isOption(arg); arg = args[at]) {
      const [, written] = /^-[Ii](.*)$/.exec(textOf(arg)) ?? [];
      if (written !== undefined) place = written || textOf(args[at + 1]);
      at += /^-[InPLdsa]$/.test(textOf(arg)) ? 2 : 1;
    }
    return filledIn(args.slice(at), place, input.names);
  }
  const exec = name === "find" ? args.findIndex((arg) => /^-exec(dir)?$/.test(textOf(arg))) : -1;
  if (exec < 0) return undefined;
  const end = args.findIndex((arg, index) => index > exec && /^[;+]$/.test(textOf(arg)));
  return filledIn(args.slice(exec + 1, end < 0 ? undefined : end), "{}", foundNames(args));
}

function filledIn(args: readonly Argument[], place: string, names: readonly string[]): Argument[] {
  const [first] = args;
  if (!first || names.length === 0) return [...args];
  const has = args.some((arg) => textOf(arg).includes(place));
  const fill = (arg: Argument): Argument =>
    textOf(arg).includes(place)
      ? { ...arg, texts: names.map((name) => textOf(arg).replace(place, () => name)) }
      : arg;
  return has ? args.map(fill) : [...args, { ...first, texts: names, holds: NOTHING }];
}

// The names that `find` prints, as a pattern: `find sip -name '*.json'` as `sip/**/*.json`.
function foundNames(args: readonly Argument[]): string[] {
  const pattern = textOf(args[args.findIndex((arg) => /^-i?name$/.test(textOf(arg))) + 1]);
  const folders = args.slice(0, args.findIndex(isOption)).flatMap(({ texts }) => texts);
  return isName(pattern)
    ? (folders.length > 0 ? folders : ["."]).map((folder) => `${folder}/**/${pattern}`)
    : [];
}

/** `cp a b folder/`, `mv a b`, `scp a host:b`, also with `-t folder`. */
function copies(name: string, args: readonly Argument[], pathOf: PathOf): Deeds {
  const files: string[] = [];
  let folder: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const text = textOf(args[at]);
    if (/^(-t|--target-directory)$/.test(text)) folder = textOf(args[++at]);
    else if (text.startsWith("--target-directory=")) folder = text.slice(text.indexOf("=") + 1);
    else if (name === "install" ? /^-[mog]$/.test(text) : name === "scp" && /^-[PiFlo]$/.test(text)) at++;
    else if (!text.startsWith("-")) files.push(...(args[at]?.texts ?? []));
  }
  const to = withoutHost(folder ?? files.pop() ?? "");
  const writes = files.map(withoutHost).flatMap((file) => {
    const inFolder = `${to.replace(/\/+$/, "")}/${baseOf(file)}`;
    const isFolder = folder !== undefined || files.length > 1 || /(^|\/)\.{0,2}$/.test(to);
    const targets = isFolder ? [inFolder] : baseOf(to).includes(".") ? [to] : [to, inFolder];
    return targets.map((target) => ({ from: textsOf([pathOf(file)]), to: pathOf(target) }));
  });
  return { prints: NOTHING, writes, mentions: [] };
}

/** `host:/tmp/rule.json` is known as `/tmp/rule.json` where it is used. */
function withoutHost(file: string): string {
  return file.replace(/^[\w.@{}$-]+:/, "");
}

/** `docker run -v ./rule.json:/rule.json`. */
function mounts(args: readonly Argument[], pathOf: PathOf): Deeds {
  const writes = args.flatMap(({ texts: [text = ""] }) => {
    const [, from, to] = /^(?:--volume=)?([^:]+\.\w+):(\/[^:]+\.\w+)(?::\w+)?$/.exec(text) ?? [];
    return from !== undefined && to !== undefined ? [{ from: textsOf([pathOf(from)]), to }] : [];
  });
  return { prints: NOTHING, writes, mentions: [] };
}

/** What is read and printed in another form: by `cat`, `sed`, `envsubst`, or by a program of which nothing is known. */
function filter(args: readonly Argument[], input: Stream, pathOf: PathOf): Deeds {
  const output = args.findIndex((arg) => /^(-o|--out|--output)$/.test(textOf(arg)));
  const [, file = textOf(output < 0 ? undefined : args[output + 1])] =
    args.map((arg) => /^--out(?:put)?=(.*)$/.exec(textOf(arg))).find((found) => found !== null) ?? [];
  const read = args.filter((_, index) => index !== output + 1 || output < 0);
  const from = joined([input, ...read.map((arg) => held(arg, pathOf))]);
  return { prints: from, writes: file === "" ? [] : [{ from, to: pathOf(file) }], mentions: [] };
}

/** The text that an argument brings: what it holds, or that of the file that it may name, also behind `--from=`. */
function held({ texts, holds }: Argument, pathOf: PathOf): Stream {
  const names = texts
    .map((text) => text.replace(/^(--?[\w-]+=|@)/, ""))
    .filter((text) => isName(text) && /[./]/.test(text));
  return joined([holds, textsOf(names.map(pathOf))]);
}

/** Whether a word may be the name of a file. */
function isName(text: string): boolean {
  return (
    text !== "" && text.length < 300 && !/^-|[\r\n\t'"|<>{}()]/.test(text.replaceAll(/\$\{[^}]*\}/g, ""))
  );
}

/** The options of jq and yq that take one value, and those that take two. */
const JQ_ONE = /^--(indent|tab-width|input-format|output-format)$|^-[LIop]$/;
const JQ_TWO = /^--(arg|argjson|slurpfile|rawfile)$/;
/** Options with which a program still sees each of its inputs as it is, one after the other. */
const JQ_PLAIN =
  /^(-[rcMCaSej]+|--(raw-output0?|compact-output|monochrome-output|color-output|ascii-output|sort-keys|exit-status|join-output|tab|unbuffered))$/;

function jq(args: readonly Argument[], { input, at }: Call, pathOf: PathOf): Deeds {
  const named: Stream[] = [];
  const values: Stream[] = [];
  const valueNames: string[] = [];
  let program: Argument | undefined;
  let isPlain = true;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    const text = textOf(arg);
    if (!arg) break;
    if (JQ_TWO.test(text)) {
      const value = args[index + 2];
      if (value) values.push(text.endsWith("file") ? held(value, pathOf) : value.holds);
      valueNames.push(textOf(args[index + 1]));
      index += 2;
    } else if (JQ_ONE.test(text)) index++;
    else if (/^(-f|--from-file)$/.test(text)) program = args[++index];
    else if (isOption(arg)) isPlain &&= JQ_PLAIN.test(text);
    else if (!program) program = arg;
    else named.push(joined([textsOf(arg.texts.map(pathOf)), arg.holds]));
  }
  const { keys, prints, sets, paths } = readJq(textOf(program));
  const main = joined(named.length > 0 ? named : [input]);
  const from = joined([input, ...named, ...values]);
  const read = { does: "read" as const, at, ...(keys && { keys }), ...(sets && { sets }) };
  const literal = program?.literal;
  const runs = literal &&
    paths && {
      program: { at: literal, paths: paths.map((path) => movedTo(path, literal.start)) },
      isSure: isPlain && main.alike === true,
    };
  const seen = joined([input, ...named]);
  const inValues = readJq(asInput(textOf(program), valueNames)).keys;
  const readOfValues = { does: "read" as const, at, ...(inValues && { keys: inValues }) };
  const mentions = [
    ...(keys?.length === 0 ? [] : mentionsOf(seen, { ...read, ...(runs && { program: literal.start }) })),
    ...(inValues?.length === 0 ? [] : mentionsOf(joined(values), readOfValues)),
    // What is put into the wrapper here is a bare rule, and has to stay one.
    ...(prints === "wrapped" ? mentionsOf(from, { does: "update", at }) : []),
  ];
  const own = program?.holds ?? NOTHING;
  // A part of what LiveKit lists is a bare rule still.
  const part = { ...NOTHING, bare: prints === "part" && from.bare === true };
  const whole = isPlain && paths && main.alike ? main : changed(from);
  return {
    prints: joined([prints === "request" ? whole : part, own]),
    writes: [],
    mentions,
    ...(runs && { runs }),
  };
}

/** A program with its input in the place of these variables: `$r[0].name` as `.name`. */
function asInput(program: string, names: readonly string[]): string {
  return program.replaceAll(/\$(\w+)(?:\[\d*\])*(\.?)/g, (found, name: string) =>
    names.includes(name) ? "." : found,
  );
}

/** A program for yq reads like one for jq, but is not rewritten: there are two programs of that name. */
function yq(args: readonly Argument[], call: Call, pathOf: PathOf): Deeds {
  const rest = /^(e|ea|eval|eval-all)$/.test(textOf(args[0])) ? args.slice(1) : args;
  const plain = rest.map(({ start, end, texts, holds }) => ({ start, end, texts, holds }));
  return jq(plain, call, pathOf);
}

function movedTo({ at, first, keys }: KeyPath, start: number): KeyPath {
  const moved = (span: Span): Span => ({ start: span.start + start, end: span.end + start });
  return { at: moved(at), first: moved(first), keys };
}
