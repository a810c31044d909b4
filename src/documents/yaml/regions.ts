import type { Span } from "../../rule/value.ts";
import { fragmentSyntax, lengthBeforeJson } from "../../sources/embedded-language.ts";
import { verbsOf } from "../../rule/lk-command.ts";
import { behind, without } from "../../sources/region.ts";
import type { Problem, Region, Site } from "../../sources/syntax.ts";
import { type IsWorth, mayHoldRequest, takesWords } from "../../sources/trigger.ts";
import { wordsRegion } from "../../sources/command-words.ts";
import { scriptLanguages } from "./script-languages.ts";
import { commandsIn, type WordList } from "./command-settings.ts";
import { statementInside } from "./templates.ts";
import { textRegion } from "./text-region.ts";
import type { Built } from "./values.ts";
import { writtenFiles } from "./written-files.ts";
import { sendFact, type Fact } from "../../sources/fact.ts";

/**
 * The texts that are documents of their own and stand in no request, and those of which that can't be told. Lists that
 * are the words of one command are regions, too. The facts say which files the text makes.
 */
export function regionsOf(
  source: string,
  documents: readonly Built[],
  requests: readonly Site[],
  isWorth: IsWorth,
): { regions: Region[]; problems: Problem[]; facts: Fact[] } {
  const texts = documents.flatMap((document) => document.texts);
  const values = documents.map(({ value }) => value);
  const { lists, runBefore } = commandsIn(values);
  const languages = scriptLanguages(values);
  const words = wordRegions(lists, isWorth);
  const isMeant = isWorth(source);
  let next = 0;
  let nextWords = 0;
  const regions: Region[] = [];
  const problems: Problem[] = [];
  for (const { scalar, key } of texts) {
    const { start, end, text } = scalar;
    while ((requests[next]?.at.end ?? source.length) < end) next++;
    while ((words[nextWords]?.end ?? source.length) < end) nextWords++;
    if ((words[nextWords]?.start ?? source.length) <= start) continue;
    if ((requests[next]?.at.start ?? source.length) <= start) continue;
    if (text === undefined) {
      if (isWorth(source.slice(start, end))) problems.push(statementInside({ start, end }));
      continue;
    }
    const before = runBefore.get(start) ?? "";
    const isRead = isWorth(text) || (COMMANDS.test(key) && takesWords(text) && isMeant);
    const syntax = isRead ? (languages.get(start) ?? syntaxOf(text, key)) : undefined;
    if (syntax === undefined) continue;
    const { region: whole, isExact } = textRegion(source, scalar, syntax);
    const region = whole && syntax === "json" ? without(lengthBeforeJson(text), whole) : whole;
    // A command is edited in what it quotes, which lies on one line or is not folded.
    if (region && syntax === "shell") {
      regions.push(before === "" ? region : behind(before, region));
    } else if (region && isExact) regions.push(region);
    else problems.push({ at: { start, end }, message: FOLDED, part: true, next: UNFOLD });
  }
  regions.push(...words.map(({ region }) => region));
  regions.sort((a, b) => a.toOuter(0) - b.toOuter(0));
  return {
    regions: regions.map((region) => ({ ...region, filled: RENDERED })),
    problems,
    facts: [...writtenFiles(values, regions), ...sentIn(lists, regions)],
  };
}

/** The lists that are commands, in the order of the text. A script in one is a region of its own. */
function wordRegions(lists: readonly WordList[], isWorth: IsWorth): (Span & { region: Region })[] {
  return lists.flatMap(({ words, before }) => {
    const line = words.map(({ text }) => text).join(" ");
    const isScript = words.some(({ text }) => (/\s/.test(text) || holdsJson(text)) && isWorth(text));
    const region = isWorth(line) && !isScript ? wordsRegion(words) : undefined;
    const [first, last] = [words[0], words.at(-1)];
    if (!region || !first || !last) return [];
    return [{ start: first.at.start, end: last.at.end, region: behind(before, region) }];
  });
}

/** Returns what a command that is a list of words does with the JSON that is one of them. */
function sentIn(lists: readonly WordList[], regions: readonly Region[]): Fact[] {
  return lists.flatMap(({ words }): Fact[] => {
    const json = words.filter(({ text }) => holdsJson(text));
    if (json.length === 0) return [];
    const verbs = verbsOf(words.map(({ text }) => text).join(" "));
    return json.flatMap(({ at }) => {
      const region = regions.findIndex((one) => at.start <= one.toOuter(0) && one.toOuter(0) < at.end);
      return region < 0 ? [] : verbs.map((does) => sendFact(at, does, { region }));
    });
  });
}

function holdsJson(text: string): boolean {
  return mayHoldRequest(text) && /^\s*[{[]/.test(text);
}

const FOLDED =
  "a request may stand in this text, whose lines YAML joins partly; written with `|` it could be migrated";
const UNFOLD = "Write the text with `|`, then run this again.";

/** Begins a value that GitHub's workflows, Ansible and Helm fill in anywhere in a file. */
const RENDERED = /^\$?\{\{/;

/** Keys whose texts are commands. */
const COMMANDS =
  /^(?:ansible\.(?:builtin|legacy)\.)?(run|script|cmd|command|commands|args|entrypoint|shell|exec|(before|after)_script)$/i;
/** A text has to hold this that is YAML only by the look of its first line, as many sentences are. */
const REQUEST_KEY = /^\s*#cloud-config\s|(^|[\s{,-])["']?(rule|dispatch_?rule|trunk_?ids)["']?\s*:/i;
/** How JSON begins, or a template of it, and a sentence with a placeholder in brackets doesn't. */
const JSON_BEGIN = /^\s*(?:\[\s*)?(\{(\s*(["}]|\/[/*])|\s+\{[{%])|"|\])/;

function syntaxOf(text: string, key: string): string | undefined {
  // A batch file is no value of `cmd`.
  const told = /^cmd$/i.test(key) ? undefined : fragmentSyntax("", key);
  if (told !== undefined) return told;
  const said = text.slice(lengthBeforeJson(text));
  const guessed = fragmentSyntax(said);
  if (guessed === "json" && JSON_BEGIN.test(said)) return "json";
  if (COMMANDS.test(key)) return "shell";
  return guessed === "json" || (guessed === "yaml" && !REQUEST_KEY.test(text)) ? undefined : guessed;
}
