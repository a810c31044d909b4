import { type Paint, type Style, visible, wrapWords } from "./style.ts";

/** A text after its label, indented as far where it is broken; `how` is the colour of the text. */
export function labelled(label: string, text: string, style: Style, how?: Paint): string[] {
  const rows = fitted(text, style.width - LABEL);
  return rows.map((row, at) => start(at === 0 ? label : "", style) + (how ? style.paint(how, row) : row));
}

/** A place, `path:line:column`, where a labelled text would stand; it is never broken. */
export function labelledPlace(place: string, style: Style): string {
  return start("", style) + visible(place);
}

const LABEL = 6;

function start(label: string, style: Style): string {
  return label === "" ? " ".repeat(LABEL) : style.paint("dim", label.padEnd(LABEL));
}

/** A rule in a table: its name with its place below, and what is said of it. */
export interface RuleRow {
  name: string;
  place: string;
  text: string;
}

/**
 * A table of rules. A place is never broken: the first column is as wide as they are, between three eighths of the page
 * and a half, and one that is longer has a line of its own.
 */
export function ruleTable(rows: readonly RuleRow[], style: Style): string[] {
  const longest = Math.max(...rows.map(({ place }) => visible(place).length));
  const width = Math.min(Math.max(Math.floor((style.width * 3) / 8), longest), Math.floor(style.width / 2));
  return rows.flatMap(({ name, place, text }) => {
    const left = [...fitted(name, width), ...(place === "" ? [] : [visible(place)])];
    const right = fitted(text, style.width - width - 2);
    const lines: string[] = [];
    while (left.length > 0 || right.length > 0) {
      const first = left.shift() ?? "";
      const second = first.length > width ? "" : (right.shift() ?? "");
      lines.push(second === "" ? first : `${first.padEnd(width)}  ${second}`);
    }
    return lines;
  });
}

/** The text in lines of at most `width` columns, as it is where it fits; words that are longer are broken. */
function fitted(text: string, width: number): string[] {
  const shown = visible(text);
  if (shown.length <= width) return [shown];
  return wrapWords(shown, width).flatMap((line) => pieces(line, width));
}

/** A path is broken after a slash, anything else where the width ends. */
function pieces(line: string, width: number): string[] {
  const broken: string[] = [];
  const rest = Array.from(line);
  while (rest.length > width) {
    const slash = rest.lastIndexOf("/", width - 1);
    broken.push(rest.splice(0, slash > 0 ? slash + 1 : width).join(""));
  }
  return [...broken, rest.join("")];
}
