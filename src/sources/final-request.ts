import type { Member, ObjectValue, Value } from "../rule/value.ts";
import { requestField } from "../rule/fields.ts";
import type { Site } from "./syntax.ts";

/**
 * The request as it is once all code around it has run: fields that are set or changed later are expressions. Where
 * only a part of a field is, the field is what was written with that part.
 */
export function statedRequest({ request, changed = [] }: Site): ObjectValue {
  if (changed.length === 0) return request;
  const field = (member: Member): string => requestField(member.key) ?? member.key;
  const names = new Set(changed.map(field));
  const later = [...names].map((name): Member => {
    const written = request.members.filter((member) => field(member) === name);
    const [first, ...more] = [...written, ...changed.filter((member) => field(member) === name)];
    if (!first) throw new Error("a changed field is missing");
    return { ...first, value: more.map(({ value }) => value).reduce(afterwards, first.value) };
  });
  const members = request.members.map(
    (member) => later.find((one) => field(one) === field(member)) ?? member,
  );
  const added = later.filter((one) => !request.members.some((member) => field(member) === field(one)));
  return { ...request, members: [...members, ...added] };
}

/** Returns what a value is after another one was put in its place or, if that is an object, into it. */
function afterwards(before: Value, then: Value): Value {
  if (then.kind === "object" && (before.kind === "object" || before.kind === "null")) {
    const members = before.kind === "object" ? [...before.members] : [];
    for (const member of then.members) {
      const index = members.findIndex(({ key }) => key === member.key);
      const known = members[index];
      if (known) members[index] = { ...known, value: afterwards(known.value, member.value) };
      else members.push(member);
    }
    return { ...then, members };
  }
  const raw = `${inWords(before)}, then ${inWords(then)}`;
  return { kind: "code", start: then.start, end: then.end, raw };
}

/** A value in a few words, for a person. */
function inWords(value: Value): string {
  switch (value.kind) {
    case "code":
    case "number":
      return value.raw;
    case "array":
      return `[${value.items.map(inWords).join(", ")}]`;
    case "string":
    case "boolean":
      return JSON.stringify(value.value);
    case "object":
      return "{…}";
    case "null":
      return "null";
  }
}
