import type { Span } from "../../rule/value.ts";
import { fragmentSyntax, lengthBeforeJson, stringSyntax } from "../../sources/embedded-language.ts";
import { type Piece, regionOf, without } from "../../sources/region.ts";
import { type Looked, type PlacedString, stringsOutside } from "../../sources/sites.ts";
import type { Region } from "../../sources/syntax.ts";
import type { IsWorth } from "../../sources/trigger.ts";
import { sendFact, type Fact } from "../../sources/fact.ts";

/**
 * The strings of a document that are documents themselves and worth it, and what is said of the JSON that is sent to
 * LiveKit's server. `text` is the outer document.
 */
export function stringRegions(
  text: string,
  looked: Looked,
  isWorth: IsWorth,
): { regions: Region[]; facts: Fact[] } {
  const regions: Region[] = [];
  const facts: Fact[] = [];
  if (!isWorth(text) && !text.includes(String.raw`\u`)) return { regions, facts };
  for (const placed of stringsOutside(looked)) {
    const { value } = placed.string;
    if (!isWorth(value)) continue;
    const skipped = lengthBeforeJson(value);
    const syntax = placedSyntax(placed, value.slice(skipped));
    if (syntax === undefined) continue;
    const label = placed.key === "" ? "string" : `string ${JSON.stringify(placed.key)}`;
    const { start, end } = placed.string;
    const pieces = stringPieces(text, { start: start + 1, end: end - 1 });
    const whole = regionOf({ syntax, label, pieces, encode: escaped });
    if (!whole) continue;
    const region = without(skipped, whole);
    if (placed.sent && syntax === "json")
      facts.push(sendFact(placed.sent.at, placed.sent.does, { region: regions.length }));
    regions.push(region);
  }
  return { regions, facts };
}

/**
 * The inside of a JSON string in pieces, each escape one of them, also of half a surrogate pair. The span is without
 * the quotes.
 */
export function stringPieces(text: string, inside: Span): Piece[] {
  const raw = text.slice(inside.start, inside.end);
  return Array.from(raw.matchAll(RUNS), ({ 0: written, index }) => {
    const start = inside.start + index;
    return {
      text: written.startsWith("\\") ? (JSON.parse(`"${written}"`) as string) : written,
      outer: { start, end: start + written.length },
    };
  });
}

/** How a text is written inside a JSON string. */
export function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

const RUNS = /\\u[\da-fA-F]{4}|\\.|[^\\]+/g;

/**
 * A key that is a file's name tells the language, as in a config map: `"dispatch.yaml": "…"`. What stands under
 * `scripts` or `command` is a command, whatever program it begins with.
 */
function placedSyntax({ key, above }: PlacedString, text: string): string | undefined {
  if (key.includes(".")) return fragmentSyntax(text, key);
  const syntax = stringSyntax(text);
  return syntax ?? (COMMAND_KEY.test(key) || COMMAND_KEY.test(above) ? "shell" : undefined);
}

/** `scripts` of npm, `postCreateCommand` of a dev container, `command` and `run` of many. */
const COMMAND_KEY = /(^|[a-z_-])(scripts?|commands?|cmd|run|exec)$/i;
