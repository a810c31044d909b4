import { isOption, textOf } from "./call.ts";
import { type Argument, baseOf } from "./expand.ts";
import { foundNames } from "./listing.ts";
import { NOTHING, type Stream } from "./stream.ts";

/** A command, and what it reads from its input. */
export interface Run {
  args: readonly Argument[];
  input: Stream;
}

/** A script that a command is given as a word: what it may say, and the words behind it from `$1` on. */
export interface Quoted {
  texts: readonly string[];
  positional: readonly Argument[];
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
  // Of bats.
  run: /(?!)/,
};

/** Commands behind commands are looked at so deep. */
const DEEPEST = 5;

/** The command that is run in the end, `xargs -n1 sudo lk …` or `find … -exec lk …`, with the names of files put in. */
export function innermost(run: Run): Run {
  let inner = run;
  for (let depth = 0; depth < DEEPEST; depth++) {
    const args = unwrapped(inner.args);
    const behind = onNames(baseOf(textOf(args[0])), args.slice(1), inner.input);
    if (!behind) return { ...inner, args };
    inner = { args: behind, input: NOTHING };
  }
  return inner;
}

/**
 * The script in a command that the command's own text does not say: `sh -c "lk … $f"`, `sh -c '… $1' _ a.json`,
 * `xargs sh -c '… {}'`, `cat a.json | ssh host '…'`, `eval`, `parallel`. Undefined for others, also for `sh -c 'lk …'`, which is a region.
 */
export function quotedIn({ args, input }: Run): Quoted | undefined {
  const [first, ...rest] = args;
  const name = baseOf(textOf(first));
  if (name === "parallel") return inParallel(rest, input.names);
  if (name === "eval")
    return asWritten(rest) ? undefined : { texts: [rest.map(textOf).join(" ")], positional: [] };
  const option = args.findIndex((arg) => /^-[a-z]*c$/.test(textOf(arg)));
  const isShell = option > 0 && args.slice(0, option).some((arg) => SHELL.test(baseOf(textOf(arg))));
  const told = name === "ssh" && rest.length > 1 ? rest.at(-1) : undefined;
  // In several words it is a command behind another: `ssh host lk …`.
  const script = isShell ? args[option + 1] : told?.texts.some((text) => /\s/.test(text)) ? told : undefined;
  if (!script) return undefined;
  const positional = isShell ? args.slice(option + 3) : [];
  const isRegion = positional.length === 0 && asWritten([script]) && input.origins.length === 0;
  return isRegion ? undefined : { texts: script.texts, positional };
}

const SHELL = /^(ba|z|da|k|a)?sh$|^su$/;

function asWritten(args: readonly Argument[]): boolean {
  return args.every(({ literal }) => literal !== undefined);
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

const XARGS_VALUED = /^-[InPLdsaE]$|^--(max-(args|procs|lines|chars)|delimiter|arg-file)$/;

/** The command that `xargs` and `find -exec` run, with the names that these put in; undefined for other programs. */
function onNames(name: string, args: readonly Argument[], input: Stream): Argument[] | undefined {
  if (name === "xargs") {
    let at = 0;
    let place: string | undefined;
    for (let arg = args[at]; arg && isOption(arg); arg = args[at]) {
      const [, written] = /^(?:-[Ii]|--replace(?:=|$))(.*)$/.exec(textOf(arg)) ?? [];
      if (written !== undefined) place = written || (textOf(arg) === "-I" ? textOf(args[at + 1]) : "{}");
      at += XARGS_VALUED.test(textOf(arg)) ? 2 : 1;
    }
    return filledIn(args.slice(at), place, input.names);
  }
  const exec = name === "find" ? args.findIndex((arg) => /^-(exec|ok)(dir)?$/.test(textOf(arg))) : -1;
  if (exec < 0) return undefined;
  const end = args.findIndex((arg, index) => index > exec && /^[;+]$/.test(textOf(arg)));
  return filledIn(args.slice(exec + 1, end < 0 ? undefined : end), "{}", foundNames(args));
}

/** The arguments with the names in a place, or else behind them. */
function filledIn(
  args: readonly Argument[],
  place: string | undefined,
  names: readonly string[],
): Argument[] {
  const [first] = args;
  if (!first || names.length === 0) return [...args];
  if (place === undefined) return [...args, { ...first, texts: names, holds: NOTHING }];
  return args.map((arg): Argument => {
    const { start, end, holds } = arg;
    if (!textOf(arg).includes(place)) return arg;
    return { start, end, holds, texts: names.map((name) => textOf(arg).replaceAll(place, () => name)) };
  });
}

const PARALLEL_VALUED =
  /^-[jaNnILPSdCE]$|^--(jobs|arg-file|max-args|max-procs|delay|retries|timeout|joblog|results|colsep|halt|tmpdir|load|nice|delimiter)$/;

/** The command of GNU parallel with the words behind `:::`, or the names that it reads, in the place of `{}`. */
function inParallel(args: readonly Argument[], read: readonly string[]): Quoted {
  let at = 0;
  for (let arg = args[at]; arg && isOption(arg); arg = args[at])
    at += PARALLEL_VALUED.test(textOf(arg)) ? 2 : 1;
  const from = args.findIndex((arg) => /^:::\+?$/.test(textOf(arg)));
  const command = args
    .slice(at, from < 0 ? undefined : from)
    .map(textOf)
    .join(" ");
  const names = from < 0 ? read : args.slice(from + 1).flatMap(({ texts }) => texts);
  const withPlace = command.includes("{}") ? command : `${command} {}`;
  return { texts: names.map((name) => withPlace.replaceAll("{}", () => name)), positional: [] };
}
