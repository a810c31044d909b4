import { create, equals, fromBinary, type Message, toBinary } from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";
import {
  type CreateSIPDispatchRuleRequest,
  CreateSIPDispatchRuleRequestSchema,
  type SIPDispatchRuleInfo,
  SIPDispatchRuleInfoSchema,
} from "../gen/livekit/livekit_sip_pb.ts";
import { decide } from "../plan/decision.ts";
import type { MigrateOptions } from "../config/options.ts";
import type { RequestProblem } from "../rule/problem.ts";
import { checkMessage } from "../rule/validation.ts";
import { infoField, requestField, WRAPPER } from "../rule/fields.ts";
import { withoutAnnotations } from "../rule/annotations.ts";
import { formOf } from "../rule/form.ts";
import { type JsonObject, messageFrom, messageFromJson, messageJson } from "../rule/message.ts";
import type { ObjectValue, Span, Value } from "../rule/value.ts";
import { saidOfProblem } from "../checks/said-of.ts";
import { unwrap, wrap } from "../rule/wrap.ts";
import { readJson } from "../documents/json/read.ts";
import { placeholdersIn } from "../sources/placeholders.ts";

/** The form that a document is converted to. `info` is a bare SIPDispatchRuleInfo, which `lk … update` reads. */
export type Target = "flat" | "wrapped" | "info";

/** Why a document can't be converted. `at` is a place in its text, in UTF-16 code units. */
export interface Refusal {
  at: Span;
  /** One sentence, without the place. */
  message: string;
  /** The next step, one sentence. */
  next: string;
}

/** A document in its new form. */
export interface Converted {
  schema: GenMessage<Message>;
  message: Message;
  /** The change for calls, where there is one; a sentence. */
  routingChange?: string;
  /** The change for calls that the next migration would make, where this conversion makes none; a sentence. */
  remark?: string;
  /** Its values that look like placeholders, each once; unset for none. */
  placeholders?: readonly string[];
}

export type Conversion = { converted: Converted } | { refused: Refusal[] };

/** Converts a JSON text that holds one request in any form, or one bare info. */
export function convertJson(text: string, to: Target, options: MigrateOptions): Conversion {
  const read = readJson(text);
  if (!("value" in read)) return { refused: [{ ...read, next: "Fix it, then run this again." }] };
  return convertValue(
    read.value,
    read.refused.find(({ what }) => what === "placeholder"),
    to,
    options,
  );
}

/** Converts a value that was read; `placeholder` is where an unquoted one stands in it. */
export function convertValue(
  value: Value,
  placeholder: Span | undefined,
  to: Target,
  options: MigrateOptions,
): Conversion {
  const listed = listIn(value);
  if (listed?.count === 0)
    return refuse(value, "this is an empty list, and convert takes one request or rule", "Give it one.");
  if (listed) {
    const all = "all of them, one a line, with `--from-format ndjson`";
    const next = `Pick one: \`jq '${listed.path}[0]'\`. Or give ${all}: \`jq -c '${listed.path}[]'\`.`;
    return refuse(value, `this is a list of ${listed.count}, and convert takes one request or rule`, next);
  }
  if (value.kind !== "object") {
    const next = "Give one request, or a request a line with `--from-format ndjson`.";
    return refuse(value, "this is not an object, so it can't be a request", next);
  }
  if (placeholder) {
    const next = "Fill it in, or rewrite the file as it stands with `sip-dispatch migrate`.";
    return refuse(placeholder, "an unquoted placeholder stands here, so the value is not known", next);
  }
  const rule = ruleOf(value, to, options);
  const conversion = "refused" in rule ? rule : toForm(rule, to, value);
  if ("refused" in conversion) return conversion;
  const placeholders = placeholdersIn(withoutAnnotations(value));
  return placeholders.length === 0 ? conversion : { converted: { ...conversion.converted, placeholders } };
}

/** A list of requests, or what `lk sip dispatch list --json` prints: how many, and how jq comes to them. */
function listIn(value: Value): { path: string; count: number } | undefined {
  const items = value.kind === "object" ? value.members.find(({ key }) => key === "items")?.value : value;
  if (items?.kind !== "array") return undefined;
  return { path: items === value ? "." : ".items", count: items.items.length };
}

/** Converts the wire format of a CreateSIPDispatchRuleRequest. */
export function convertBinary(bytes: Uint8Array, to: Target, options: MigrateOptions): Conversion {
  const nowhere = { start: 0, end: 0 };
  const next = "Give the bytes of one CreateSIPDispatchRuleRequest, or use `--from-format json`.";
  let request: CreateSIPDispatchRuleRequest;
  try {
    request = fromBinary(CreateSIPDispatchRuleRequestSchema, bytes);
  } catch {
    return refuse(nowhere, "these bytes are not the wire format of a CreateSIPDispatchRuleRequest", next);
  }
  const json = messageJson(CreateSIPDispatchRuleRequestSchema, request);
  // What this schema does not know would get lost here.
  const kept = toBinary(
    CreateSIPDispatchRuleRequestSchema,
    messageFromJson(CreateSIPDispatchRuleRequestSchema, json),
  );
  if (kept.length !== bytes.length) {
    const message = "these bytes hold a field that a CreateSIPDispatchRuleRequest does not have";
    return refuse(nowhere, message, next);
  }
  return convertJson(JSON.stringify(json), to, options);
}

/** The document as strict JSON, read again and compared. Throws when it says something else: a defect. */
export function asJson({ schema, message }: Converted, indentation: number): string {
  const text = JSON.stringify(messageJson(schema, message), null, indentation);
  const again = messageFromJson(schema, JSON.parse(text) as JsonObject);
  // Two messages with the same properties are equal; the others are rare, and equals takes four times as long.
  if (!sameProperties(again, message) && !equals(schema, again, message)) {
    throw new Error("the converted JSON does not say what was planned");
  }
  return text;
}

function sameProperties(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  let left = 0;
  for (const key in one) {
    if (!sameProperties(one[key], other[key])) return false;
    left++;
  }
  for (const _ in other) left--;
  return left === 0;
}

/** The document in the wire format. */
export function asBinary({ schema, message }: Converted): Uint8Array {
  return toBinary(schema, message);
}

interface Rule {
  info: SIPDispatchRuleInfo;
  /** True if it was written in the flat form. */
  isFlat?: boolean;
  routingChange?: string;
}

/** The rule that a document says, whatever its form. */
function ruleOf(value: ObjectValue, to: Target, options: MigrateOptions): Rule | { refused: Refusal[] } {
  const rule = asWritten(value, to, options);
  const { trunkIds } = options;
  if ("refused" in rule || !trunkIds || rule.info.trunkIds.length > 0) return rule;
  rule.info.trunkIds = [...trunkIds];
  const bound = `the rule took calls over any trunk, and will take those over ${trunkIds.join(", ")} alone`;
  return { ...rule, routingChange: rule.routingChange ? `${rule.routingChange}; ${bound}` : bound };
}

function asWritten(value: ObjectValue, to: Target, options: MigrateOptions): Rule | { refused: Refusal[] } {
  const form = formOf(value);
  switch (form.form) {
    case "flat": {
      if (form.problems.length > 0) return problems(form.problems);
      const flat = messageFrom(CreateSIPDispatchRuleRequestSchema, { ...value, members: form.fields });
      if (to === "flat") return { info: wrap(flat, "inbound_numbers"), isFlat: true };
      const decision = decide(form.fields, options);
      if (!decision.filter) return refuse(value, decision.said.message, decision.said.next);
      const info = wrap(flat, decision.filter);
      if (info.numbers.length === 0) return { info };
      return {
        info,
        routingChange:
          "flat inbound_numbers became numbers: livekit-server took calls from them, and will take calls to them",
      };
    }
    case "wrapped":
      if (form.problems.length > 0 || !form.info) return problems(form.problems);
      return { info: messageFrom(SIPDispatchRuleInfoSchema, form.info) };
    case "mixed":
      return problems(form.problems);
    case "info": {
      const found = checkMessage(withoutAnnotations(value), SIPDispatchRuleInfoSchema);
      return found.length > 0 ? problems(found) : { info: messageFrom(SIPDispatchRuleInfoSchema, value) };
    }
    case "trunk":
      return refuse(form.proof.at, "this is a trunk, not a dispatch rule", "Give a dispatch rule.");
    case "other":
      return refuse(value, "this is not a dispatch rule", "Give a request, flat or wrapped, or a bare rule.");
  }
}

const CALLERS =
  "livekit-server still compares these inbound_numbers with the caller, but migrating them again makes called numbers of them, unless it is done with `--inbound-numbers-as inbound_numbers`";

function toForm({ info, isFlat = false, routingChange }: Rule, to: Target, value: ObjectValue): Conversion {
  const converted = <T extends Message>(
    schema: GenMessage<T>,
    message: T,
    change = routingChange,
    remark?: string,
  ): Conversion => ({
    converted: {
      schema,
      message,
      ...(change !== undefined && { routingChange: change }),
      ...(remark !== undefined && { remark }),
    },
  });
  switch (to) {
    case "info":
      return converted(SIPDispatchRuleInfoSchema, info);
    case "wrapped":
      if (info.sipDispatchRuleId !== "") {
        const next =
          "Delete it to create a new rule; to change the rule with this id, convert `--to info` and use `lk sip dispatch update`.";
        return refuse(
          placeOf("sip_dispatch_rule_id", value),
          "a rule's id must not be set in a create request",
          next,
        );
      }
      return converted(
        CreateSIPDispatchRuleRequestSchema,
        create(CreateSIPDispatchRuleRequestSchema, { dispatchRule: info }),
      );
    case "flat": {
      const unwrapped = unwrap(info);
      if ("flat" in unwrapped) {
        const change =
          "numbers became flat inbound_numbers, which every livekit-server compares with the caller and none with the called number: it took calls to them, and will take calls from them";
        return converted(
          CreateSIPDispatchRuleRequestSchema,
          unwrapped.flat,
          info.numbers.length > 0 ? change : undefined,
          info.inboundNumbers.length > 0 && !isFlat ? CALLERS : undefined,
        );
      }
      const both =
        "the flat form has one number filter, so it can't carry both `numbers` and `inbound_numbers`";
      return {
        refused: unwrapped.cannotCarry.map((field) => ({
          at: placeOf(field, value),
          message: ["numbers", "inbound_numbers"].includes(field)
            ? both
            : `the flat form can't carry \`${field}\``,
          next: "Keep the wrapped form.",
        })),
      };
    }
  }
}

/** Where a field of the rule is written, in the wrapper or without one. */
function placeOf(field: string, value: ObjectValue): Span {
  const wrapper = value.members.find(({ key }) => requestField(key) === WRAPPER)?.value;
  const members = wrapper?.kind === "object" ? wrapper.members : value.members;
  return members.find(({ key }) => infoField(key) === field)?.at ?? value;
}

/** One reason why it can't be converted. */
export function refuse(at: Span, message: string, next: string): { refused: Refusal[] } {
  return { refused: [{ at, message, next }] };
}

function problems(found: readonly RequestProblem[]): { refused: Refusal[] } {
  return { refused: found.map((problem) => ({ at: problem.at, ...saidOfProblem(problem) })) };
}
