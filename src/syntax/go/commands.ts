import type { Region } from "../syntax.ts";
import { commandRegion, quotedWord } from "../words.ts";
import { pathsOf, textAt } from "./paths.ts";
import type { Program } from "./program.ts";

/** The `lk` commands that a text runs as a list of words. Nothing in them is ever edited. */
export function commandsIn(program: Program): Region[] {
  return ["Command", "CommandContext"].flatMap((name) =>
    program.placesOf(name).flatMap((index) => {
      const items = program.itemsOf(index + 1);
      const words = items.slice(items.findIndex((item) => textAt(program, item) !== undefined));
      const [first] = words;
      const last = words.at(-1);
      const line = words
        .map((word) => quotedWord(textAt(program, word) ?? pathsOf(program, word)[0] ?? ""))
        .join(" ");
      if (!first || !last || !/^(\S*\/)?(lk|livekit-cli)\s[^]*\bdispatch/.test(line)) return [];
      return commandRegion(line, program.spanOf({ from: first.from, to: last.to })) ?? [];
    }),
  );
}
