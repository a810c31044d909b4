import type { Member, Span } from "../../../rule/value.ts";
import type { Node } from "../../engine/tree.ts";
import type { NamedUse, PlainUse, Remark } from "../../../sources/remark.ts";
import type { Exported, Use } from "../../../sources/syntax.ts";
import type { Module } from "../scopes.ts";

/** How the fields of a request are reached: as attributes of a message, or as keys of a dict. */
export type Access = "attributes" | "keys";

/** Where a request goes, and where it is reached into. Everything is in the order in which it was found. */
export interface Followed {
  uses: Use[];
  changed: Member[];
  remarks: Remark[];
  /** The calls that it is given to. */
  calls: Node[];
  /** Those among them that a dict is given to and of which nothing is known. */
  unknown: Node[];
  /** The names of functions that return it, and of variables that hold it, where other files may import them. */
  exported: Exported[];
  /** True if LiveKit's method that creates a rule is given it. */
  isSent: boolean;
  /** The `**` in calls that it is spread into. */
  spreads: Node[];
  /** True if it is the value of a key of a dict, and of which. */
  heldAs: string[];
}

/** An expression that has the value, to be looked at next. */
export interface Step {
  node: Node;
  /** True if it is the request's own, where fields can be renamed; else it may be another one's, too. */
  isOwn: boolean;
  /** How its fields are reached, where that is another way than before. */
  access?: Access;
}

/** One request that is followed, and what was found out so far. */
export interface Search {
  readonly module: Module;
  readonly access: Access;
  /** The expression that makes it. */
  readonly made: Node;
  readonly found: Followed;
  /** The expressions that were looked at, as the request's own and as what may be another one. */
  readonly seen: Readonly<Record<"own" | "other", Set<Node>>>;
  /** Where a field is reached of what may be another request, and which. */
  readonly readers: { where: Node; field: string }[];
}

/** A search that has found nothing yet. */
export function newSearch(module: Module, access: Access, made: Node): Search {
  return {
    module,
    access,
    made,
    found: {
      uses: [],
      changed: [],
      remarks: [],
      calls: [],
      unknown: [],
      exported: [],
      isSent: false,
      spreads: [],
      heldAs: [],
    },
    seen: { own: new Set(), other: new Set() },
    readers: [],
  };
}

/** Tells whether a node is looked at for the first time, at least as this. */
export function isNew({ seen }: Search, { node, isOwn }: Step): boolean {
  const known = isOwn ? seen.own : seen.other;
  if (known.has(node)) return false;
  known.add(node);
  return true;
}

/** Notes what keeps the request from being followed here. */
export function doubt(
  { found }: Search,
  { start, end }: Span,
  use: PlainUse | NamedUse,
  weighs: Remark["weighs"] = "manual",
): void {
  const said = typeof use === "string" ? { is: use } : use;
  found.remarks.push({ code: "unfollowed-use", ...said, at: { start, end }, weighs });
}
