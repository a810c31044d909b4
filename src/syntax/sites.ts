import { requestField, WRAPPER } from "../rule/fields.ts";
import { formOf } from "../rule/form.ts";
import type { ObjectValue, Value } from "../rule/value.ts";
import type { Site } from "./syntax.ts";

/**
 * The places of a data document where a request is looked for: the document, or the items of a list that is the
 * document; and deeper in those that are none, each object that can only be one. Survives any nesting.
 */
export function sitesOf(document: Value): Site[] {
  const top = document.kind === "array" ? document.items : [document];
  return top.flatMap((value) => {
    if (value.kind === "object") {
      const site = { at: spanOf(value), request: value };
      return formOf(value).form === "other" ? [site, ...nestedSites(value)] : [site];
    }
    return nestedSites(value);
  });
}

function nestedSites(value: Value): Site[] {
  const sites: Site[] = [];
  const open = children(value);
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.kind === "object" && isCertain(next)) {
      sites.push({ at: spanOf(next), request: next, nested: true });
    } else {
      open.push(...children(next));
    }
  }
  return sites;
}

/** The values directly inside, the last one first. */
function children(value: Value): Value[] {
  if (value.kind === "array") return value.items.toReversed();
  return value.kind === "object" ? value.members.map((member) => member.value).toReversed() : [];
}

/** Whether an object can be nothing but a request. Many things hold `name` and `metadata`, so only a rule or a wrapper makes one a request. */
export function isCertain(object: ObjectValue): boolean {
  const keys = object.members.map((member) => requestField(member.key));
  if (!keys.includes("rule") && !keys.includes(WRAPPER)) return false;
  const { form } = formOf(object);
  return form === "flat" || form === "wrapped" || form === "mixed" || form === "info";
}

function spanOf({ start, end }: Value): Site["at"] {
  return { start, end };
}
