import { WRAPPER } from "../../rule/fields.ts";
import type { ObjectValue, Span } from "../../rule/value.ts";
import { addedName } from "../engine/imports.ts";
import { type Node, nodeAt, spanOf } from "../engine/tree.ts";
import type { Remark, RemarkData } from "../../sources/remark.ts";
import type { Import, Site } from "../../sources/syntax.ts";
import { calledName, positional } from "./call-arguments.ts";
import { classExpression, classNodes, isHandedOn } from "./class-uses.ts";
import { doingOf } from "./callee-effects.ts";
import { fieldsOfCall } from "./call-fields.ts";
import { follow } from "./follow/follow.ts";
import type { Followed } from "./follow/search.ts";
import { type FromImport, importsOf, INFO, isInfoTaken, nameOfInfo, originOf, REQUEST } from "./imports.ts";
import { assignedOnce, identifiersNamed, type Module, textOf, variableOf } from "./scopes.ts";

/** A request as a call that makes a message, with where it stands. */
export interface MessageSite {
  site: Site;
  call: Node;
  /** The dicts elsewhere of which it is made, too. */
  dicts: Node[];
  /** True if LiveKit's own method is given it. */
  isSent: boolean;
}

/** All calls that make a request, in the order of the text. `imports` are those that names may be added to. */
export function messageSites(module: Module, imports: ReadonlyMap<Node, Import>): MessageSite[] {
  const sniffed = sniffing(module);
  const found = classNodes(module).flatMap((callee): MessageSite[] => {
    const call = callee.is("function") && callee.parent?.type === "call" ? callee.parent : undefined;
    if (!call) return handedOnClass(module, callee);
    const origin = originOf(module, classExpression(module, callee));
    if (origin.from === "own") return [];
    if (isOfDict(module, call)) return [];
    const site = readSite(module, call, callee, imports);
    const remarks = site.site.remarks ?? [];
    // A piece of a program may leave out its imports; what LiveKit's own method is given is LiveKit's.
    const isTold = origin.from === "open" && origin.isUnbound === true && site.isSent;
    if (origin.from === "open" && !isTold) {
      remarks.unshift({ code: "unknown-import", ...origin.why, at: spanOf(origin.at), weighs: "review" });
    }
    if (sniffed) remarks.push({ code: "version-sniffing", is: "asked", at: sniffed, weighs: "manual" });
    return [site];
  });
  found.push(...takenByName(module), ...bareInfos(module));
  for (const one of found) markBothForms(one, found);
  return found.toSorted((a, b) => a.call.start - b.call.start);
}

function readSite(module: Module, call: Node, callee: Node, imports: ReadonlyMap<Node, Import>): MessageSite {
  const fields = fieldsOfCall(module, call);
  const { uses, changed, remarks, calls, isSent, exported } = follow(module, call, "attributes");
  const request: ObjectValue = { kind: "object", start: call.start, end: call.end, members: fields.members };
  const site: Site = {
    at: spanOf(call),
    request,
    evidence: "create",
    library: "livekit-protocol",
    wrapper: WRAPPER,
    changed: [...fields.changed, ...changed],
    uses: [...fields.uses, ...uses].toSorted((a, b) => a.at.start - b.at.start),
    exported,
    remarks: [...fields.remarks, ...remarks, ...deprecatedCall(module, calls)],
  };
  const parsing = parsedInto(module, call) ?? calls.find((one) => doingOf(module, one) === "parse");
  if (parsing && uses.length > 0) {
    const at = spanOf(parsing);
    site.remarks?.unshift({ code: "unfollowed-use", is: "parsed-fields", at, weighs: "manual" });
  }
  const [use] = uses;
  const unseen = fields.remarks.find(({ code }) => code === "unknown-fields");
  if (use && unseen) {
    unseen.also = uses.map(({ at }) => at);
    site.remarks?.push({ code: "unfollowed-use", is: "either-form", at: use.at, weighs: "manual" });
  }
  const wrapperUse = uses.find(({ path }) => path[0] === WRAPPER);
  const isFlat = fields.members.length > 0 || uses.some(({ path }) => path[0] !== WRAPPER);
  if (wrapperUse && isFlat && !fields.members.some(({ key }) => key === WRAPPER)) {
    site.remarks?.push({ code: "mixed-form", is: "set-later", at: wrapperUse.at, weighs: "manual" });
  }
  const info = fields.items.length > 0 ? infoName(module, call, callee, site, imports) : "";
  site.brackets = {
    list: spanOf(call.field("arguments") ?? call),
    items: fields.items.map(spanOf),
    before: "",
    after: "=",
    open: `${info}(`,
    close: ")",
  };
  return { site, call, dicts: fields.dicts, isSent };
}

/** The call that parses something into the message that this call makes: `ParseDict(fields, Request())`. */
function parsedInto(module: Module, call: Node): Node | undefined {
  const parsing = call.parent?.type === "argument_list" ? call.parent.parent : undefined;
  return parsing?.type === "call" && doingOf(module, parsing) === "parse" ? parsing : undefined;
}

/** Tells whether all that a message holds is parsed from a dict of the text, which is the request then. */
function isOfDict(module: Module, call: Node): boolean {
  const parsing = parsedInto(module, call);
  const [from] = parsing ? positional(parsing) : [];
  if (!from || from === call || (call.field("arguments")?.parts ?? []).length > 0) return false;
  const value = assignedOnce(module, from) ?? from;
  return value.type === "dictionary" && value.parts.length > 0;
}

/** The wrapper's class with the prefix that the request's has; where the name is bare it may need an import. */
function infoName(
  module: Module,
  call: Node,
  callee: Node,
  site: Site,
  imports: ReadonlyMap<Node, Import>,
): string {
  const expression = classExpression(module, callee);
  const name = expression.type === "attribute" ? expression.field("attribute") : undefined;
  if (name) return module.text.slice(expression.start, name.start) + INFO;
  const statements = importsOf(module, variableOf(module, expression));
  const known = nameOfInfo(module, call, statements);
  if (known) {
    if (known === INFO) markTaken(module, call, expression, site);
    return known;
  }
  markTaken(module, call, expression, site);
  const needs = statements.flatMap((statement: FromImport) => {
    const from = imports.get(statement.statement);
    const edits = addedName(module.text, statement, INFO);
    return from && !from.names.includes(INFO) ? [{ from, name: INFO, edits }] : [];
  });
  if (needs.length > 0) site.needs = needs;
  return INFO;
}

/** Notes that the wrapper's class can't be called by its own name here, where that is so. */
function markTaken(module: Module, call: Node, { start, end }: Node, site: Site): void {
  if (!isInfoTaken(module, call)) return;
  const at = { start, end };
  site.remarks?.push({ code: "unknown-import", is: "taken", name: INFO, at, weighs: "manual" });
}

/** `getattr(api, "CreateSIPDispatchRuleRequest")`. */
function takenByName(module: Module): MessageSite[] {
  return [...module.text.matchAll(new RegExp(String.raw`(["'])${REQUEST}\1`, "g"))].flatMap(({ index }) => {
    const literal = nodeAt(module.root, index).within("string") ?? nodeAt(module.root, index);
    const call = literal.parent?.type === "argument_list" ? literal.parent.parent : undefined;
    if (call?.type !== "call" || calledName(module, call) !== "getattr") return [];
    if (/^(comparison_operator|if_statement|not_operator)$/.test(call.parent?.type ?? "")) return [];
    return [elsewhere(call, { code: "unknown-fields", is: "class-by-name" })];
  });
}

/** A bare rule that is given to the method that creates one. */
function bareInfos(module: Module): MessageSite[] {
  return identifiersNamed(module, INFO).flatMap((name) => {
    const callee = name.is("attribute") && name.parent ? name.parent : name;
    const call = callee.is("function") ? callee.parent : undefined;
    if (call?.type !== "call" || originOf(module, callee).from !== "livekit") return [];
    if (!follow(module, call, "attributes").isSent) return [];
    return [elsewhere(call, { code: "wrong-nesting", is: "info-for-request" })];
  });
}

/** A class that is handed on may make requests anywhere. */
function handedOnClass(module: Module, node: Node): MessageSite[] {
  if (!isHandedOn(module, node) || originOf(module, node).from === "own") return [];
  return [elsewhere(node, { code: "unknown-fields", is: "class-handed-on" })];
}

/** A request of which only the place is known that leads to it. */
function elsewhere(node: Node, why: RemarkData): MessageSite {
  const at = spanOf(node);
  const remarks: Remark[] = [{ ...why, at, weighs: "manual" }];
  const request: ObjectValue = { kind: "object", ...at, members: [] };
  const site: Site = { at, request, evidence: "create", remarks };
  return { site, call: node, dicts: [], isSent: false };
}

/** Where the text asks what the library knows. */
function sniffing({ text }: Module): Span | undefined {
  const match =
    /\bfields_by_name\b|\bDESCRIPTOR\b|["']dispatch_rule["']\s+(not\s+)?in\b|\b(hasattr|getattr|HasField)\([^)\n]*["'](dispatch_rule|SIPDispatchRuleInfo)["']/.exec(
      text,
    );
  return match ? { start: match.index, end: match.index + match[0].length } : undefined;
}

/** A flat request and a wrapped one in two branches of one statement are two ways to say the same. */
function markBothForms(one: MessageSite, all: readonly MessageSite[]): void {
  if (isWrapped(one)) return;
  for (let branch = one.call.within(...BRANCHES); branch; branch = branch.within(...BRANCHES)) {
    const other = all.find((site) => isWrapped(site) && branch?.holds(site.call));
    if (other) {
      // One remark for one request: this one says more than that the library is asked somewhere.
      const others = (one.site.remarks ?? []).filter(
        (remark) => remark.code !== "version-sniffing" || remark.is !== "asked",
      );
      const { at } = other.site;
      one.site.remarks = [...others, { code: "version-sniffing", is: "other-branch", at, weighs: "manual" }];
      return;
    }
  }
}

const BRANCHES = ["if_statement", "try_statement", "conditional_expression", "match_statement"];

function isWrapped({ site }: MessageSite): boolean {
  return site.request.members.some(({ key }) => key === WRAPPER);
}

function deprecatedCall(module: Module, calls: Followed["calls"]): Remark[] {
  return calls.flatMap((call): Remark[] => {
    const callee = call.field("function");
    const name = callee?.type === "attribute" ? callee.field("attribute") : callee;
    if (!name || textOf(module, name) !== "create_sip_dispatch_rule") return [];
    return [{ code: "deprecated-create-method", at: spanOf(name), weighs: "safe" }];
  });
}
