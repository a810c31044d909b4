import { isObject, parsedJson } from "../rule/value.ts";

/** A line that livekit-sip or livekit-server logged, as far as it could be read. */
export interface LogRecord {
  /** Milliseconds since 1970; undefined where the line has lost its time. */
  at: number | undefined;
  /** Empty where the line has lost it. */
  message: string;
  /** The source file that logged it: `sip/inbound.go:414`. */
  caller: string;
  fields: Readonly<Record<string, unknown>>;
  /** True if the line has lost a part of its fields. */
  isCut: boolean;
}

/**
 * The marks of lines about calls, as raw text: an id of livekit-sip, or a message about SIP. A line without any of them
 * is not worth reading.
 */
export const MARKS = ["SCL_", "SIP "];

/**
 * Reads a line of a log: JSON, or the columns of a console, behind whatever another program wrote before it (kubectl,
 * Docker, journald), coloured or not, or as a string in the JSON of a collector. A line that is cut off gives what is
 * left of it. Undefined for every other line.
 */
export function readRecord(line: string): LogRecord | undefined {
  return readPlain(line.includes("\u001b") ? line.replaceAll(COLOURS, "") : line, 0);
}

// oxlint-disable-next-line no-control-regex -- colours begin with a control character
const COLOURS = /\u001b\[[\d;]*m/g;

/** A collector's JSON may stand in another one's. */
const DEEPEST = 2;

function readPlain(line: string, depth: number): LogRecord | undefined {
  const brace = line.indexOf('{"');
  const whole = brace < 0 ? undefined : parsedJson(line.slice(brace));
  const json = isObject(whole) ? whole : undefined;
  const inner = json && depth < DEEPEST && typeof json["msg"] !== "string" ? lineIn(json) : undefined;
  if (inner !== undefined) return readPlain(inner, depth + 1);
  const isCut = json === undefined;
  const fields = json ?? strings(line.slice(Math.max(0, brace), Math.max(0, brace) + LONGEST_TEXT));
  if (typeof fields["msg"] === "string") {
    return {
      at: timeOf(fields["ts"]),
      message: fields["msg"],
      caller: textOf(fields, "caller"),
      fields,
      isCut,
    };
  }
  const columns = CONSOLE.exec((brace < 0 ? line : line.slice(0, brace)).slice(-LONGEST_HEAD));
  if (columns) {
    const { time = "", caller = "", message = "" } = columns.groups ?? {};
    return { at: timeOf(time), message, caller, fields, isCut };
  }
  return textOf(fields, "callID") === ""
    ? undefined
    : { at: undefined, message: "", caller: "", fields, isCut };
}

/** In UTF-16 code units: so much of a line is looked at without JSON.parse. Whole lines are much shorter. */
const [LONGEST_HEAD, LONGEST_TEXT] = [1000, 65_536];

/**
 * `time LEVEL logger caller message`, between tabs, or what became of them. A line that lost its begin has no time.
 * Bounded everywhere, so that no line takes more than linear time.
 */
const CONSOLE =
  /(?:(?<time>\d{4}-\d\d-\d\dT[\d:.]{8,30}(?:Z|[+-]\d\d:?\d\d))(?:\s|#011){1,9}[A-Z]{1,9}(?:\s|#011){1,9}[\w.]{1,50})?(?:\s|#011){1,9}(?<caller>[\w.-]{1,50}\/[\w./-]{1,99}\.go:\d{1,6})(?:\s|#011){1,9}(?<message>.{0,300}?)(?:\s|#011){0,9}$/s;

/** The line that a collector put into a string of its JSON: `log`, `message`, `MESSAGE`, whatever it calls it. */
function lineIn(json: Readonly<Record<string, unknown>>): string | undefined {
  return Object.values(json).find(
    (value): value is string =>
      typeof value === "string" && value.includes("{") && MARKS.some((mark) => value.includes(mark)),
  );
}

/** The strings that are left of JSON which is cut off. Of a key that stands there twice the last counts, as in JSON. */
function strings(text: string): Record<string, unknown> {
  const found = text.matchAll(/"(?<key>\w+)": ?(?<value>"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?)/g);
  return Object.fromEntries(
    Array.from(found, ({ groups: { key = "", value = "" } = {} }) => [key, parsedJson(value)] as const),
  );
}

/** Seconds since 1970, or a date of RFC 3339, whose offset may lack its colon. */
function timeOf(value: unknown): number | undefined {
  const time =
    typeof value === "number"
      ? value * 1000
      : typeof value === "string"
        ? Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"))
        : Number.NaN;
  return Number.isFinite(time) && Math.abs(time) <= LATEST ? time : undefined;
}

/** The last millisecond that a date can have (ECMA-262). */
const LATEST = 8.64e15;

/** A field as text; empty where there is none. What is longer than any number or name is cut. */
export function textOf(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (typeof value !== "string") return "";
  return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
}

/** In UTF-16 code units. */
const LONGEST = 400;
