import type { Span } from "../../rule/value.ts";
import { STANDARD_INPUT } from "../source/paths.ts";
import { givenRegion, type Mention } from "../syntax.ts";
import { type Call, isName, isOption, mentionsOf, type PathOf, textOf } from "./call.ts";
import { type Argument, baseOf } from "./expand.ts";
import { type Origin, textsOf } from "./stream.ts";

/** Programs that run the program which they are given as a file, and words between that run something themselves. */
const RUNS =
  /^((ba|z|k|da|a)?sh|source|\.|python[\d.]*|node|tsx|ts-node|bun|deno|uv|poetry|pipenv|npx|run|exec)$/;

/** A program of the repository that is given words: `./deploy.sh rule.json`, `bash deploy.sh rule.json`. */
export function runOf(args: readonly Argument[], at: Span, pathOf: PathOf): Mention[] {
  const file = args.findIndex(
    (arg, index) => !RUNS.test(baseOf(textOf(arg))) && (index === 0 || !isOption(arg)),
  );
  const words = args.slice(file + 1, file + 1 + MOST_WORDS);
  const name = textOf(args[file]);
  if (words.length === 0 || !isName(name) || !/[./]/.test(name)) return [];
  const said = words.map(({ texts, holds: { origins } }) =>
    origins.length > 0
      ? origins.flatMap(wordOf)
      : texts.map((text) => (/[./]/.test(text) ? wordAsPath(text, pathOf) : text)),
  );
  return [{ does: "run", at, file: pathOf(name), words: said }];
}

/** How a text is given as a word: by the file that it is from, or as a region. */
function wordOf(origin: Origin): string[] {
  if (origin.wrapped || origin.unknown) return [];
  if ("region" in origin) return [givenRegion(origin.region)];
  return "file" in origin ? [origin.file] : [];
}

/** A word with its folder, also behind `--file=`. */
function wordAsPath(text: string, pathOf: PathOf): string {
  const [, name = text] = /^--?[\w-]+=(.*)$/.exec(text) ?? [];
  return name.startsWith("-") ? name : pathOf(name);
}

const MOST_WORDS = 32;

/** Programs that run programs in other languages than the shell's. */
export const INTERPRETS = /^(python[\d.]*|node|nodejs|ruby|php|perl)$/;

/** What a program in another language reads from its input stands in one of its own words, or in its heredoc. */
export function fedTo({ args, input, at }: Call): Mention[] {
  if (!INTERPRETS.test(baseOf(textOf(args[0])))) return [];
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
