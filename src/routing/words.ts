import type { Call } from "../rule/call.ts";
import type { Meeting, Refusal } from "../rule/conflicts.ts";
import type { Loss } from "../rule/losses.ts";
import type { Trunk, TrunkMatch } from "../rule/trunks.ts";
import type { WrittenRule } from "./written-rules.ts";

/** The rule's name, or else its id. */
export function ruleTitle({ info }: WrittenRule): string {
  return info.name || info.sipDispatchRuleId || "(a rule without a name)";
}

/** Where a rule is written: `rules/support.json:1:1`. */
export function rulePlace({ path, line, column }: WrittenRule): string {
  return `${path}:${line}:${column}`;
}

/** Why a rule doesn't take the call, as one sentence about that rule. */
export function lossInWords(loss: Loss, call: Call): string {
  switch (loss.code) {
    case "other-trunk":
      return `It is bound to ${listInWords(loss.trunkIds)}, and the call came over ${call.trunk}.`;
    case "calling-number":
      if (loss.spelledOtherwise !== undefined) {
        return `It takes calls from ${loss.spelledOtherwise}, which is the calling number spelled otherwise; rules compare exactly.`;
      }
      if (loss.holdsCalledNumber) {
        return "Its filter on the calling number (inbound_numbers) lists the called number: a DID in the wrong filter, which belongs in numbers.";
      }
      return `It takes calls from ${listInWords(loss.listed)} only.`;
    case "called-number":
      if (loss.spelledOtherwise !== undefined) {
        return `It takes calls to ${loss.spelledOtherwise}, which is the called number spelled otherwise; rules compare exactly.`;
      }
      return `It takes calls to ${listInWords(loss.listed)} only.`;
    case "pin-unknown":
      return "It has a PIN, and the caller entered none.";
    case "open":
      return "It has no PIN, and a caller who entered one gets a rule that has it.";
    case "wrong-pin":
      return "Its PIN is another.";
    case "no-trunk":
      return `It is bound to ${listInWords(loss.trunkIds)}, and the call came over no trunk.`;
    case "wildcard":
      return "It could take the call, but it is bound to no trunk, and the winner is bound to the call's.";
    case "priority":
      return `It could take the call, but its priority is ${loss.own}, and the winner's ${loss.winner}: the lower wins.`;
    case "room-order":
      return `It could take the call with the same priority, but the winner's room name or prefix, ${quoted(loss.winner)}, sorts before ${quoted(loss.own)}.`;
    case "id-order":
      return "It equals the winner in all that counts, and the winner's id sorts first.";
    case "undecided":
      return "It equals the winner in all that counts. The server decides by the ids, which it makes at random: either may win.";
  }
}

/** Why the server refuses to evaluate the rules, as one sentence. */
export function refusalInWords(refusal: Refusal<WrittenRule>, redact: boolean): string {
  const rule = named(refusal.rule);
  if (refusal.code === "no-kind") return `${rule} is neither direct nor individual nor callee.`;
  const meeting = meetingInWords(refusal.meeting, redact);
  if (refusal.itself) return `${rule} is in conflict with itself: it lists one of these twice: ${meeting}.`;
  return `${rule} is in conflict with ${named(refusal.other)}. Both hold: ${meeting}.`;
}

/** `ST_a ("main")`. */
export function trunkInWords({ id, name }: Trunk): string {
  return name === "" ? id : `${id} (${quoted(name)})`;
}

/** Which trunks the server can't decide between, as the end of a sentence. Empty when it can. */
export function trunksInConflict(match: TrunkMatch | undefined): string {
  if (match?.kind !== "several") return "";
  const names = listInWords(match.trunks.map(trunkInWords));
  if (match.trunks.length === 1)
    return `${names} lists the called number twice, and the server fails the call`;
  const why = match.numberless
    ? "have no numbers and no other trunk has the called one"
    : "have the called number";
  return `${names} ${why}, and the server fails the call`;
}

const MOST_LISTED = 3;

/** `a`, `a and b`, or the first few and how many more there are. */
export function listInWords(items: readonly string[]): string {
  const shown = items.map((item) => (item === "" ? '""' : item));
  const rest = shown.length - MOST_LISTED;
  if (rest > 1) return `${shown.slice(0, MOST_LISTED).join(", ")} and ${rest} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** Text from a file, told apart from the words around it. */
export function quoted(text: string): string {
  return `"${text}"`;
}

function named(rule: WrittenRule): string {
  return `${quoted(ruleTitle(rule))} (${rulePlace(rule)})`;
}

function meetingInWords({ pin, trunkId, callingNumber, calledNumber }: Meeting, redact: boolean): string {
  const parts = [
    trunkId === undefined ? "any trunk" : `trunk ${trunkId}`,
    callingNumber === undefined ? "any calling number" : `calling number ${callingNumber}`,
    calledNumber === undefined ? "any called number" : `called number ${calledNumber}`,
  ];
  if (pin === "") parts.push("no PIN");
  else parts.push(redact ? "one PIN" : `PIN ${pin}`);
  return parts.join(", ");
}
