import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import type { Random } from "./random.ts";

/**
 * The text of a message in protobuf's JSON, made from its schema. The higher the hostility (0 to 1), the
 * more often something in it is wrong, or right in a way that few know.
 */
export function messageText(random: Random, message: DescMessage, hostility: number): string {
  return spoiled(random, hostility, objectText(random, message, hostility, 0));
}

function objectText(random: Random, message: DescMessage, hostility: number, depth: number): string {
  const members: string[] = [];
  const oneofs = new Set<string>();
  for (const field of random.shuffled(message.fields)) {
    if (!random.chance(fieldChance(message, field, depth))) continue;
    const oneof = field.oneof?.name ?? field.name;
    if (oneofs.has(oneof) && !random.chance(hostility)) continue;
    oneofs.add(oneof);
    members.push(memberText(random, field, hostility, depth));
    if (random.chance(hostility / 8)) members.push(memberText(random, field, hostility, depth));
  }
  if (random.chance(hostility / 4)) members.push(`${random.pick(STRANGE_KEYS)}:${random.pick(WRONG)}`);
  return `{${gap(random)}${random.shuffled(members).join(`,${gap(random)}`)}${gap(random)}}`;
}

/** What matters for a rule is written often; what lies deep seldom, so that texts stay short. */
function fieldChance(message: DescMessage, field: DescField, depth: number): number {
  if (["rule", "dispatch_rule"].includes(field.name)) return 0.7;
  if (message.name === "SIPDispatchRule" || message.name === "SIPMediaConfig") return 0.5;
  return depth < 2 ? 0.3 : 1 / Math.max(3, message.fields.length) / depth;
}

function memberText(random: Random, field: DescField, hostility: number, depth: number): string {
  const key = random.chance(0.5) ? field.name : field.jsonName;
  const value = fieldText(random, field, hostility, depth);
  return `${keyText(random, key, hostility)}${gap(random)}:${gap(random)}${value}`;
}

function keyText(random: Random, key: string, hostility: number): string {
  if (random.chance(hostility / 10)) return `"${key.toUpperCase()}"`;
  if (random.chance(0.02))
    return `"\\u${(key.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}${key.slice(1)}"`;
  return `"${key}"`;
}

function fieldText(random: Random, field: DescField, hostility: number, depth: number): string {
  if (random.chance(hostility)) return random.pick(WRONG);
  if (random.chance(0.03)) return "null";
  switch (field.fieldKind) {
    case "list":
      return `[${items(random, () => singleText(random, field, hostility, depth))}]`;
    case "map":
      return `{${items(random, () => entryText(random, hostility))}}`;
    case "enum":
    case "message":
    case "scalar":
      break;
  }
  return singleText(random, field, hostility, depth);
}

function entryText(random: Random, hostility: number): string {
  return `${random.pick(MAP_KEYS)}:${scalarText(random, ScalarType.STRING, hostility)}`;
}

function items(random: Random, item: () => string): string {
  return Array.from({ length: random.below(3) }, item).join(",");
}

function singleText(random: Random, field: DescField, hostility: number, depth: number): string {
  if (random.chance(hostility / 2)) return random.pick(WRONG);
  if (field.message?.typeName === "google.protobuf.Duration")
    return random.pick(hostility > 0 ? ODD_DURATIONS : DURATIONS);
  if (field.message?.typeName === "google.protobuf.Timestamp")
    return random.pick(hostility > 0 ? ODD_TIMES : TIMES);
  if (field.message) return objectText(random, field.message, hostility, depth + 1);
  if (field.enum) {
    const value = random.pick(field.enum.values);
    if (random.chance(hostility)) return random.pick(ODD_ENUMS);
    return random.chance(0.7) ? `"${value.name}"` : `${value.number}`;
  }
  return scalarText(random, field.scalar ?? ScalarType.STRING, hostility);
}

function scalarText(random: Random, type: ScalarType, hostility: number): string {
  const odd = random.chance(hostility);
  if (type === ScalarType.STRING) return random.pick(odd ? ODD_STRINGS : STRINGS);
  if (type === ScalarType.BOOL) return odd ? random.pick(WRONG) : random.pick(["true", "false"]);
  return random.pick(odd ? ODD_NUMERALS : NUMERALS);
}

const STRINGS = [
  '""',
  '"a"',
  '"+15550100"',
  '"G722"',
  '"\\u00e9\\n\\"\\\\\\/"',
  '"\u{1f4de}"',
  '"\\ud83d\\udcde"',
  '"\u2028"',
];
const ODD_STRINGS = [
  '"\\ud83d"',
  '"\\udcde\\ud83d"',
  '"\\ud83dx"',
  '"\\u12"',
  '"\\x41"',
  '"\\u00G0"',
  '"\t"',
  '"\n"',
  '"\u0000"',
  '"\u007f"',
  "'a'",
  "a",
  '"a',
  '"\\"',
  '"a b"',
  '"a/b"',
  '"\\u0000"',
  '"\ufeff"',
];
const NUMERALS = ["0", "1", "8000", '"8000"', "3.0", "3e0", '"3.0"'];
const ODD_NUMERALS = [
  ..."-0 -1 1.5 1e1 10e-1 1E+2 12e-1 1e400 1e-400 1e39 3.5e38 0e9999999999 1e9999999999 0.0e0".split(" "),
  ..."2147483647 2147483648 -2147483648 -2147483649 4294967295 4294967296".split(" "),
  ..."NaN Infinity +1 01 -01 .5 1. 1e - 0x1 1_000 00".split(" "),
  ...quoted("1.5 +1 0x1 1e1 1e NaN Infinity -Infinity -0 01 1. 80;x"),
  '""',
  '" 1"',
  '"1 "',
];
const ODD_ENUMS = [
  '"NO_SUCH_NAME"',
  "99",
  "-1",
  '"0"',
  "1.0",
  "1e0",
  "0.5",
  '""',
  "2147483648",
  '"sip_media_encrypt_allow"',
];
/** The words as JSON strings. */
function quoted(words: string): string[] {
  return words.split(" ").map((word) => `"${word}"`);
}

const DURATIONS = quoted("30s 1.5s 0s 600s 600.000000001s -1s");
const ODD_DURATIONS = [
  ...DURATIONS,
  ...quoted("30 s 1.s .5s .s -s -.s +1s +.5s -0.5s -.5s -0s 0.1s 1m 1e3s 1.5.5s 01s 00s -01s -0.000000001s"),
  ...quoted("1.000000000s 1.0000000001s 315576000000s 315576000000.5s 315576000001s -315576000000.5s"),
  '" 1s"',
  "30",
  "{}",
  '{"seconds":1}',
];

const TIMES = quoted(
  "2026-01-31T12:00:00Z 2026-01-31T12:00:00.123456789Z 2026-01-31T12:00:00+01:00 0001-01-01T00:00:00Z",
);
const ODD_TIMES = [
  ...TIMES,
  ...quoted("2026-01-31T12:00:00 2026-01-31 2026-1-31T12:00:00Z 2026-01-31T1:00:00Z 2026-01-31T12:0:00Z"),
  ...quoted("2026-02-30T12:00:00Z 2024-02-29T12:00:00Z 2023-02-29T12:00:00Z 2026-00-01T12:00:00Z"),
  ...quoted("2026-13-01T12:00:00Z 2026-01-00T12:00:00Z 2026-01-32T12:00:00Z 2026-01-31T24:00:00Z"),
  ...quoted("2026-01-31T12:60:00Z 2026-01-31T12:00:60Z 2026-01-31t12:00:00z 2026-01-31T12:00:00.Z"),
  ...quoted("2026-01-31T12:00:00.1234567891Z 2026-01-31T12:00:00,5Z 2026-01-31T12:00:00,1234567891Z"),
  ...quoted(
    "2026-01-31T12:00:00.1234567891+01:00 2026-01-31T12:00:00.5+01:00 9999-12-31T23:59:59.999999999Z",
  ),
  ...quoted("10000-01-01T00:00:00Z 0000-01-01T00:00:00Z 0000-02-29T00:00:00Z 0001-01-01T00:00:00+01:00"),
  ...quoted(
    "0000-12-31T23:30:00-01:00 9999-12-31T23:59:59-01:00 2026-01-31T12:00:00+0100 2026-01-31T12:00:00+01",
  ),
  ...quoted("2026-01-31T12:00:00-00:00 2026-01-31T12:00:00+23:59 2026-01-31T12:00:00+24:00"),
  ...quoted("2026-01-31T12:00:00+24:01 2026-01-31T12:00:00+25:00 2026-01-31T12:00:00+00:60"),
  ...quoted("2026-01-31T12:00:00+00:61 2026-01-31T1:00:00.5Z 2026-01-31T12:00:00,5+01:00"),
  '"2026-01-31 12:00:00Z"',
  '""',
  '" "',
  "1",
];

const MAP_KEYS = [
  '"queue"',
  '"tier"',
  '"tier"',
  '""',
  '"__proto__"',
  '"constructor"',
  '"a.b"',
  '"\u{1f4de}"',
  '"k1"',
  '"k2"',
];
const STRANGE_KEYS = [
  '"_comment"',
  '"$schema"',
  '"__proto__"',
  '"trunkids"',
  '"trunk-ids"',
  '""',
  '"hidePhonenumber"',
  '"1"',
  '"dispatch_rule_direct"',
  '"[livekit.x]"',
];
const WRONG = [
  "null",
  "true",
  "0",
  "1.5",
  '"a"',
  '"true"',
  "[]",
  "{}",
  "[null]",
  '[""]',
  "[[]]",
  "[1]",
  '{"a":null}',
  '{"a":1}',
  '{"a":"b","a":"b"}',
  '{"":{}}',
];

function gap(random: Random): string {
  return random.chance(0.95) ? "" : random.pick([" ", "\n", "\t", "\r\n", "  \n"]);
}

/** Breaks the text itself, which has nothing to do with its schema. */
function spoiled(random: Random, hostility: number, text: string): string {
  if (!random.chance(hostility)) return text;
  const characters = Array.from(text);
  const at = random.below(characters.length + 1);
  const before = characters.slice(0, at).join("");
  const after = characters.slice(at).join("");
  switch (random.below(7)) {
    case 0:
      return before;
    case 1:
      return before + random.pick(STRAY) + after;
    case 2:
      return before + characters.slice(at + 1).join("");
    case 3:
      return random.pick(STRAY) + text;
    case 4:
      return text + random.pick(STRAY);
    case 5:
      return text.replace(/}$/, ",}");
    default:
      return random.pick(["", " ", "null", "[]", `[${text}]`, '"a"', "1", "true", `${text}${text}`]);
  }
}

const STRAY = [
  ",",
  ":",
  "{",
  "}",
  "[",
  "]",
  '"',
  "\\",
  " ",
  "\n",
  "\ufeff",
  "\u00a0",
  "\v",
  "\f",
  "// x\n",
  "/* x */",
  "#",
  "x",
  "0",
  "null",
  ";",
  "\u0000",
];
