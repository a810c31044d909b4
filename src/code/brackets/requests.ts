import { requestField } from "../../rule/fields.ts";
import { formOf } from "../../rule/form.ts";
import type { Member, ObjectValue, Span, Value } from "../../rule/value.ts";
import type { Group, Item } from "./brackets.ts";
import type { GivenNames } from "./destination-names.ts";

/** A request that is written in code. */
export interface FoundRequest {
  request: ObjectValue;
  /** True if it is flat, or holds both forms. */
  form: "flat" | "mixed";
  /** True if the name of the message says that it is a create request. */
  named: boolean;
}

const MESSAGE = /(?:^|[^\w])create_?sip_?dispatch_?rule_?request$/i;
/** Parts of a request, and the content of its wrapper. */
const PART = /(?:^|[^A-Za-z])S[Ii][Pp]DispatchRule(Info|Update|_\w+|Direct|Individual|Callee)?$/;
const SCHEMA = /CreateSIPDispatchRuleRequestSchema\s*$/;
const DEFINES =
  /\b(?:class|interface|struct|type|enum|record|trait|extends|implements|impl|for)\s+[\w.:<>, ]*$/;
const RETURNS = /(?:->|\)\s*:)\s*[&*]?[\w.:]*$/;
/** `func build() *livekit.X {` */
const RETURNS_IN_GO = /\)\s*\*?[\w.]*$/;

/** The flat requests, and those with both forms, in a text's brackets. Survives any nesting that brackets have. */
export function findRequests(text: string, root: Group, given: GivenNames): FoundRequest[] {
  const found: FoundRequest[] = [];
  const open: { group: Group; item: Item | undefined; parent: Group | undefined }[] = [
    { group: root, item: undefined, parent: undefined },
  ];
  for (let next = open.pop(); next; next = open.pop()) {
    const { group, item, parent } = next;
    const one = isUpdate(text, group, item) ? "other form" : requestIn(text, group, item, parent, given);
    if (one) {
      if (one !== "other form") found.push(one);
      continue;
    }
    for (const inner of group.items.toReversed()) {
      for (const deeper of inner.groups.toReversed())
        open.push({ group: deeper, item: inner, parent: group });
    }
  }
  return found;
}

/**
 * Tells whether what stands in brackets changes a rule that exists: it names that rule's id, or an update method is
 * given it.
 */
function isUpdate(text: string, group: Group, item: Item | undefined): boolean {
  if (group.items.some(({ key }) => key && RULE_ID.test(key.name))) return true;
  return item !== undefined && group.bracket === "(" && UPDATE_CALL.test(calleeOf(text, item, group));
}

const RULE_ID = /^sip_?dispatch_?rule_?id$/i;
const UPDATE_CALL = /update_?sip_?dispatch_?rule\w*$/i;

function requestIn(
  text: string,
  group: Group,
  item: Item | undefined,
  parent: Group | undefined,
  given: GivenNames,
): FoundRequest | "other form" | undefined {
  if (!item || group.bracket === "") return undefined;
  const callee = calleeOf(text, item, group);
  if (MESSAGE.test(callee)) {
    const before = callee.replace(/[\w.:]*$/, "");
    const isBody = RETURNS.test(callee) || (group.bracket === "{" && RETURNS_IN_GO.test(callee));
    if (DEFINES.test(before) || isBody) return undefined;
    const members = namedMembers(text, group);
    if (members.length === 0) return filledLater(text, group, callee);
    return judged({ kind: "object", start: group.start, end: group.end, members }, true);
  }
  if (PART.test(callee)) return "other form";
  const isSchema = parent?.bracket === "(" && SCHEMA.test(text.slice(parent.start, item.start - 1));
  const value = group.bracket === "(" ? undefined : valueOfGroup(text, group);
  if (value?.kind !== "object" || (!isSchema && !holdsKind(value)) || isPutIntoWrapper(item, given)) {
    return undefined;
  }
  if (item.key && given.updating.has(item.key.name)) return "other form";
  return isGivenToSdk(text, item, group, given) ? "other form" : judged(value, isSchema);
}

function judged(request: ObjectValue, named: boolean): FoundRequest | "other form" {
  const { form } = formOf(request, named ? "create" : undefined);
  return form === "flat" || form === "mixed" ? { request, form, named } : "other form";
}

/** Returns what stands before a bracket in its item: the name of what is called or made. */
function calleeOf(text: string, item: Item, group: Group): string {
  const start = Math.max(item.valueStart, group.start - 200);
  return text
    .slice(start, group.start)
    .trimEnd()
    .replace(/<[\w., ]*>$/, "")
    .replace(/\.(newBuilder|builder|new)$/, "");
}

/** The members of a literal, also of one that is the only thing in brackets: `new Request({ … })`. */
function namedMembers(text: string, group: Group): Member[] {
  const value = valueOfGroup(text, group);
  return value.kind === "object" ? value.members : [];
}

/**
 * A request that is made empty, or by a builder, and filled by what follows: `.setRule(…)`, `req.TrunkIds = …`.
 * One that is given something without names gets its fields from elsewhere, and may be flat.
 */
function filledLater(text: string, group: Group, callee: string): FoundRequest | "other form" {
  const line = text.slice(Math.max(0, group.start - 300), group.start);
  const variable = /(\w+)\s*(?::\s*[\w.*&]+\s*)?:?=\s*(?:new\s+|&)?[\w.:]*\s*$/.exec(
    line.slice(0, line.lastIndexOf(callee) + callee.length),
  )?.[1];
  const after = text.slice(group.end, group.end + 4000);
  const uses = variable === undefined ? [] : [...after.matchAll(useOf(variable))];
  const chain = /^(?:\s*(?:\.|->)\w+\([^;]*)?/.exec(after)?.[0] ?? "";
  const names = [...uses, ...chain.matchAll(/(?:\.|->)(?:set|addAll|add)([A-Z]\w*)\(/g)];
  const members = names.flatMap((match): Member[] => {
    const key = spelled(match[1] ?? "");
    const start = group.end + match.index;
    const at = { start, end: start + match[0].length };
    return requestField(key) ? [{ key, at, value: { kind: "code", ...at, raw: match[0] } }] : [];
  });
  const request: ObjectValue = { kind: "object", start: group.start, end: group.end, members };
  if (members.length > 0) return judged(request, true);
  const isEmpty = text.slice(group.start + 1, group.end - 1).trim() === "";
  return isEmpty ? "other form" : { request, form: "flat", named: true };
}

function useOf(variable: string): RegExp {
  return new RegExp(
    String.raw`\b${variable}(?:\.|->|!!\.|\?\.)(?:set(?=[A-Z])|addAll(?=[A-Z])|add(?=[A-Z]))?(\w+)`,
    "g",
  );
}

/** A literal that is put into a wrapper elsewhere: `const rule = { … }; send({ dispatch_rule: rule })`. */
function isPutIntoWrapper({ key }: Item, { wrapped }: GivenNames): boolean {
  return key !== undefined && (requestField(spelled(key.name)) === "dispatch_rule" || wrapped.has(key.name));
}

/** `createSipDispatchRule({ rule: … })`, there or by way of a variable: the SDK's method makes the request itself. */
function isGivenToSdk(text: string, { key }: Item, group: Group, { toSdk }: GivenNames): boolean {
  if (/createSipDispatchRule\(\s*$/.test(text.slice(Math.max(0, group.start - 60), group.start))) return true;
  return key !== undefined && toSdk.has(key.name);
}

/** A kind of rule, where it belongs, tells a request from everything else that has a `rule`. */
function holdsKind(object: ObjectValue): boolean {
  return object.members.some(
    ({ key, value }) =>
      requestField(key) === "rule" &&
      value.kind === "object" &&
      value.members.some((member) => /^dispatch_?rule_?(direct|individual|callee)$/i.test(member.key)),
  );
}

function valueOfGroup(text: string, group: Group): Value {
  const { start, end } = group;
  const members = group.items.flatMap((item): Member[] => {
    if (item.key) return [{ key: spelled(item.key.name), at: item.key.at, value: wholeValue(text, item) }];
    return group.bracket === "{" ? shorthand(text, item) : [];
  });
  if (members.length > 0) return { kind: "object", start, end, members };
  const items = group.items.filter((item) => text.slice(item.start, item.end).trim() !== "");
  const [only] = items;
  if (only && items.length === 1 && group.bracket !== "[") return valueOfItem(text, only);
  return codeAt(text, group);
}

/** `{ rule, trunkIds }`: a name that is key and value. */
function shorthand(text: string, item: Item): Member[] {
  if (item.end - item.start > LONGEST_SHOWN) return [];
  const [, space = "", name = ""] = /^(\s*)(\w+)\s*$/.exec(text.slice(item.start, item.end)) ?? [];
  if (!requestField(name)) return [];
  const at = { start: item.start + space.length, end: item.start + space.length + name.length };
  return [{ key: name, at, value: codeAt(text, at) }];
}

/** The value from its first character, as in `&Rule{ … }`, to its last on the line where its brackets close. */
function wholeValue(text: string, item: Item): Value {
  const value = valueOfItem(text, item);
  const lead = /^\s*/.exec(text.slice(item.valueStart, item.valueStart + LONGEST_SHOWN))?.[0].length ?? 0;
  const rest = /^[^\r\n/#]*/.exec(text.slice(value.end, Math.min(item.end, value.end + LONGEST_SHOWN)));
  return { ...value, start: item.valueStart + lead, end: value.end + (rest?.[0].trimEnd().length ?? 0) };
}

function valueOfItem(text: string, item: Item): Value {
  const last = item.groups.at(-1);
  return last ? valueOfGroup(text, last) : codeAt(text, { start: item.valueStart, end: item.end });
}

function codeAt(text: string, { start, end }: Span): Value {
  const raw = text.slice(start, Math.min(end, start + LONGEST_SHOWN)).trim();
  if (/^(null|nil|None|undefined)$/.test(raw)) return { kind: "null", start, end };
  return { kind: "code", start, end, raw };
}

const LONGEST_SHOWN = 200;

/** `TrunkIds` as the schema spells it. */
function spelled(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}
