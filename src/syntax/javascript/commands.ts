import { regionOf } from "../region.ts";
import type { Region } from "../syntax.ts";
import { isPath } from "../words.ts";
import { pathsOf } from "./paths.ts";
import type { Script } from "./script.ts";
import type { Range } from "../source/tokens.ts";

/** The `lk` commands that a text runs, as a string, a template or a list of words. Nothing in them is ever edited. */
export function commandsIn(script: Script): Region[] {
  const regions: Region[] = [];
  let end = 0;
  for (const [index, token] of script.tokens.entries()) {
    if (index < end || (token.kind !== "string" && token.kind !== "template")) continue;
    const range = { from: index, to: token.kind === "template" ? token.pair + 1 : index + 1 };
    const list = listAt(script, index);
    const line = list ? list.map((word) => wordOf(script, word)).join(" ") : lineOf(script, range);
    if (!(list ? SENDS_LIST : SENDS).test(line) || HOLDS_JSON.test(line)) continue;
    const last = list?.at(-1) ?? range;
    end = last.to;
    const outer = { start: token.start, end: script.tokens[last.to - 1]?.end ?? token.end };
    const region = regionOf({
      syntax: "shell",
      label: "command",
      pieces: [{ text: line, outer }],
      encode: (text) => text,
    });
    if (region) regions.push(region);
  }
  return regions;
}

const SENDS = /\b(lk|livekit-cli)\s[^]*\bdispatch/;
const SENDS_LIST = /^(\S*\/)?(lk|livekit-cli)\s[^]*\bdispatch/;
/** That would be a request; it is found where requests in strings are. */
const HOLDS_JSON = /[{,]\s*["']?\w+["']?\s*:/;

/** The words of `["lk", "sip", …]` and of `"lk", ["sip", …]`, where the first of them stands at this token. */
function listAt(script: Script, index: number): Range[] | undefined {
  if (!/(^|\/)(lk|livekit-cli)$/.test(script.tokens[index]?.value ?? "")) return undefined;
  if (script.word(index - 1) === "[") return script.itemsOf(index - 1);
  if (script.word(index + 1) !== "," || script.word(index + 2) !== "[") return undefined;
  return [{ from: index, to: index + 1 }, ...script.itemsOf(index + 2)];
}

function wordOf(script: Script, word: Range): string {
  const said = lineOf(script, word);
  const isPlain = /^[\w./:@%+=,${}-]+$/.test(said) || namesOfFiles(script, word) !== undefined;
  return isPlain ? said : `'${said.replaceAll("'", "")}'`;
}

/** What a string or template says; another expression says a name of a file, or something unknown. */
function lineOf(script: Script, range: Range): string {
  const token = script.tokens[range.from];
  if (token?.kind === "string" && range.to === range.from + 1) return token.value ?? "";
  if (token?.kind === "template" && token.pair === range.to - 1) {
    return (token.parts ?? [])
      .map((part) => (typeof part === "string" ? part : lineOf(script, part)))
      .join("");
  }
  return namesOfFiles(script, range) ?? `\${${script.slice(range).slice(0, 60).replaceAll(/\W+/g, "_")}}`;
}

/** The paths that an expression may be, as words of a command; undefined for one that is not known to name files. */
function namesOfFiles(script: Script, range: Range): string | undefined {
  const paths = pathsOf(script, range);
  return paths.every(isPath) ? paths.join(" ") : undefined;
}
