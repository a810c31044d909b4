import type { Member, ObjectValue, Value } from "../rule/value.ts";
import { requestField } from "../rule/fields.ts";
import type { Site } from "./syntax.ts";

/** The request as it is once all code around it has run: fields that are set or changed later are expressions. */
export function statedRequest({ request, changed = [] }: Site): ObjectValue {
  if (changed.length === 0) return request;
  const field = (member: Member): string => requestField(member.key) ?? member.key;
  const names = new Set(changed.map(field));
  const later = [...names].map((name): Member => {
    const all = [...request.members, ...changed].filter((member) => field(member) === name);
    const [first] = all;
    const last = all.at(-1);
    if (!first || !last) throw new Error("a changed field is missing");
    const raw = all.map(({ value }) => inWords(value)).join(", then ");
    const value = { kind: "code" as const, start: last.value.start, end: last.value.end, raw };
    return { ...first, value };
  });
  const members = request.members.map(
    (member) => later.find((one) => field(one) === field(member)) ?? member,
  );
  const added = later.filter((one) => !request.members.some((member) => field(member) === field(one)));
  return { ...request, members: [...members, ...added] };
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
