/** How text is painted. */
export type Paint = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** ECMA-48 codes. (node's styleText asks the terminal by itself, whatever the user has decided.) */
const CODES: Record<Paint, number> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };

/** How text is written for a person: its colours, and the width in columns that prose keeps to. */
export interface Style {
  paint(how: Paint, text: string): string;
  width: number;
}

/** How a report is shown: `redact` hides PINs, metadata, attributes, secrets and who called. */
export interface Shown {
  style: Style;
  redact: boolean;
}

/**
 * The style of an output. Without colour `paint` gives the text back as it is. `columns` are those of the terminal:
 * a report is 80 wide without one, and between 40 and 120 with one.
 */
export function styleFor(color: boolean, columns = 80): Style {
  return {
    width: Math.min(120, Math.max(40, columns)),
    paint: (how, text) => (color && text !== "" ? `\u001b[${CODES[how]}m${text}\u001b[0m` : text),
  };
}

/**
 * Text from a file or a file's name, fit for a terminal: control characters, and those that change the direction
 * of writing, become escapes. Line feeds too, so that nothing can fake a line of the report.
 */
export function visible(text: string): string {
  // Most texts are that: ASCII, dashes and the like. Without it the whole of Unicode would be looked through at every start.
  if (/^[ -~\u2010-\u2027]*$/.test(text)) return text;
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100
      ? String.raw`\x${code.toString(16).padStart(2, "0")}`
      : String.raw`\u{${code.toString(16)}}`;
  });
}

/** JSON as programs get it: indented, with every character escaped that a terminal would act on. */
export function jsonText(value: unknown): string {
  return `${escapedJson(JSON.stringify(value, null, 2))}\n`;
}

/**
 * The same in pieces, an entry of its own lists at a time: no text can hold the calls of a year. Such a list may be
 * anything that gives its entries; what is undefined is left out.
 */
export function* jsonPieces(report: Readonly<Record<string, unknown>>): Generator<string> {
  let before = "{";
  for (const [key, value] of Object.entries(report)) {
    if (value === undefined) continue;
    yield `${before}\n  ${escapedJson(JSON.stringify(key))}: `;
    before = ",";
    if (!isList(value)) {
      yield indentedJson(value, "  ");
      continue;
    }
    let opening = "[";
    for (const item of value) {
      yield `${opening}\n    ${indentedJson(item, "    ")}`;
      opening = ",";
    }
    yield opening === "[" ? "[]" : "\n  ]";
  }
  yield "\n}\n";
}

function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

function indentedJson(value: unknown, indentation: string): string {
  return escapedJson(JSON.stringify(value, null, 2)).replaceAll("\n", `\n${indentation}`);
}

/** JSON with the characters escaped that JSON.stringify leaves as they are, and that a terminal would act on. */
export function escapedJson(json: string): string {
  return json.replaceAll(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Text from a file or a file's name that wrapWords, to which it has to be given, keeps on one line. */
export function unbroken(text: string): string {
  return visible(text).replaceAll(" ", KEPT_SPACE);
}

/** Visible text holds none. */
const KEPT_SPACE = "\0";

/** Prose broken into lines of at most `width` columns; a longer word, or a command in backticks, stays whole. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.match(/`[^`]*`\S*|\S+/g) ?? []) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  if (line !== "") lines.push(line);
  return lines.map((whole) => whole.replaceAll(KEPT_SPACE, " "));
}
