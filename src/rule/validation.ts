import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { spellings } from "./fields.ts";
import type { RequestProblem } from "./problem.ts";
import { canonicalWellKnown, isWellKnown } from "./well-known.ts";
import type { Member, ObjectValue, Value } from "./value.ts";

/**
 * Returns what `lk` would refuse in this value of a message, in the order of the text: Go's protojson with unknown
 * fields rejected (google.golang.org/protobuf encoding/protojson/decode.go, v1.36.11). A null leaves a field unset,
 * even beside a set member of its oneof. Expressions are taken as right. Descends no deeper than the schema does.
 */
export function checkMessage(value: ObjectValue, message: DescMessage): RequestProblem[] {
  const problems: RequestProblem[] = [];
  checkMembers(value, message, undefined, problems);
  return problems;
}

/** Where a value stands: the key or index, and what holds it. Only a problem makes a text of it. */
interface Path {
  outer: Path | undefined;
  step: string | number;
}

function inWords({ outer, step }: Path): string {
  if (typeof step === "number") return `${outer ? inWords(outer) : ""}[${step}]`;
  return outer ? `${inWords(outer)}.${step}` : step;
}

function checkMembers(
  value: ObjectValue,
  message: DescMessage,
  outer: Path | undefined,
  problems: RequestProblem[],
): void {
  const known = spellings(message);
  const seen = new Map<DescField, Member>();
  for (const member of value.members) {
    const field = known.get(member.key);
    const path = { outer, step: member.key };
    if (!field) {
      const { key, at } = member;
      problems.push({ code: "unknown-field", at, key, path: outer ? inWords(outer) : "", message });
      continue;
    }
    const earlier = seen.get(field);
    if (earlier) {
      const keys = [earlier.key, member.key] as const;
      const isSpelledAlike = earlier.key === member.key;
      problems.push(
        isSpelledAlike ? secondTime(member, path) : { code: "both-spellings", at: member.at, keys },
      );
      continue;
    }
    const other = field.oneof && member.value.kind !== "null" ? setBeside(field, seen) : undefined;
    seen.set(field, member);
    if (other) {
      const keys = [other.key, member.key] as const;
      problems.push({ code: "wrong-type", at: member.at, is: "two-of-one", keys, message: message.name });
    } else if (member.value.kind !== "null") {
      checkField(member.value, field, path, problems);
    }
  }
}

/** Another member of the field's oneof that is set. An `optional` field has a oneof of its own. */
function setBeside(field: DescField, seen: ReadonlyMap<DescField, Member>): Member | undefined {
  for (const [other, member] of seen) {
    if (other.oneof === field.oneof && member.value.kind !== "null") return member;
  }
  return undefined;
}

function secondTime(member: Member, path: Path): RequestProblem {
  return { code: "repeated-key", at: member.at, path: inWords(path) };
}

function checkField(value: Value, field: DescField, path: Path, problems: RequestProblem[]): void {
  if (value.kind === "code") return;
  switch (field.fieldKind) {
    case "list":
      if (value.kind !== "array") problems.push(wrongType(value, path, "a list"));
      else {
        for (const [step, item] of value.items.entries()) {
          checkSingle(item, field, { outer: path, step }, problems);
        }
      }
      break;
    case "map":
      if (value.kind !== "object") problems.push(wrongType(value, path, "an object of strings"));
      else checkMap(value, path, problems);
      break;
    default:
      checkSingle(value, field, path, problems);
  }
}

/** All maps in a request map strings to strings. */
function checkMap(value: ObjectValue, outer: Path, problems: RequestProblem[]): void {
  const seen = new Set<string>();
  for (const member of value.members) {
    const path = { outer, step: member.key };
    if (seen.has(member.key)) {
      problems.push(secondTime(member, path));
    } else if (!member.key.isWellFormed()) {
      const { at } = member;
      problems.push({ code: "wrong-type", at, is: "half-a-pair", path: inWords(outer), inKey: true });
    } else {
      checkScalar(member.value, ScalarType.STRING, path, problems);
    }
    seen.add(member.key);
  }
}

function checkSingle(value: Value, field: DescField, path: Path, problems: RequestProblem[]): void {
  if (value.kind === "code") return;
  if (field.message) {
    if (isWellKnown(field.message)) checkWellKnown(value, field.message, path, problems);
    else if (value.kind !== "object") problems.push(wrongType(value, path, "an object"));
    else checkMembers(value, field.message, path, problems);
  } else if (field.enum) {
    const names = field.enum.values.map((known) => known.name);
    const isKnown =
      value.kind === "string" ? names.includes(value.value) : isInteger(value, -MAX_INT32 - 1, MAX_INT32);
    if (!isKnown) problems.push(wrongType(value, path, `one of ${names.join(", ")}`));
  } else if (field.scalar !== undefined) {
    checkScalar(value, field.scalar, path, problems);
  }
}

function checkWellKnown(value: Value, message: DescMessage, path: Path, problems: RequestProblem[]): void {
  if (value.kind === "string" && canonicalWellKnown(message, value.value) !== undefined) return;
  const example =
    message.name === "Duration" ? 'a duration such as "30s"' : 'a time such as "2026-01-31T12:00:00Z"';
  problems.push(wrongType(value, path, example));
}

const MAX_INT32 = 0x7fff_ffff;
const MAX_UINT32 = 0xffff_ffff;

function checkScalar(value: Value, type: ScalarType, path: Path, problems: RequestProblem[]): void {
  if (value.kind === "code") return;
  const wanted = wantedScalar(value, type);
  if (wanted !== undefined) problems.push(wrongType(value, path, wanted));
  else if (value.kind === "string" && !value.value.isWellFormed()) {
    const said = { is: "half-a-pair", path: inWords(path), inKey: false } as const;
    problems.push({ code: "wrong-type", at: value, ...said });
  }
}

/** Returns what the value should have been; undefined for one that is right. */
function wantedScalar(value: Value, type: ScalarType): string | undefined {
  switch (type) {
    case ScalarType.STRING:
      return value.kind === "string" ? undefined : "a string";
    case ScalarType.BOOL:
      return value.kind === "boolean" ? undefined : "true or false";
    case ScalarType.UINT32:
      return isInteger(value, 0, MAX_UINT32) ? undefined : "a whole number from 0 to 4294967295";
    case ScalarType.INT32:
      return isInteger(value, -MAX_INT32 - 1, MAX_INT32) ? undefined : "a whole number of 32 bits";
    default:
      return isFloat(value) ? undefined : "a number";
  }
}

function wrongType(value: Value, path: Path, wanted: string): RequestProblem {
  const found =
    { object: "an object", array: "a list", null: "null" }[value.kind as string] ??
    (value.kind === "string" && wanted.startsWith("one of")
      ? JSON.stringify(value.value)
      : `a ${value.kind}`);
  return {
    code: "wrong-type",
    at: { start: value.start, end: value.end },
    is: "another-kind",
    path: inWords(path),
    wanted,
    found,
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
