import { resolve } from "node:path";
import { type Document, documentIds, WHOLE } from "../migrate/document.ts";
import type { Context } from "../migrate/migrate.ts";
import type { MigrateOptions } from "../migrate/options.ts";
import type { Followed } from "../migrate/programs.ts";
import { programId, type Together } from "../migrate/readers.ts";
import type { Silence } from "../migrate/silence.ts";
import type { Source } from "../repo/read.ts";
import type { Refusal } from "../repo/replace.ts";
import type { Pin } from "../rule/protocol-library.ts";
import type { Gathered } from "./gathered.ts";
import type { Importers } from "./importers.ts";
import type { RunSettings } from "./settings.ts";

/** What all sources have in common, and what is found out on the way. */
export interface Deciding {
  settings: RunSettings;
  gathered: Gathered;
  importers: Importers;
  /** The top of the repository of a path, if it has one. */
  topOf(path: string): string | undefined;
  /** The programs, and the objects written to files, that change together with the requests, by `programId`. */
  following: ReadonlySet<string>;
  /** What the programs among them are rewritten for. */
  followers: ReadonlyMap<string, Followed>;
  /** Those that would, if a command named their files too. */
  unnamed?: Unnamed | undefined;
  /** The files that must not be written, by their paths. */
  refused?: ReadonlyMap<string, Refusal>;
  pinsOf(path: string, document: Document): Promise<readonly Pin[]>;
  silenced: Set<Silence>;
  unread: string[];
}

/** What is no part of the run and would change with what migrates if a command named it too, by `programId`. */
export interface Unnamed extends Together {
  programs: ReadonlySet<string>;
}

/** The options for a source, and what the others say of it. */
export async function inRun(
  { source: { path }, document }: { source: Source; document: Document },
  named: boolean,
  deciding: Deciding,
): Promise<[MigrateOptions, Context]> {
  const { settings, gathered, following, followers, unnamed, silenced } = deciding;
  const { options, configs } = settings;
  const decisions = await configs.of(path);
  const protocolPins = await deciding.pinsOf(path, document);
  const ids = documentIds(document);
  return [
    { ...decisions?.optionsFor(path), ...options, protocolPins },
    {
      evidenceOf: (part) => {
        const { readers = [], ...said } = gathered.evidenceOf(path, ids.get(part) ?? WHOLE);
        const flagged = readers.map((reader) => {
          const id = reader.program && programId(reader.program);
          if (id === undefined) return reader;
          return {
            ...reader,
            follows: following.has(id),
            together: unnamed?.programs.has(id) ? unnamed : undefined,
          };
        });
        return { ...said, readers: flagged, named };
      },
      followedBy: (part, index) =>
        followers.get(programId({ path: resolve(path), document: ids.get(part) ?? WHOLE, index })),
      silences: decisions?.silencesFor(path) ?? [],
      silenced: (silence) => silenced.add(silence),
    },
  ];
}
