import { overtakingIn } from "./annotation-order.ts";
import type { Site } from "../sources/syntax.ts";
import type { Document } from "../sources/document.ts";
import type { Finding } from "./finding.ts";

/** What is said of a request whose annotation can't move because of what is put in for its placeholders. */
export function outOfOrder(document: Document, { request }: Site): Finding | undefined {
  const overtaking = overtakingIn(document.text, request);
  if (!overtaking) return undefined;
  const { annotation, field } = overtaking;
  return {
    id: "placeholder-order",
    severity: "error",
    ...document.place(annotation.at.start),
    message: `\`${annotation.key}\` would move before \`${field.key}\`, and both hold placeholders whose order counts`,
    next: `Put \`${annotation.key}\` before the first field, with what is put into it, or leave it out; then run this again.`,
  };
}
