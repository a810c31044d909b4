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

/**
 * Whose value is looked at: the request's own, where fields can be renamed; one that may also be another (`maybe`), or
 * that another function holds (`foreign`), where a field can't be.
 */
export type Certainty = "own" | "maybe" | "foreign";

/** An expression that has the value, to be looked at next. */
export interface Step {
  node: Node;
  certainty: Certainty;
}

/** One request that is followed, and what was found out so far. */
export interface Search {
  readonly module: Module;
  readonly access: Access;
  readonly found: Followed;
  readonly seen: Record<Certainty, Set<Node>>;
  /** Where something is put into the request. */
  readonly writes: Node[];
  /** Where others get hold of it. */
  readonly handedOut: Node[];
  /** Where others reach into the request, which they may also do with another one, and into which fields. */
  readonly readers: { where: Node; field: string; certainty: Certainty }[];
}

/** A search that has found nothing yet. */
export function newSearch(module: Module, access: Access): Search {
  return {
    module,
    access,
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
    seen: { own: new Set(), maybe: new Set(), foreign: new Set() },
    writes: [],
    handedOut: [],
    readers: [],
  };
}

/** Tells whether a node is looked at for the first time, at least as this. */
export function isNew({ seen }: Search, { node, certainty }: Step): boolean {
  if (seen[certainty].has(node)) return false;
  seen[certainty].add(node);
  return true;
}

/** How sure it is whose value stands where the request is one of several. */
export function weaker(certainty: Certainty): Certainty {
  return certainty === "own" ? "maybe" : certainty;
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

/** Notes that the code asks what the library knows, by looking at the request. */
export function sniffed({ found }: Search, { start, end }: Span): void {
  found.remarks.push({ code: "version-sniffing", is: "looked-at", at: { start, end }, weighs: "manual" });
}
