import {
  CreateSIPDispatchRuleRequestSchema,
  SIPDispatchRuleInfoSchema,
} from "../gen/livekit/livekit_sip_pb.ts";
import { allDocuments, type Document, readDocument } from "../sources/document.ts";
import { withoutAnnotations } from "../rule/annotations.ts";
import type { RequestProblem } from "../rule/problem.ts";
import { checkMessage } from "../rule/validation.ts";
import { type Form, formOf, listItems } from "../rule/form.ts";
import { messageFrom } from "../rule/message.ts";
import { saidOfProblem } from "../checks/said-of.ts";
import { holdsCode, type ObjectValue } from "../rule/value.ts";
import { wrap } from "../rule/wrap.ts";
import type { WrittenRule, WrittenRules } from "../routing/written-rules.ts";

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
      found.isEmptyListing = (listItems(site.request.members) ?? site.request.members).length === 0;
      for (const object of listItems(site.request.members) ?? [site.request])
        add(found, path, document, object);
    }
  }
  return found;
}

function add(found: WrittenRules, path: string, document: Document, object: ObjectValue): void {
  const form = formOf(object);
  if (form.form === "trunk" || form.form === "other") return;
  if (holdsCode(object)) {
    const message = "a placeholder stands in it, so its calls are not known";
    found.unusable.push({ path, ...document.place(object.start), message, next: "Fill it in first." });
    return;
  }
  const problems = problemsOf(object, form);
  for (const problem of problems) {
    const { message, next } = saidOfProblem(problem);
    found.unusable.push({ path, ...document.place(problem.at.start), message, next });
  }
  const rule = problems.length === 0 ? ruleOf(object, form) : undefined;
  if (rule) found.rules.push({ path, ...document.place(object.start), ...rule });
}

function problemsOf(object: ObjectValue, form: Form): readonly RequestProblem[] {
  return "problems" in form
    ? form.problems
    : checkMessage(withoutAnnotations(object), SIPDispatchRuleInfoSchema);
}

/** The rule that an object without problems says; undefined where it says none. */
function ruleOf(
  object: ObjectValue,
  form: Form,
): Pick<WrittenRule, "form" | "info" | "documented"> | undefined {
  switch (form.form) {
    case "flat": {
      const flat = messageFrom(CreateSIPDispatchRuleRequestSchema, { ...object, members: form.fields });
      return { form: "flat", info: wrap(flat, "inbound_numbers"), documented: wrap(flat, "numbers") };
    }
    case "wrapped":
      return form.info && sameAsDocumented("wrapped", form.info);
    case "info":
      return sameAsDocumented("info", object);
    default:
      return undefined;
  }
}

function sameAsDocumented(form: "wrapped" | "info", object: ObjectValue) {
  const info = messageFrom(SIPDispatchRuleInfoSchema, object);
  return { form, info, documented: info };
}
