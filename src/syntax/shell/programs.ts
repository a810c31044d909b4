import type { Span } from "../../rule/value.ts";
import { STANDARD_INPUT } from "../source/paths.ts";
import type { KeyPath, Mention } from "../syntax.ts";
import { type Call, isName, isOption, mentionsOf, type PathOf, type ProgramRun, textOf } from "./call.ts";
import { type Argument, baseOf, isUnknown, opensWrapper } from "./expand.ts";
import { listed } from "./listing.ts";
import { readJq } from "./jq.ts";
import { stdinLanguage } from "./language.ts";
import { sentIn } from "./send.ts";
import { changed, inOrder, inWrapper, joined, NOTHING, type Stream, textsOf } from "./stream.ts";

/** What a program does: what it prints, what it writes to which files, and what is said by it. */
export interface Deeds {
  prints: Stream;
  writes: readonly { from: Stream; to: string; appends?: boolean }[];
  mentions: readonly Mention[];
  runs?: ProgramRun;
}

/** What a program does with what it is given, as far as it has to do with requests. `pathOf` puts the folder before a name. */
export function deedsOf(call: Call, pathOf: PathOf): Deeds {
  const { args } = call;
  const name = baseOf(textOf(args[0]));
  const rest = args.slice(1);
  const prints = listed(name, rest, call.input);
  if (prints) return { ...NONE, prints };
  if (NEVER_SENDS.test(name)) return tell(name, rest, call.at);
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
    const appends = rest.some((arg) => /^(-a|--append)$/.test(textOf(arg)));
    const writes = files.map((file) => ({ from: call.input, to: pathOf(file), appends }));
    return { prints: call.input, writes, mentions: [] };
  }
  const script = /^(g?sed|[gm]?awk)$/.test(name) ? rest.find((arg) => !isOption(arg)) : undefined;
  const read = rest.filter((arg) => arg !== script);
  const filtered = filter(read, call, pathOf, name === "cat");
  const fed = INTERPRETS.test(name) ? fedTo(call) : [];
  const deeds = { ...filtered, mentions: [...filtered.mentions, ...runOf(args, call.at, pathOf), ...fed] };
  const written = rest.map(textOf);
  if (stdinLanguage(args.map(textOf)) !== undefined) written.push(call.typed ?? "");
  if (written.some((text) => writesWrapper(name, text))) {
    const writes = deeds.writes.map(({ from, to }) => ({ from: inWrapper(from), to }));
    const mentions = mentionsOf(deeds.prints, { does: "update", at: call.at });
    return { writes, mentions, prints: inWrapper(deeds.prints) };
  }
  const keepsKeys =
    /^(cat|g?sed|envsubst)$/.test(name) && read.every((arg) => isKept(arg, pathOf, name === "cat"));
  if (keepsKeys) return deeds;
  const writes = deeds.writes.map(({ from, to }) => ({ from: changed(from), to }));
  return { ...deeds, writes, prints: changed(deeds.prints) };
}

/** Programs that run the program which they are given as a file, and words between that run something themselves. */
const RUNS =
  /^((ba|z|k|da|a)?sh|source|\.|python[\d.]*|node|tsx|ts-node|bun|deno|uv|poetry|pipenv|npx|run|exec)$/;

/** A program of the repository that is given words: `./deploy.sh rule.json`, `bash deploy.sh rule.json`. */
function runOf(args: readonly Argument[], at: Span, pathOf: PathOf): Mention[] {
  const file = args.findIndex(
    (arg, index) => !RUNS.test(baseOf(textOf(arg))) && (index === 0 || !isOption(arg)),
  );
  const words = args.slice(file + 1, file + 1 + MOST_WORDS);
  const name = textOf(args[file]);
  if (words.length === 0 || !isName(name) || !/[./]/.test(name)) return [];
  const said = words.map(({ texts }) =>
    texts.map((text) => (/[./]/.test(text) ? wordAsPath(text, pathOf) : text)),
  );
  return [{ does: "run", at, file: pathOf(name), words: said }];
}

/** A word with its folder, also behind `--file=`. */
function wordAsPath(text: string, pathOf: PathOf): string {
  const [, name = text] = /^--?[\w-]+=(.*)$/.exec(text) ?? [];
  return name.startsWith("-") ? name : pathOf(name);
}

const MOST_WORDS = 32;

/** Whether a program inside of a command puts a wrapper around what it reads: `sed '1s/^/{"dispatch_rule":/; …'`. */
function writesWrapper(name: string, program: string): boolean {
  const written = name.endsWith("sed") ? program.replaceAll(SOUGHT, "s") : program;
  return /\bdispatch_?[rR]ule\\{0,2}["']{0,2}\s{0,9}(:|=>)/.test(written);
}

/** What sed looks for to put something else there. */
const SOUGHT = /\bs([/|#,])(?:\\.|(?!\1)[^\\])*\1/g;

const INTERPRETS = /^(python[\d.]*|node|nodejs|ruby|php|perl)$/;

/** What a program in another language reads from its input stands in one of its own words, or in its heredoc. */
function fedTo({ input, at }: Call): Mention[] {
  const { alike } = input;
  // Of an input that is not known it is said, too: what another one is fed is not what this one reads.
  const fed = input.origins.length > 0 ? input : textsOf(["${}"]);
  return mentionsOf(fed, {
    does: "copy",
    at,
    to: STANDARD_INPUT,
    inTurn: true,
    ...(alike && { alike }),
  });
}

/** Whether an argument of `cat` and its like brings nothing but what is known of it. */
function isKept(arg: Argument, pathOf: PathOf, isFile: boolean): boolean {
  return isOption(arg) || held(arg, pathOf, isFile).alike === true;
}

/** Programs that print or search words, whatever these are. */
const NEVER_SENDS = /^(echo|printf|print|test|\[|\[\[|:|rm|chmod|mkdir|touch|true|false|exit|return|case)$/;
const COPIES = /^(cp|mv|install|ln|scp|rsync)$/;
const NONE: Deeds = { prints: NOTHING, writes: [], mentions: [] };

/** What `echo` prints: text that they are given, and perhaps names. */
function tell(name: string, args: readonly Argument[], at: Span): Deeds {
  if (!/^(echo|printf|print)$/.test(name)) return NONE;
  const bare = name === "printf" ? wrappedByFormat(args) : [];
  const mentions = mentionsOf(joined(bare.map(({ holds }) => holds)), { does: "update", at });
  const names = args.filter((arg) => !isOption(arg)).flatMap(({ texts }) => texts.filter(isName));
  const told = joined(args.map((arg) => (bare.includes(arg) ? inWrapper(arg.holds) : arg.holds)));
  const prints = told.origins.length > 0 ? told : joined([told, { origins: [], names }]);
  const opens = lastPrinted(name, args).some((text) => opensWrapper(text));
  return { ...NONE, mentions, prints: { ...prints, opens } };
}

/** What `echo` or `printf` prints last, without the line breaks behind it. */
function lastPrinted(name: string, args: readonly Argument[]): readonly string[] {
  const [format] = args;
  const isValue = name !== "printf" || args.length < 2 || /%[a-z](\\n|\s)*$/.test(textOf(format));
  return ((isValue ? args.at(-1) : format)?.texts ?? []).map((text) => text.replace(/(\\[nrt]|\s)+$/, ""));
}

/** The arguments that the format of `printf` puts into a wrapper: `{"dispatch_rule": %s}`. */
function wrappedByFormat(args: readonly Argument[]): Argument[] {
  const [format, ...values] = args.slice(textOf(args[0]) === "--" ? 1 : 0);
  const before = textOf(format)
    .replaceAll("%%", "")
    .split(/%(?:[-+ #0]*\d*(?:\.\d+)?[a-zA-Z])/);
  return values.filter((_, index) => opensWrapper(before[index % (before.length - 1)] ?? ""));
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
function filter(args: readonly Argument[], { input, at }: Call, pathOf: PathOf, areFiles = false): Deeds {
  const output = args.findIndex((arg) => /^(-o|--out|--output)$/.test(textOf(arg)));
  const [, file = textOf(output < 0 ? undefined : args[output + 1])] =
    args.map((arg) => /^--out(?:put)?=(.*)$/.exec(textOf(arg))).find((found) => found !== null) ?? [];
  const read = args.filter((_, index) => index !== output + 1 || output < 0);
  const { all, bare } = inOrder([input, ...read.map((arg) => held(arg, pathOf, areFiles))]);
  const writes = file === "" ? [] : [{ from: all, to: pathOf(file) }];
  return { prints: all, writes, mentions: bare.flatMap((part) => mentionsOf(part, { does: "update", at })) };
}

/** The text that an argument brings: what it holds, or that of the file that it may name, also behind `--from=`. */
function held({ texts, holds }: Argument, pathOf: PathOf, isFile = false): Stream {
  const names = texts
    .map((text) => text.replace(/^(--?[\w-]+=|@)/, ""))
    .filter((text) => isName(text) && (isFile ? !isUnknown(text) : /[./]/.test(text)));
  return joined([holds, textsOf(names.map(pathOf))]);
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
  /** Whether the wrapper's key is given to it: `--arg k dispatch_rule '{($k): .}'`. */
  let isKeyGiven = false;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    const text = textOf(arg);
    if (!arg) break;
    if (JQ_TWO.test(text)) {
      const value = args[index + 2];
      if (value) values.push(text.endsWith("file") ? held(value, pathOf, true) : value.holds);
      valueNames.push(textOf(args[index + 1]));
      isKeyGiven ||= text === "--arg" && /^dispatch_?[rR]ule$/.test(textOf(value));
      index += 2;
    } else if (JQ_ONE.test(text)) index++;
    else if (/^(-f|--from-file)$/.test(text)) program = args[++index];
    else if (isOption(arg)) isPlain &&= JQ_PLAIN.test(text);
    else if (!program) program = arg;
    else named.push(joined([textsOf(arg.texts.map(pathOf)), arg.holds]));
  }
  const { keys, sets, paths, ...read } = readJq(textOf(program));
  const prints = isKeyGiven ? "wrapped" : read.prints;
  const main = joined(named.length > 0 ? named : [input]);
  const from = joined([input, ...named, ...values]);
  const reads = { does: "read" as const, at, ...(keys && { keys }), ...(sets && { sets }) };
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
    ...(keys?.length === 0 ? [] : mentionsOf(seen, { ...reads, ...(runs && { program: literal.start }) })),
    ...(inValues?.length === 0 ? [] : mentionsOf(joined(values), readOfValues)),
    // What is put into the wrapper here is a bare rule, and has to stay one.
    ...(prints === "wrapped" ? mentionsOf(from, { does: "update", at }) : []),
  ];
  const own = program?.holds ?? NOTHING;
  // A part of what LiveKit lists is a bare rule still.
  const part = { ...NOTHING, bare: prints === "part" && from.bare === true };
  const whole = isPlain && paths && main.alike ? main : changed(from);
  return {
    prints: joined([prints === "request" ? whole : prints === "wrapped" ? inWrapper(from) : part, own]),
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

/** Files that a program for yq loads. */
const LOADED = /\bload(?:_str)?\(\s*"([^"]+)"\s*\)/g;

/** A program for yq reads like one for jq, but is not rewritten: there are two programs of that name. */
function yq(args: readonly Argument[], call: Call, pathOf: PathOf): Deeds {
  const rest = /^(e|ea|eval|eval-all)$/.test(textOf(args[0])) ? args.slice(1) : args;
  const plain = rest.map(({ start, end, texts, holds }) => ({ start, end, texts, holds }));
  const loaded = plain.flatMap(({ texts }) => texts).flatMap((text) => [...text.matchAll(LOADED)]);
  const files = loaded.map(([, file = ""]) => pathOf(file));
  return jq(plain, { ...call, input: joined([call.input, textsOf(files)]) }, pathOf);
}

function movedTo({ at, first, keys }: KeyPath, start: number): KeyPath {
  const moved = (span: Span): Span => ({ start: span.start + start, end: span.end + start });
  return { at: moved(at), first: moved(first), keys };
}
