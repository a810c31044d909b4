import fc from "fast-check";
import type { Plain } from "../plan/generate.ts";

/** How a value is laid out as YAML. Nothing of it changes what the text says. */
export interface YamlStyle {
  unit: number;
  newline: string;
  bom: boolean;
  finalNewline: boolean;
  /** Lists of a mapping stand at its own indentation. */
  flushLists: boolean;
  quotes: ("plain" | "single" | "double" | "literal" | "folded" | "lines")[];
  keyQuotes: ("" | '"' | "'")[];
  /** Whether a collection stands in brackets, taken in turn. */
  flow: boolean[];
  comments: string[];
  blankLines: boolean;
  /** What the request stands in. */
  frame: "top" | "list" | "second document" | "spread list";
  annotations: { key: string; value: string; at: number }[];
  /** Where a wrapper stands that is null. */
  nullWrapper: number | undefined;
}

export const yamlStyle: fc.Arbitrary<YamlStyle> = fc.record({
  unit: fc.constantFrom(1, 2, 3, 4, 8),
  newline: fc.constantFrom("\n", "\r\n"),
  bom: fc.boolean(),
  finalNewline: fc.boolean(),
  flushLists: fc.boolean(),
  quotes: fc.array(fc.constantFrom("plain", "single", "double", "literal", "folded", "lines"), {
    minLength: 1,
    maxLength: 7,
  }),
  keyQuotes: fc.array(fc.constantFrom("", "", "", '"', "'"), { minLength: 1, maxLength: 5 }),
  flow: fc.array(fc.constantFrom(false, false, false, true), { minLength: 1, maxLength: 5 }),
  comments: fc.array(fc.constantFrom("", "", "# note", "# name: old", "#", "# - {"), { maxLength: 6 }),
  blankLines: fc.boolean(),
  frame: fc.constantFrom("top", "list", "second document", "spread list"),
  annotations: fc.uniqueArray(
    fc.record({
      key: fc.constantFrom("_comment", "$schema", "_note"),
      value: fc.constantFrom("short", "two\nlines", "", "#x", "a: b", "tail\n\n\n"),
      at: fc.nat(9),
    }),
    { maxLength: 2, selector: ({ key }) => key },
  ),
  nullWrapper: fc.option(fc.nat(9), { nil: undefined, freq: 2 }),
});

/** The request with its annotations, as it is to be read. */
export function annotated(request: Plain, { annotations, nullWrapper }: YamlStyle): Plain {
  const members = Object.entries(request);
  if (nullWrapper !== undefined)
    members.splice(Math.min(nullWrapper, members.length), 0, ["dispatch_rule", null]);
  for (const { key, value, at } of annotations) members.splice(Math.min(at, members.length), 0, [key, value]);
  return Object.fromEntries(members);
}

/** Writes a request, in a block, as a document or as what is in one. */
export function layOutYaml(request: Plain, style: YamlStyle): string {
  const writer = new Writer(style);
  const { frame, newline } = style;
  const members = Object.entries(annotated(request, style));
  let lines: string[];
  if (frame === "list" || frame === "spread list") {
    const dash = frame === "list" ? "- " : "-   ";
    lines = writer.block(members, " ".repeat(dash.length));
    const first = lines.findIndex((line) => line.trim() !== "" && !line.trimStart().startsWith("#"));
    lines = [
      ...lines.slice(0, first),
      dash + (lines[first] ?? "").trimStart(),
      ...lines.slice(first + 1),
      "- other: 1",
    ];
  } else if (frame === "second document") {
    lines = ["%YAML 1.2", "---", "first: 1", "...", "---", ...writer.block(members, ""), "---", "third: 3"];
  } else {
    lines = writer.block(members, "");
  }
  const text = lines.join(newline);
  // A text that keeps its blank lines would lose one without the last line break.
  const ends = style.finalNewline || lines.some((line) => line.includes(": |+"));
  return `${style.bom ? "\uFEFF" : ""}${text}${ends ? newline : ""}`;
}

class Writer {
  readonly #style: YamlStyle;
  #turn = 0;
  /** Whether the last text ends with blank lines that belong to it. */
  #keepsBlanks = false;

  constructor(style: YamlStyle) {
    this.#style = style;
  }

  #next<T>(choices: readonly T[]): T | undefined {
    return choices.length === 0 ? undefined : choices[this.#turn++ % choices.length];
  }

  /** The lines of a mapping in a block. */
  block(members: readonly (readonly [string, unknown])[], indent: string): string[] {
    return members.flatMap(([key, value]) => {
      const before = this.#next(this.#style.comments);
      const blank = this.#style.blankLines && !this.#keepsBlanks && this.#turn % 3 === 0 ? [""] : [];
      this.#keepsBlanks = false;
      const lead = before ? [...blank, indent + before] : blank;
      return [...lead, ...this.#member(`${indent}${this.#key(key)}:`, value, indent)];
    });
  }

  #member(head: string, value: unknown, indent: string): string[] {
    const inner = indent + " ".repeat(this.#style.unit);
    const note = this.#next(this.#style.comments);
    const after = note ? ` ${note}` : "";
    if (isObject(value) && Object.keys(value).length > 0 && !this.#next(this.#style.flow)) {
      return [head + after, ...this.block(Object.entries(value), inner)];
    }
    if (Array.isArray(value) && value.length > 0 && !this.#next(this.#style.flow)) {
      const at = this.#style.flushLists ? indent : inner;
      return [head + after, ...value.flatMap((item: unknown) => this.#item(item, at))];
    }
    if (typeof value === "string") return this.#text(head, value, inner, after);
    if (value === null) return [head + (this.#next(["", " null", " ~"]) ?? "") + after];
    const flow = this.#flow(value, inner);
    return [`${head} ${flow[0] ?? ""}`, ...flow.slice(1)].map((line, index, all) =>
      index === all.length - 1 ? line + after : line,
    );
  }

  #item(item: unknown, indent: string): string[] {
    if (!isObject(item) || Object.keys(item).length === 0) {
      return [`${indent}- ${this.#flow(item, `${indent}  `).join(this.#style.newline)}`];
    }
    const [first = "", ...rest] = new Writer({ ...this.#style, comments: [], blankLines: false }).block(
      Object.entries(item),
      `${indent}  `,
    );
    return [`${indent}- ${first.trimStart()}`, ...rest];
  }

  /** In brackets, on one line or over several. */
  #flow(value: unknown, indent: string): string[] {
    if (typeof value === "string") return [JSON.stringify(value)];
    if (!isObject(value) && !Array.isArray(value)) return [JSON.stringify(value)];
    const members = Array.isArray(value)
      ? value.map((item) => this.#flow(item, `${indent}  `).join(this.#style.newline))
      : Object.entries(value).map(
          ([key, item]) => `${this.#key(key)}: ${this.#flow(item, `${indent}  `).join(this.#style.newline)}`,
        );
    const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
    if (members.length === 0 || this.#next(this.#style.flow)) return [open + members.join(", ") + close];
    return [open, ...members.map((member) => `${indent}${member},`), indent + close];
  }

  #text(head: string, value: string, inner: string, after: string): string[] {
    const wanted = this.#next(this.#style.quotes);
    const lines = value.split("\n");
    const isTidy = !/[^\P{C}\n]|\p{Z}\n|[\u2028\u2029\uFEFF]/u.test(value);
    if (wanted === "literal" && value !== "" && isTidy && !/^[ \n]/.test(value) && !/[ \t]$/.test(value)) {
      const body = value.replace(/\n+$/, "");
      if (body === "") return [`${head} ${JSON.stringify(value)}${after}`];
      const tail = value.length - body.length;
      const chomp = tail === 0 ? "-" : tail === 1 ? "" : "+";
      this.#keepsBlanks = chomp === "+";
      const shown = [...body.split("\n"), ...Array.from({ length: Math.max(tail - 1, 0) }, () => "")];
      return [`${head} |${chomp}${after}`, ...shown.map((line) => (line === "" ? "" : inner + line))];
    }
    if (wanted === "folded" && isTidy && lines.length === 1 && /^[^\s].*[^\s]$/.test(value)) {
      return [`${head} >-${after}`, ...value.split(/(?<=\S) (?=\S)/).map((word) => inner + word)];
    }
    if (wanted === "single" && isTidy && lines.length === 1)
      return [`${head} '${value.replaceAll("'", "''")}'${after}`];
    if (wanted === "lines" && isTidy && lines.length === 1 && / /.test(value.trim())) {
      const [first = "", ...rest] = value.replaceAll("'", "''").split(/(?<=\S) (?=\S)/);
      return [`${head} '${first}`, ...rest.map((word) => inner + word)].map((line, index, all) =>
        index === all.length - 1 ? `${line}'${after}` : line,
      );
    }
    if (wanted === "plain" && /^[a-z][a-z_ +-]*[a-z]$/i.test(value) && !/^(true|false|null)$/i.test(value)) {
      return [`${head} ${value}${after}`];
    }
    return [`${head} ${JSON.stringify(value)}${after}`];
  }

  #key(key: string): string {
    const quote = this.#next(this.#style.keyQuotes) ?? "";
    const isPlain = /^[_$a-z][\w$]*$/i.test(key) && !/^(true|false|null)$/i.test(key);
    if (quote === "" && isPlain) return key;
    return quote === "'" && /^[\w $.-]*$/.test(key) ? `'${key}'` : JSON.stringify(key);
  }
}

function isObject(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
