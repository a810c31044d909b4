import type { Span } from "../rule/value.ts";
import type { Document } from "../sources/document.ts";
import { check } from "./check.ts";

export const deleteRefusesId = check({
  id: "delete-refuses-id",
  severity: "error",
  title: "`lk sip dispatch delete` is given `--id`, which it refuses",
  why: "The command ends with an error, and the rule goes on taking calls.",
  next: withoutId("SDR_…"),
  ofLine: ({ notice, document, source }) => {
    const ids = "ids" in notice ? notice.ids : [];
    const words = ids.flatMap((id) => writtenWord(id, document, source) ?? []);
    const isKnown = ids.length > 0 && words.length === ids.length;
    const message =
      "`lk sip dispatch delete` takes ids as arguments and refuses `--id`, so this deletes nothing";
    return { message, next: isKnown ? withoutId(words.join(" ")) : undefined };
  },
});

function withoutId(ids: string): string {
  return `Leave out \`--id\`: \`lk sip dispatch delete ${ids}\`.`;
}

/**
 * A word as it is written in the source, where a shell may not be its first reader: `$$ID` in a Makefile. As it is in the
 * command where that is put together. Undefined for one that is not known, or too long for a sentence.
 */
function writtenWord({ start, end }: Span, document: Document, source: string): string | undefined {
  const own = document.text.slice(start, end);
  const first = document.inSource(start);
  const outer = source.slice(first, document.inSource(end));
  const isApart = first > document.inSource(0);
  const isOuter = isApart && /\$|\{\{/.test(outer) && WORD.test(outer);
  const word = (isOuter ? outer : own).replace(/^(["']?)--?id=/, "$1");
  return WORD.test(word) && word.length <= LONGEST && !STANDS_IN.test(word) ? word : undefined;
}

const LONGEST = 60;
/** One word of a shell, a Makefile or a template. */
const WORD =
  /^(?:[\w$@%+:./=~*!?#-]|\$\{[^{}`\r\n]*\}|\$\([^()`\r\n]*\)|\$?\{\{[^{}`\r\n]*\}\}|"[^"\\`\r\n]*"|'[^'\\`\r\n]*')+$/;
/** Placeholders of a command, for values that are not known. */
const STANDS_IN = /\$\{(?:|value|json|_\w*_)\}/;
