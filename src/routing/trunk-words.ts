import { listInWords, quoted } from "../rule/list-words.ts";
import type { Call } from "./call.ts";
import type { TrunkMatch, TrunkRefusal } from "./match-trunk.ts";
import type { Trunk } from "./trunks.ts";

type Hide = (text: string) => string;

const asIs: Hide = (text) => text;

/** `ST_a ("main")`. */
export function trunkInWords({ id, name }: Trunk, hide = asIs): string {
  return name === "" ? id : `${id} (${quoted(hide(name))})`;
}

/** The calling number, or that there is none. */
export function callerInWords(callingNumber: string, hide = asIs): string {
  return callingNumber === "" ? "a caller without a number" : hide(callingNumber);
}

/** Why a trunk does not take a call, as a sentence without its full stop. `hide` is given each number, name and address. */
export function trunkRefusalInWords(refusal: TrunkRefusal, call: Call, hide = asIs): string {
  const { trunk } = refusal;
  const name = `Trunk ${trunkInWords(trunk, hide)}`;
  if (refusal.by === "numbers")
    return `${name} has ${hide(refusal.number)}, which is another number than ${hide(call.calledNumber)}`;
  const takes = trunk.numbers.length === 0 ? "takes any number" : `has ${hide(call.calledNumber)}`;
  const [who, list] =
    refusal.by === "allowed_numbers"
      ? [callerInWords(call.callingNumber, hide), trunk.allowedNumbers]
      : [`the source ${hide(call.sourceIp ?? "")}`.trimEnd(), trunk.allowedAddresses];
  return `${name} ${takes}, but ${who} is not in its \`${refusal.by}\` (${listInWords(list.map(hide))})`;
}

/** Says which trunks the server can't decide between, as a sentence without its full stop. Empty when it can. */
export function trunksInConflict(match: TrunkMatch | undefined, hide = asIs): string {
  if (match?.kind !== "several") return "";
  const names = listInWords(match.trunks.map((trunk) => trunkInWords(trunk, hide)));
  if (match.trunks.length === 1)
    return `${names} lists the called number twice, which livekit-server refuses before 1.12.0`;
  const why = match.numberless
    ? "have no numbers and no other trunk has the called one"
    : "have the called number";
  return `${names} ${why}, and the server fails the call`;
}
