import { type DescField, type DescMessage, fromJson, type JsonValue, ScalarType } from "@bufbuild/protobuf";
import { spellings } from "./fields.ts";
import { unknownFieldHint } from "./hint.ts";
import type { ArrayValue, Member, ObjectValue, Span, Value } from "./value.ts";

/** Why a request is refused. Stable: they are the `reason` of an outcome. */
export type ProblemCode =
  | "unknown-field"
  | "both-spellings"
  | "repeated-key"
  | "wrong-type"
  | "wrong-nesting"
  | "mixed-form"
  | "missing-rule"
  | "id-set";

/** Something in a request that `lk` or the server refuses. */
export interface RequestProblem {
  code: ProblemCode;
  at: Span;
  /** One sentence, without the place. */
  message: string;
}

/**
 * What `lk` would refuse in this value of a message, in the order of the text: Go's protojson with unknown fields
 * rejected (google.golang.org/protobuf encoding/protojson/decode.go, v1.36.11). A null leaves a field unset, even
 * beside a set member of its oneof. Expressions are taken as right. Descends no deeper than the schema does.
 */
export function checkMessage(value: ObjectValue, message: DescMessage, path = ""): RequestProblem[] {
  const problems: RequestProblem[] = [];
  const seen = new Map<DescField, Member>();
  const setOneofs = new Map<string, Member>();
  for (const member of value.members) {
    const field = spellings(message).get(member.key);
    const where = path ? `${path}.${member.key}` : member.key;
    if (!field) {
      problems.push({
        code: "unknown-field",
        at: member.at,
        message: unknownFieldHint(member.key, message, path),
      });
      continue;
    }
    const earlier = seen.get(field);
    if (earlier) {
      problems.push(repetition(earlier, member, where));
      continue;
    }
    seen.set(field, member);
    if (member.value.kind === "null") continue;
    if (field.oneof && !field.oneof.name.startsWith("_")) {
      const other = setOneofs.get(field.oneof.name);
      if (other) {
        problems.push({
          code: "wrong-type",
          at: member.at,
          message: `\`${other.key}\` and \`${member.key}\` stand together; a ${message.name} takes one of them`,
        });
        continue;
      }
      setOneofs.set(field.oneof.name, member);
    }
    problems.push(...checkField(member.value, field, where));
  }
  return problems;
}

function repetition(earlier: Member, member: Member, where: string): RequestProblem {
  return earlier.key === member.key
    ? { code: "repeated-key", at: member.at, message: `\`${where}\` stands here a second time` }
    : {
        code: "both-spellings",
        at: member.at,
        message: `\`${earlier.key}\` and \`${member.key}\` spell the same field`,
      };
}

function checkField(value: Value, field: DescField, where: string): RequestProblem[] {
  if (value.kind === "code") return [];
  switch (field.fieldKind) {
    case "list":
      if (value.kind !== "array") return [wrongType(value, where, "a list")];
      return checkItems(value, field, where);
    case "map":
      if (value.kind !== "object") return [wrongType(value, where, "an object of strings")];
      return checkMap(value, where);
    default:
      return checkSingle(value, field, where);
  }
}

function checkItems(
  value: ArrayValue,
  field: DescField & { fieldKind: "list" },
  where: string,
): RequestProblem[] {
  return value.items.flatMap((item, index) => checkSingle(item, field, `${where}[${index}]`));
}

/** All maps in a request map strings to strings. */
function checkMap(value: ObjectValue, where: string): RequestProblem[] {
  const seen = new Set<string>();
  return value.members.flatMap(({ key, at, value: item }): RequestProblem[] => {
    const inner = `${where}.${key}`;
    if (seen.has(key))
      return [{ code: "repeated-key", at, message: `\`${inner}\` stands here a second time` }];
    seen.add(key);
    if (LONE_SURROGATE.test(key)) {
      return [{ code: "wrong-type", at, message: `this key in \`${where}\` holds half of a surrogate pair` }];
    }
    return checkScalar(item, ScalarType.STRING, inner);
  });
}

function checkSingle(value: Value, field: DescField, where: string): RequestProblem[] {
  if (value.kind === "code") return [];
  if (field.message) {
    if (field.message.file.name.startsWith("google/protobuf/"))
      return checkWellKnown(value, field.message, where);
    if (value.kind !== "object") return [wrongType(value, where, "an object")];
    return checkMessage(value, field.message, where);
  }
  if (field.enum) {
    const names = field.enum.values.map((known) => known.name);
    const known =
      value.kind === "string" ? names.includes(value.value) : isInteger(value, -MAX_INT32 - 1, MAX_INT32);
    return known ? [] : [wrongType(value, where, `one of ${names.join(", ")}`)];
  }
  return field.scalar === undefined ? [] : checkScalar(value, field.scalar, where);
}

/** Timestamp and Duration are strings of a form that protobuf's own reader knows. */
function checkWellKnown(value: Value, message: DescMessage, where: string): RequestProblem[] {
  const example =
    message.name === "Duration" ? 'a duration such as "30s"' : 'a time such as "2026-01-31T12:00:00Z"';
  if (value.kind !== "string") return [wrongType(value, where, example)];
  try {
    fromJson(message, value.value as JsonValue);
    return [];
  } catch {
    return [wrongType(value, where, example)];
  }
}

const MAX_INT32 = 0x7fff_ffff;
const MAX_UINT32 = 0xffff_ffff;
const LONE_SURROGATE = /\p{Surrogate}/u;

function checkScalar(value: Value, type: ScalarType, where: string): RequestProblem[] {
  if (value.kind === "code") return [];
  switch (type) {
    case ScalarType.STRING:
      if (value.kind !== "string") return [wrongType(value, where, "a string")];
      if (!LONE_SURROGATE.test(value.value)) return [];
      return [{ code: "wrong-type", at: value, message: `\`${where}\` holds half of a surrogate pair` }];
    case ScalarType.BOOL:
      return value.kind === "boolean" ? [] : [wrongType(value, where, "true or false")];
    case ScalarType.UINT32:
      return isInteger(value, 0, MAX_UINT32)
        ? []
        : [wrongType(value, where, "a whole number from 0 to 4294967295")];
    case ScalarType.INT32:
      return isInteger(value, -MAX_INT32 - 1, MAX_INT32) ? [] : [wrongType(value, where, "a whole number")];
    default:
      return isFloat(value) ? [] : [wrongType(value, where, "a number")];
  }
}

function wrongType(value: Value, where: string, wanted: string): RequestProblem {
  const found = { object: "an object", array: "a list", null: "null" }[value.kind as string];
  return {
    code: "wrong-type",
    at: { start: value.start, end: value.end },
    message: `\`${where}\` has to be ${wanted}, not ${found ?? `a ${value.kind}`}`,
  };
}

/** protojson takes 3, 3.0, 3e0 and "3" for the same whole number. */
function isInteger(value: Value, least: number, most: number): boolean {
  const raw = numeral(value);
  if (raw === undefined) return false;
  const [, digits = "", fraction = "", exponent = "0"] =
    /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(raw) ?? [];
  const significant = (digits + fraction).replace(/0+$/, "");
  const zeros = digits.length + fraction.length - significant.length;
  const whole = significant === "" || Number(exponent) - fraction.length + zeros >= 0;
  const number = Number(raw);
  return whole && least <= number && number <= most;
}

function isFloat(value: Value): boolean {
  if (value.kind === "string" && ["NaN", "Infinity", "-Infinity"].includes(value.value)) return true;
  const raw = numeral(value);
  return raw !== undefined && Number.isFinite(Number(raw));
}

function numeral(value: Value): string | undefined {
  if (value.kind === "number") return value.raw;
  return value.kind === "string" && /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(value.value)
    ? value.value
    : undefined;
}
