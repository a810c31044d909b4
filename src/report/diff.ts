import { SIPDispatchRuleInfoSchema } from "../gen/livekit/livekit_sip_pb.ts";
import type { CallChange } from "../routing/compare.ts";
import { NEWEST } from "../rule/server.ts";
import { meaning, type Pair, sameMeaning } from "../routing/pairs.ts";
import type { WrittenRule } from "../routing/written-rules.ts";
import { type JsonObject, messageJson } from "../rule/message.ts";
import { roomPatternOf } from "../rule/room.ts";
import { pinOf, storedRule } from "../rule/stored.ts";
import { changeInWords } from "./calls.ts";
import { difference } from "./difference.ts";
import { jsonText } from "./json-text.ts";
import { REDACTED, redactJson } from "./redact.ts";
import { type Style, visible, wrapWords } from "./style.ts";
import { counted } from "../rule/counted.ts";

/** Two sides compared: every rule of both, and the calls that go elsewhere. */
export interface Comparison {
  pairs: Pair[];
  changes: CallChange[];
  cut: number;
}

/** Of more changes the rest is counted. */
const MOST_CHANGES = 20;

/** What differs in meaning, then in calls, then in the JSON of the rules. One line when nothing does. */
export function diffReport({ pairs, changes, cut }: Comparison, style: Style, redact: boolean): string {
  const different = pairs.filter((pair) => !sameMeaning(pair));
  if (different.length === 0) {
    return `The same meaning: ${counted(pairs.length, "rule")}.\n`;
  }
  const meanings = different.flatMap((pair) => [...meaningLines(pair, style, redact), ""]);
  const calls = changes.slice(0, MOST_CHANGES).flatMap((change) => {
    const [first = "", ...rest] = wrapWords(changeInWords(change, redact), style.width - 4);
    return [`  - ${first}`, ...rest.map((line) => `    ${line}`)];
  });
  if (changes.length === 0) calls.push("  - nothing: every call goes where it went");
  if (changes.length > MOST_CHANGES) calls.push(`  - and ${changes.length - MOST_CHANGES} more`);
  if (cut > 0)
    calls.push(`  - ${cut} numbers, trunks and PINs left out, because there are too many to compare`);
  const details = different.flatMap((pair) => {
    const lines = difference(
      infoOf(pair.before, pair.after, redact),
      infoOf(pair.after, pair.before, redact),
      style,
    );
    return lines.length === 0
      ? []
      : ["", style.paint("bold", nameOf(pair)), ...lines.map((line) => `  ${line}`)];
  });
  const same = pairs.length - different.length;
  const total = `${counted(different.length, "rule")} of ${pairs.length} ${different.length === 1 ? "differs" : "differ"}${same > 0 ? `; ${same} mean the same` : ""}.`;
  return `${[...meanings, style.paint("bold", "What changes for calls:"), ...calls, ...details, "", total].join("\n")}\n`;
}

/** The same for programs. `same` is what the exit status says. */
export function diffJson({ pairs, changes, cut }: Comparison, redact: boolean): string {
  const place = (rule: WrittenRule | undefined) =>
    rule ? { path: rule.path, line: rule.line, column: rule.column, form: rule.form } : null;
  const rules = pairs.map((pair) => ({
    name: (pair.after ?? pair.before)?.info.name ?? "",
    id: pair.after?.info.sipDispatchRuleId || pair.before?.info.sipDispatchRuleId || "",
    same: sameMeaning(pair),
    before: place(pair.before),
    after: place(pair.after),
    beforeInfo: pair.before ? infoOf(pair.before, pair.after, redact) : null,
    afterInfo: pair.after ? infoOf(pair.after, pair.before, redact) : null,
  }));
  const calls = changes.map((change) => changeInWords(change, redact));
  return jsonText({ version: 1, same: rules.every(({ same }) => same), rules, calls, cut });
}

function nameOf({ before, after }: Pair): string {
  const rule = after ?? before;
  const name = visible(rule?.info.name || "(no name)");
  const places = [before, after].flatMap((one) => (one ? [`${visible(one.path)}:${one.line}`] : []));
  return `${name}  ${[...new Set(places)].join(" → ")}`;
}

function meaningLines(pair: Pair, style: Style, redact: boolean): string[] {
  const heading = style.paint("bold", nameOf(pair));
  if (!pair.before) return [`${heading}  ${style.paint("green", "new")}`];
  if (!pair.after) return [`${heading}  ${style.paint("red", "gone")}`];
  const [before, after] = [aspects(pair.before, redact), aspects(pair.after, redact)];
  const lines = before.flatMap(([label, value], index) => {
    const now = after[index]?.[1] ?? "";
    return value === now
      ? []
      : [`  ${label.padEnd(16)}${style.paint("red", value)} → ${style.paint("green", now)}`];
  });
  const others = otherFields(pair);
  if (others.length > 0) lines.push(`  also differs in  ${others.join(", ")}`);
  return [heading, ...lines];
}

/** What decides about calls in a rule, in words. */
function aspects({ info }: WrittenRule, redact: boolean): [string, string][] {
  const list = (items: readonly string[]): string => {
    if (items.length === 0) return "any";
    return visible(
      items.length > 6 ? `${items.slice(0, 5).join(", ")} and ${items.length - 5} more` : items.join(", "),
    );
  };
  const pin = pinOf(info);
  return [
    ["called number", list(info.numbers)],
    ["calling number", list(info.inboundNumbers)],
    ["trunks", list(info.trunkIds)],
    ["PIN", pin === "" ? "none" : redact ? REDACTED : visible(pin)],
    ["room", visible(roomPatternOf(storedRule({ label: "", info }, NEWEST)) || '""')],
  ];
}

/** The fields that differ and decide nothing about which calls the rule takes. */
function otherFields({ before, after }: Pair): string[] {
  const [was, now] = [infoOf(before, after, false), infoOf(after, before, false)];
  const told = ["numbers", "inbound_numbers", "trunk_ids", "rule"];
  const names = new Set([...Object.keys(was), ...Object.keys(now)]);
  return [...names].filter(
    (name) => !told.includes(name) && JSON.stringify(was[name]) !== JSON.stringify(now[name]),
  );
}

function infoOf(rule: WrittenRule | undefined, other: WrittenRule | undefined, redact: boolean): JsonObject {
  if (!rule) return {};
  const json = messageJson(SIPDispatchRuleInfoSchema, meaning(rule.info, other?.info ?? rule.info));
  return redact ? redactJson(json) : json;
}
