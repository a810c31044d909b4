import type { Span } from "../rule/value.ts";
import type { Notice } from "../sources/syntax.ts";
import type { Document } from "../sources/document.ts";
import type { MigrateOptions } from "../config/options.ts";
import type { Finding } from "./finding.ts";

/**
 * What to say of code that is no request, and handles rules that exist in a way that is wrong; each thing once at a
 * place of the source. `notices` are those of the document, `source` is the text of the source. Nothing of readers of `inbound_numbers` where rules will go on having them,
 * nor of what is only shown, or is shown as old or wrong, nor of what is silenced.
 */
export function codeFindings(
  document: Document,
  notices: readonly Notice[],
  source: string,
  { inboundNumbersAs }: MigrateOptions,
  isSilenced: (at: Span) => boolean,
): Finding[] {
  if (document.old || document.isShown) return [];
  const findings = new Map<string, Finding>();
  for (const notice of notices) {
    const { code, at } = notice;
    if (code === "reads-inbound-numbers" && inboundNumbersAs === "inbound_numbers") continue;
    if (isSilenced(at)) continue;
    const place = document.place(at.start);
    const key = `${code} ${place.line}:${place.column}`;
    const said = code === "delete-refuses-id" ? refusedId(notice.ids, document, source) : WORDS[code];
    const before = findings.get(key);
    // A list of words may be one of several commands.
    const next = before && before.next !== said.next ? withoutId(ANY_ID) : said.next;
    findings.set(key, { ...said, severity: "warning", ...place, next });
  }
  return [...findings.values()];
}

/** The sentence, and what to do. */
type Said = Required<Pick<Finding, "id" | "message" | "next">>;

const WORDS: Readonly<Record<Exclude<Notice["code"], "delete-refuses-id">, Said>> = {
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

const ANY_ID = "SDR_…";

function withoutId(ids: string): string {
  return `Leave out \`--id\`: \`lk sip dispatch delete ${ids}\`.`;
}

function refusedId(ids: readonly Span[], document: Document, source: string): Said {
  const words = ids.flatMap((id) => writtenWord(id, document, source) ?? []);
  const isKnown = ids.length > 0 && words.length === ids.length;
  return {
    id: "delete-refuses-id",
    message: "`lk sip dispatch delete` takes ids as arguments and refuses `--id`, so this deletes nothing",
    next: withoutId(isKnown ? words.join(" ") : ANY_ID),
  };
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
/** What stands in a command for what is not known of it. */
const STANDS_IN = /\$\{(?:|value|json|_\w*_)\}/;
