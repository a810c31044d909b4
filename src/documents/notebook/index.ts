import type { Member, Value } from "../../rule/value.ts";
import { readJson } from "../json/read.ts";
import type { Region, Syntax } from "../../sources/syntax.ts";
import { type IsWorth, mayHoldRequest } from "../../sources/trigger.ts";
import { codeRegions, fileWritten } from "./cell-regions.ts";
import { type CellText, cellText, wholeRegion } from "./cell-text.ts";
import { fragmentSyntax } from "../../sources/embedded-language.ts";
import { copyFact, type Fact } from "../../sources/fact.ts";

/** Jupyter notebooks (nbformat 4): the source of each cell is a document. Outputs are what a run printed: not ours. */
export const notebook: Syntax = {
  read(text, isWorth = mayHoldRequest) {
    const read = readJson(text);
    if (!("value" in read)) return { sites: [], regions: [], problems: [read], comments: [], refused: [] };
    const kernel = kernelLanguage(read.value);
    const cells = valueOf(read.value, "cells");
    const regions: Region[] = [];
    const facts: Fact[] = [];
    for (const [index, cell] of (cells?.kind === "array" ? cells.items : []).entries()) {
      const source = valueOf(cell, "source");
      const found = source && cellText(text, source, `cell ${index + 1}`);
      if (!found || !isWorth(found.text)) continue;
      const ofCell = cellRegions(cell, found, kernel, isWorth);
      const to = stringOf(cell, "cell_type") === "code" ? fileWritten(found.text) : undefined;
      const at = { start: source.start, end: source.end };
      // Cells after it mean what it has written, up to the next that writes the file.
      if (to !== undefined && ofCell.length === 1) {
        facts.push(copyFact(at, to, { region: regions.length }));
      }
      regions.push(...ofCell);
    }
    return { sites: [], regions, problems: [], comments: read.comments, refused: read.refused, facts };
  },
  wrap: () => [],
};

function cellRegions(cell: Value, source: CellText, kernel: string, isWorth: IsWorth): Region[] {
  switch (stringOf(cell, "cell_type")) {
    case "markdown":
      return wholeRegion(source, "markdown");
    case "code":
      return codeRegions(source, kernel, isWorth);
    default: {
      const syntax = fragmentSyntax(source.text);
      return syntax === undefined ? [] : wholeRegion(source, syntax);
    }
  }
}

/** The language that cells are written in where they don't say another: Python unless the notebook says so. */
function kernelLanguage(document: Value): string {
  const metadata = valueOf(document, "metadata");
  return (
    stringOf(valueOf(metadata, "kernelspec"), "language") ??
    stringOf(valueOf(metadata, "language_info"), "name") ??
    "python"
  );
}

function valueOf(value: Value | undefined, key: string): Value | undefined {
  return membersOf(value).find((member) => member.key === key)?.value;
}

function stringOf(value: Value | undefined, key: string): string | undefined {
  const found = valueOf(value, key);
  return found?.kind === "string" ? found.value : undefined;
}

function membersOf(value: Value | undefined): readonly Member[] {
  return value?.kind === "object" ? value.members : [];
}
