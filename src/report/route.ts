import type { Loser } from "../routing/match.ts";
import { roomText } from "../routing/room.ts";
import type { Route } from "../routing/route.ts";
import type { WrittenRule } from "../routing/written-rules.ts";
import { REDACTED } from "./redact.ts";
import {
  callerInWords,
  lossInWords,
  refusalInWords,
  rulePlace,
  ruleTitle,
  trunkInWords,
  trunkRefusalInWords,
  trunksInConflict,
} from "./route-words.ts";
import { hanging, page } from "./layout.ts";
import { type Style, visible } from "./style.ts";
import { labelled, labelledPlace, ruleTable } from "./table.ts";
import { counted } from "../rule/count-words.ts";

/** `quiet`: only what becomes of the call. */
export interface RouteTextOptions {
  quiet: boolean;
  redact: boolean;
}

/** Of more rules that lost the rest is counted. */
const MOST_LOSERS = 100;

/** Returns what becomes of a call, for a person: the winner and its room, then why each other rule lost. */
export function routeText(
  route: Route,
  losers: readonly Loser<WrittenRule>[],
  notes: readonly string[],
  { quiet, redact }: RouteTextOptions,
  style: Style,
): string {
  const blocks = [[...callLines(route, style, redact), ...outcomeLines(route, style, redact)]];
  if (!quiet) {
    if (losers.length > 0) blocks.push(loserLines(losers, route, style));
    blocks.push(...notes.map((note) => noteLines(note, style)));
  }
  return page(blocks);
}

/** A note as a paragraph. */
export function noteLines(note: string, style: Style): string[] {
  return hanging(visible(note), style, `${style.paint("cyan", "note:")} `, "      ");
}

/** Of more trunks that refuse a call the rest is counted. */
const MOST_TRUNKS = 3;

function callLines({ call, trunkMatch }: Route, style: Style, redact: boolean): string[] {
  const { calledNumber, callingNumber, trunk, pin } = call;
  const parts = [`to ${calledNumber} from ${callerInWords(callingNumber)}`];
  if (trunkMatch?.kind === "specific") {
    parts.push(`over trunk ${trunkInWords(trunkMatch.trunk)}, which has the called number`);
  } else if (trunkMatch?.kind === "default") {
    parts.push(
      `over trunk ${trunkInWords(trunkMatch.trunk)}, which takes the numbers that no other trunk has`,
    );
  } else if (trunkMatch?.kind === "none") {
    const why = trunkMatch.refusing
      .slice(0, MOST_TRUNKS)
      .map((refusal) => trunkRefusalInWords(refusal, call));
    const more = trunkMatch.refusing.length - why.length;
    parts.push("over no trunk: none of the known ones takes it");
    if (more > 0) why.push(`So it is with ${counted(more, "more trunk")}`);
    return [parts.join(" "), ...why.map((text) => `${text}.`)].flatMap((text, at) =>
      labelled(at === 0 ? "Call" : "", text, style),
    );
  } else if (trunkMatch === undefined) {
    parts.push(trunk ? `over trunk ${trunk}` : "over no trunk");
  }
  if (pin !== undefined)
    parts.push(pin === "" ? "and no PIN was entered" : `and PIN ${redact ? REDACTED : pin}`);
  return labelled("Call", parts.join(" "), style);
}

function outcomeLines({ call, outcome, trunkMatch }: Route, style: Style, redact: boolean): string[] {
  switch (outcome.outcome) {
    case "winner": {
      const { rule, room, noRoom, asksForPin } = outcome.winner;
      const id = rule.info.name === "" ? "" : rule.info.sipDispatchRuleId;
      return [
        ...labelled("Rule", ruleTitle(rule), style, "green"),
        ...(id === "" ? [] : labelled("", id, style)),
        labelledPlace(rulePlace(rule), style),
        ...labelled("Room", room ? roomText(room) : NO_ROOM[noRoom ?? "crash"], style),
        ...labelled("PIN", asksForPin ? ASKS : "not asked for", style),
        ...(trunkMatch?.kind === "none" && trunkMatch.refusing.length > 0
          ? labelled("", "The rule has no trunk, so it takes calls that no trunk takes.", style)
          : []),
      ];
    }
    case "no-match":
      return [
        ...labelled("Rule", "none matches", style, "red"),
        ...labelled(
          "",
          call.pin !== undefined ? NO_MATCH_WITH_PIN : outcome.rejected ? REJECTED : DROPPED,
          style,
        ),
      ];
    case "refused":
      return [
        ...labelled("Rule", "none: the server refuses these rules", style, "red"),
        ...labelled("", `Why: ${refusalInWords(outcome.refusal, redact)}.`, style),
        ...labelled("", REFUSED, style),
      ];
    case "several-trunks":
      return [
        ...labelled("Rule", "none: the call has no single trunk", style, "red"),
        ...labelled("", `Why: ${trunksInConflict(trunkMatch)}.`, style),
      ];
  }
}

/** Run: livekit-sip v1.11.0 with livekit-server v1.13.11 (test/fixtures/logs). */
const REJECTED =
  'The caller gets 404 "Does not match Trunks or Dispatch Rules". livekit-sip logs "Rejecting inbound call, doesn\'t match any Dispatch Rules", then "Closing inbound call" with reason "no-dispatch". Before livekit-server 1.13.8 no answer is sent, and the reason is "flood".';
/** Run: livekit-sip v1.11.0 with livekit-server v1.13.5 (test/fixtures/logs). */
const DROPPED =
  'The caller hears it ring (100, 180), and then nothing: no final answer is sent. livekit-sip logs "Rejecting inbound flood" (debug), then "Closing inbound call" (info) with status 486 and reason "flood"; the 486 stands in the log alone.';
/** Source: livekit-sip pkg/sip/inbound.go at v1.11.0. */
const NO_MATCH_WITH_PIN =
  "No rule takes a caller who entered this: livekit-sip ends the call as one with a wrong PIN, reason wrong-pin.";
/** Source: livekit-sip pkg/sip/inbound.go at v1.11.0; the reason since v1.3.1. */
const REFUSED =
  "Every call for which the server lists these rules fails, whoever would have taken it: the caller gets 503, and livekit-sip logs the reason dispatch-error. Its own check does not keep this out: an update that moves a rule to other trunks gets past it.";
const ASKS =
  "asked for; the server then chooses again, among the rules with the PIN that was entered (--pin)";
/** Run: livekit-server v1.13.5 (test/live). */
const NO_ROOM = {
  crash:
    "none: the rule hides phone numbers, and before 1.13.8 a caller without a number ends the whole livekit-server",
  "broken-character":
    "none: the rule hides all but the last four bytes of the calling number; they are no whole characters, and livekit-server fails the call",
} as const;

function loserLines(losers: readonly Loser<WrittenRule>[], { call }: Route, style: Style): string[] {
  const rows = losers.slice(0, MOST_LOSERS).map(({ rule, loss }) => ({
    name: ruleTitle(rule),
    place: rulePlace(rule),
    text: lossInWords(loss, call),
  }));
  const [heading = "", ...lines] = ruleTable([{ name: "Rule", place: "", text: "Why not" }, ...rows], style);
  lines.unshift(
    style.paint("bold", `${counted(losers.length, "rule doesn't", "rules don't")} take the call:`),
    style.paint("dim", heading),
  );
  const rest = losers.length - MOST_LOSERS;
  if (rest > 0) {
    lines.push(`and ${counted(rest, "more rule")}, which came less close; --format json has all of them.`);
  }
  return lines;
}
