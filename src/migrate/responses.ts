import type { Span } from "../rule/value.ts";
import type { Notice } from "../syntax/syntax.ts";
import type { Document } from "./document.ts";
import type { MigrateOptions } from "./options.ts";
import type { Finding } from "./outcome.ts";

/**
 * What to say of code that handles the rules that LiveKit gives it as if their numbers stood in `inbound_numbers`.
 * Nothing of readers where they will go on standing there, nor of what is silenced.
 */
export function responseFindings(
  document: Document,
  { inboundNumbersAs }: MigrateOptions,
  isSilenced: (at: Span) => boolean,
): Finding[] {
  return (document.reading.notices ?? [])
    .filter(({ code }) => code !== "reads-inbound-numbers" || inboundNumbersAs !== "inbound_numbers")
    .filter(({ at }) => !isSilenced(at))
    .map(({ code, at }) => ({ severity: "warning", ...document.place(at.start), ...WORDS[code] }));
}

const WORDS: Readonly<Record<Notice["code"], Pick<Finding, "id" | "message" | "next">>> = {
  "reads-inbound-numbers": {
    id: "reads-inbound-numbers",
    message:
      "this reads `inbound_numbers` of a rule that LiveKit gave, which will be empty once its numbers stand in `numbers`",
    next: "Read `numbers` here, and both as long as some rules are as they were.",
  },
  "update-drops-numbers": {
    id: "update-drops-numbers",
    message:
      "this makes a rule with the `inbound_numbers` of another and without its `numbers`, so that an update with it erases them, and the rule takes every call on its trunks",
    next: "Copy `numbers`, too.",
  },
};
