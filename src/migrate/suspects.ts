import { distinct } from "./deeds.ts";
import { WHOLE } from "./document.ts";
import type { Place, Said } from "./evidence.ts";
import { baseName } from "./file-names.ts";
import type { PlacedMention } from "./mentioning.ts";
import type { Nodes } from "./nodes.ts";
import { isPage, type UnfollowedUpdate } from "./unfollowed.ts";

/** What a repository says of updates that can't be followed. */
export interface Unfollowed {
  updates: readonly UnfollowedUpdate[];
  /** The names of files with requests, without their folders, that stand in programs or data, whatever that may mean. */
  spokenOf: ReadonlySet<string>;
}

/** The lines that send files which can't be told, as far as the whole repository says which they are. */
export class UntoldFiles {
  readonly #untold: { does: PlacedMention["does"]; place: Place }[] = [];
  readonly #told = new Set<string>();

  /** Takes in a line of a source; `isKnown`: it is about something that is known. */
  add({ does, file, line, within }: PlacedMention, path: string, isKnown: boolean): void {
    if (isKnown || file?.includes("${") !== true) this.#told.add(`${path}\0${does}`);
    else if (within === undefined && !isPage(path)) this.#untold.push({ does, place: { path, line } });
  }

  /** Those that update rules, if none creates any. */
  updates(): Place[] {
    // What is told of one line of a source explains its others: they are the same seen from inside of a function.
    const untold = this.#untold.filter(({ does, place }) => !this.#told.has(`${place.path}\0${does}`));
    if (untold.some(({ does }) => does === "create")) return [];
    return untold.filter(({ does }) => does === "update").map(({ place }) => place);
  }
}

/** The lines that may update a rule with a document, and whether they, or others, name it. */
export type Suspects = Pick<Said, "mayUpdate" | "places">;

/**
 * Tells which lines may update a rule with a document of which no line says what it is for: those that are unfollowed and
 * may mean it, or else those with untold files. `hasName`: the document is known by the name of its file.
 */
export function suspectsIn(
  { updates, spokenOf }: Unfollowed,
  untold: UntoldFiles,
  nodes: Nodes,
): (path: string, document: string, hasName: boolean) => Suspects {
  const untoldUpdates = untold.updates();
  return (path, document, hasName) => {
    const base = baseName(path);
    const mayMean = ({ place, with: what }: UnfollowedUpdate): boolean => {
      if (typeof what === "string") return hasName && nodes.meantBy(what, place.path).includes(path);
      const isNamed = what.has(base) || what.has(base.replace(/\.\w+$/, ""));
      return place.path === path ? document !== WHOLE : document === WHOLE && isNamed;
    };
    const unfollowed = updates.filter(mayMean).map(({ place }) => place);
    const places = distinct(unfollowed.length > 0 ? unfollowed : untoldUpdates);
    if (places.length === 0) return { places };
    const isNamed = unfollowed.length > 0 || (document === WHOLE && spokenOf.has(base));
    return { places, mayUpdate: isNamed ? "named" : "any" };
  };
}
