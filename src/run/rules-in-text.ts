import {
  CreateSIPDispatchRuleRequestSchema,
  SIPDispatchRuleInfoSchema,
} from "../gen/livekit/livekit_sip_pb.ts";
import { allDocuments, type Document, readDocument } from "../sources/document.ts";
import { withoutAnnotations } from "../rule/annotations.ts";
import type { RequestProblem } from "../rule/problem.ts";
import { checkMessage } from "../rule/validation.ts";
import { formOf } from "../rule/form.ts";
import { messageFrom } from "../rule/message.ts";
import { saidOfProblem } from "../checks/said-of.ts";
import { holdsCode, type ObjectValue, type Span } from "../rule/value.ts";
import { wrap } from "../rule/wrap.ts";
import type { WrittenRules } from "../routing/written-rules.ts";

/**
 * The rules in a text: requests in any form, bare rules, and the items of what `lk sip dispatch list --json` prints.
 * Other JSON holds none. Nothing is thrown on any text.
 */
export async function rulesIn(path: string, text: string): Promise<WrittenRules> {
  const found: WrittenRules = { rules: [], unusable: [], isEmptyListing: false };
  for (const document of allDocuments(await readDocument(path, text))) {
    for (const { at, message } of document.reading.problems) {
      found.unusable.push({
        path,
        ...document.place(at.start),
        message,
        next: "Fix it, then run this again.",
      });
    }
    for (const site of document.reading.sites) {
      found.isEmptyListing = (listItems(site.request) ?? site.request.members).length === 0;
      for (const object of listItems(site.request) ?? [site.request]) add(found, path, document, object);
    }
  }
  return found;
}

/** Returns what `lk sip dispatch list --json` prints: `{"items": [rule, …]}`. */
function listItems(object: ObjectValue): ObjectValue[] | undefined {
  const items = object.members.find((member) => member.key === "items")?.value;
  if (items?.kind !== "array") return undefined;
  return items.items.filter((item) => item.kind === "object");
}

function add(found: WrittenRules, path: string, document: Document, object: ObjectValue): void {
  const place = document.place(object.start);
  const refuse = (at: Span, message: string, next: string): void => {
    found.unusable.push({ path, ...document.place(at.start), message, next });
  };
  const refuseAll = (problems: readonly RequestProblem[]): void => {
    for (const problem of problems) {
      const { message, next } = saidOfProblem(problem);
      refuse(problem.at, message, next);
    }
  };
  const form = formOf(object);
  if (form.form === "trunk" || form.form === "other") return;
  if (holdsCode(object))
    return refuse(object, "a placeholder stands in it, so its calls are not known", "Fill it in first.");

  switch (form.form) {
    case "flat": {
      if (form.problems.length > 0) return refuseAll(form.problems);
      const flat = messageFrom(CreateSIPDispatchRuleRequestSchema, { ...object, members: form.fields });
      const info = wrap(flat, "inbound_numbers");
      found.rules.push({ path, ...place, form: "flat", info, documented: wrap(flat, "numbers") });
      return;
    }
    case "wrapped": {
      if (form.problems.length > 0 || !form.info) return refuseAll(form.problems);
      const info = messageFrom(SIPDispatchRuleInfoSchema, form.info);
      found.rules.push({ path, ...place, form: "wrapped", info, documented: info });
      return;
    }
    case "mixed":
      return refuseAll(form.problems);
    case "info": {
      const problems = checkMessage(withoutAnnotations(object), SIPDispatchRuleInfoSchema);
      if (problems.length > 0) return refuseAll(problems);
      const info = messageFrom(SIPDispatchRuleInfoSchema, object);
      found.rules.push({ path, ...place, form: "info", info, documented: info });
    }
  }
}
