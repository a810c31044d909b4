import { allDocuments, type Document, documentIds, WHOLE } from "../sources/document.ts";
import type { Known } from "../evidence/verdict.ts";
import type { Context } from "../plan/migrate.ts";
import type { MigrateOptions } from "../config/options.ts";
import type { Source } from "../files/read.ts";
import type { Pin } from "../rule/protocol-library.ts";
import { siteId } from "../evidence/site-id.ts";
import type { Gathered } from "./repository-evidence.ts";
import type { Importers } from "./cross-file-imports.ts";
import { holdsRequest } from "./holds-request.ts";
import type { RunSettings } from "./settings.ts";
import type { TrunkFiles } from "./trunk-files.ts";

/** The values that all sources of a run have in common, and what is found out on the way. */
export interface Deciding {
  settings: RunSettings;
  gathered: Gathered;
  importers: Importers;
  /** The top of the repository of a path, if it has one. */
  topOf(path: string): string | undefined;
  /** Unset where the user named the trunks. */
  trunkFiles: TrunkFiles | undefined;
  pinsOf(path: string, document: Document): Promise<readonly Pin[]>;
  unread: string[];
}

/** The ids of all sites of a source. */
function siteIds(root: Document): string[] {
  const ids = documentIds(root);
  return allDocuments(root).flatMap((document) =>
    document.reading.sites.map((site) => siteId(document, ids.get(document) ?? WHOLE, site)),
  );
}

/** The options for a source, and what the others say of it. */
export async function inRun(
  { source: { path }, document }: { source: Source; document: Document },
  named: boolean,
  deciding: Deciding,
): Promise<[MigrateOptions, Context]> {
  const { settings, gathered } = deciding;
  const { options, configs } = settings;
  const decisions = await configs.of(path);
  const protocolPins = await deciding.pinsOf(path, document);
  const isRule = holdsRequest(document, "flat", "wrapped", "info");
  const trunks = isRule ? await deciding.trunkFiles?.of(path, deciding.topOf(path)) : undefined;
  const makes = gathered.madeBy(path);
  const known = siteIds(document).map((id): [string, Known] => [
    id,
    { ...gathered.evidenceOf(path, id), named, makes },
  ]);
  return [
    { ...trunks, ...decisions?.optionsFor(path), ...options, protocolPins },
    {
      known: new Map(known),
      makes,
      notices: gathered.noticesIn(path),
      silences: decisions?.silencesFor(path) ?? [],
      isCheck: settings.isCheck,
      environment: decisions?.environmentOf(path),
    },
  ];
}
