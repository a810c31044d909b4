import { formOf } from "../../rule/form.ts";
import { requestField } from "../../rule/fields.ts";
import type { ObjectValue } from "../../rule/value.ts";
import { type Node, nodeAt } from "../engine/tree.ts";
import type { Site } from "../../sources/syntax.ts";
import { calledName, parameterOf } from "./call-arguments.ts";
import { calledBy } from "./called-name.ts";
import { ownFunction } from "./follow/own-functions.ts";
import { isLiveKit } from "./imports.ts";
import { type Module, textOf, variableOf } from "./scopes.ts";
import { purposesOf } from "./call-purpose.ts";
import { memberOfKeyword } from "./values.ts";

/**
 * Flat requests that objects of the text's own classes hold, or `dict(…)`, and that are sent to CreateSIPDispatchRule: of
 * a TypedDict, a dataclass, a model of pydantic. They are found and not rewritten: what the class takes and what becomes
 * of it stands elsewhere. None of those in `taken`, which messages are made of. In the order of the text.
 */
export function objectSites(module: Module, taken: readonly Node[]): Site[] {
  let left = MOST_REQUESTS;
  return [...module.text.matchAll(/\brule\s*=(?!=)/g)].flatMap(({ index }): Site[] => {
    const argument = nodeAt(module.root, index).parent;
    const call = argument?.type === "keyword_argument" ? argument.parent?.parent : undefined;
    const callee = call?.type === "call" ? call.field("function") : undefined;
    if (!call || !callee || argument?.start !== index || !/^(identifier|attribute)$/.test(callee.type))
      return [];
    if (taken.some((other) => other.holds(call))) return [];
    const called = calledBy(module, callee);
    const isOther = called.by === "import" ? isLiveKit(called.from) : ownFunction(module, callee);
    const request = isOther ? undefined : fieldsOf(module, call);
    if (!request || formOf(request, "create").form !== "flat" || left-- <= 0) return [];
    if (!isCreatedFrom(module, call)) return [];
    const at = { start: call.start, end: call.end };
    return [
      {
        at,
        request,
        evidence: "create",
        remarks: [{ code: "unfollowed-use", is: "object", name: called.name, at, weighs: "manual" }],
      },
    ];
  });
}

/** Each is looked for in the whole text, so that many more would take long. */
const MOST_REQUESTS = 1000;

/** The keywords of a call that are fields of a request; undefined where there are other arguments. */
function fieldsOf(module: Module, call: Node): ObjectValue | undefined {
  const members = (call.field("arguments")?.parts ?? []).map((argument) => memberOfKeyword(module, argument));
  const isRequest = members.every((one) => one !== undefined && requestField(one.key) !== undefined);
  return isRequest
    ? {
        kind: "object",
        start: call.start,
        end: call.end,
        members: members.filter((one) => one !== undefined),
      }
    : undefined;
}

/**
 * Tells whether a value is sent to create a rule: as it is, as a dict or as JSON, by a name, or by a function of the
 * text.
 */
function isCreatedFrom(module: Module, value: Node): boolean {
  const open = [value];
  const seen = new Set<Node>();
  for (let node = open.pop(); node && seen.size < MOST_STEPS; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const call = callAround(module, node);
    if (call && purposesOf(module, [call]).has("create")) return true;
    open.push(...goesOn(module, node, call));
  }
  return false;
}

const MOST_STEPS = 200;

/** The call that an expression is an argument of, but for a field of something else. */
function callAround(module: Module, { parent }: Node): Node | undefined {
  const name = parent?.type === "keyword_argument" ? parent.field("name") : undefined;
  if (name && requestField(textOf(module, name)) !== undefined) return undefined;
  const list = name ? parent?.parent : parent;
  return list?.type === "argument_list" && list.parent?.type === "call" ? list.parent : undefined;
}

/** The expressions that have the value of this one next, or what a function makes of it. */
function goesOn(module: Module, node: Node, call: Node | undefined): Node[] {
  const { parent } = node;
  if (!parent) return [];
  if (call) {
    const callee = call.field("function");
    const owner = callee && ownFunction(module, callee);
    const argument = parent.type === "keyword_argument" ? parent : node;
    const parameter = owner && parameterOf(module, owner, argument);
    if (parameter) return variableOf(module, parameter).loads;
    return MAKES.test(calledName(module, call)) ? [call] : [];
  }
  switch (parent.type) {
    case "attribute": {
      const made = parent.is("function") ? parent.parent : parent;
      return made && MAKES.test(textOf(module, parent.field("attribute") ?? parent)) ? [made] : [];
    }
    case "assignment": {
      const left = node.is("right") ? parent.field("left") : undefined;
      return left?.type === "identifier" ? variableOf(module, left).loads : [];
    }
    case "parenthesized_expression":
    case "await":
    case "dictionary_splat":
      return [parent];
    case "dictionary":
      return node.type === "dictionary_splat" ? [parent] : [];
    default:
      return [];
  }
}

/** Makes a dict, or JSON, of an object. */
const MAKES =
  /^(asdict|dict|vars|dumps|dump|encode|unstructure|to_dict|to_json|json|model_dump|model_dump_json|jsonable_encoder|_asdict|__dict__)$/;
