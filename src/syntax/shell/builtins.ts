import { isOption, textOf } from "./call.ts";
import { assign, isAssignment, setVariable } from "./assignments.ts";
import { type Argument, baseOf, folderOf, TOP } from "./expand.ts";
import { namesBehind } from "./redirections.ts";
import type { Command, Word } from "./script.ts";
import { MOST_IN_LIST, pathOf, type State } from "./state.ts";
import { NOTHING, type Stream } from "./stream.ts";

/** What a command of the shell itself prints; undefined for programs. */
export function builtin(
  name: string,
  args: readonly Argument[],
  command: Command,
  { words, isConditional, input }: { words: readonly Word[]; isConditional: boolean; input: Stream },
  state: State,
): Stream | undefined {
  const last = args.findLast(({ texts: [text = ""] }) => !text.startsWith("-"))?.texts[0];
  switch (name) {
    case "cd":
    case "pushd":
      state.folders.push(state.folder);
      state.folder =
        args.at(-1)?.texts[0] === "-" ? (state.folders.at(-2) ?? "") : pathOf(last ?? "${HOME}", state);
      return NOTHING;
    case "popd":
      state.folder = state.folders.pop() ?? "";
      return NOTHING;
    case "export":
    case "local":
    case "readonly":
    case "declare":
    case "typeset":
      for (const word of words.slice(1)) if (isAssignment(word, state)) assign(word, isConditional, state);
      return NOTHING;
    case "read":
      if (last !== undefined) setVariable(last, { texts: [`\${${last}}`], holds: input }, false, state);
      return NOTHING;
    case "alias":
      for (const { start, end, texts } of args) {
        const [, alias, meant = ""] = /^([\w.-]+)=([^]*)$/.exec(texts[0] ?? "") ?? [];
        const all = meant.trim().split(/\s+/).slice(0, MOST_IN_LIST);
        if (alias)
          state.aliases.set(
            alias,
            all.map((text) => ({ start, end, texts: [text], holds: NOTHING })),
          );
      }
      return NOTHING;
    case "mapfile":
    case "readarray": {
      const list = [...input.names, ...namesBehind(command, state)];
      if (last !== undefined) state.variables.set(last, { texts: list.slice(0, 1), holds: input, list });
      return NOTHING;
    }
    case "trap": {
      const script = args.find((arg) => !isOption(arg));
      if (script && state.traps.length < MOST_IN_LIST) state.traps.push(script);
      return NOTHING;
    }
    case "source":
    case ".":
      if (args[0]) state.sourced.add(pathOf(textOf(args[0]), state));
      return NOTHING;
    case "set": {
      const from = args.findIndex((arg) => textOf(arg) === "--");
      if (from >= 0) state.positional = args.slice(from + 1);
      return NOTHING;
    }
    case "shift":
      state.positional = state.positional?.slice(Number(last ?? 1) || 1);
      return NOTHING;
    case "pwd":
      return named(state.folder === "" ? "." : state.folder);
    case "dirname":
      return last === undefined ? NOTHING : named(folderOf(last));
    case "realpath":
    case "readlink":
      return last === undefined ? NOTHING : named(pathOf(last, state));
    case "basename": {
      const [path = "", suffix = ""] = args.map(({ texts: [text = ""] }) => text);
      const base = baseOf(path);
      return named(suffix !== "" && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base);
    }
    case "git":
      return last === "rev-parse" || args.some(({ texts: [text] }) => text === "--show-toplevel")
        ? named(TOP)
        : undefined;
    default:
      return undefined;
  }
}

function named(name: string): Stream {
  return { origins: [], names: [name] };
}
