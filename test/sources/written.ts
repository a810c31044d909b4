import {
  OWN_FOLDER,
  type PartlyKnown,
  type Path,
  pathOf,
  templateText,
  unknownPiece,
} from "../../src/sources/partly-known.ts";

/** A text as tests write it: with `${name}` for an unknown piece, and `${.}` for the folder of the file itself. */
export function partly(text: string): PartlyKnown {
  return templateText(text, /\$\{[\w@.]*\}/g, (mark) =>
    mark === "${.}" ? OWN_FOLDER : unknownPiece(mark.slice(2, -1)),
  );
}

/** The same as a path. */
export function writtenPath(text: string): Path {
  return pathOf(partly(text));
}
