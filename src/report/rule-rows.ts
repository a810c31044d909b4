import type { JsonValue } from "@bufbuild/protobuf";
import { shortened } from "../rule/list-words.ts";
import type { SettingChange } from "../routing/setting-changes.ts";
import { isSameRouting, type NumberList, type Routing } from "../routing/rule-routing.ts";
import { isSensitive, REDACTED } from "./redact.ts";
import { hanging, LABEL, labelLines } from "./layout.ts";
import { type Shown, type Style, visible } from "./style.ts";
import { agentsInWords, itemsOf, itemsInWords, valueInWords } from "./value-words.ts";

/** How a rule's table is shown. */
interface RowOptions extends Shown {
  /** Only what a reviewer must not miss, and what stays. */
  isBrief?: boolean;
}

interface Row {
  label: string;
  text: string;
  /** The alarm for a reviewer: its meaning, and in two words what happened. */
  alarm?: { means: string; short: string } | undefined;
}

/**
 * Returns the differences of a rule, a row each, those first that a reviewer must not miss; then what stays, in one
 * row. Who answers is always said.
 */
export function ruleRows(
  before: Routing,
  after: Routing,
  settings: readonly SettingChange[],
  { style, redact, isBrief = false }: RowOptions,
): string[] {
  const changed = rowsOf(before, after, redact);
  const alarms = changed.filter(({ alarm }) => alarm !== undefined);
  const others = isBrief ? [] : changed.filter(({ alarm }) => alarm === undefined);
  const stays = stayingWords(before, after);
  return [
    ...[...alarms, ...others, ...settingRows(settings, redact)].flatMap((row) => rowLines(row, style)),
    ...(stays === "" ? [] : labelLines("stays", stays, style)),
  ];
}

/** Returns what the documentation of the flat form promised, where livekit-server does something else with it. */
export function docsLines(documented: Routing, server: Routing, after: Routing, style: Style): string[] {
  if (isSameRouting(documented, server)) return [];
  const text = isSameRouting(documented, after)
    ? "what comes after is what the flat form's documentation promised"
    : `promised ${callsInWords(documented)}`;
  return labelLines("docs", text, style);
}

/** Returns what a reviewer must not miss of a rule, in a few words each: `PIN dropped`. */
export function alarmsOf(before: Routing, after: Routing): string[] {
  return rowsOf(before, after, true).flatMap(({ alarm }) => alarm?.short ?? []);
}

function rowsOf(before: Routing, after: Routing, redact: boolean): Row[] {
  return [
    kindRow(before, after),
    pinRow(before, after, redact),
    listRow("trunkIds", before, after),
    listRow("calledNumbers", before, after),
    listRow("callingNumbers", before, after),
    roomRow(before, after),
    agentsRow(before, after),
  ].filter((row) => row !== undefined);
}

/** The one row of a rule that is new or gone, or of which only settings differ. */
export function wholeRow(rule: Routing, style: Style): string[] {
  return labelLines("takes", `${callsInWords(rule)} → ${answerInWords(rule)}`, style);
}

/** Says which calls a rule takes, in a few words. */
function callsInWords(rule: Routing): string {
  const { calledNumbers, callingNumbers, trunkIds, pin } = rule;
  const [to, from, over] = [itemsOf(calledNumbers), itemsOf(callingNumbers), itemsOf(trunkIds)];
  const words = [
    to.length + from.length === 0 ? "all calls" : "calls",
    ...(to.length === 0 ? [] : [`to ${itemsInWords(to)}`]),
    ...(from.length === 0 ? [] : [`from ${itemsInWords(from)}`]),
    over.length === 0 ? "on any trunk" : `on ${itemsInWords(over)}`,
    ...(pin === "" ? [] : ["with a PIN"]),
  ];
  return words.join(" ");
}

/** Says where a call goes that the rule takes, and who answers it. */
export function answerInWords({ room, agents }: Pick<Routing, "room" | "agents">): string {
  return `room ${valueInWords(room)}, ${agentsInWords(agents)}`;
}

function rowLines({ label, text, alarm }: Row, style: Style): string[] {
  const lines =
    label.length < LABEL - 4
      ? labelLines(label, alarm ? `${text}: ${alarm.means}` : text, style, alarm ? "!" : " ")
      : hanging(`${label}: ${text}`, style, "    ", "      ");
  return lines.map((line) => style.paint(alarm === undefined ? "yellow" : "red", line));
}

function kindRow({ kind: was }: Routing, { kind: is }: Routing): Row | undefined {
  if (was === is) return undefined;
  const alarm =
    is === "direct" && was !== ""
      ? { means: "all callers share one room", short: "one room for all callers" }
      : undefined;
  return { label: "rule", text: `${was || "none"} → ${is || "none"}`, alarm };
}

function pinRow({ pin: was }: Routing, { pin: is }: Routing, redact: boolean): Row | undefined {
  if (valueInWords(was) === valueInWords(is)) return undefined;
  const words = (pin: Routing["pin"]): string =>
    pin === "" ? "none" : redact ? REDACTED : valueInWords(pin);
  const alarm = is === "" ? { means: "no longer asked", short: "PIN dropped" } : undefined;
  return { label: "PIN", text: `${words(was)} → ${words(is)}`, alarm };
}

/** The lists of a rule, with what an empty one means, and what it means for a reviewer that one becomes empty. */
const LISTS = {
  trunkIds: {
    label: "trunks",
    empty: "any",
    alarm: { means: "any trunk, now and later", short: "trunks dropped" },
    other: undefined,
  },
  calledNumbers: {
    label: "to",
    empty: "any number",
    alarm: { means: "takes calls to every number", short: "filter on the called number dropped" },
    other: "callingNumbers",
  },
  callingNumbers: {
    label: "from",
    empty: "anyone",
    alarm: { means: "takes calls from everyone", short: "filter on the caller dropped" },
    other: "calledNumbers",
  },
} as const;

function listRow(name: keyof typeof LISTS, before: Routing, after: Routing): Row | undefined {
  const { label, empty, alarm, other } = LISTS[name];
  const text = setInWords(before[name], after[name], empty);
  if (text === undefined) return undefined;
  const [was, others] = [itemsOf(before[name]), other ? itemsOf(after[other]) : []];
  // A filter that becomes the other one is not dropped.
  const isDropped = itemsOf(after[name]).length === 0 && !was.every((item) => others.includes(item));
  return { label, text, alarm: isDropped ? alarm : undefined };
}

function roomRow({ room: was }: Routing, { room: is }: Routing): Row | undefined {
  const [before, after] = [valueInWords(was), valueInWords(is)];
  return before === after ? undefined : { label: "room", text: `${before} → ${after}` };
}

function agentsRow({ agents: was }: Routing, { agents: is }: Routing): Row | undefined {
  const left = itemsOf(is);
  const gone = itemsOf(was).filter((name) => !left.includes(name));
  const means = `${itemsInWords(gone)} no longer ${gone.length === 1 ? "answers" : "answer"} here`;
  const alarm = { means, short: `agent ${itemsInWords(gone, 3)} dropped` };
  const text = setInWords(was, is, "none by name");
  return text === undefined
    ? undefined
    : { label: "agents", text, alarm: gone.length > 0 ? alarm : undefined };
}

/** Returns how a set changed; undefined where it did not. The order of its items says nothing. */
function setInWords(before: NumberList, after: NumberList, empty: string): string | undefined {
  const [was, is] = [itemsOf(before), itemsOf(after)];
  const [had, has] = [new Set(was), new Set(is)];
  const gone = was.filter((item) => !has.has(item));
  const come = is.filter((item) => !had.has(item));
  if (gone.length + come.length === 0) return undefined;
  const stays = was.filter((item) => has.has(item));
  const all = (items: readonly string[]): string => (items.length === 0 ? empty : itemsInWords(items));
  if (stays.length === 0) return `${all(was)} → ${all(is)}`;
  const parts = [
    ...(gone.length > 0 ? [`dropped ${itemsInWords(gone)}`] : []),
    ...(come.length > 0 ? [`added ${itemsInWords(come)}`] : []),
  ];
  return `${parts.join(", ")} (${itemsInWords(stays)} ${stays.length === 1 ? "stays" : "stay"})`;
}

/** Returns what is the same in both, and who answers. */
function stayingWords(before: Routing, after: Routing): string {
  const same = (was: NumberList, is: NumberList): boolean => setInWords(was, is, "") === undefined;
  const listed = (word: string, name: keyof typeof LISTS): string[] =>
    same(before[name], after[name]) && itemsOf(after[name]).length > 0
      ? [`${word} ${itemsInWords(itemsOf(after[name]))}`]
      : [];
  const words = [
    ...(roomRow(before, after) ? [] : [`room ${valueInWords(after.room)}`]),
    ...(same(before.agents, after.agents) ? [agentsInWords(after.agents)] : []),
    ...listed("to", "calledNumbers"),
    ...listed("from", "callingNumbers"),
    ...listed(itemsOf(after.trunkIds).length === 1 ? "trunk" : "trunks", "trunkIds"),
    ...(after.pin !== "" && !pinRow(before, after, false) ? ["PIN set"] : []),
  ];
  return words.join(", ");
}

/** Of more settings the rest is counted. */
const MOST_SETTINGS = 8;

function settingRows(settings: readonly SettingChange[], redact: boolean): Row[] {
  const rows = settings.slice(0, MOST_SETTINGS).map(({ path, fields, before, after }): Row => {
    const isHidden = redact && fields.some(isSensitive);
    const words = (value: JsonValue | undefined): string =>
      value === undefined ? "unset" : isHidden ? REDACTED : shortened(visible(JSON.stringify(value)));
    return { label: visible(path), text: `${words(before)} → ${words(after)}` };
  });
  const more = settings.length - rows.length;
  if (more > 0) rows.push({ label: "settings", text: `${more} more differ; --json-diff shows them` });
  return rows;
}
