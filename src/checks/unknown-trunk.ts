import { knownItems } from "../routing/rule-routing.ts";
import { isDocument, isOfTests } from "../sources/languages.ts";
import { check, type Said } from "./check.ts";
import type { RuleFacts } from "./facts.ts";
import { leftIn, placeholderIn } from "./placeholder.ts";
import { shortened } from "../rule/list-words.ts";
import { filesInWords, lackedBy } from "./words.ts";
import { type WrittenItem, writtenItems } from "./written-items.ts";

/** Ids of trunks begin with `ST_`: livekit protocol utils/guid.go, SIPTrunkPrefix. */
export const unknownTrunk = check({
  id: "unknown-trunk",
  severity: "warning",
  title: "A trunk that there is not",
  why: "A rule takes calls over the trunks that it names and no others, and the server takes any text for the name of one.",
  next: "Write the id that `lk sip inbound list` shows: it begins with `ST_`.",
  ofRule: (rule) =>
    trunksOf(rule).flatMap(({ text, place }): Said[] => {
      const said = oddity(rule, text);
      return said ? [{ ...said, place }] : [];
    }),
});

/** The trunks that the line passes which creates the rule, or else those that are written in it. */
function trunksOf(rule: RuleFacts): WrittenItem[] {
  const written = writtenItems(rule, "trunk_ids");
  const named = knownItems(rule.routing.trunkIds);
  if (written.length === named.length && written.every(({ text }, at) => text === named[at])) return written;
  return named.map((text) => ({ text, place: rule.place }));
}

function oddity(rule: RuleFacts, id: string): Said | undefined {
  const placeholder = placeholderIn(id);
  if (placeholder !== undefined) {
    const left = leftIn(rule, placeholder);
    const message = `\`trunk_ids\` holds ${shortened(id)}, a placeholder that nothing is seen to fill in`;
    return left && { message, next: "Fill it in before the rule goes to LiveKit.", ...left };
  }
  // A page may call the trunk of its reader anything, and a test its own.
  if (rule.document.isShown || isDocument(rule.path) || isOfTests(rule.path)) return undefined;
  const shown = id === "" || /\s/.test(id) ? JSON.stringify(shortened(id)) : shortened(id);
  if (!/^ST_\w+$/.test(id))
    return { message: `${shown} is no id of a trunk, so that no call comes to the rule over it` };
  if (!rule.knownTrunks || rule.knownTrunks.some((trunk) => trunk.id === id)) return undefined;
  const message = `the known trunks${filesInWords(rule.knownTrunks)} have no ${shown}, so that no call comes to the rule over it`;
  const next =
    "Bind the rule to a trunk that there is, or list the trunks again: `lk sip inbound list --json`.";
  return { message, next, ...lackedBy(rule) };
}
