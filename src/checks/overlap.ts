import { folderPair } from "../routing/environments.ts";
import type { Contest } from "../routing/contests.ts";
import { callsInWords } from "./calls-in-words.ts";
import { precedenceInWords } from "../routing/loss-words.ts";
import { meetingInWords } from "../routing/meeting-words.ts";
import { check, type SaidOfRule } from "./check.ts";
import { comparedIn, type Pair } from "./compared-rules.ts";
import type { RuleSet, SetRule } from "./facts.ts";
import { commandWord } from "../rule/command-words.ts";
import { grouped } from "../rule/count-words.ts";
import { otherInWords } from "./rule-name.ts";

/** Protocol sip/sip.go at v1.50.4, ValidateDispatchRulesIter and MatchDispatchRuleIter. */
export const overlap = check({
  id: "overlap",
  severity: "error",
  title: "Two rules that want the same calls",
  why: "livekit-server refuses to create a rule for which another one stands with the same trunk, numbers and PIN; where both came in by an update, every call to their trunks fails with 503. Of two that it takes, one gets the calls that both want.",
  next: "Give them different numbers, trunks or PINs, or delete one.",
  ofRules: (set) => {
    const { pairs, taken, cut } = comparedIn(set);
    const [first] = set.rules;
    return [
      ...pairs.flatMap(ofPair),
      ...taken.map((contest) => ofTaken(contest, set)),
      ...set.apart.map(ofApart),
      ...(cut > 0 && first ? [ofCut(first, cut)] : []),
    ];
  },
});

function ofPair(pair: Pair): SaidOfRule[] {
  const { rule, other, isSame } = pair;
  const there = otherInWords(other);
  if (isSame && rule.form !== other.form && (rule.form === "info" || other.form === "info")) return [];
  const calls = meetingInWords(pair.meeting);
  if (rule.form === "listed") {
    const message = `every call for which livekit-server lists this rule and ${there} fails with 503: ${calls}`;
    const next = `Update one of them to other numbers, trunks or PINs, or delete one: ${deletion(rule)} deletes this one.`;
    return [{ rule, also: [other], message, next }];
  }
  if (isSame) {
    const message = `this is the same rule as ${there}, and livekit-server takes it once: ${calls}`;
    const next = "Nothing has to be done if only one of them is created.";
    return [{ rule, message, severity: "note", next }];
  }
  const folders = folderPair(rule.path, other.path);
  if (folders) {
    const message = `livekit-server refuses this rule beside ${there}, if one server gets both: ${calls}`;
    const next = `If ${folders[1]} and ${folders[0]} are two environments, say so in the config: \`environments\`. Otherwise give them different numbers, trunks or PINs.`;
    return [{ rule, also: [other], message, next, certainty: "likely" }];
  }
  const message = `livekit-server refuses this rule beside ${there}: ${calls}`;
  const programs = new Set(sendersOf(rule));
  const isTogether = sendersOf(other).some((path) => programs.has(path));
  return [{ rule, also: [other], message, ...(!isTogether && { certainty: "likely" }) }];
}

function deletion({ info }: SetRule): string {
  return `\`lk sip dispatch delete ${commandWord(info?.sipDispatchRuleId ?? "SDR_…")}\``;
}

/** The files with lines that give a rule to a server. */
function sendersOf({ creates, updates }: SetRule): string[] {
  return [...creates, ...updates].map(({ path }) => path);
}

function ofApart({ rule, other, folders: [one, beside] }: RuleSet["apart"][number]): SaidOfRule {
  const message = `${one} and ${beside} are taken for two environments: one server would refuse this rule beside ${otherInWords(other)}`;
  const next = "Say so in the config, where it is so: `environments`.";
  return { rule, also: [other], message, next, severity: "note", certainty: "likely" };
}

function ofTaken(contest: Contest<SetRule>, { knownTrunks }: RuleSet): SaidOfRule {
  const { rule, taker, calls, because } = contest;
  const message = `${callsInWords(calls)} go to ${otherInWords(taker)}, not to this one: ${precedenceInWords(because)}`;
  // Without the trunks it is not known whether such a call can come over that one.
  const isSure = because.code !== "wildcard" || knownTrunks !== undefined;
  return {
    rule,
    also: [taker],
    message,
    severity: isSure ? "warning" : "note",
    next: "Nothing has to be done if that is meant; `sip-dispatch route` shows which rule takes a call.",
    ...((!isSure || rule.form !== "listed") && { certainty: "likely" }),
  };
}

function ofCut(rule: SetRule, cut: number): SaidOfRule {
  return {
    rule,
    severity: "note",
    message: `${grouped(cut)} rules, numbers and trunks are left out where rules are compared with each other, because there are too many`,
    next: "Check the rules of one trunk at a time.",
  };
}
