import type { Span } from "../rule/value.ts";
import type { Document } from "../sources/document.ts";
import { findingOfLine, findingsOfCall } from "./ask.ts";
import type { CodeLine } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { checkNamed } from "./index.ts";
import type { Notice } from "../sources/fact.ts";

/**
 * Returns the findings about code that is no request, and does something wrong with rules; each thing once at a
 * place of the source. `notices` are those of the document, `source` is the text of the source. Nothing of readers of
 * `inbound_numbers` where rules will go on having them, nor of what is only shown, or is shown as old or wrong, nor of
 * what is silenced.
 */
export function codeFindings(
  document: Document,
  notices: readonly Notice[],
  source: string,
  context: Pick<CodeLine, "inboundNumbersAs" | "makes">,
  isSilenced: (at: Span, id: string) => boolean,
): Finding[] {
  if (document.old || document.isShown) return [];
  const findings = new Map<string, Finding>();
  for (const notice of notices) {
    const finding = findingOfLine({ notice, document, source, ...context });
    if (!finding || isSilenced(notice.at, finding.id)) continue;
    const { id, line, column } = finding;
    const key = `${id} ${line}:${column}`;
    const before = findings.get(key);
    // A list of words may be one of several commands: then only what is true of all is said.
    const general = before && before.next !== finding.next ? checkNamed(id)?.next : undefined;
    findings.set(key, general === undefined ? finding : { ...finding, next: general });
  }
  for (const call of document.reading.calls ?? []) {
    for (const { at, finding } of findingsOfCall(call, document)) {
      const { id, line, column } = finding;
      if (!isSilenced(at, id)) findings.set(`${id} ${line}:${column}`, finding);
    }
  }
  return [...findings.values()];
}
