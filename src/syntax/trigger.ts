/**
 * What stands in every text that holds a request, or does something with one: a spelling of `dispatch_rule` (in the
 * wrapper's key, in the kinds of a rule, in the messages' and methods' names), `trunk_ids`, or `lk sip dispatch`. As a
 * regular expression that JavaScript, PCRE and POSIX (ERE) read alike.
 */
export const TRIGGER = "[dD]ispatch[-_]?[rR]ule|[tT]runk_?[iI]ds|[sS]ip[^a-zA-Z0-9]{1,8}dispatch";

/** What stands in every text that gives a request to `lk` or to LiveKit's API, in the same way. */
export const COMMANDS =
  "[sS]ip[^a-zA-Z0-9]{1,8}dispatch|(Create|Update)SIPDispatchRule|update(_sip)?_dispatch_rule|updateSipDispatchRule";

const trigger = new RegExp(TRIGGER);

/** Whether a piece of text is worth being read as a document of its own. */
export type IsWorth = (text: string) => boolean;

/** Whether a text may hold a request. A text without the trigger words is never parsed. */
export function mayHoldRequest(text: string): boolean {
  return trigger.test(text);
}
