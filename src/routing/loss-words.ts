import { counted } from "../rule/count-words.ts";
import { listInWords } from "../rule/list-words.ts";
import type { Call } from "./call.ts";
import type { Loss } from "./mismatch.ts";
import { priorityParts } from "./priority.ts";

/** Why a rule doesn't take the call, as a sentence about that rule. `hide` is given each number that is to stand in it. */
export function lossInWords(loss: Loss, call: Call, hide = (number: string): string => number): string {
  switch (loss.code) {
    case "other-trunk":
      return `It is bound to ${listInWords(loss.trunkIds)}, and the call came over ${call.trunk}.`;
    case "no-trunk":
      return `It is bound to ${listInWords(loss.trunkIds)}, and the call came over no trunk.`;
    case "calling-number":
      if (loss.spelledOtherwise !== undefined) {
        return `It takes calls from ${hide(loss.spelledOtherwise)}, the calling number in another spelling; rules compare exactly.`;
      }
      if (loss.holdsCalledNumber) {
        return `Its \`inbound_numbers\`, which filter the caller, hold the called number ${hide(call.calledNumber)}, which belongs in \`numbers\`.`;
      }
      return `It takes calls only from ${listInWords(loss.listed.map(hide))}.`;
    case "called-number":
      if (loss.spelledOtherwise !== undefined) {
        return `It takes calls to ${hide(loss.spelledOtherwise)}, the called number in another spelling; rules compare exactly.`;
      }
      return `It takes calls only to ${listInWords(loss.listed.map(hide))}.`;
    case "pin-unknown":
      return "It has a PIN, and the caller entered none.";
    case "open":
      return "It has no PIN, and a caller who enters one only gets a rule with that PIN.";
    case "wrong-pin":
      return "It has another PIN.";
    default:
      return `It could take the call, but another one goes first: ${precedenceInWords(loss)}.`;
  }
}

/** Says why another rule goes before one that could take the call, too, which is "this one": the end of a sentence. */
export function precedenceInWords(loss: Loss): string {
  switch (loss.code) {
    case "wildcard":
      return "it names the trunk, and this one names none, which decides before all filters";
    case "priority": {
      const [own, its] = [priorityParts(loss.own), priorityParts(loss.winner)];
      if (own.filters !== its.filters)
        return `it has ${counted(its.filters, "number filter")}, and this one ${own.filters === 0 ? "none" : own.filters}`;
      if (own.hasPin !== its.hasPin) return "it asks for a PIN, and this one doesn't";
      return `it is ${its.kind}, and this one ${own.kind}: direct goes before individual, individual before callee`;
    }
    case "room-order":
      return "they are alike but for the names of their rooms, of which its comes first in the alphabet";
    case "id-order":
      return "they are alike but for their ids, of which its comes first";
    case "undecided":
      return "they are alike but for their ids, which the server makes up";
    default:
      return "its PIN is another one";
  }
}
