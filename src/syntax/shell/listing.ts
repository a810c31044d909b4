import { isName, isOption, textOf } from "./call.ts";
import type { Argument } from "./expand.ts";
import { NOTHING, type Stream } from "./stream.ts";

/** What a program prints that lists files, `find` or `ls`: their names, perhaps as patterns. Undefined for others. */
export function listed(name: string, args: readonly Argument[], input: Stream): Stream | undefined {
  if (name === "find") return named(foundNames(args));
  if (name === "ls") return named(namesOfList(args));
  if (name === "git") return named(trackedNames(args));
  return name.endsWith("grep") || name === "rg" ? matching(args, input) : undefined;
}

/** The names that `find` prints, as patterns: `find sip -name '*.json'` as `sip/**\/*.json`. */
export function foundNames(args: readonly Argument[]): string[] {
  const tests = args.findIndex((arg) => isOption(arg) || /^[!(]$/.test(textOf(arg)));
  const folders = args.slice(0, tests < 0 ? undefined : tests).flatMap(({ texts }) => texts);
  const patterns = args.flatMap((arg, index) => {
    const isSought = /^-i?name$/.test(textOf(arg)) && !/^(!|-not)$/.test(textOf(args[index - 1]));
    return isSought ? (args[index + 1]?.texts ?? []) : [];
  });
  return (folders.length > 0 ? folders : ["."])
    .flatMap((folder) => (patterns.length > 0 ? patterns : ["*"]).map((pattern) => `${folder}/**/${pattern}`))
    .filter(isName);
}

/** The names that `ls` prints: those that it is given, and of a folder what is in it. */
function namesOfList(args: readonly Argument[]): string[] {
  const files = args.filter((arg) => !isOption(arg)).flatMap(({ texts }) => texts);
  if (files.length === 0) return ["*"];
  return files.filter(isName).flatMap((file) => (/[.*][^/]*$/.test(file) ? [file] : [file, "*"]));
}

/** The names that `git ls-files rules` prints, or `git diff --name-only … -- rules`. */
function trackedNames(args: readonly Argument[]): string[] {
  const words = args.flatMap(({ texts }) => texts);
  const from = words.includes("--name-only") ? words.indexOf("--") : words.indexOf("ls-files");
  const files = from < 0 ? [] : words.slice(from + 1).filter(isName);
  return files.flatMap((file) => (/[.*][^/]*$/.test(file) ? [file] : [`${file}/**/*`]));
}

/** What `grep` prints: some of the names that it reads, with `-l` names of the files, with `-v` what is in them. */
function matching(args: readonly Argument[], input: Stream): Stream | undefined {
  const options = args.filter(isOption).map(textOf);
  const [, ...files] = args.filter((arg) => !isOption(arg)).flatMap(({ texts }) => texts);
  if (options.some((option) => /^-[a-zA-Z]*l|^--files-with-matches$/.test(option))) {
    return named(
      files.filter(isName).flatMap((file) => (/[.*][^/]*$/.test(file) ? [file] : [`${file}/**/*`])),
    );
  }
  const isRest = options.some((option) => /^-[a-zA-Z]*v|^--invert-match$/.test(option));
  return isRest && (files.length > 0 || input.origins.length > 0) ? undefined : named(input.names);
}

function named(names: readonly string[]): Stream {
  return { ...NOTHING, names };
}
