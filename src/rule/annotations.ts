import type { ObjectValue } from "./value.ts";

/** Tells whether a top-level key is an annotation, which people write beside the fields: `_comment`, `$schema`. */
export function isAnnotation(key: string): boolean {
  return key.startsWith("_") || key.startsWith("$");
}

/** The object without its annotations: what LiveKit is to read of it. */
export function withoutAnnotations(object: ObjectValue): ObjectValue {
  return { ...object, members: object.members.filter(({ key }) => !isAnnotation(key)) };
}
