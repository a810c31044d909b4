import type { DescMessage } from "@bufbuild/protobuf";

/** Tells whether a message is protobuf's own, which JSON writes as a string: a Timestamp or a Duration. */
export function isWellKnown(message: DescMessage): boolean {
  return message.file.name.startsWith("google/protobuf/");
}

/** A Timestamp or Duration in the one form that protobuf-es reads, or undefined where Go's protojson refuses it. */
export function canonicalWellKnown(message: DescMessage, text: string): string | undefined {
  return message.name === "Duration" ? canonicalDuration(text) : canonicalTime(text);
}

const DURATION = /^([+-]?)(0|[1-9]\d*)?(?:\.(\d{0,9}))?s$/;
const MAX_DURATION = 315_576_000_000n;

/**
 * A duration in the one form that protobuf-es reads, or undefined where Go's protojson refuses it: it also takes
 * `.5s`, `1.s` and `+1s`, and it refuses `01s`.
 * Source: google.golang.org/protobuf encoding/protojson/well_known_types.go at v1.36.11, unmarshalDuration.
 */
function canonicalDuration(text: string): string | undefined {
  const match = DURATION.exec(text);
  const [, sign = "", seconds, fraction] = match ?? [];
  if (!match || (seconds === undefined && fraction === undefined)) return undefined;
  if (BigInt(seconds ?? 0) > MAX_DURATION) return undefined;
  return `${sign === "-" ? "-" : ""}${seconds ?? 0}.${(fraction ?? "").padEnd(9, "0")}s`;
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d{1,2}):(\d\d):(\d\d)(?:([.,])(\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;
const MIN_TIME = -62_135_596_800_000;
const MAX_TIME = 253_402_300_799_000;

/**
 * A time in the one form that protobuf-es reads, or undefined where Go's protojson refuses it: it also takes a
 * decimal comma, an hour of one digit and offsets up to 24:60, and it refuses days that the month doesn't have.
 * Source: google.golang.org/protobuf encoding/protojson/well_known_types.go at v1.36.11, unmarshalTimestamp; Go's
 * time.Parse with RFC3339Nano.
 */
function canonicalTime(text: string): string | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const [point, fraction = "", sign = "+", offsetHours = "0", offsetMinutes = "0"] = match.slice(7);
  if (hour > 23 || minute > 59 || second > 59 || Number(offsetHours) > 24 || Number(offsetMinutes) > 60)
    return undefined;
  if (point === "." && fraction.length > 9) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  date.setUTCHours(hour, minute, second);
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
  const time = date.getTime() - (sign === "-" ? -offset : offset);
  if (time < MIN_TIME || time > MAX_TIME) return undefined;
  return new Date(time).toISOString().replace(/\d{3}Z$/, `${fraction.slice(0, 9).padEnd(9, "0")}Z`);
}
