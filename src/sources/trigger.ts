/**
 * Words of which one stands in every text that holds a request, or does something with one: a spelling of
 * `dispatch_rule` (in the wrapper's key, in the kinds of a rule, in the messages' and methods' names), `trunk_ids`, or
 * `lk sip dispatch`. As a regular expression that JavaScript, PCRE and POSIX (ERE) read alike.
 */
export const TRIGGER = "[dD]ispatch[-_]?[rR]ule|[tT]runk_?[iI]ds|[sS]ip[^a-zA-Z0-9]{1,8}dispatch";

/** Words of which one stands in every text that gives a request to `lk` or to LiveKit's API, in the same way. */
export const COMMANDS =
  "[sS]ip[^a-zA-Z0-9]{1,8}dispatch|(Create|Update)SIPDispatchRule|update(_sip)?_dispatch_rule|updateSipDispatchRule";

// Below the same two as JavaScript and PCRE find them fast: from a few letters that are rare in code and that all of
// them hold, looking at what stands before only there. PCRE takes no length in a lookbehind that is not fixed.
const SIP_DISPATCH = [1, 2, 3, 4, 5, 6, 7, 8]
  .map((length) => `[sS]ip[^a-zA-Z0-9]{${length}}dispatch`)
  .join("|");

/** An expression that matches where `TRIGGER` does, for JavaScript and PCRE. */
export const FAST_TRIGGER = `tch(?:(?<=[dD]ispatch)[-_]?[rR]ule|(?<=${SIP_DISPATCH}))|unk(?<=[tT]runk)_?[iI]ds`;

/** An expression that matches where `COMMANDS` does, for JavaScript and PCRE. */
export const FAST_COMMANDS = `tch(?:(?<=${SIP_DISPATCH})|Rule(?<=CreateSIPDispatchRule|UpdateSIPDispatchRule|updateSipDispatchRule)|_rule(?<=update_dispatch_rule|update_sip_dispatch_rule))`;

const trigger = new RegExp(FAST_TRIGGER);

/** Tells whether words of commands stand elsewhere and are put in: a command, a file. */
export function takesWords(commands: string): boolean {
  return /\$\w|[${]\{/.test(commands);
}

/** True if a piece of text is worth being read as a document of its own. */
export type IsWorth = (text: string) => boolean;

/** Tells whether a text may hold a request. A text without the trigger words is never parsed. */
export function mayHoldRequest(text: string): boolean {
  return trigger.test(text);
}

/**
 * Tells whether a text that could not be read, or not in any known language, seems to hold a request: a `rule` or a wrapper
 * that opens a bracket or is a substitution. Prose, and lines that only name a key, don't.
 */
export function looksLikeRequest(text: string): boolean {
  return mayHoldRequest(text) && REQUEST.test(text);
}

const REQUEST = /(?:^|[^a-z])(?:dispatch_?)?rule[\\"']{0,4}\s{0,9}:[\s\\]{0,20}[{$]/i;
