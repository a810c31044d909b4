import { type CST, isAlias, isMap, isScalar, type Node, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import { requestField, WRAPPER } from "../../rule/fields.ts";
import { lineStart } from "../../sources/lines.ts";
import type { Member, ObjectValue, Span, Value } from "../../rule/value.ts";
import type { Problem } from "../../sources/syntax.ts";
import {
  afterBlankLines,
  afterComments,
  contentEnd,
  type DocumentLayout,
  isMapping,
  keepsBlankLines,
  type Mapping,
} from "./mapping.ts";
import { type Scalar, scalarOf, scalarValue } from "./scalar.ts";
import { templateProblem } from "./templates.ts";

/**
 * A scalar that is no key, and the key under which it stands, be it in a list there. A block may say nothing, in a
 * template.
 */
export interface Text {
  scalar: Scalar;
  key: string;
}

/** A document: its value, and what its values don't say. */
export interface Built {
  value: Value;
  texts: Text[];
  /** Where anchored values and aliases stand, in the order of the text. */
  marks: Span[];
  /** Why a mapping must not be rewritten. */
  hindrances: Map<Value, Problem>;
}

/** Builds the values of one document. Calls itself for each level, so the depth has to be bounded before. */
export class Builder {
  readonly #text: string;
  readonly #covered: string;
  readonly #comments: readonly Span[];
  readonly #layout: DocumentLayout = { unit: undefined, blocks: [] };
  readonly #texts: Text[] = [];
  readonly #marks: Span[] = [];
  readonly #hindrances = new Map<Value, Problem>();
  readonly #anchors = new Map<string, Value>();
  readonly #anchored: { name: string; value: Value }[] = [];
  readonly #fields = new Map<ObjectValue, Member[]>();
  readonly #used = new Set<string>();
  #problem: Problem | undefined;

  /** `covered` is the text that was parsed; `comments` are those of the whole text. */
  constructor(text: string, covered: string, comments: readonly Span[]) {
    this.#text = text;
    this.#covered = covered;
    this.#comments = comments;
  }

  /** The document with these contents, or why it can't be read. */
  document(contents: Node | null): Built | Problem {
    const value = this.#value(contents, "", 0);
    for (const { name, value: anchored } of this.#anchored) {
      if (this.#used.has(name))
        this.#hinder(anchored, `it is used elsewhere too, as \`*${name}\``, WRITE_OUT);
    }
    return (
      this.#problem ?? {
        value,
        texts: this.#texts,
        marks: this.#marks.toSorted((a, b) => a.start - b.start),
        hindrances: this.#hindrances,
      }
    );
  }

  /** `at` is where an empty value stands. */
  #value(node: Node | null, key: string, at: number): Value {
    if (!node) return { kind: "null", start: at, end: at };
    const value = this.#built(node, key);
    if (!isAlias(node) && node.anchor !== undefined) {
      this.#anchors.set(node.anchor, value);
      this.#anchored.push({ name: node.anchor, value });
      this.#marks.push({ start: value.start, end: value.end });
    }
    return value;
  }

  #built(node: Node, key: string): Value {
    if (isAlias(node)) {
      const [start, end] = rangeOf(node);
      this.#used.add(node.source);
      this.#marks.push({ start, end });
      return { kind: "code", start, end, raw: this.#text.slice(start, end) };
    }
    if (isScalar(node)) return this.#scalar(this.#read(node.srcToken, node.tag, rangeOf(node)[0]), key);
    if (!isMap(node)) return this.#list(node as YAMLSeq<Node | null>, key);
    const mapping = this.#mapping(node as YAMLMap<Node, Node | null>, key);
    if (node.tag !== undefined && !/^tag:yaml\.org,2002:map$/.test(node.tag)) {
      this.#hinder(mapping, "its tag says that something else than a mapping becomes of it", BY_HAND);
    }
    return mapping;
  }

  #read(token: CST.Token | undefined, tag: string | undefined, at: number): Scalar {
    if (token?.type === "block-scalar" || (token && "source" in token && token.type !== "alias")) {
      return scalarOf(this.#text, token as CST.FlowScalar | CST.BlockScalar, tag);
    }
    const empty: CST.FlowScalar = { type: "scalar", offset: at, indent: -1, source: "" };
    return scalarOf(this.#text, empty, tag);
  }

  #scalar(scalar: Scalar, key: string): Value {
    const { start, end, style } = scalar;
    const raw = this.#text.slice(start, end);
    if (style === "plain" && raw.includes("{{") && raw.includes("\n")) {
      this.#refuse({ start: start + raw.indexOf("{{"), end });
    }
    const value = scalarValue(this.#text, scalar);
    const isBlock = style === "literal" || style === "folded";
    if (isBlock) this.#layout.blocks.push({ start, end });
    if ((scalar.text !== undefined || isBlock) && raw !== "") this.#texts.push({ scalar, key });
    return value;
  }

  #list(node: YAMLSeq<Node | null>, key: string): Value {
    const [start, end] = rangeOf(node);
    let at = start;
    const items = node.items.map((item) => {
      const value = this.#value(item, key, at);
      at = value.end;
      return value;
    });
    const last = items.at(-1);
    return { kind: "array", start, end: node.flow || !last ? end : contentEnd(last), items };
  }

  #mapping(node: YAMLMap<Node, Node | null>, key: string): Mapping {
    const [start, end] = rangeOf(node);
    const members: Member[] = [];
    const heads: number[] = [];
    const merged: Value[] = [];
    for (const pair of node.items) {
      const member = this.#member(pair, key);
      heads.push(headOf(pair, member.at.start));
      if (member.key === "<<") merged.push(member.value);
      members.push(member);
    }
    const mapping = node.flow
      ? this.#flow(members, start, end)
      : this.#block(members, heads, { start: heads[0] ?? start, end });
    if (merged.length > 0) this.#merge(mapping, merged);
    return mapping;
  }

  #member(pair: Pair<Node, Node | null>, outerKey: string): Member {
    const token = pair.srcToken;
    const at = this.#keySpan(pair.key);
    const key =
      isScalar(pair.key) && pair.key.srcToken && "source" in pair.key.srcToken
        ? (this.#read(pair.key.srcToken, undefined, at.start).text ?? "")
        : this.#text.slice(at.start, at.end);
    if (!isScalar(pair.key)) this.#value(pair.key, outerKey, at.start);
    else if (pair.key.anchor !== undefined) this.#marks.push(at);
    const colon = token?.sep?.find(({ type }) => type === "map-value-ind");
    const written = isNothing(pair.value) ? null : pair.value;
    const value = this.#value(written, key, colon ? colon.offset + 1 : at.end);
    return { key, at, value };
  }

  #keySpan(key: Node): Span {
    const [start, end] = rangeOf(key);
    if (isAlias(key)) return { start, end };
    if (this.#covered.startsWith("{{", start)) this.#refuse({ start, end });
    return { start, end };
  }

  #flow(members: Member[], start: number, end: number): Mapping {
    const mapping: Mapping = { kind: "object", start, end, members, layout: { style: "flow" } };
    if (this.#covered.startsWith("{{", start)) this.#refuse({ start, end });
    if (this.#covered[start] !== "{")
      this.#hinder(mapping, "it stands in a flow list without brackets of its own", BRACKETS);
    return mapping;
  }

  #block(members: Member[], heads: number[], { start, end }: Span): Mapping {
    const text = this.#text;
    const column = start - lineStart(text, start);
    const last = members.at(-1);
    const content = last ? contentEnd(last.value) : end;
    let unit: number | undefined;
    for (const { value } of members) unit ??= this.#unitOf(value, column);
    this.#layout.unit ??= unit;
    const commented = afterComments(text, content, column, this.#comments);
    return {
      kind: "object",
      start,
      end: commented === content && this.#endsInBlanks(members) ? afterBlankLines(text, content) : commented,
      members,
      layout: { style: "block", document: this.#layout, heads, column, unit, contentEnd: content },
    };
  }

  /**
   * Tells whether blank lines behind a mapping belong to it, or would if its last member were not a wrapper that is
   * null.
   */
  #endsInBlanks(members: readonly Member[]): boolean {
    const last = members.at(-1);
    const isDropped = last?.value.kind === "null" && requestField(last.key) === WRAPPER;
    const kept = isDropped ? members.at(-2) : last;
    return kept !== undefined && keepsBlankLines(this.#text, this.#layout, contentEnd(kept.value));
  }

  /** How much further a block stands inside than its mapping, or the first one in it than that. */
  #unitOf(value: Value, column: number): number | undefined {
    const block = isMapping(value) && value.layout.style === "block" ? value.layout : undefined;
    if (block && block.column > column) return block.column - column;
    if (value.kind !== "array" || this.#text[value.start] !== "-") return undefined;
    const step = value.start - lineStart(this.#text, value.start) - column;
    if (step > 0) return step;
    const [first] = value.items;
    return first && isMapping(first) && first.layout.style === "block" ? first.layout.unit : undefined;
  }

  /**
   * `<<` brings in members of other mappings. The request's fields among them are shown as the mapping's own, so that
   * a request is seen that is put together so; it can't be rewritten.
   */
  #merge(mapping: Mapping, merged: readonly Value[]): void {
    const sources = merged
      .flatMap((value) => (value.kind === "array" ? value.items : [value]))
      .map((value) => (value.kind === "code" ? this.#anchors.get(value.raw.slice(1)) : value));
    const own = mapping.members.filter(({ key }) => key !== "<<");
    const fields = new Set(own.map(({ key }) => key));
    for (const source of sources) {
      if (source?.kind !== "object") continue;
      for (const member of this.#fieldsOf(source)) {
        if (fields.has(member.key)) continue;
        fields.add(member.key);
        own.push(member);
      }
    }
    mapping.members = own;
    this.#hinder(mapping, "it merges another mapping in with `<<`, which can't be followed", WRITE_OUT);
  }

  #fieldsOf(source: ObjectValue): Member[] {
    const found = this.#fields.get(source) ?? source.members.filter(({ key }) => requestField(key));
    this.#fields.set(source, found);
    return found;
  }

  #hinder(value: Value, because: string, next: string): void {
    const at = { start: value.start, end: value.start };
    const message = `this request is left as it is, because ${because}`;
    this.#hindrances.set(value, { at, message, part: true, code: "unsupported-yaml", next });
  }

  #refuse(at: Span): void {
    this.#problem ??= templateProblem(at);
  }
}

const WRITE_OUT =
  "Write out in full what is shared, then run this again; or move its fields into `dispatch_rule` by hand.";
const BY_HAND = "Move its fields into `dispatch_rule` by hand.";
const BRACKETS = "Put it in brackets of its own, then run this again.";

/** Tells whether there is nothing where a value may stand: no character, no tag, no anchor. */
function isNothing(node: Node | null): boolean {
  if (!isScalar(node) || node.tag !== undefined || node.anchor !== undefined) return false;
  const [start, end] = rangeOf(node);
  return start === end;
}

/** Where a member begins: with its key, the key's tag or anchor, or a `?`. */
function headOf(pair: Pair<Node, Node | null>, key: number): number {
  const token = pair.srcToken;
  const head = token?.start.find(({ type }) => ["explicit-key-ind", "anchor", "tag"].includes(type));
  return head?.offset ?? key;
}

function rangeOf(node: Node): [number, number] {
  const [start, end] = node.range ?? [0, 0];
  return [start, end];
}
