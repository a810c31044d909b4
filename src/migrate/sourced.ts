import { FileNames } from "./file-names.ts";
import type { MentioningSource, PlacedMention } from "./mentioning.ts";

/** How deep calls of functions are followed that call others in their turn. */
const DEEPEST = 4;
/** How many calls are followed at most. */
const MOST = 20_000;

/** The sources with what functions of other sources do for them, on the lines that call these. */
export function withSourced(sources: readonly MentioningSource[]): readonly MentioningSource[] {
  const isCalling = sources.some(({ documents }) =>
    documents.some(({ mentions }) => mentions.some(({ does }) => does === "call")),
  );
  if (!isCalling) return sources;
  const names = new FileNames(sources.map(({ path }) => path));
  const within = new Map<string, PlacedMention[]>();
  for (const { path, documents } of sources) {
    for (const mention of documents.flatMap(({ mentions }) => mentions)) {
      if (mention.within === undefined) continue;
      const key = `${path}\0${mention.within}`;
      const known = within.get(key);
      if (known) known.push(mention);
      else within.set(key, [mention]);
    }
  }
  let followed = 0;
  const done = (call: PlacedMention, from: string, depth: number): PlacedMention[] => {
    const { call: { name, args } = { name: "", args: [] }, file = "", at, line } = call;
    if (depth > DEEPEST || followed++ > MOST) return [];
    const filled = (text: string): string =>
      text.replaceAll(/\$\{(\d)\}/g, (unknown, index: string) => args[Number(index) - 1] ?? unknown);
    return names.meantBy(file, from).flatMap((path) =>
      (within.get(`${path}\0${name}`) ?? []).flatMap((mention): PlacedMention[] => {
        const { program: _, within: __, ...said } = mention;
        if (said.call) {
          const inner = { name: said.call.name, args: said.call.args.map(filled) };
          return done({ ...said, call: inner, at, line }, path, depth + 1);
        }
        if (said.file === undefined) return [];
        const to = said.to === undefined ? {} : { to: filled(said.to) };
        return [{ ...said, ...to, file: filled(said.file), at, line }];
      }),
    );
  };
  return sources.map((source) => ({
    ...source,
    documents: source.documents.map((document) => ({
      ...document,
      mentions: document.mentions.flatMap((mention) => {
        if (mention.does !== "call") return [mention];
        const inFunction = mention.within === undefined ? {} : { within: mention.within };
        return done(mention, source.path, 0).map((one) => ({ ...one, ...inFunction }));
      }),
    })),
  }));
}
