import { isRuleKind, requestField, WRAPPER } from "../rule/fields.ts";
import { formOf } from "../rule/form.ts";
import type { ObjectValue, Span, StringValue, Value } from "../rule/value.ts";
import type { Site } from "./syntax.ts";

/** The contents of a data document: its sites, and the values in which something else may stand. */
export interface Looked {
  sites: Site[];
  /** The values at the top that are no request, nor anything else of LiveKit's. Sites deep in them are nested. */
  rest: Value[];
}

/**
 * The places of a data document where a request is looked for: the document, or the items of a list that is the
 * document. In those that are none it is looked for deeper: each object that can only be one. What holds such an
 * object is no site itself. Survives any nesting.
 */
export function sitesOf(document: Value): Site[] {
  return lookThrough(document).sites;
}

/** The same, with what is left. */
export function lookThrough(document: Value): Looked {
  const sites: Site[] = [];
  const rest: Value[] = [];
  for (const value of document.kind === "array" ? document.items : [document]) {
    const form = value.kind === "object" ? formOf(value).form : "other";
    const nested = form === "other" ? nestedSites(value) : [];
    if (form === "other") rest.push(value);
    if (value.kind === "object" && nested.length === 0) {
      sites.push({ at: spanOf(value), request: value });
    }
    for (const site of nested) sites.push(site);
  }
  return { sites, rest };
}

/** An address of LiveKit's server in an object that is sent there with all that stands in it, and where it stands. */
export interface Sending {
  does: "create" | "update";
  at: Span;
}

/** A string of a data document, with the key that it or its list stands under, and the key above that. */
export interface PlacedString {
  string: StringValue;
  key: string;
  above: string;
  /** The purpose for which it is sent, where the object around it says so. */
  sent: Sending | undefined;
}

/** The strings in what is left, but for those in sites, in the order of the text. Survives any nesting. */
export function stringsOutside({ sites, rest }: Looked): PlacedString[] {
  const requests = new Set(sites.flatMap(({ nested, request }) => (nested ? [request] : [])));
  const found: PlacedString[] = [];
  const open: { value: Value; key: string; above: string; sent: Sending | undefined }[] = rest
    .map((value) => ({ value, key: "", above: "", sent: undefined }))
    .toReversed();
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, key, above, sent } = next;
    if (value.kind === "string") found.push({ string: value, key, above, sent });
    if (value.kind === "array") {
      for (const item of value.items.toReversed()) open.push({ value: item, key, above, sent });
    }
    if (value.kind !== "object" || requests.has(value)) continue;
    const sentHere = sendingOf(value) ?? sent;
    for (const member of value.members.toReversed()) {
      open.push({ value: member.value, key: member.key, above: key, sent: sentHere });
    }
  }
  return found;
}

function nestedSites(document: Value): Site[] {
  const sites: Site[] = [];
  const open: { value: Value; sent: Sending | undefined }[] = [{ value: document, sent: undefined }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, sent } = next;
    if (value.kind === "array") {
      for (const item of value.items.toReversed()) open.push({ value: item, sent });
    } else if (value.kind === "object" && value !== document && isCertain(value)) {
      sites.push({
        at: spanOf(value),
        request: value,
        ...(sent ? { evidence: sent.does } : { nested: true }),
      });
    } else if (value.kind === "object" && !isUpdate(value)) {
      const sentHere = sendingOf(value) ?? sent;
      for (const member of value.members.toReversed()) open.push({ value: member.value, sent: sentHere });
    }
  }
  return sites;
}

/**
 * Returns what an object sends that has the address of one of the server's methods, as collections of requests have
 * it.
 */
function sendingOf({ members }: ObjectValue): Sending | undefined {
  for (const { value } of members) {
    const texts = value.kind === "object" ? value.members.map((member) => member.value) : [value];
    for (const text of texts) {
      const [, method] = (text.kind === "string" && METHOD.exec(text.value)) || [];
      if (method !== undefined) return { does: method === "Create" ? "create" : "update", at: spanOf(text) };
    }
  }
  return undefined;
}

const METHOD = /^(?:\{\{[^{}]*\}\}|\{(?!\{)|[^\s{])*\/(Create|Update)SIPDispatchRule(?=$|[?#])/;

/**
 * Tells whether an object deep in a document can only be a request or a bare rule. Many things hold `name` and `metadata`,
 * other programs have a `rule` or a `dispatch_rule` of their own, and a schema describes all of them; only one of the
 * kinds, where it belongs or close to it, tells.
 */
export function isCertain(object: ObjectValue): boolean {
  const inRule = object.members.some(
    ({ key, value }) => requestField(key) === "rule" && (holdsKind(value) || holdsNestedRule(value)),
  );
  const inWrapper = object.members.some(
    ({ key, value }) => requestField(key) === WRAPPER && (holdsKind(value) || holdsNestedRule(value)),
  );
  if (!inRule && !inWrapper) return false;
  const { form } = formOf(object);
  return form === "flat" || form === "wrapped" || form === "mixed" || form === "info";
}

/** `{"rule": {"dispatch_rule_direct": …}}`: a wrapper's content, or a rule that was put into a rule. */
function holdsNestedRule(value: Value): boolean {
  return (
    value.kind === "object" &&
    value.members.some((member) => requestField(member.key) === "rule" && holdsKind(member.value))
  );
}

/** A kind that holds text is a word of somebody else's, as in a table of translations. */
function holdsKind(value: Value): boolean {
  return (
    value.kind === "object" &&
    value.members.some(({ key, value: kind }) => isRuleKind(key) && ["object", "code"].includes(kind.kind))
  );
}

/** An UpdateSIPDispatchRuleRequest holds a bare rule in `replace`, and says by its id that it does. */
function isUpdate(object: ObjectValue): boolean {
  return object.members.some(({ key }) => key === "sip_dispatch_rule_id" || key === "sipDispatchRuleId");
}

function spanOf({ start, end }: Value): Site["at"] {
  return { start, end };
}
