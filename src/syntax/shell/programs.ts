import { type Call, type Deeds, held, isOption, mentionsOf, NO_DEEDS, type PathOf, textOf } from "./call.ts";
import { copies, mounts } from "./copies.ts";
import { tell } from "./echo.ts";
import { type Argument, baseOf } from "./expand.ts";
import { jq, yq } from "./jq-runs.ts";
import { stdinLanguage } from "./language.ts";
import { deletionNotice } from "./deletion.ts";
import { listed } from "./listing.ts";
import { fedTo, INTERPRETS, runOf } from "./runs.ts";
import { sentIn } from "./send.ts";
import { changed, inOrder, inWrapper, madeUnknown } from "./stream.ts";

/** What a program does with what it is given, as far as it has to do with requests. `pathOf` puts the folder before a name. */
export function deedsOf(call: Call, pathOf: PathOf): Deeds {
  const { args } = call;
  const name = baseOf(textOf(args[0]));
  const rest = args.slice(1);
  const prints = listed(name, rest, call.input);
  if (prints) return { ...NO_DEEDS, prints };
  if (NEVER_SENDS.test(name)) return tell(name, rest, call.at);
  const sent = sentIn(args, call, pathOf);
  const mounted = name === "docker" || name === "podman" ? mounts(rest, pathOf) : NO_DEEDS;
  if (sent) return { ...mounted, ...sent };
  const notice = deletionNotice(args, call.at);
  if (notice) return { ...mounted, notice };
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
  const deeds = {
    ...filtered,
    mentions: [...filtered.mentions, ...runOf(args, call.at, pathOf), ...fedTo(call)],
  };
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
  // A program that reads what it is fed says nowhere what it makes of that.
  if (runsFile(name, read) && call.input.origins.length > 0)
    return { ...deeds, prints: madeUnknown(deeds.prints) };
  const writes = deeds.writes.map(({ from, to }) => ({ from: changed(from), to }));
  return { ...deeds, writes, prints: changed(deeds.prints) };
}

/** Whether a program inside of a command puts a wrapper around what it reads: `sed '1s/^/{"dispatch_rule":/; …'`. */
function writesWrapper(name: string, program: string): boolean {
  const written = name.endsWith("sed") ? program.replaceAll(SOUGHT, "s") : program;
  return /\bdispatch_?[rR]ule\\{0,2}["']{0,2}\s{0,9}(:|=>)/.test(written);
}

/** What sed looks for to put something else there. */
const SOUGHT = /\bs([/|#,])(?:\\.|(?!\1)[^\\])*\1/g;

/** Whether the program of an interpreter stands in a file: `python3 wrap.py`. */
function runsFile(name: string, [program]: readonly Argument[]): boolean {
  return INTERPRETS.test(name) && program !== undefined && /^[^-].*\.\w+$/.test(textOf(program));
}

/** Whether an argument of `cat` and its like brings nothing but what is known of it. */
function isKept(arg: Argument, pathOf: PathOf, isFile: boolean): boolean {
  return isOption(arg) || held(arg, pathOf, isFile).alike === true;
}

/** Programs that print or search words, whatever these are. */
const NEVER_SENDS = /^(echo|printf|print|test|\[|\[\[|:|rm|chmod|mkdir|touch|true|false|exit|return|case)$/;
const COPIES = /^(cp|mv|install|ln|scp|rsync)$/;

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
