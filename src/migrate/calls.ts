import type { Place } from "./evidence.ts";
import { FileNames } from "./file-names.ts";
import type { MentioningSource, PlacedMention } from "./mentioning.ts";
import { isNode } from "./nodes.ts";

/** A line that runs a program of the repository, and the words that the program is given. */
interface Call {
  words: NonNullable<PlacedMention["words"]>;
  from: Place;
}

/** Of so many lines that run a program the words are put in, and so often into programs that these run. */
const MOST_CALLS = 200;
const DEEPEST = 5;

/** Whether the name of a file is one that the source is given, or holds one. */
export function isGiven(name: string | undefined): boolean {
  return name !== undefined && GIVEN.test(name);
}

const GIVEN = /\$\{@(\d?)\}/;

/** Whether a source is a program that does something with files which it is given. */
export function takesFiles({ documents }: MentioningSource): boolean {
  return documents.some(({ mentions }) =>
    mentions.some(({ file, words }) => isGiven(file) || words?.flat().some(isGiven)),
  );
}

/**
 * The sources, of which the programs also say what they do with the files that others give them: where `deploy.sh`
 * creates from `$1` and a Makefile runs `./deploy.sh rule.json`, `deploy.sh` creates from `rule.json`. What they say of
 * words that they are given stays: others may give them any. `isThere` tells whether there is another file at a path.
 */
export function withCalls(
  sources: readonly MentioningSource[],
  isThere?: (path: string) => boolean,
): readonly MentioningSource[] {
  const programs = new Map(sources.filter(takesFiles).map((source) => [source.path, source]));
  if (programs.size === 0) return sources;
  const names = new FileNames([...programs.keys()], isThere);
  const calls = new Map<string, Map<string, Call>>();
  const open: { path: string; call: Call; depth: number }[] = [];
  const found = (mention: PlacedMention, from: Place, depth: number): void => {
    if (mention.does !== "run" || mention.file === undefined || !mention.words) return;
    for (const path of names.meantBy(mention.file, from.path)) {
      const known = calls.get(path) ?? new Map<string, Call>();
      const key = JSON.stringify([from, mention.words]);
      if (known.has(key) || known.size >= MOST_CALLS) continue;
      const call = { words: mention.words, from };
      calls.set(path, known.set(key, call));
      if (depth < DEEPEST) open.push({ path, call, depth });
    }
  };
  for (const { path, documents } of sources) {
    for (const mention of documents.flatMap(({ mentions }) => mentions)) {
      found(mention, { path, line: mention.line }, 0);
    }
  }
  for (let next = open.pop(); next; next = open.pop()) {
    const { path, call, depth } = next;
    for (const mention of programs.get(path)?.documents.flatMap(({ mentions }) => mentions) ?? []) {
      const words = mention.words?.map((texts) => texts.flatMap((text) => filledIn(text, call)));
      const isPassedOn = mention.words?.flat().some(isGiven) ?? false;
      if (words && isPassedOn) found({ ...mention, words }, call.from, depth + 1);
    }
  }
  return sources.map((source): MentioningSource => {
    const all = [...(calls.get(source.path)?.values() ?? [])];
    if (all.length === 0) return source;
    const documents = source.documents.map((document) => ({
      ...document,
      mentions: document.mentions.flatMap((mention) => [
        mention,
        ...all.flatMap((call) => givenBy(call, mention)),
      ]),
    }));
    return { ...source, documents };
  });
}

/** What a program does with the files that one line gives it. */
function givenBy(call: Call, mention: PlacedMention): PlacedMention[] {
  const { file } = mention;
  if (file === undefined || !isGiven(file)) return [];
  const isAll = file.search(GIVEN) === 0;
  return filledIn(file, call).map((name) => ({
    ...mention,
    file: name,
    given: call.from,
    ...(isAll && { from: call.from.path }),
  }));
}

/** The names that a name is when the program is given these words. */
function filledIn(name: string, { words }: Call): string[] {
  const [written, index] = GIVEN.exec(name) ?? [];
  if (written === undefined) return [name];
  const said = index === "" ? words.flat() : (words[Number(index) - 1] ?? []);
  const known = said.filter((word) => !GIVEN.test(word) && (name === written || !isNode(word)));
  return known.map((word) => name.replace(written, () => word));
}
