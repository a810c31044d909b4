import type { Sending } from "../../sources/fact.ts";
import { pieceOf } from "./paths.ts";

/** How code creates and updates: commands in its strings and lists of words, methods, classes of messages. */
const SAYS = {
  create:
    /sip[^A-Za-z0-9]{1,12}dispatch(?:-rules?)?[^A-Za-z0-9]{1,12}create\b|create-sip-dispatch-rule|\/CreateSIPDispatchRule\b|\bCreateSIPDispatchRule(?:Request)?\b|create_?(?:sip_?)?dispatch_?rule(?:_?async)?(?![a-z0-9_])/i,
  update:
    /sip[^A-Za-z0-9]{1,12}dispatch(?:-rules?)?[^A-Za-z0-9]{1,12}update\b|update-sip-dispatch-rule|["'\s]update["']?[\s,]{1,40}["']?--id\b|\bUpdateSIPDispatchRule(?:Request)?\b|update_?(?:sip_?)?dispatch_?rule(?:_?async)?(?![a-z0-9_])/i,
};

/** The command of `lk`, but for that of old. */
const LK_CREATES = /sip[^A-Za-z0-9]{1,12}dispatch(?:-rules?)?[^A-Za-z0-9]{1,12}create\b/i;

/** A command in code whose verb is a variable: `["lk", "sip", "dispatch", verb, path]`. */
const ANY_VERB =
  /sip["'`]?\s*,\s*["'`]dispatch(?:-rules?)?["'`]\s*,\s*(?:[A-Za-z_]\w*(?:\[[^\]]*\])?)\s*[,\])]/;

/** The commands and calls that create or update rules in a text of `withVariables`. */
export function sendingsIn(text: string): Sending[] {
  const trunks = /--trunks?["']?[\s,=]+["']?([\w${}-]+)/.exec(text)?.[1];
  const instead = /--(?:direct|individual|caller|callee)\b/.exec(text)?.[0];
  const flags = {
    ...(trunks !== undefined && { trunks: pieceOf(trunks) }),
    ...(instead !== undefined && { instead }),
  };
  const isByLk = LK_CREATES.test(text);
  const isAny = ANY_VERB.test(text);
  return (["create", "update"] as const)
    .filter((does) => isAny || SAYS[does].test(text))
    .map((does) => ({
      does,
      ...((isAny || BY_LK.test(text)) && { byLk: true as const }),
      ...(does === "create" && (isByLk || Object.keys(flags).length > 0) && { flags }),
    }));
}

const BY_LK = /sip[^A-Za-z0-9]{1,12}dispatch(?:-rules?)?[^A-Za-z0-9]|-sip-dispatch-rule/;

/** Code that gets rules from LiveKit: lists of them, and answers to a create or update. */
export const ANSWERS =
  /list_?(?:sip_?)?dispatch_?rules?\b|sip[^A-Za-z0-9]{1,12}dispatch(?:-rules?)?[^A-Za-z0-9]{1,12}list\b|(?:create|update)_?(?:sip_?)?dispatch_?rule\s*\(/i;

/** The messages that requests are made as. */
export const MESSAGE = /\b(?:Create|Update)SIPDispatchRuleRequest\b/;

/** Calls that only show a text. */
export const PRINTS =
  /^(?:print\w*|puts|echo|log|info|debug|warn\w*|error|Error|\w+Error|Exception|Write|Host|Println|Printf|Errorf|fail\w*|die|usage|help)$/;
