import { equals } from "@bufbuild/protobuf";
import { SIPDispatchRuleInfoSchema } from "../gen/livekit/livekit_sip_pb.ts";
import { formOf } from "../rule/form.ts";
import { messageFrom } from "../rule/message.ts";
import type { Member, Span, Value } from "../rule/value.ts";
import { statedRequest } from "../sources/final-request.ts";
import { outerSpan } from "../sources/region.ts";
import type { Reading, Site } from "../sources/syntax.ts";
import type { Document } from "../sources/document.ts";
import { membersAfter, type Planned } from "./members-after.ts";
import type { Plan } from "./plan.ts";
import { isRepaired } from "./repair.ts";

/** The differences from the plan: plans of the document, and the indexes of its regions. */
export interface Verdict {
  wrongPlans: Plan[];
  wrongRegions: Set<number>;
}

/**
 * Reads the new text of a document again and compares it with what was planned: every site, the new text of every
 * region, the comments, and all that stands between. When something changed that belongs to no site or region,
 * all of them are wrong.
 */
export function verifyText(
  document: Document,
  newText: string,
  plans: readonly Plan[],
  newRegions: readonly string[],
): Verdict {
  const before = document.reading;
  const after = document.syntax.read(newText);
  const everything = {
    wrongPlans: [...plans],
    wrongRegions: new Set(newRegions.keys()),
  };
  if (
    after.problems.length !== before.problems.length ||
    after.sites.length !== before.sites.length ||
    after.regions.length !== before.regions.length ||
    !sameList(outside(document.text, before), outside(newText, after)) ||
    !sameList(commentTexts(document.text, before), commentTexts(newText, after)) ||
    !sameImports(before, after, plans)
  ) {
    return everything;
  }
  const comparison = new ValueComparison(document.text, newText, before);
  const wrongPlans = plans.filter((plan, index) => {
    const site = after.sites[index];
    if (!site) return true;
    if (!sameUses(plan, site)) return true;
    const { rewrite, repair } = plan;
    const { members } = plan.site.request;
    if (rewrite) {
      const isAsPlanned = comparison.sameMembers(membersAfter(members, rewrite), site.request.members);
      return !isAsPlanned || !means(site, plan);
    }
    if (!repair) return !comparison.same(plan.site.request, site.request);
    const isRenamed = comparison.sameMembers(membersAfter(members, repair), site.request.members);
    return !isRenamed || !isRepaired(site, repair);
  });
  if (wrongPlans.some(({ rewrite, repair }) => !rewrite && !repair)) return everything;
  const wrongRegions = [...newRegions.keys()].filter(
    (index) => after.regions[index]?.text !== newRegions[index],
  );
  return { wrongPlans, wrongRegions: new Set(wrongRegions) };
}

/**
 * Tells whether a second migration would find nothing to do, and the message is the planned one where it is known.
 */
function means(now: Site, plan: Plan): boolean {
  const form = formOf(statedRequest(now), now.evidence);
  if (form.form !== "wrapped" || form.problems.length > 0) return false;
  if (!plan.expected) return true;
  return (
    form.info !== undefined &&
    equals(SIPDispatchRuleInfoSchema, messageFrom(SIPDispatchRuleInfoSchema, form.info), plan.expected)
  );
}

/** Tells whether the places that reach into a request reach where they are planned to, each in the way it did. */
function sameUses({ site, rewrite }: Plan, now: Site): boolean {
  const before = site.uses ?? [];
  const after = now.uses ?? [];
  return (
    before.length === after.length &&
    before.every(({ path, how, bare }, index) => {
      const use = after[index];
      const wanted = rewrite?.uses[index] ?? path;
      return use !== undefined && use.how === how && use.bare === bare && sameList(wanted, use.path);
    })
  );
}

/** Tells whether every import has the names that it had, and those that the migrated requests need. */
function sameImports(before: Reading, after: Reading, plans: readonly Plan[]): boolean {
  const was = before.imports ?? [];
  const is = after.imports ?? [];
  return (
    was.length === is.length &&
    was.every((one, index) => {
      const needs = plans.flatMap(({ site, rewrite }) => (rewrite ? (site.needs ?? []) : []));
      const added = needs.filter(({ from }) => from === one).map(({ name }) => name);
      const wanted = [...one.names, ...new Set(added)].toSorted();
      return sameList(wanted, is[index]?.names.toSorted() ?? []);
    })
  );
}

/**
 * Compares values of an old and a new text, each leaf by how it is written and what it says. Survives any nesting.
 * Sites and regions that stand in a value are left out: each of them is compared on its own.
 */
class ValueComparison {
  private readonly oldText: string;
  private readonly newText: string;
  private readonly regions: readonly Span[];
  private readonly nested: ReadonlySet<Value>;

  constructor(oldText: string, newText: string, { sites, regions }: Reading) {
    this.oldText = oldText;
    this.newText = newText;
    this.regions = regions.map(outerSpan);
    this.nested = new Set(sites.filter((site) => site.nested).map((site) => site.request));
  }

  sameMembers(wanted: readonly Planned[], members: readonly Member[]): boolean {
    return (
      wanted.length === members.length &&
      wanted.every((one, index) => {
        const member = members[index];
        if (member?.key !== one.key) return false;
        if ("was" in one) return this.same(one.was, member.value);
        if ("list" in one) return isList(member.value, one.list);
        return member.value.kind === "object" && this.sameMembers(one.inside, member.value.members);
      })
    );
  }

  same(before: Value, after: Value): boolean {
    const open: [Value, Value][] = [[before, after]];
    for (let pair = open.pop(); pair; pair = open.pop()) {
      const [a, b] = pair;
      if (a !== before && this.nested.has(a) && b.kind === "object") continue;
      if (a.kind === "array" && b.kind === "array") {
        if (a.items.length !== b.items.length) return false;
        for (const [index, item] of a.items.entries()) open.push([item, b.items[index] ?? item]);
      } else if (a.kind === "object" && b.kind === "object") {
        if (a.members.length !== b.members.length) return false;
        for (const [index, member] of a.members.entries()) {
          const other = b.members[index];
          if (!other || !this.sameText(member.at, other.at)) return false;
          open.push([member.value, other.value]);
        }
      } else if (!this.sameLeaf(a, b)) return false;
    }
    return true;
  }

  private sameLeaf(a: Value, b: Value): boolean {
    if (a.kind !== b.kind) return false;
    const saysTheSame =
      a.kind === "string" && b.kind === "string"
        ? a.value === b.value
        : a.kind !== "code" || b.kind !== "code" || a.raw === b.raw;
    if (saysTheSame && this.sameText(a, b)) return true;
    return this.regions.some(({ start, end }) => a.start <= start && end <= a.end);
  }

  /** A text over several lines may be indented in another way, where what it says stays the same. */
  private sameText(a: Span, b: Span): boolean {
    const [before, after] = [this.oldText.slice(a.start, a.end), this.newText.slice(b.start, b.end)];
    return before === after || unindented(before) === unindented(after);
  }
}

function unindented(text: string): string {
  return text.replaceAll(/(\r\n|\n|\r)[ \t]+/g, "$1");
}

function isList(value: Value, items: readonly string[]): boolean {
  return (
    value.kind === "array" &&
    value.items.length === items.length &&
    value.items.every((item, index) => item.kind === "string" && item.value === items[index])
  );
}

/**
 * The text between the sites, their uses, imports and regions, which no edit may touch. Without the comments directly
 * before a site, which are compared on their own: in languages without brackets one that moves to the site's beginning
 * stands there.
 */
function outside(text: string, reading: Reading): string[] {
  const comments = new Map(reading.comments.map(({ start, end }) => [end, start]));
  const withoutComments = (start: number, end: number): string => {
    let to = end;
    for (;;) {
      const content = start + text.slice(start, to).trimEnd().length;
      const comment = comments.get(content);
      if (comment === undefined || comment < start) return text.slice(start, to);
      to = comment;
    }
  };
  const own = reading.sites.flatMap((site) => [site.at, ...(site.uses ?? []).map((use) => use.at)]);
  const imports = (reading.imports ?? []).map(({ at }) => at);
  const holes = [...own, ...imports, ...reading.regions.map(outerSpan)].toSorted((a, b) => a.start - b.start);
  const pieces: string[] = [];
  let end = 0;
  for (const hole of holes) {
    pieces.push(withoutComments(end, Math.max(hole.start, end)));
    end = Math.max(hole.end, end);
  }
  return [...pieces, text.slice(end)];
}

/** The comments, whatever their indentation. Sorted, because annotations move with theirs. */
function commentTexts(text: string, reading: Reading): string[] {
  return reading.comments.map(({ start, end }) => unindented(text.slice(start, end))).toSorted();
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
