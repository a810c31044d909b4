import {
  CreateSIPDispatchRuleRequestSchema,
  SIPDispatchRuleInfoSchema,
} from "../gen/livekit/livekit_sip_pb.ts";
import type { RequestProblem } from "./problem.ts";
import { checkMessage } from "./validation.ts";
import { infoField, isInfoOnly, isRuleKind, requestField, WRAPPER } from "./fields.ts";
import { isAnnotation } from "./annotations.ts";
import { type Member, membersNamed, type ObjectValue, type Span } from "./value.ts";

/**
 * The form of an object. `flat` and `wrapped` may have problems, for which they are refused; without problems their
 * fields are what LiveKit's schema says. `fields` are the flat form's members in the order of the text.
 */
export type Form =
  | { form: "flat"; fields: Member[]; problems: RequestProblem[] }
  | { form: "wrapped"; info: ObjectValue | undefined; problems: RequestProblem[] }
  | { form: "mixed"; problems: RequestProblem[] }
  | { form: "info"; proof: Member }
  | { form: "trunk"; proof: Member }
  | { form: "other" };

/**
 * Decides what an object is. A request has a wrapper, or a `rule` that holds one of its kinds or another `rule`,
 * or flat fields alone with `trunk_ids` among them. A field that only SIPDispatchRuleInfo has proves a bare info.
 * What something else says to be a create request, as the name of a class does, is one whatever its fields are.
 */
export function formOf(request: ObjectValue, evidence?: "create" | "update"): Form {
  const members = request.members.filter((member) => !isAnnotation(member.key));
  // A name or a number there is somebody else's.
  const wrappers = members.filter(
    ({ key, value }) =>
      requestField(key) === WRAPPER && !["string", "number", "boolean"].includes(value.kind),
  );
  const fields = members.filter((member) => {
    const field = requestField(member.key);
    return field !== undefined && field !== WRAPPER;
  });
  const set = fields.filter((member) => member.value.kind !== "null");
  const wrapper = wrappers.find((member) => member.value.kind !== "null");

  if (wrapper) return wrappedForm(members, wrapper, set);
  if (wrappers.length > 0 && set.length === 0) {
    const { start, end } = wrappers[0]?.at ?? request;
    const problem = { code: "missing-rule", at: { start, end }, is: "null-wrapper" } as const;
    return { form: "wrapped", info: undefined, problems: [problem] };
  }

  const kind = members.find((member) => isRuleKind(member.key) && member.value.kind === "object");
  const written = fields.find((member) => requestField(member.key) === "rule");
  const inner = written?.value.kind === "object" ? written.value.members : [];
  const isRequest =
    (evidence === "create" && members.length > 0) ||
    wrappers.length > 0 ||
    inner.some((member) => isRuleKind(member.key) || requestField(member.key) === "rule") ||
    (kind !== undefined && members.every((member) => member === kind || fields.includes(member))) ||
    (fields.length === members.length && fields.some((member) => requestField(member.key) === "trunk_ids"));

  const proof = members.find((member) => isInfoOnly(member.key));
  if (proof && evidence !== "create" && (isRequest || infoField(proof.key) === "sip_dispatch_rule_id"))
    return { form: "info", proof };
  if (isRequest) return flatForm(request, members, fields, kind);
  const trunk = trunkProof(members);
  if (trunk) return { form: "trunk", proof: trunk };
  const rule = listed(members).find((member) => infoField(member.key) === "sip_dispatch_rule_id");
  return rule ? { form: "info", proof: rule } : { form: "other" };
}

function flatForm(request: ObjectValue, members: Member[], fields: Member[], kind: Member | undefined): Form {
  const form = { form: "flat" as const, fields };
  const rule = fields.find((member) => requestField(member.key) === "rule");
  const misplaced = misplacedIn(kind, rule);
  if (misplaced) return { ...form, problems: [misplaced] };
  const problems = checkMessage({ ...request, members }, CreateSIPDispatchRuleRequestSchema);
  if (problems.length === 0) problems.push(...missingKind(rule, request));
  return { ...form, problems };
}

function wrappedForm(members: Member[], wrapper: Member, set: Member[]): Form {
  const info = wrapper.value.kind === "object" ? wrapper.value : undefined;
  const kind = info?.members.find((member) => isRuleKind(member.key));
  if (kind && !info?.members.some((member) => infoField(member.key))) {
    const { key, at } = kind;
    const said = { is: "kind-in-wrapper", key, wrapper: wrapper.key } as const;
    return { form: "wrapped", info, problems: [{ code: "wrong-nesting", at, ...said }] };
  }
  if (set[0]) {
    const held = (info?.members ?? []).flatMap(({ key }) => infoField(key) ?? []);
    const keys = set.map(({ key }) => key);
    const said = { is: "beside-wrapper", keys, wrapper: wrapper.key, ...(info && { held }) } as const;
    return { form: "mixed", problems: [{ code: "mixed-form", at: set[0].at, ...said }] };
  }
  const request: ObjectValue = { kind: "object", start: wrapper.at.start, end: wrapper.value.end, members };
  const problems = checkMessage(request, CreateSIPDispatchRuleRequestSchema);
  if (problems.length > 0 || !info) return { form: "wrapped", info, problems };
  const [id] = membersNamed(info, ["sip_dispatch_rule_id", "sipDispatchRuleId"]);
  if (id?.value.kind === "string" && id.value.value !== "") {
    // livekit-server refuses an id in a create request: protocol livekit/sip.go, Validate, at v1.50.4.
    problems.push({ code: "id-set", at: id.at, key: id.key });
  }
  const [rule] = membersNamed(info, ["rule"]);
  problems.push(...missingKind(rule, wrapper.at, wrapper.key));
  return { form: "wrapped", info, problems };
}

/** Returns what `lk sip dispatch update` or the server refuses in a bare rule without its annotations. */
export function bareProblems(info: ObjectValue): RequestProblem[] {
  const { members } = info;
  const rule = members.find(({ key }) => infoField(key) === "rule");
  const kind = members.find(({ key }) => isRuleKind(key));
  const misplaced = misplacedIn(kind, rule);
  if (misplaced) return [misplaced];
  const problems = checkMessage(info, SIPDispatchRuleInfoSchema);
  // A kind that is not known here is one, too.
  const isOther = problems.some((one) => one.code === "unknown-field" && one.path === rule?.key);
  return isOther ? problems : [...problems, ...missingKind(rule, info)];
}

/** A kind of rule beside `rule`; or a `rule` that holds what belongs beside it: `{"rule": {"name": …, "rule": …}}`. */
function misplacedIn(kind: Member | undefined, rule: Member | undefined): RequestProblem | undefined {
  if (kind) return { code: "wrong-nesting", at: kind.at, is: "kind-at-top", key: kind.key };
  const inner = rule?.value.kind === "object" ? rule.value.members : [];
  const nested = inner.find((member) => requestField(member.key) === "rule");
  if (nested) return { code: "wrong-nesting", at: nested.at, is: "rule-in-rule" };
  const stray = inner.find((member) => infoField(member.key) !== undefined);
  if (!stray) return undefined;
  return { code: "wrong-nesting", at: stray.at, is: "field-in-rule", key: stray.key };
}

/** The server wants a rule, and in it one of its kinds (protocol livekit/sip.go, Validate; sip/sip.go, priority). */
function missingKind(rule: Member | undefined, where: Span, wrapper?: string): RequestProblem[] {
  if (!rule || rule.value.kind === "null") {
    const at = { start: where.start, end: where.end };
    return [{ code: "missing-rule", at, is: "no-rule", ...(wrapper !== undefined && { wrapper }) }];
  }
  if (rule.value.kind !== "object") return [];
  if (rule.value.members.some((member) => isRuleKind(member.key) && member.value.kind !== "null")) return [];
  return [{ code: "missing-rule", at: rule.at, is: "no-kind" }];
}

/** The key that shows a trunk, in a request that makes one or in what `lk sip inbound list --json` prints. */
function trunkProof(members: readonly Member[]): Member | undefined {
  const own = members.find(
    ({ key, value }) => TRUNK_IDS.includes(key) || (key === "trunk" && value.kind === "object"),
  );
  return own ?? listed(members).find((member) => TRUNK_IDS.includes(member.key));
}

const TRUNK_IDS = ["sip_trunk_id", "sipTrunkId"];

/** The members of all items in `items`. */
function listed(members: readonly Member[]): Member[] {
  return (listItems(members) ?? []).flatMap((item) => item.members);
}

/** The objects in `items`, which is what LiveKit's lists are called; undefined for an object without such a list. */
export function listItems(members: readonly Member[]): ObjectValue[] | undefined {
  const list = members.find(({ key }) => key === "items")?.value;
  return list?.kind === "array" ? list.items.filter((item) => item.kind === "object") : undefined;
}
