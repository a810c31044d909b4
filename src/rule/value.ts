import type { JsonValue } from "@bufbuild/protobuf";

/** A piece of a text: offsets in UTF-16 code units, `end` not included. */
export interface Span {
  start: number;
  end: number;
}

/**
 * A value as somebody wrote it, with its place. Key order, repeated keys and the spelling of numbers are kept,
 * which no JSON.parse would do. `code` is an expression whose value is not known: `$IDS`, `[did]`, `f(x)`.
 */
export type Value =
  | ObjectValue
  | ArrayValue
  | StringValue
  | NumberValue
  | BooleanValue
  | NullValue
  | CodeValue;

export interface ObjectValue extends Span {
  kind: "object";
  members: Member[];
}
export interface ArrayValue extends Span {
  kind: "array";
  items: Value[];
}
export interface StringValue extends Span {
  kind: "string";
  value: string;
}
interface NumberValue extends Span {
  kind: "number";
  /** As written: a parsed number could not say `9007199254740993`. */
  raw: string;
}
interface BooleanValue extends Span {
  kind: "boolean";
  value: boolean;
}
export interface NullValue extends Span {
  kind: "null";
}
export interface CodeValue extends Span {
  kind: "code";
  /** As written, but for line breaks and indentation that mean nothing: it is the same wherever the code moves. */
  raw: string;
}

/** A key and its value. `at` is where the key stands, with its quotes. */
export interface Member {
  key: string;
  at: Span;
  value: Value;
}

/** The members with one of these keys, in the order in which they stand. */
export function membersNamed(object: ObjectValue, keys: readonly string[]): Member[] {
  return object.members.filter((member) => keys.includes(member.key));
}

/** Tells whether an expression stands anywhere in the value. Survives any nesting. */
export function holdsCode(value: Value): boolean {
  const open: Value[] = [value];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.kind === "code") return true;
    if (next.kind === "array") for (const item of next.items) open.push(item);
    if (next.kind === "object") for (const member of next.members) open.push(member.value);
  }
  return false;
}

/**
 * The value as JSON. Members that are null or an expression are left out, as protojson leaves them unset. Of
 * repeated keys the last one counts; `__proto__` is a key like any other. Recursive: call it only on what a
 * schema check has bounded.
 */
export function toJson(value: Value): JsonValue {
  switch (value.kind) {
    case "object": {
      const json: Record<string, JsonValue> = {};
      for (const { key, value: inner } of value.members) {
        if (inner.kind !== "null" && inner.kind !== "code") setKey(json, key, toJson(inner));
      }
      return json;
    }
    case "array":
      return value.items.map(toJson);
    case "number":
      return Number(value.raw);
    case "string":
    case "boolean":
      return value.value;
    case "null":
    case "code":
      return null;
  }
}

/** The value that a text of JSON says; undefined for any other text. */
export function parsedJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Tells whether a value of JSON is an object. */
export function isObject(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Sets an own property, `__proto__` included, which an assignment would not set. */
export function setKey<T>(record: Record<string, T>, key: string, value: T): void {
  if (key !== "__proto__") record[key] = value;
  else Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
}
