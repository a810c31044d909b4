import { fragmentSyntax } from "../sources/embedded-language.ts";
import { readJson } from "./json/read.ts";
import { lineRegion, type RegionLine } from "../sources/region.ts";
import { languageNamed, languageOf } from "../sources/languages.ts";
import type { Region } from "../sources/syntax.ts";
import { type IsWorth, looksLikeRequest } from "../sources/trigger.ts";

/** A block of code in a document that people read. */
export interface CodeBlock {
  /** Its lines without what indents them and without their ends, in order. */
  lines: readonly RegionLine[];
  /** The language, as it is written; empty where the document names none. */
  language: string;
  /** Its name for a person: "json fence". */
  label: string;
}

/**
 * The block as a region, in the language that it is said to be written in, else told by how it begins. Undefined where
 * it is not worth it, and where its language is named but not known.
 */
export function codeBlockRegion(
  outer: string,
  { lines, language, label }: CodeBlock,
  isWorth: IsWorth,
): Region | undefined {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last || !isWorth(outer.slice(first.start, last.end))) return undefined;
  const isKnown = (languageNamed(language) ?? languageOf(language)) !== undefined;
  if (!isKnown && !NO_LANGUAGE.test(language)) return undefined;
  const region = lineRegion("", label, outer, lines);
  const syntax =
    region && (isJsonAsShell(region.text, language) ? "json" : fragmentSyntax(region.text, language));
  if (!region || syntax === undefined || (syntax === "yaml" && PROSE.test(language))) return undefined;
  return { ...region, syntax };
}

/** People call JSON `bash` and `sh`, too. A shell's own brackets hold commands. */
function isJsonAsShell(text: string, language: string): boolean {
  if (languageNamed(language)?.id !== "shell" || !/^\s*(?:\{\s*"|\[\s*\{)/.test(text)) return false;
  return "value" in readJson(text) || looksLikeRequest(text);
}

/** Marks a block as text, or code of no language. */
const NO_LANGUAGE = /^(|te?xt|plain(text)?|none|nohighlight|raw|code|output|copy)$/i;

/** Marks a block as text, in which lines begin like YAML's. */
const PROSE = /^(te?xt|plain(text)?|output)$/i;
