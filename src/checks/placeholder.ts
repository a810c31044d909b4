import { isDocument, isTemplate } from "../sources/languages.ts";
import type { Said } from "./check.ts";
import type { RuleFacts } from "./facts.ts";

/**
 * Returns the first placeholder in a text, as it is written: `${ID}`, `{{ID}}`, `<ID>`, `__ID__`, `%ID%`, `$ID`, `{id}`,
 * or words such as `YOUR_NUMBER` and `REPLACE_ME`; undefined where there is none.
 */
export function placeholderIn(text: string): string | undefined {
  return /^\+?\d+$/.test(text) ? undefined : (SIGNS.exec(text)?.[0] ?? WORDS.exec(text)?.[0]);
}

/** Each sign is looked for over a bounded stretch, so that no text takes long. */
const SIGNS =
  /\$\{[^}]{0,80}\}|\$\([^)]{0,80}\)|\{\{.{0,80}?\}\}|<%.{0,80}?%>|#\{[^}]{0,80}\}|<[A-Za-z][^<>]{0,80}>|__[A-Za-z]\w{0,80}?__|%[A-Za-z]\w{0,80}%|%(?:\(\w{1,80}\))?[sdvq](?!\w)|\{\d{0,9}\}|\{[A-Za-z_][\w.\- ]{0,80}\}|\$[A-Za-z_]\w{0,80}|@[A-Z][A-Z0-9_]{1,80}@/;
const WORDS =
  /(?<![A-Za-z])(?:YOUR|MY)[_\- ][A-Z][\w-]{0,80}|(?:REPLACE|CHANGE|FILL|INSERT|PUT|PASTE)[_\- ]?(?:ME|THIS|IN|WITH|HERE|YOUR)(?![A-Za-z\d])|PLACEHOLDER|(?<![A-Za-z])TODO(?![a-z])|\.\.\.|…|^[A-Z]{1,20}(?:_[A-Z]{1,20}){0,5}_?(?:ID|SID|NUMBER|TRUNK|PHONE|DID)$/i;

/** Programs and functions that put other texts into a text. */
const FILLING =
  /^(?:envsubst|sed|perl|g?awk|m4|gomplate|j2|jinja2?|esh|mustache|ytt|helm|consul-template|confd|op|vals|replace\w*|g?sub|format\w*|render\w*|(?:safe_)?substitute|template\w*|expand\w*|interpolate\w*|sprintf|compile|tr)$/i;

/**
 * Tells whether somebody or something may fill in a placeholder of a rule before LiveKit gets it: a shell, a template's
 * program, a line that replaces texts in it, or the reader of a page. Where nothing is known of the lines that send it,
 * nothing speaks for that.
 */
function mayBeFilled({ document, known, path }: RuleFacts, placeholder: string): boolean {
  return (
    document.isFilled(placeholder) ||
    document.isShown ||
    isDocument(path) ||
    isTemplate(path) ||
    known.changes.length > 0 ||
    [...known.calls].some((name) => FILLING.test(name))
  );
}

/**
 * Returns how sure it is that a placeholder is left in what LiveKit gets: undefined where somebody or something may fill
 * it in. Where no line is known that sends the rule, somebody may fill it in by hand.
 */
export function leftIn(
  rule: RuleFacts,
  placeholder: string,
): Pick<Said, "severity" | "certainty"> | undefined {
  if (mayBeFilled(rule, placeholder)) return undefined;
  // Whoever follows a page may fill it in before.
  const isSent = rule.form === "listed" || rule.known.creates.some(({ path }) => !isDocument(path));
  return isSent ? {} : { severity: "note", certainty: "likely" };
}
