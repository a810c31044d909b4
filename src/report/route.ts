import type { Loser } from "../routing/match.ts";
import { lossInWords } from "../routing/loss-words.ts";
import { roomText } from "../routing/room.ts";
import { trunkInWords, trunkRefusalInWords, trunksInConflict } from "../routing/trunk-words.ts";
import type { Route } from "../routing/route.ts";
import type { WrittenRule } from "../routing/written-rules.ts";
import { callInWords, refusalInWords, rulePlace, ruleTitle } from "./route-words.ts";
import { atMost, hanging, heading, labelLines, page } from "./layout.ts";
import { shortened } from "../rule/list-words.ts";
import { type Shown, type Style, unbroken, visible } from "./style.ts";
import { counted } from "../rule/count-words.ts";

/** `quiet`: only what becomes of the call. */
export interface RouteOptions extends Shown {
  quiet: boolean;
}

/** Of more rules that lost the rest is counted. */
const MOST_LOSERS = 20;

/** Returns what becomes of a call, for a person: the winner and its room, then why each other rule lost. */
export function routeText(
  route: Route,
  losers: readonly Loser<WrittenRule>[],
  notes: readonly string[],
  { quiet, redact, style }: RouteOptions,
): string {
  const colour = route.outcome.outcome === "winner" ? "green" : "red";
  const rows = [...trunkRows(route), ...outcomeRows(route)].flatMap(([label, text]) => {
    const lines = labelLines(label, text, style);
    return label === "rule" ? lines.map((line) => style.paint(colour, line)) : lines;
  });
  const blocks = [[...heading(visible(`C${callInWords(route, redact).slice(1)}`), style), ...rows]];
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

/** Fit for a terminal. */
type Row = [label: string, text: string];

/** Of more trunks that refuse a call the rest is counted. */
const MOST_TRUNKS = 3;

/** Says how the known trunks matched the call. */
function trunkRows({ call, outcome, trunkMatch }: Route): Row[] {
  switch (trunkMatch?.kind) {
    case "specific":
      return [["trunk", visible(`${trunkInWords(trunkMatch.trunk)}, which has the called number`)]];
    case "default":
      return [
        [
          "trunk",
          visible(`${trunkInWords(trunkMatch.trunk)}, which takes the numbers that no other trunk has`),
        ],
      ];
    case "none": {
      const refusing = trunkMatch.refusing.map((refusal) =>
        visible(`${trunkRefusalInWords(refusal, call)}.`),
      );
      const more = (count: number): string => `So it is with ${counted(count, "more trunk")}.`;
      const isTaken = outcome.outcome === "winner" && refusing.length > 0;
      return [
        ["trunk", ["none of the known ones takes it.", ...atMost(refusing, MOST_TRUNKS, more)].join(" ")],
        ...(isTaken ? [["", "The rule has no trunk, so it takes calls that no trunk takes."] as Row] : []),
      ];
    }
    default:
      return [];
  }
}

function outcomeRows({ call, outcome, trunkMatch }: Route): Row[] {
  switch (outcome.outcome) {
    case "winner": {
      const { rule, room, noRoom, asksForPin } = outcome.winner;
      const id = rule.info.name === "" ? "" : `, ${rule.info.sipDispatchRuleId}`;
      return [
        ["rule", `${visible(`${ruleTitle(rule)}${id === ", " ? "" : id}`)} ${placeOf(rule)}`],
        ["room", visible(room ? roomText(room) : NO_ROOM[noRoom ?? "crash"])],
        ["PIN", asksForPin ? ASKS : "not asked for"],
      ];
    }
    case "no-match": {
      const dropped = outcome.rejected ? REJECTED : DROPPED;
      return [["rule", `none matches. ${call.pin === undefined ? dropped : NO_MATCH_WITH_PIN}`]];
    }
    case "refused":
      return [
        [
          "rule",
          visible(`none, because the server refuses these rules: ${refusalInWords(outcome.refusal)}.`),
        ],
        ["", REFUSED],
      ];
    case "several-trunks":
      return [
        ["rule", visible(`none, because the call has no single trunk: ${trunksInConflict(trunkMatch)}.`)],
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

function placeOf(rule: WrittenRule): string {
  return unbroken(`(${rulePlace(rule)})`);
}

/** A table: the names of the rules, and beside them why each lost and where it stands. */
function loserLines(losers: readonly Loser<WrittenRule>[], { call }: Route, style: Style): string[] {
  const rows = losers.slice(0, MOST_LOSERS).map(({ rule, loss }) => ({
    name: visible(shortened(ruleTitle(rule), LONGEST_NAME)),
    text: `${visible(lossInWords(loss, call))} ${placeOf(rule)}`,
  }));
  const width = Math.max(...rows.map(({ name }) => name.length)) + 4;
  const rest = losers.length - MOST_LOSERS;
  return [
    ...heading(`${counted(losers.length, "rule doesn't", "rules don't")} take the call:`, style),
    ...rows.flatMap(({ name, text }) => hanging(text, style, `  ${name}`.padEnd(width), " ".repeat(width))),
    ...(rest > 0
      ? [`and ${counted(rest, "more rule")}, which came less close; --format json has all of them.`]
      : []),
  ];
}

/** A longer name leaves the sentence no room. */
const LONGEST_NAME = 24;
