import fc from "fast-check";

/** A flat request as a plain object, in the spelling of the proto, its keys in any order. */
export type Plain = Record<string, unknown>;

const word = fc.stringMatching(/^[a-zA-Z0-9 _.-]{0,8}$/);
const tricky = fc.oneof(
  word,
  fc.string({ unit: "grapheme", maxLength: 8 }),
  fc.constantFrom(
    "// no comment",
    "/* nor this */",
    '"quoted"',
    "}",
    "a\\b",
    "tab\there",
    "line\nbreak",
    "${VAR}",
    "\u2028",
  ),
);
const numbers = fc.array(fc.constantFrom("+15550100", "+15550101", "15550102", "(555) 0103"), {
  maxLength: 3,
});
const kind = fc.oneof(
  fc
    .record({ room_name: word, pin: word }, { requiredKeys: [] })
    .map((value) => ({ dispatch_rule_direct: value })),
  fc
    .record({ room_prefix: word, pin: word, no_randomness: fc.boolean() }, { requiredKeys: [] })
    .map((value) => ({ dispatch_rule_individual: value })),
  fc
    .record({ room_prefix: word, pin: word, randomize: fc.boolean() }, { requiredKeys: [] })
    .map((value) => ({ dispatch_rule_callee: value })),
);
const roomConfig = fc.record(
  {
    name: word,
    empty_timeout: fc.nat(1000),
    metadata: tricky,
    agents: fc.array(fc.record({ agent_name: word, metadata: tricky }, { requiredKeys: ["agent_name"] }), {
      maxLength: 2,
    }),
    tags: fc.dictionary(word, tricky, { maxKeys: 2 }),
  },
  { requiredKeys: [] },
);

/** Flat requests that LiveKit takes: a rule and any of the other eight fields. */
export const flatRequest: fc.Arbitrary<Plain> = fc
  .record(
    {
      rule: kind,
      trunk_ids: fc.array(fc.constantFrom("ST_a", "ST_b"), { maxLength: 2 }),
      hide_phone_number: fc.boolean(),
      name: tricky,
      metadata: tricky,
      inbound_numbers: numbers,
      attributes: fc.dictionary(fc.oneof(word, fc.constant("__proto__")), tricky, { maxKeys: 3 }),
      room_preset: word,
      room_config: roomConfig,
    },
    { requiredKeys: ["rule"] },
  )
  .chain((request) =>
    fc
      .shuffledSubarray(Object.keys(request), { minLength: Object.keys(request).length })
      .map((keys) => Object.fromEntries(keys.map((key) => [key, (request as Plain)[key]]))),
  );

/** How a text is laid out. Nothing of it changes what the text says. */
export interface LayoutStyle {
  indent: string;
  newline: string;
  colon: string;
  oneLine: boolean;
  camel: boolean;
  escapes: boolean;
  trailingComma: boolean;
  bom: boolean;
  finalNewline: boolean;
  /** Comments to put before members and after their commas; taken in turn. */
  comments: string[];
  annotations: { key: string; value: unknown; at: number }[];
}

export const layoutStyle: fc.Arbitrary<LayoutStyle> = fc.record({
  indent: fc.constantFrom("  ", "    ", "\t", " ", ""),
  newline: fc.constantFrom("\n", "\r\n"),
  colon: fc.constantFrom(": ", ":", " : "),
  oneLine: fc.boolean(),
  camel: fc.boolean(),
  escapes: fc.boolean(),
  trailingComma: fc.boolean(),
  bom: fc.boolean(),
  finalNewline: fc.boolean(),
  comments: fc.array(fc.constantFrom("", "", "// note", "/* note */", '// "name": "old",', "/* { */"), {
    maxLength: 6,
  }),
  annotations: fc.uniqueArray(
    fc.record({
      key: fc.constantFrom("_comment", "$schema", "_note"),
      value: fc.oneof(tricky, fc.array(tricky, { maxLength: 2 })),
      at: fc.nat(9),
    }),
    { maxLength: 2, selector: ({ key }) => key },
  ),
});

/** Writes a request in a style; the annotations go among the fields at their places. */
export function layOut(request: Plain, style: LayoutStyle): string {
  const members = Object.entries(respelled(request, style) as Plain);
  for (const { key, value, at } of style.annotations)
    members.splice(Math.min(at, members.length), 0, [key, value]);
  const { newline } = style;
  const step = style.oneLine ? " " : newline + style.indent;
  const lines = members.map(([key, value], index) => {
    const comma = index < members.length - 1 || style.trailingComma ? "," : "";
    const written = `${quoted(key, style)}${style.colon}${inner(value, style)}${comma}`;
    if (style.oneLine) return step + written;
    const before = comment(style, index * 2);
    const after = comment(style, index * 2 + 1);
    return `${before ? step + before : ""}${step}${written}${after ? ` ${after}` : ""}`;
  });
  const end = style.oneLine ? " }" : `${newline}}`;
  return `${style.bom ? "\uFEFF" : ""}{${lines.join("")}${end}${style.finalNewline ? newline : ""}`;
}

/** The request as it is to be after the migration, written apart from the program's own table. */
export function wrapByHand(request: Plain): Plain {
  const info: Plain = {};
  for (const [key, value] of Object.entries(request)) {
    if (key === "inbound_numbers" && renamesNumbers(request)) info["numbers"] = value;
    else info[key] = value;
  }
  return { dispatch_rule: info };
}

/** An empty list filters nothing under either name, and keeps its own. */
export function renamesNumbers({ inbound_numbers: list }: Plain): boolean {
  return Array.isArray(list) && list.length > 0;
}

/** The keys of messages, not of maps, in the style's case. Maps here are attributes and tags. */
export function respelled(value: unknown, style: LayoutStyle): unknown {
  if (Array.isArray(value)) return value.map((item) => respelled(item, style));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      spelled(key, style),
      key === "attributes" || key === "tags" ? item : respelled(item, style),
    ]),
  );
}

function spelled(key: string, style: LayoutStyle): string {
  return style.camel ? key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) : key;
}

function comment(style: LayoutStyle, index: number): string {
  return style.comments.length === 0 ? "" : (style.comments[index % style.comments.length] ?? "");
}

function quoted(text: string, style: LayoutStyle): string {
  const json = JSON.stringify(text);
  if (!style.escapes || text === "") return json;
  const code = text.charCodeAt(0).toString(16).padStart(4, "0");
  return JSON.stringify(text.slice(1)).replace('"', String.raw`"\u${code}`);
}

function inner(value: unknown, style: LayoutStyle): string {
  const json = JSON.stringify(value, null, style.oneLine ? undefined : style.indent);
  return style.oneLine ? json : json.replaceAll("\n", style.newline + style.indent);
}
