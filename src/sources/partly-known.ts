import { normalize } from "node:path/posix";

declare const SEALED: unique symbol;
declare const PATH: unique symbol;

/**
 * A text of which pieces may be unknown: what a shell, a template or a program puts in, by the name of what has its value,
 * if that has one. Two of the same pieces are `===`, so maps find them. Nobody can take it
 * for a string: `knownText`, `unknownPiece` and `templateText` make it, and the functions of this file alone look into it.
 */
export interface PartlyKnown {
  readonly [SEALED]: true;
}

/**
 * The path of a file as it is written, as far as it is known. `*` in it stands for anything but `/`, and a folder `**` for
 * any folders, or none. It may begin with `OWN_FOLDER`.
 */
export interface Path extends PartlyKnown {
  readonly [PATH]: true;
}

/** Stands before and behind the name of an unknown piece. No path, word or variable of a program can hold it. */
const EDGE = "\0";
const UNKNOWN = /\0([^\0]*)\0/g;

/** At run time it is a string, which only this file knows. */
function sealed(text: string): Path {
  return text as unknown as Path;
}

function opened(text: PartlyKnown): string {
  return text as unknown as string;
}

/** A text of which all is known, whatever stands in it. */
export function knownText(text: string): PartlyKnown {
  return sealed(text.replaceAll(EDGE, "\uFFFD"));
}

/**
 * A piece that is not known: the value of a variable by its name, what is printed by something that begins at an offset
 * (`(12`), or of nothing that has such a name.
 */
export function unknownPiece(name = ""): PartlyKnown {
  return sealed(EDGE + (VARIABLE.test(name) || /^\(\d+$/.test(name) ? name : "") + EDGE);
}

const VARIABLE = /^[\w@]+$/;

/** Several texts as one. */
export function joinTexts(...parts: readonly PartlyKnown[]): PartlyKnown {
  return sealed(parts.map(opened).join(""));
}

/**
 * A text in which something is put in for each match of `marks`, which is global: `by` gets the match, and without it an
 * unknown piece that is called like the first word in it.
 */
export function templateText(
  text: string,
  marks: RegExp,
  by = (mark: string): PartlyKnown => unknownPiece(/\w+/.exec(mark)?.[0]),
): PartlyKnown {
  return sealed(opened(knownText(text)).replaceAll(marks, (mark) => opened(by(mark))));
}

/** Begins a path from the folder of the file in which it is written. */
export const OWN_FOLDER: PartlyKnown = sealed(`${EDGE}.${EDGE}`);

/** The text as a path, or that of some names each in the folder before it; a `./` at its front says nothing. */
export function pathOf(first: PartlyKnown, ...names: readonly PartlyKnown[]): Path {
  const text = names
    .map(opened)
    .reduce((folder, name) => `${folder.replace(/\/$/, "")}/${name}`, opened(first));
  return sealed(text.replace(/^(?:\.\/)+(?=.)/, ""));
}

/** Tells whether a text has no unknown piece. */
export function isKnown(text: PartlyKnown): boolean {
  return !opened(text).includes(EDGE);
}

/** The text where all of it is known; undefined elsewhere. */
export function wholeText(text: PartlyKnown): string | undefined {
  return isKnown(text) ? opened(text) : undefined;
}

const NAMED = (name: string): string => `\${${name}}`;

/**
 * The text for reading, and for looking for words in it: with `${name}`, or what `by` gives, for each unknown piece. The
 * name is empty where that is no variable's value.
 */
export function asText(text: PartlyKnown, by = NAMED): string {
  if (isKnown(text)) return opened(text);
  return opened(text).replaceAll(UNKNOWN, (_, name: string) => by(VARIABLE.test(name) ? name : ""));
}

/** The pieces of a text that are known, one behind the other. */
export function knownPieces(text: PartlyKnown): string {
  return asText(text, () => "");
}

/** The variables whose values are unknown pieces. */
export function namesIn(text: PartlyKnown): string[] {
  if (isKnown(text)) return [];
  const names = Array.from(opened(text).matchAll(UNKNOWN), ([, name = ""]) => name);
  return names.filter((name) => VARIABLE.test(name));
}

/** The text with this for all pieces of a name. */
export function withKnown(text: PartlyKnown, name: string, value: PartlyKnown): PartlyKnown {
  if (isKnown(text)) return text;
  return sealed(opened(text).replaceAll(UNKNOWN, (piece, of) => (of === name ? opened(value) : piece)));
}

/** The text without what stands at its front: that text, or what an expression finds in what is known there. */
export function withoutFront(text: PartlyKnown, front: RegExp | string): PartlyKnown {
  return sealed(opened(text).replace(front, ""));
}

/** The parts of a text between matches in what is known of it, without empty ones. */
export function splitText(text: PartlyKnown, between: RegExp | string): PartlyKnown[] {
  if (isKnown(text))
    return opened(text)
      .split(between)
      .flatMap((part) => (part === "" ? [] : sealed(part)));
  const parts = [""];
  for (const [index, piece] of opened(text).split(EDGE).entries()) {
    const [first = "", ...more] = index % 2 === 0 ? piece.split(between) : [EDGE + piece + EDGE];
    parts.push(`${parts.pop()}${first}`, ...more);
  }
  return parts.filter((part) => part !== "").map(sealed);
}

/** The texts that bash makes of one with `{a,b}`. */
export function alternatives(text: PartlyKnown): PartlyKnown[] {
  const [whole, before, list = "", after] = /^(.*?)\{([^{}]*,[^{}]*)\}(.*)$/.exec(opened(text)) ?? [];
  if (whole === undefined) return [text];
  const items = list.split(",").slice(0, MOST_ALTERNATIVES);
  return items.flatMap((item) => alternatives(sealed(`${before}${item}${after}`)));
}

const MOST_ALTERNATIVES = 32;

/**
 * The places from the top at which a path may be meant that is written in a file: one where it begins in that file's
 * folder; else from the top, and from that folder. Spelled alike for all that mean the same.
 */
export function placesOf(path: PartlyKnown, from: string): [Path, ...Path[]] {
  const folder = knownText(from.slice(0, from.lastIndexOf("/") + 1) || ".");
  const isOwn = opened(path).startsWith(opened(OWN_FOLDER));
  const rest = isOwn ? withoutFront(path, opened(OWN_FOLDER)) : path;
  const beside = normalized(pathOf(folder, rest));
  return isOwn ? [beside] : [normalized(path), beside];
}

/** The path without `.`, empty names and the `/` at its ends, and without the `..` that follow a name. */
function normalized(path: PartlyKnown): Path {
  return sealed(normalize(opened(path).replace(/^\/+/, "")).replaceAll(/^\.?\/*$|\/+$/g, ""));
}

/** The name of a file without its folders. */
export function baseName(path: PartlyKnown): Path {
  return sealed(opened(path).slice(opened(path).lastIndexOf("/") + 1));
}

/** Tells whether of a path nothing is known but an ending: `${f}`, `${f}.json`. */
export function isOnlyEnding(path: PartlyKnown): boolean {
  return !isKnown(path) && /^(?:\.[\w.]*)?$/.test(knownPieces(path));
}

/** Finds the paths that a path may mean. */
export function asPattern(path: PartlyKnown): RegExp {
  const source = opened(path).replaceAll(/\0[^\0]*\0|\*\*\/|\*|[.*+?^${}()|[\]\\]/g, (found) => {
    if (found === "*") return "[^/]*";
    if (found === "**/") return "(?:.*/)?";
    return found.startsWith(EDGE) ? ".*" : `\\${found}`;
  });
  return new RegExp(`^${source}$`);
}
