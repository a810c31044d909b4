import { SIPDispatchRuleInfoSchema } from "../gen/livekit/livekit_sip_pb.ts";
import type { RuleFacts, WrittenForm } from "../checks/facts.ts";
import type { MigrateOptions } from "../config/options.ts";
import type { Known } from "../evidence/verdict.ts";
import { type InfoFields, infoFields, routingOf } from "../routing/rule-routing.ts";
import { withoutAnnotations } from "../rule/annotations.ts";
import { type FlatField, type InfoField, requestField } from "../rule/fields.ts";
import { bareProblems, formOf, listItems } from "../rule/form.ts";
import { knownMessageFrom, messageFromJson } from "../rule/message.ts";
import { newerIn } from "../rule/newer-fields.ts";
import { holdsCode, type ObjectValue, type Value } from "../rule/value.ts";
import { checkMessage } from "../rule/validation.ts";
import { destination } from "../rule/wrap.ts";
import type { Document } from "../sources/document.ts";
import { statedRequest } from "../sources/final-request.ts";
import type { SiteResult } from "./outcome.ts";
import { creationFlags } from "./passed-trunks.ts";
import type { Plan } from "./plan.ts";

/** A rule as it is written at a site. */
interface Written {
  form: WrittenForm;
  object: ObjectValue;
  fields: InfoFields;
}

/**
 * The facts about the rules that are written at a site: one of a request or a bare rule, those of a listing, none of what
 * is no rule, or only shows what was. Whatever is wrong with their fields is for the checks to say.
 */
export function rulesAt(
  document: Document,
  { site, result }: Plan,
  options: MigrateOptions,
  known: Known,
): RuleFacts[] {
  const { path } = result;
  const { trunks } = creationFlags(known.creates);
  return writtenAt(statedRequest(site), site.evidence, result).map(({ form, object, fields }) => {
    const routing = routingOf(fields);
    const problems = form === "info" || form === "listed" ? bareProblems(withoutAnnotations(object)) : [];
    const info = infoOf(object, form, result);
    if (info && Array.isArray(trunks)) info.trunkIds = trunks.map(String);
    return {
      path,
      document,
      site,
      known,
      form,
      object,
      fields,
      problems,
      routing: form === "listed" || !trunks ? routing : { ...routing, trunkIds: trunks },
      info,
      place: document.place(object.start),
      pins: (site.library && options.protocolPins) ?? [],
      newer: newerIn(object, SIPDispatchRuleInfoSchema),
      knownTrunks: options.knownTrunks,
      unlistedTrunks: options.unlistedTrunks,
      areFound: options.areFound,
      server: options.server,
    };
  });
}

function writtenAt(
  request: ObjectValue,
  evidence: "create" | "update" | undefined,
  result: SiteResult,
): Written[] {
  if (NO_RULE.has(result.reason)) return [];
  const form = formOf(request, evidence);
  switch (form.form) {
    case "flat": {
      if (result.reason === "update-evidence")
        return [{ form: "info", object: request, fields: infoFields(request.members) }];
      return form.problems.length > 0
        ? []
        : [{ form: "flat", object: request, fields: fieldsAfter(request, result) }];
    }
    case "wrapped":
      return form.info ? [{ form: "wrapped", object: form.info, fields: infoFields(form.info.members) }] : [];
    case "info": {
      const objects = listItems(request.members);
      return (objects ?? [request]).map((object) => ({
        form: objects ? "listed" : "info",
        object,
        fields: infoFields(withoutAnnotations(object).members),
      }));
    }
    case "mixed":
    case "trunk":
    case "other":
      return [];
  }
}

const NO_RULE: ReadonlySet<string> = new Set(["old-example", "no-evidence", "silenced", "defect"]);

/** The fields of a flat request as they are once it is migrated; as servers read them where it is not. */
function fieldsAfter(request: ObjectValue, { moves }: SiteResult): InfoFields {
  const isMoved = moves.some(({ from, to }) => from === "inbound_numbers" && to.endsWith(".numbers"));
  return new Map(
    request.members.flatMap(({ key, value }): [InfoField, Value][] => {
      const field = requestField(key);
      return field === undefined
        ? []
        : [[destination(field as FlatField, isMoved ? "numbers" : "inbound_numbers"), value]];
    }),
  );
}

/** Nothing where an expression stands in it, or a field is not as LiveKit wants it; fields that are unknown are left out. */
function infoOf(object: ObjectValue, form: WrittenForm, { after, before }: SiteResult): RuleFacts["info"] {
  const json = form === "listed" ? null : (after ?? before);
  if (json) return messageFromJson(SIPDispatchRuleInfoSchema, json);
  if (form === "flat" || form === "wrapped" || holdsCode(object)) return undefined;
  const problems = checkMessage(withoutAnnotations(object), SIPDispatchRuleInfoSchema);
  return problems.every(({ code }) => code === "unknown-field")
    ? knownMessageFrom(SIPDispatchRuleInfoSchema, object)
    : undefined;
}
