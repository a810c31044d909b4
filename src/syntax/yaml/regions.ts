import { fragmentSyntax } from "../fragment.ts";
import type { Problem, Region, Site } from "../syntax.ts";
import type { IsWorth } from "../trigger.ts";
import { textRegion } from "./text-region.ts";
import type { Text } from "./values.ts";

/** The texts that are documents of their own and stand in no request, and those of which that can't be told. */
export function regionsOf(
  source: string,
  texts: readonly Text[],
  requests: readonly Site[],
  isWorth: IsWorth,
): { regions: Region[]; problems: Problem[] } {
  let next = 0;
  const regions: Region[] = [];
  const problems: Problem[] = [];
  for (const { scalar, key } of texts) {
    while ((requests[next]?.at.end ?? source.length) < scalar.end) next++;
    const isInRequest = (requests[next]?.at.start ?? source.length) <= scalar.start;
    const syntax = isInRequest ? undefined : syntaxOf(scalar.text ?? "", key, isWorth);
    if (syntax === undefined) continue;
    const { region, isExact } = textRegion(source, scalar, syntax);
    // A command is edited in what it quotes, which lies on one line or is not folded.
    if (region && (isExact || syntax === "shell")) regions.push(region);
    else problems.push({ at: { start: scalar.start, end: scalar.end }, message: FOLDED, part: true });
  }
  return { regions, problems };
}

const FOLDED =
  "a request may stand in this text, whose lines YAML joins partly; written with `|` it could be migrated";

/** Keys whose texts are commands. */
const COMMANDS = /^(run|script|cmd|command|commands|args|entrypoint|shell|exec|(before|after)_script)$/i;
/** What a text has to hold that is YAML only by the look of its first line, as many sentences are. */
const REQUEST_KEY = /(^|[\s{,-])["']?(rule|dispatch_?rule|trunk_?ids)["']?\s*:/i;
/** How JSON begins, and a sentence with a placeholder in brackets doesn't. */
const JSON_BEGIN = /^\s*\[?\s*(\{\s*(["}]|\/[/*])|"|\])/;

function syntaxOf(text: string, key: string, isWorth: IsWorth): string | undefined {
  if (!isWorth(text)) return undefined;
  const told = fragmentSyntax("", key);
  if (told !== undefined) return told;
  const guessed = fragmentSyntax(text);
  if (guessed === "json" && JSON_BEGIN.test(text)) return "json";
  if (COMMANDS.test(key)) return "shell";
  return guessed === "json" || (guessed === "yaml" && !REQUEST_KEY.test(text)) ? undefined : guessed;
}
