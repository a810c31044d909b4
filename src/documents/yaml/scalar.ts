import { CST } from "yaml";
import type { Span, Value } from "../../rule/value.ts";
import { placeholderEnd } from "../../sources/placeholder-end.ts";

/** How a scalar is written. */
export type Style = "plain" | "single" | "double" | "literal" | "folded";

/** A scalar with its place: from its first character, quotes included, to the end of its content. */
export interface Scalar extends Span {
  style: Style;
  /** Its text; undefined where its escapes mean nothing. */
  text: string | undefined;
  /** The whole tag, if it has one. */
  tag: string | undefined;
  token: CST.FlowScalar | CST.BlockScalar;
}

const STYLES: Readonly<Record<string, Style>> = {
  scalar: "plain",
  "single-quoted-scalar": "single",
  "double-quoted-scalar": "double",
};

/** A scalar as it is written in `text`. The token may come from a text in which placeholders were covered up. */
export function scalarOf(
  text: string,
  token: CST.FlowScalar | CST.BlockScalar,
  tag: string | undefined,
): Scalar {
  const style = styleOf(token);
  const start = token.offset;
  const content = token.type === "block-scalar" ? contentStart(token) : start;
  const source = text.slice(content, content + token.source.length);
  let isRight = true;
  const resolved = CST.resolveAsScalar({ ...token, source }, true, () => {
    isRight = false;
  });
  const end = token.type === "block-scalar" ? blockEnd(token, content, source) : content + source.length;
  return { start, end, style, text: isRight ? resolved.value : undefined, tag, token };
}

function styleOf(token: CST.FlowScalar | CST.BlockScalar): Style {
  if (token.type === "block-scalar") return header(token).startsWith(">") ? "folded" : "literal";
  return STYLES[token.type] ?? "plain";
}

/** The header of a block scalar: `|`, `>-`, `|2+`. */
export function header(token: CST.BlockScalar): string {
  const [first] = token.props;
  return first && "source" in first ? first.source : "";
}

/** Where the lines of a block scalar begin, after its header. */
export function contentStart(token: CST.BlockScalar): number {
  return token.props.reduce((at, part) => at + ("source" in part ? part.source.length : 0), token.offset);
}

/** Without the blank lines at the end, where they say nothing, and without the last line break. */
function blockEnd(token: CST.BlockScalar, content: number, source: string): number {
  const said = header(token).includes("+") ? source.replace(/\r?\n$/, "") : source.trimEnd();
  if (said !== "") return content + said.length;
  return token.offset + header(token).length;
}

const NULL = /^(?:~|null|Null|NULL)?$/;
const BOOLEAN = /^(?:true|True|TRUE|false|False|FALSE)$/;
const NUMBER =
  /^(?:[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** The tags of scalars that the core schema knows. */
const CORE = ["null", "bool", "int", "float"].map((name) => `tag:yaml.org,2002:${name}`);

/**
 * Returns what a scalar says by the core schema (YAML 1.2.2, 10.3). A placeholder that stands alone and unquoted may become
 * anything, and a tag of one's own may make anything of a value: both are expressions.
 */
export function scalarValue(source: string, scalar: Scalar): Value {
  const { start, end, style, text, tag } = scalar;
  const raw = source.slice(start, end);
  if (text === undefined) return { kind: "code", start, end, raw };
  if (tag === "!" || tag === "tag:yaml.org,2002:str") return { kind: "string", start, end, value: text };
  if (tag !== undefined && !CORE.includes(tag)) return { kind: "code", start, end, raw };
  if (tag === undefined && style !== "plain") return { kind: "string", start, end, value: text };
  if (raw !== "" && placeholderEnd(raw, 0) === raw.length) return { kind: "code", start, end, raw };
  if (NULL.test(text)) return { kind: "null", start, end };
  if (BOOLEAN.test(text)) return { kind: "boolean", start, end, value: text.toLowerCase() === "true" };
  if (NUMBER.test(text)) return { kind: "number", start, end, raw: text };
  return { kind: "string", start, end, value: text };
}
