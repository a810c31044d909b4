import { quoted } from "../rule/list-words.ts";
import { lossInWords } from "../routing/loss-words.ts";
import { commandLine, commandWord } from "../rule/command-words.ts";
import type { Loser } from "../routing/match.ts";
import type { Loss } from "../routing/mismatch.ts";
import { losersOf, routeCall, type Route } from "../routing/route.ts";
import type { WrittenRule } from "../routing/written-rules.ts";
import { asCall, type CauseId, type LoggedCall } from "./call.ts";
import type { Hide } from "./cause.ts";
import type { KnownRules, PartRule, Addition } from "./known-rules.ts";

/**
 * Says what the known rules tell about the call: the one that should have taken it and what kept it out, the ones in
 * conflict, the one that took it. Undefined: nothing.
 */
export function sayWithRules(
  call: LoggedCall,
  cause: CauseId,
  known: KnownRules,
  hide: Hide,
): Addition | undefined {
  if (!known.rules) return undefined;
  const route = routeCall({ ...known.setup, trunks: undefined }, asCall(call));
  switch (cause) {
    case "no-rule":
    case "no-rule-no-trunk":
      return sayNone(call, route, known, hide);
    case "rule-conflict":
      return sayConflict(route, hide);
    case "wrong-pin":
      return sayPin(route, hide);
    default:
      return call.ruleId === "" ? undefined : sayTaken(call, route, known, hide);
  }
}

const OTHERS = "they are not those of that time.";

function sayNone(call: LoggedCall, route: Route, known: KnownRules, hide: Hide): Addition | undefined {
  const { setup, rules = [] } = known;
  if (route.outcome.outcome === "winner") {
    const { rule } = route.outcome.winner;
    return {
      explanation: `Of the rules that were given, ${nameOf(rule, hide)} would take it: ${OTHERS}`,
      rule: partOf(rule, "missed"),
      next: "Make the call again, or give it the rules as they were then.",
    };
  }
  if (route.outcome.outcome !== "no-match") return sayConflict(route, hide);
  const losers = losersOf(setup, route).filter(
    ({ rule }) => call.trunkId !== "" || rule.info.trunkIds.length === 0,
  );
  const nearest = losers.find(({ loss }) => isTelling(loss)) ?? losers[0];
  if (rules.length === 0) return { explanation: "There is no dispatch rule at all.", next: CREATE };
  if (!nearest) {
    // The trunks say what is wrong.
    if (setup.trunks) return undefined;
    return {
      explanation: `All rules that were given (${rules.length}) are bound to trunks, and such a rule takes no call that matched none.`,
    };
  }
  return {
    explanation: missInWords(nearest, call, hide),
    rule: partOf(nearest.rule, "missed"),
    next: repairOf(nearest, call, known, hide),
  };
}

const CREATE = "Create a rule: `lk sip dispatch create rule.json`.";

/** Tells whether the rule was meant for the call, and something in it is wrong. */
function isTelling(loss: Loss): boolean {
  return (
    (loss.code === "calling-number" && (loss.holdsCalledNumber || loss.spelledOtherwise !== undefined)) ||
    (loss.code === "called-number" && loss.spelledOtherwise !== undefined)
  );
}

function missInWords({ rule, loss }: Loser<WrittenRule>, call: LoggedCall, hide: Hide): string {
  const part = isTelling(loss) ? "should have taken it" : "comes nearest";
  return `${nameOf(rule, hide)} ${part}. ${lossInWords(loss, asCall(call), hide)}`;
}

function repairOf(
  { rule, loss }: Loser<WrittenRule>,
  call: LoggedCall,
  known: KnownRules,
  hide: Hide,
): string {
  const to = hide(call.to);
  switch (loss.code) {
    case "calling-number":
      if (loss.spelledOtherwise !== undefined)
        return `Write ${hide(call.from)} instead of ${hide(loss.spelledOtherwise)} there, then ${updateOf(rule)}.`;
      if (loss.holdsCalledNumber) return movingCommands(rule, known);
      return call.from === ""
        ? "Callers without a number need a rule without `inbound_numbers`."
        : `If this caller is to be let in: add ${hide(call.from)} there, then ${updateOf(rule)}.`;
    case "called-number":
      return loss.spelledOtherwise === undefined
        ? `Add ${to} to the \`numbers\` of the rule that is to take it, then ${updateOf(rule)}, or create a rule for it.`
        : `Write ${to} instead of ${hide(loss.spelledOtherwise)} there, then ${updateOf(rule)}.`;
    case "other-trunk":
      return `If it is to take calls of that trunk: \`lk sip dispatch update --id ${idOf(rule)} --trunks ${commandWord([...loss.trunkIds, call.trunkId].join(","))}\`. livekit-server does not check that for conflicts; \`sip-dispatch route\` does.`;
    default:
      return "";
  }
}

/** The commands that move own numbers to the filter on the called number. */
function movingCommands(rule: WrittenRule, { trunksFile }: KnownRules): string {
  const { path, form } = rule;
  const about = "moves own numbers to `numbers`, which filter the called number";
  if (form === "flat")
    return `\`${commandLine(["migrate", path, "--write"])}\` ${about}. Then ${updateOf(rule)}.`;
  const check = ["check", path, "--known-trunks", trunksFile ?? "trunks.json"];
  const first = trunksFile === undefined ? "`lk sip inbound list --json > trunks.json`, then " : "";
  if (form === "info" && rule.info.sipDispatchRuleId !== "")
    return `${first}\`${commandLine([...check, "--format", "lk"])}\` prints the line that ${about}.`;
  return `${first}\`${commandLine([...check, "--fix", "--unsafe"])}\` ${about}. Then ${updateOf(rule)}.`;
}

/** Says how a rule on the server becomes what the file says. */
function updateOf(rule: WrittenRule): string {
  const { form, path } = rule;
  const id = idOf(rule);
  return form === "info"
    ? `\`lk sip dispatch update --id ${id} rule.json\`, with that rule alone in the file`
    : `\`${commandLine(["convert", path, "--to", "info"])} | lk sip dispatch update --id ${id} -\``;
}

/** The id for a command; of a rule that has none yet what stands for one. */
function idOf({ info }: WrittenRule): string {
  return info.sipDispatchRuleId === "" ? "SDR_…" : commandWord(info.sipDispatchRuleId);
}

function sayConflict({ outcome }: Route, hide: Hide): Addition {
  if (outcome.outcome !== "refused")
    return { explanation: `The rules that were given are in no conflict: ${OTHERS}` };
  const { refusal } = outcome;
  const rule = partOf(refusal.rule, "in-conflict");
  if (refusal.code === "no-kind") {
    return {
      explanation: `${nameOf(refusal.rule, hide)} is neither direct nor individual nor callee.`,
      rule,
      next: "Give it a rule, or delete it.",
    };
  }
  if (refusal.itself) {
    return {
      explanation: `${nameOf(refusal.rule, hide)} lists a value twice, and is so in conflict with itself.`,
      rule,
      next: `Leave one of them out, then ${updateOf(refusal.rule)}.`,
    };
  }
  const known = [refusal.rule, refusal.other].find(({ info }) => info.sipDispatchRuleId !== "");
  return {
    explanation: `${nameOf(refusal.other, hide)} and ${nameOf(refusal.rule, hide)} are in conflict.`,
    rule,
    next: `Give them different numbers, trunks or PINs, or delete the one that is not needed: \`lk sip dispatch delete ${idOf(known ?? refusal.rule)}\`.`,
  };
}

function sayPin({ outcome }: Route, hide: Hide): Addition | undefined {
  if (outcome.outcome !== "winner" || !outcome.winner.asksForPin) return undefined;
  const { rule } = outcome.winner;
  return { explanation: `${nameOf(rule, hide)} is the rule that asks.`, rule: partOf(rule, "missed") };
}

function sayTaken(call: LoggedCall, route: Route, known: KnownRules, hide: Hide): Addition | undefined {
  const { setup, rules = [] } = known;
  const took = rules.find(({ info }) => info.sipDispatchRuleId === call.ruleId);
  const winner = route.outcome.outcome === "winner" ? route.outcome.winner.rule : undefined;
  if (winner && winner !== took && winner.info.sipDispatchRuleId !== "") {
    return {
      explanation: `Of the rules that were given, ${nameOf(winner, hide)} would take it: ${OTHERS}`,
      rule: took ? partOf(took, "took") : { part: "took", id: call.ruleId, name: "", place: undefined },
    };
  }
  const rule = took && partOf(took, "took");
  const meant = losersOf(setup, route).find(({ loss }) => isTelling(loss));
  const isTaken = took ? `${call.ruleId} is ${nameOf(took, hide)}.` : "";
  if (!meant) return rule && { explanation: isTaken, rule };
  return {
    explanation: `${isTaken} ${missInWords(meant, call, hide)}`.trim(),
    ...(rule && { rule }),
    next: repairOf(meant, call, known, hide),
  };
}

function partOf({ info, path, line, column }: WrittenRule, part: PartRule["part"]): PartRule {
  return { part, id: info.sipDispatchRuleId, name: info.name, place: { path, line, column } };
}

/** `"support" (rules.json:3:5)`; by its id where it has no name. */
function nameOf({ info, path, line, column }: WrittenRule, hide: Hide): string {
  const name = info.name === "" ? info.sipDispatchRuleId || "a rule without a name" : quoted(hide(info.name));
  return `${name} (${path}:${line}:${column})`;
}
