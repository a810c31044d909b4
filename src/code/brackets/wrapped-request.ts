import { requestField, WRAPPER } from "../../rule/fields.ts";
import type { Member, ObjectValue } from "../../rule/value.ts";

/** Stands in the place of text that is too long, or may be secret. */
const LEFT_OUT = "…";
/** How long a value and the fields together may be, in UTF-16 code units. */
const LONGEST_VALUE = 160;
const LONGEST = 400;

/**
 * A flat request as it looks with its fields in the wrapper, in the spelling of its language and on one line; undefined
 * for one that is filled field by field. Values are as they are written, but for long ones, and for those that may hold
 * secrets, which are left out, as is what has no name. `inbound_numbers` become `numbers`.
 */
export function wrappedText(text: string, request: ObjectValue, language: string): string | undefined {
  const { members } = request;
  const [first] = members;
  if (!first || isFilledLater(first, request)) return undefined;
  const fields: string[] = [];
  let length = 0;
  for (const member of members) {
    if (requestField(member.key) === WRAPPER) continue;
    const field = length > LONGEST ? LEFT_OUT : fieldText(text, member);
    length += field.length;
    if (fields.at(-1) !== LEFT_OUT) fields.push(field);
  }
  if (fields.at(-1) !== LEFT_OUT && holdsMore(text, request)) fields.push(LEFT_OUT);
  const [type = ""] = TYPE.exec(text.slice(Math.max(0, request.start - 200), request.start)) ?? [];
  const brackets = text.slice(request.start, first.at.start).replaceAll(/[^([{]/g, "");
  const isMessage = MESSAGE.test(type);
  // `new Request({ … })` takes the wrapper as such an object, too.
  const isPlain = !isMessage || brackets === "({";
  const info = isPlain
    ? `${isMessage ? "" : type}${brackets.slice(-1)}`
    : `${type.replace(MESSAGE, (name) => (name.includes("Sip") ? "SipDispatchRuleInfo" : "SIPDispatchRuleInfo"))}${brackets}`;
  const rest = isMessage && language === "Rust" ? ["..Default::default()"] : [];
  const wrapped = enclosed(info, [...fields, ...rest].join(", "));
  const { wrapper } = namesIn(text, request, language);
  const field = keyed(text, first, wrapper, rest.length > 0 ? `Some(${wrapped})` : wrapped);
  return enclosed(type + brackets, [field, ...rest].join(", "));
}

const MESSAGE = /create_?sip_?dispatch_?rule_?request/i;
/** The name of a message, or a type of Go's, before the bracket of a literal. */
const TYPE =
  /(?:new[ \t]+|[&%])?[\w.:\\]*create_?sip_?dispatch_?rule_?request(?:\.new)?[ \t]*$|\bmap\[\w+\]\w+$/i;

/** Tells whether a request is made empty, and gets its fields behind it. */
function isFilledLater(member: Member, request: ObjectValue): boolean {
  return member.at.start >= request.end;
}

/** Tells whether something stands between the fields that has no name: `...options`. */
function holdsMore(text: string, { start, end, members }: ObjectValue): boolean {
  return [undefined, ...members].some((before, index) => {
    const between = text.slice(before?.value.end ?? start, members[index]?.at.start ?? end);
    return /\w/.test(between.replaceAll(NO_FIELD, ""));
  });
}

const NO_FIELD = /\/\*[^]*?\*\/|\/\/[^\n]*|#[^\n]*|\.\.Default::default\(\)/g;

/** How the wrapper and the two meanings of `inbound_numbers` are called where a request stands. */
export function namesIn(
  text: string,
  request: ObjectValue,
  language: string,
): { wrapper: string; inbound: string; numbers: string } {
  const keys = request.members.map(({ at }) => /\w*\(?$/.exec(text.slice(at.start, at.end))?.[0] ?? "");
  const isPascal = keys.length > 0 ? keys.some((key) => /^[A-Z]/.test(key)) : /^(?:Go|C#)$/.test(language);
  if (isPascal) return { wrapper: "DispatchRule", inbound: "InboundNumbers", numbers: "Numbers" };
  const isSnake = keys.some((key) => key.includes("_"));
  const isCamel = keys.some((key) => /[a-z][A-Z]/.test(key)) || /Script|Dart|Java|Kotlin/.test(language);
  return isCamel && !isSnake
    ? { wrapper: "dispatchRule", inbound: "inboundNumbers", numbers: "numbers" }
    : { wrapper: WRAPPER, inbound: "inbound_numbers", numbers: "numbers" };
}

/** Something in brackets, which stand open behind what is called. */
function enclosed(opening: string, inside: string): string {
  const [brackets = ""] = /[([{]*$/.exec(opening) ?? [];
  const closing = brackets
    .split("")
    .toReversed()
    .map((bracket) => CLOSING[bracket]);
  return `${opening}${brackets.endsWith("(") ? inside : ` ${inside} `}${closing.join("")}`;
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

function fieldText(text: string, member: Member): string {
  const { at, value, key } = member;
  const written = text.slice(at.start, at.end);
  const field = requestField(key);
  const isSecret = field === "metadata" || field === "attributes";
  const said = isSecret ? LEFT_OUT : shortened(text.slice(value.start, value.end));
  if (field === "inbound_numbers") {
    return keyed(text, member, /^[A-Z]/.test(written) ? "Numbers" : "numbers", said);
  }
  return isShorthand(member) ? written : keyed(text, member, written, said);
}

/** `{ trunkIds }` */
function isShorthand({ at, value }: Member): boolean {
  return value.start === at.start;
}

/** A field with the quotes around its key, and what stands between that and its value, that `like` has. */
function keyed(text: string, like: Member, key: string, said: string): string {
  const { at, value } = like;
  if (isShorthand(like)) return `${key}: ${said}`;
  const [quote = ""] = /\\?["'`:]?$/.exec(text.slice(Math.max(0, at.start - 2), at.start)) ?? [];
  const [between = ": "] = /^[^\r\n]*?(?:=>|[:=])[ \t]*/.exec(text.slice(at.end, value.start)) ?? [];
  return `${quote}${key}${between.replaceAll(/[ \t]+/g, " ")}${said}`;
}

/** A value on one line, without comments; left out where it is long, and so is a PIN that is written in it. */
function shortened(value: string): string {
  const line = value
    .slice(0, 10 * LONGEST_VALUE)
    .replaceAll(/(?<=\s)\/\/[^\r\n]*/g, "")
    .replaceAll(/\s*[\r\n]\s*| {2,}/g, " ")
    .replaceAll(/\b(pin\\?["'`]?\s*(?:=>|[:=])\s*)(?:(\\?["'`])[^"'`\\]*\2|\d+)/gi, `$1$2${LEFT_OUT}$2`)
    .trim();
  return line.length > LONGEST_VALUE ? LEFT_OUT : line;
}
