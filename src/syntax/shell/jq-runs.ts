import type { Span } from "../../rule/value.ts";
import type { KeyPath } from "../syntax.ts";
import { type Call, type Deeds, held, isOption, mentionsOf, type PathOf, textOf } from "./call.ts";
import { type Argument, textIn } from "./expand.ts";
import { readJq } from "./jq.ts";
import { changed, inWrapper, joined, madeUnknown, NOTHING, type Stream, textsOf } from "./stream.ts";

/** The options of jq and yq that take one value, and those that take two. */
const JQ_ONE = /^--(indent|tab-width|input-format|output-format)$|^-[LIop]$/;
const JQ_TWO = /^--(arg|argjson|slurpfile|rawfile)$/;
/** Options with which a program still sees each of its inputs as it is, one after the other. */
const JQ_PLAIN =
  /^(-[rcMCaSej]+|--(raw-output0?|compact-output|monochrome-output|color-output|ascii-output|sort-keys|exit-status|join-output|tab|unbuffered))$/;

/** What jq does with what it reads. */
export function jq(args: readonly Argument[], { input, at }: Call, pathOf: PathOf): Deeds {
  const named: Stream[] = [];
  const values: Stream[] = [];
  const valueNames: string[] = [];
  let program: Argument | undefined;
  let isPlain = true;
  /** Whether the program is the name of the file in which it stands. */
  let isInFile = false;
  let isSlurped = false;
  /** Whether the wrapper's key is given to it: `--arg k dispatch_rule '{($k): .}'`. */
  let isKeyGiven = false;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    const text = textOf(arg);
    if (!arg) break;
    if (JQ_TWO.test(text)) {
      const value = args[index + 2];
      if (value) values.push(given(text, value, pathOf));
      valueNames.push(textOf(args[index + 1]));
      isKeyGiven ||= text === "--arg" && /^dispatch_?[rR]ule$/.test(textOf(value));
      index += 2;
    } else if (JQ_ONE.test(text)) index++;
    else if (/^(-[a-zA-Z]*f|--from-file)$/.test(text)) isInFile = true;
    else if (isOption(arg)) {
      isPlain &&= JQ_PLAIN.test(text);
      isSlurped ||= /^(-\w*s\w*|--slurp)$/.test(text);
    } else if (!program) program = arg;
    else named.push(joined([textsOf(arg.texts.map(pathOf)), arg.holds]));
  }
  const from = joined([input, ...named, ...values]);
  if (isInFile)
    return { prints: madeUnknown(from), writes: [], mentions: mentionsOf(from, { does: "read", at }) };
  const { keys, sets, merges, paths, ...read } = readJq(textOf(program));
  // What is laid over a request may set any of its keys.
  const isMerged = merges && (isSlurped || named.length > 1 || values.length > 0);
  const prints = isKeyGiven ? "wrapped" : isMerged ? "request" : read.prints;
  const main = joined(named.length > 0 ? named : [input]);
  const reads = {
    does: "read" as const,
    at,
    ...(keys && !isMerged && { keys }),
    ...((isMerged || (sets && keys)) && { sets: true as const }),
  };
  // What a template puts in would move the paths.
  const length = program?.literal && program.literal.end - program.literal.start;
  const literal = length === textOf(program).length ? program?.literal : undefined;
  const runs = literal &&
    paths &&
    !isMerged && {
      program: { at: literal, paths: paths.map((path) => movedTo(path, literal.start)) },
      isSure: isPlain && main.alike === true,
    };
  const seen = joined([input, ...named]);
  const inValues = readJq(asInput(textOf(program), valueNames)).keys;
  const readOfValues = isMerged ? reads : { does: "read" as const, at, ...(inValues && { keys: inValues }) };
  const mentions = [
    ...(keys?.length === 0 && !isMerged
      ? []
      : mentionsOf(seen, { ...reads, ...(runs && { program: literal.start }) })),
    ...(inValues?.length === 0 && !isMerged ? [] : mentionsOf(joined(values), readOfValues)),
    // What is put into the wrapper here is a bare rule, and has to stay one.
    ...(prints === "wrapped" ? mentionsOf(from, { does: "update", at }) : []),
  ];
  const own = program?.holds ?? NOTHING;
  // A part of what LiveKit lists is a bare rule still.
  const part = { ...NOTHING, bare: prints === "part" && from.bare === true };
  const whole = isPlain && !isMerged && paths && main.alike ? main : changed(from);
  return {
    prints: joined([prints === "request" ? whole : prints === "wrapped" ? inWrapper(from) : part, own]),
    writes: [],
    mentions,
    ...(runs && { runs }),
  };
}

/** What the value of an option brings into a program. */
function given(option: string, value: Argument, pathOf: PathOf): Stream {
  if (option.endsWith("file")) return held(value, pathOf, true);
  return option === "--argjson" ? textIn(value) : value.holds;
}

/** A program with its input in the place of these variables: `$r[0].name` as `.name`. */
function asInput(program: string, names: readonly string[]): string {
  return program.replaceAll(/\$(\w+)(?:\[\d*\])*(\.?)/g, (found, name: string) =>
    names.includes(name) ? "." : found,
  );
}

/** Files that a program for yq loads. */
const LOADED = /\bload(?:_str)?\(\s*"([^"]+)"\s*\)/g;

const YQ_FILE = /^(\.{0,2}\/|[\w$~]).*\.(ya?ml|json)$/;

/** A program for yq reads like one for jq, but is not rewritten: there are two programs of that name. */
export function yq(args: readonly Argument[], call: Call, pathOf: PathOf): Deeds {
  const rest = /^(e|ea|eval|eval-all)$/.test(textOf(args[0])) ? args.slice(1) : args;
  const plain = rest.map(({ start, end, texts, holds }) => ({ start, end, texts, holds }));
  const first = plain.findIndex((arg, index) => !isOption(arg) && !JQ_ONE.test(textOf(plain[index - 1])));
  const file = plain[first];
  // Without a program it prints the file as it is: `yq -o json rule.yaml`.
  if (file && YQ_FILE.test(textOf(file))) plain.splice(first, 0, { ...file, texts: ["."], holds: NOTHING });
  const loaded = plain.flatMap(({ texts }) => texts).flatMap((text) => [...text.matchAll(LOADED)]);
  const files = loaded.map(([, name = ""]) => pathOf(name));
  return jq(plain, { ...call, input: joined([call.input, textsOf(files)]) }, pathOf);
}

function movedTo({ at, first, keys }: KeyPath, start: number): KeyPath {
  const moved = (span: Span): Span => ({ start: span.start + start, end: span.end + start });
  return { at: moved(at), first: moved(first), keys };
}
