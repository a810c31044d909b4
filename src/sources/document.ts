import { type Position, positions } from "./position.ts";
import { languageOfNamed } from "./languages.ts";
import { type Reader, readerOf, readers } from "./readers.ts";
import { type Reading, type Refused, type Region, type Site, type Syntax, tooDeep } from "./syntax.ts";
import { type IsWorth, mayHoldRequest } from "./trigger.ts";

/** A source's text, or a region in it, as it was read; with the regions that stand in it. */
export interface Document {
  syntaxId: string;
  syntax: Syntax;
  text: string;
  reading: Reading;
  /** The pieces of the whole source that were asked about and taken for no regions. */
  passedOver: readonly string[];
  /** Its name for a person; null for a whole source. */
  label: string | null;
  /** The words in the source that say that it shows what was, or what is not to be done; those around it count too. */
  old?: Position & { words: string };
  /** True if it, or what it stands in, is only shown to a person. */
  isShown: boolean;
  /** Tells whether a placeholder, as it is written, has a value by the time that somebody gets the document. */
  isFilled(placeholder: string): boolean;
  /** The first two of each kind of what `lk` would refuse in it, however many there are. */
  refused: readonly RefusedHere[];
  /** Where an offset of `text` stands in the source. */
  place: (offset: number) => Position;
  /** The same as an offset of the source's text. */
  inSource(offset: number): number;
  inner: { region: Region; document: Document }[];
}

/** `isFilled` for a placeholder that has a value by then; such ones are a kind of their own. */
export interface RefusedHere extends Refused {
  isFilled: boolean;
}

/** Tells whether a source is data with nothing in another language in it: then it says nothing of what is done with it. */
export function isDataAlone({ syntaxId, reading, inner }: Document): boolean {
  return (syntaxId === "json" || syntaxId === "ndjson") && inner.length === 0 && !reading.facts?.length;
}

/**
 * Reads a source and all regions in it that are worth it, in the language that its path tells. Never throws on any
 * text.
 */
export async function readDocument(
  path: string,
  text: string,
  known: readonly Reader[] = readers,
  isWorth: IsWorth = mayHoldRequest,
): Promise<Document> {
  const passedOver: string[] = [];
  const isTaken: IsWorth = (piece) => {
    const taken = isWorth(piece);
    if (!taken) passedOver.push(piece);
    return taken;
  };
  const loaded = new Map<string, Syntax>();
  const load = async (id: string): Promise<Syntax> => {
    const syntax = loaded.get(id) ?? (await readerOf(id, known).load());
    loaded.set(id, syntax);
    return syntax;
  };
  const read = async (
    syntaxId: string,
    label: string | null,
    inner: string,
    around: Around,
    depth: number,
    old?: Document["old"],
  ): Promise<Document> => {
    const syntax = await load(syntaxId);
    const reading = depth > DEEPEST ? inTooMany : readAnyDepth(() => syntax.read(inner, isTaken));
    const document: Document = {
      ...around,
      syntaxId,
      syntax,
      text: inner,
      reading,
      passedOver,
      label,
      refused: refusedIn(inner, reading, around),
      inner: [],
    };
    if (old) document.old = old;
    const oldIn = ({ old: at }: Region): Document["old"] =>
      at ? { ...around.place(at.start), words: inner.slice(at.start, at.end) } : old;
    for (const region of reading.regions) {
      document.inner.push({
        region,
        document: await read(
          region.syntax,
          region.label,
          region.text,
          insideOf(region, around),
          depth + 1,
          oldIn(region),
        ),
      });
    }
    return document;
  };
  const [firstLine] = text.split("\n", 1);
  const source = {
    place: positions(text),
    inSource: (offset: number) => offset,
    isShown: false,
    isFilled: () => false,
  };
  return read(languageOfNamed(path, firstLine, known).id, null, text, source, 0);
}

type Around = Pick<Document, "place" | "inSource" | "isShown" | "isFilled">;

/** Whoever keeps one of its functions keeps no document. */
function insideOf(region: Region, { place, inSource, isShown, isFilled }: Around): Around {
  return {
    isShown: isShown || region.shown === true,
    place: (offset) => place(region.toOuter(offset)),
    inSource: (offset) => inSource(region.toOuter(offset)),
    isFilled: (placeholder) => region.filled?.test(placeholder) === true || isFilled(placeholder),
  };
}

function refusedIn(text: string, reading: Reading, around: Around): RefusedHere[] {
  const counts = new Map<string, number>();
  return reading.refused.flatMap((refused) => {
    const { what, start, end } = refused;
    const isFilled = what === "placeholder" && around.isFilled(text.slice(start, end));
    const kind = `${what} ${isFilled}`;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count > 2 ? [] : [{ ...refused, isFilled }];
  });
}

/** How deep regions may stand in each other. Each level is read on its own, so a text of many would take long. */
const DEEPEST = 8;
const inTooMany = onlyTooDeep(`it stands in more than ${DEEPEST} others, one in the other`);

/** Returns what was read, or that it is too deep for readers that call themselves for each level. */
function readAnyDepth(read: () => Reading): Reading {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return onlyTooDeep("something in it is nested too deep, or is too long a chain");
  }
}

function onlyTooDeep(message: string): Reading {
  const problems = [tooDeep({ start: 0, end: 0 }, message)];
  return { sites: [], regions: [], problems, comments: [], refused: [] };
}

/**
 * A name for each document of a source, which it keeps when the source is read again with more regions, or fewer. The
 * source itself has the name that `WHOLE` is.
 */
export function documentIds(root: Document): ReadonlyMap<Document, string> {
  const ids = new Map([[root, WHOLE]]);
  const name = (outer: Document, depth: number): void => {
    for (const { document } of outer.inner) {
      const { line, column } = document.place(0);
      ids.set(document, `${depth} ${line}:${column} ${document.syntaxId}`);
      name(document, depth + 1);
    }
  };
  name(root, 1);
  return ids;
}

export const WHOLE = "";

/** The document with other sites of its own; not of those that stand in it. */
export function withSites(document: Document, change: (site: Site) => Site): Document {
  const { reading } = document;
  return { ...document, reading: { ...reading, sites: reading.sites.map(change) } };
}

/** The document and all that stand in it, in the order of the source. */
export function allDocuments(document: Document): Document[] {
  return [document, ...document.inner.flatMap(({ document: inner }) => allDocuments(inner))];
}
