import { isAnnotation } from "../../rule/annotations.ts";
import { requestField, UPDATE_FIELDS, WRAPPER } from "../../rule/fields.ts";
import { formOf } from "../../rule/form.ts";
import { isCertain } from "../../sources/sites.ts";
import { type Node, nodeAt, spanOf } from "../engine/tree.ts";
import type { Member } from "../../rule/value.ts";
import type { Remark } from "../../sources/remark.ts";
import type { Brackets, Site } from "../../sources/syntax.ts";
import { follow } from "./follow/follow.ts";
import type { Followed } from "./follow/search.ts";
import { givenAway } from "./unknown-callee.ts";
import { type Module, textOf } from "./scopes.ts";
import { purposesOf, strayCall } from "./call-purpose.ts";
import { dictValue } from "./values.ts";

/**
 * The dicts that are requests, which are sent as JSON, in the order of the text, but for those in `taken`, which
 * messages are made of. A dict that is sent to update a rule, or is put into a wrapper, is none.
 */
export function dictSites(module: Module, taken: readonly Node[]): Site[] {
  return candidates(module).flatMap((node): Site[] => {
    if (taken.some((other) => other.holds(node))) return [];
    const request = dictValue(module, node);
    const followed = follow(module, node, "keys");
    if (followed.heldAs.some((key) => requestField(key) !== undefined)) return [];
    const purposes = purposesOf(module, followed.calls);
    if (followed.heldAs.some((key) => UPDATE_FIELDS.includes(key))) purposes.set("update", node);
    if (purposes.size === 1 && purposes.has("update")) return [];
    const at = spanOf(node);
    if (!request) {
      if (!purposes.has("create")) return [];
      const remarks: Remark[] = [{ code: "unknown-fields", is: "dict", at, weighs: "manual" }];
      return [{ at, request: { kind: "object", ...at, members: [] }, evidence: "create", remarks }];
    }
    if (!isCertain(request) && !(purposes.has("create") && formOf(request, "create").form !== "other"))
      return [];
    const site: Site = {
      at,
      request,
      ...(purposes.has("create") && { evidence: "create" as const }),
      // A message that it is parsed into has its own spelling.
      ...(followed.uses.some(({ how }) => !OF_DICTS.test(how)) && { wrapper: WRAPPER }),
      changed: followed.changed,
      exported: followed.exported,
      uses: followed.uses.toSorted((a, b) => a.at.start - b.at.start),
      remarks: [...dictRemarks(module, node, request.members, followed, purposes), ...followed.remarks],
    };
    return [{ ...site, brackets: bracketsOf(module, node, request.members) }];
  });
}

const OF_DICTS = /^(key|get|setdefault)$/;

/** How a dict is written, with the quotes that its keys have. */
function bracketsOf(module: Module, node: Node, members: readonly Member[]): Brackets {
  const [first] = members;
  const quote = first && textOf(module, first.at).startsWith("'") ? "'" : '"';
  return {
    list: spanOf(node),
    items: node.parts.map(spanOf),
    before: quote,
    after: `${quote}: `,
    open: "{",
    close: "}",
  };
}

/** The dicts that have a key of a request which hardly anything else has. */
function candidates({ text, root }: Module): Node[] {
  const nodes = new Set<Node>();
  for (const match of text.matchAll(KEY)) {
    const literal = nodeAt(root, match.index);
    const pair = literal.within("pair");
    const key = pair?.field("key");
    if (pair?.parent?.type === "dictionary" && key?.start === match.index) nodes.add(pair.parent);
  }
  return [...nodes].toSorted((a, b) => a.start - b.start);
}

/** Where the keys stand of which a file has at most one a request, before and after its migration. */
export function keysOfRequests(text: string): number[] {
  return [...text.matchAll(/(["'])rule\1(?=\s*:)/g)].map(({ index }) => index);
}

const KEY = new RegExp(`(["'])(rule|trunk_?[iI]ds|${WRAPPER}|dispatchRule)\\1(?=\\s*:)`, "g");

function dictRemarks(
  module: Module,
  node: Node,
  members: readonly { key: string; at: { start: number; end: number } }[],
  followed: Followed,
  purposes: ReadonlyMap<string, unknown>,
): Remark[] {
  const at = spanOf(node);
  const remarks: Remark[] = [];
  const [spread] = followed.spreads;
  if (spread) {
    remarks.push({ code: "unfollowed-use", is: "spread", at: spanOf(spread), weighs: "manual" });
  }
  const annotation = members.find(({ key }) => isAnnotation(key));
  if (annotation) {
    const { key: name, at: where } = annotation;
    remarks.push({ code: "unfollowed-use", is: "annotation", name, at: where, weighs: "manual" });
  }
  if (purposes.has("update")) {
    remarks.push({ code: "unfollowed-use", is: "update-too", at, weighs: "manual" });
  }
  if (purposes.size === 0) {
    remarks.push({ code: "unknown-destination", at, weighs: "review" });
  }
  const stray = strayCall(module, followed.unknown);
  if (stray) remarks.push(givenAway(module, stray));
  return remarks;
}
