/** A schema as plain data: every message and enum that a root message can hold, by full name. */
export interface Shape {
  messages: Record<string, MessageShape>;
  enums: Record<string, EnumShape>;
}

export interface MessageShape {
  /** Left out where the source says nothing of deprecations; so it is in FieldShape and EnumShape. */
  deprecated?: boolean;
  fields: FieldShape[];
}

export interface FieldShape {
  number: number;
  name: string;
  jsonName: string;
  kind: "scalar" | "enum" | "message" | "map";
  /** A scalar's name in proto, the full name of an enum or a message, or "map". */
  type: string;
  /** Of maps only, as are the next two. */
  keyType?: string;
  valueType?: string;
  valueKind?: "scalar" | "enum" | "message";
  /** "optional" is the keyword, not what every message field is. */
  label: "singular" | "optional" | "repeated";
  /** The oneof that the field belongs to. */
  oneof?: string;
  deprecated?: boolean;
}

export interface EnumShape {
  deprecated?: boolean;
  values: { name: string; number: number }[];
}

/** What differs between two shapes, a line each: also what only one of them has. Order does not count. */
export function differences(ours: Shape, theirs: Shape): string[] {
  const [left, right] = [declarations(ours), declarations(theirs)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((place) => left.get(place) !== right.get(place))
    .map((place) => `${place}: ${left.get(place) ?? "nothing"}, but there ${right.get(place) ?? "nothing"}`);
}

/** The shape without what it says of deprecations, to compare it with a source that says nothing of them. */
export function withoutDeprecations(shape: Shape): Shape {
  const rest: Shape = JSON.parse(JSON.stringify(shape), (key, value: unknown) =>
    key === "deprecated" ? undefined : value,
  );
  return rest;
}

/** Every declaration with all that is said of it, by its place: `livekit.SIPCodec`, `livekit.SIPCodec.rate`. */
function declarations(shape: Shape): Map<string, string> {
  const found = new Map<string, string>();
  for (const [type, { deprecated, fields }] of Object.entries(shape.messages)) {
    found.set(type, facts({ kind: "message", deprecated }));
    for (const field of fields) found.set(`${type}.${field.name}`, facts(field));
  }
  for (const [type, { deprecated, values }] of Object.entries(shape.enums)) {
    found.set(type, facts({ kind: "enum", deprecated }));
    for (const value of values) found.set(`${type}.${value.name}`, facts(value));
  }
  return found;
}

/** All properties in one text, which does not depend on their order. */
function facts(declaration: object): string {
  return JSON.stringify(declaration, Object.keys(declaration).toSorted());
}
