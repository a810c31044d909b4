import type { Member, ObjectValue, Span, Value } from "../../rule/value.ts";
import { WRAPPER } from "../../rule/fields.ts";
import { type Node, spanOf } from "../engine/tree.ts";
import type { Remark, UnknownFields } from "../../sources/remark.ts";
import type { Use } from "../../sources/syntax.ts";
import { follow } from "./follow/follow.ts";
import { fileBehind } from "./file-values.ts";
import { givenAway } from "./unknown-callee.ts";
import { wrongClass } from "./field-classes.ts";
import { className, INFO } from "./imports.ts";
import { assignedOnce, codeOf, type Module, textOf, variableOf } from "./scopes.ts";
import { dictValue, keywordsOf, memberOfKeyword, MOST_NESTED } from "./values.ts";

/** The fields of a call that makes a message, with those of dicts that are spread into it. */
export interface CallFields {
  members: Member[];
  changed: Member[];
  uses: Use[];
  remarks: Remark[];
  /** The arguments as they stand, for whoever encloses them. */
  items: Node[];
  /** The dicts elsewhere that are spread into the call. */
  dicts: Node[];
}

/** Reads the keyword arguments of a call, and those that it spreads. */
export function fieldsOfCall(module: Module, call: Node, isWrapper = false): CallFields {
  const list = call.field("arguments");
  const fields: CallFields = { members: [], changed: [], uses: [], remarks: [], items: [], dicts: [] };
  if (list?.type !== "argument_list") {
    fields.remarks.push(unknownFields(call, { is: "not-a-keyword", text: list ? textOf(module, list) : "" }));
    return fields;
  }
  fields.items.push(...list.parts);
  for (const argument of list.parts) {
    const member = memberOfKeyword(module, argument);
    if (member) {
      const value = argument.field("value");
      const wrong = value && !isWrapper ? wrongClass(module, member.key, value) : undefined;
      if (wrong) fields.remarks.push(wrong);
      fields.members.push(isWrapper ? member : withInfo(module, argument, member, fields));
    } else if (argument.type === "dictionary_splat") spread(module, argument, fields);
    else
      fields.remarks.push(unknownFields(argument, { is: "not-a-keyword", text: textOf(module, argument) }));
  }
  return fields;
}

/** The wrapper's own arguments may be spread too. */
function withInfo(module: Module, argument: Node, member: Member, outer: CallFields): Member {
  const value = argument.field("value");
  if (member.key !== WRAPPER || !value) return member;
  if (value.type === "none") {
    outer.remarks.push({ code: "mixed-form", is: "none", at: spanOf(argument), weighs: "manual" });
  }
  if (value.type !== "call" || member.value.kind !== "code") return member;
  const callee = value.field("function");
  if (!callee || className(module, callee) !== INFO) return member;
  const { members, changed, uses, remarks, dicts } = fieldsOfCall(module, value, true);
  if (remarks.some(({ code }) => code === "unknown-fields")) return member;
  outer.uses.push(...uses);
  outer.dicts.push(...dicts);
  const { start, end } = value;
  // What is put into a spread dict is put into the wrapper's value.
  outer.changed.push(
    ...changed.map((one): Member => {
      return { ...one, key: WRAPPER, value: { kind: "object", start, end, members: [one] } };
    }),
  );
  return { ...member, value: { kind: "object", start, end, members } };
}

/** `**fields`: a dict literal, one of two of them, or a local dict that is only filled and spread here. */
function spread(module: Module, argument: Node, fields: CallFields): void {
  const [value] = argument.parts;
  const dicts = value ? literalDicts(module, value) : undefined;
  if (dicts) {
    const isSure = dicts.length === 1;
    for (const dict of dicts) {
      fields.members.push(
        ...dict.members.map((member) => (isSure ? member : { ...member, value: unknown(module, member) })),
      );
    }
    return;
  }
  const dict = value?.type === "identifier" ? localDict(module, value) : undefined;
  if (!dict) {
    fields.remarks.push(inFile(module, argument) ?? unseen(module, argument, value));
    return;
  }
  fields.dicts.push(dict.node);
  const followed = follow(module, dict.node, "keys");
  const [stray] = followed.unknown;
  fields.remarks.push(...followed.remarks, ...(stray ? [givenAway(module, stray)] : []));
  if (followed.heldAs.length > 0 || followed.spreads.length > 1) {
    fields.remarks.push(unknownFields(argument, { is: "dict-elsewhere" }));
  }
  fields.members.push(...dict.value.members);
  fields.changed.push(...followed.changed);
  const keys = dict.value.members.map(({ key, at }): Use => ({
    at,
    path: [key],
    how: "literal",
    bare: true,
  }));
  fields.uses.push(...keys, ...followed.uses.map((use): Use => ({ ...use, bare: true })));
}

/** The dict literals that an expression can be: itself, or the two sides of a condition. */
function literalDicts(module: Module, node: Node, depth = 0): ObjectValue[] | undefined {
  if (depth > MOST_NESTED) return undefined;
  if (node.type === "parenthesized_expression" && node.parts[0]) {
    return literalDicts(module, node.parts[0], depth + 1);
  }
  if (node.type === "conditional_expression") {
    const [yes, , no] = node.parts;
    const sides = [yes, no].map((side) => side && literalDicts(module, side, depth + 1));
    const [first, second] = sides;
    // An empty dict on one side still leaves it open whether the fields are there.
    return first && second ? [...first, ...second] : undefined;
  }
  const value = dictOf(module, node);
  return value && [value];
}

function localDict(module: Module, name: Node): { node: Node; value: ObjectValue } | undefined {
  if (variableOf(module, name).scope?.type === "class_definition") return undefined;
  const node = assignedOnce(module, name);
  const value = node && dictOf(module, node);
  return node && value && { node, value };
}

/** `{"name": …}` or `dict(name=…)`. */
function dictOf(module: Module, node: Node): ObjectValue | undefined {
  if (node.type === "dictionary") return dictValue(module, node);
  const callee = node.field("function");
  if (node.type !== "call" || callee?.type !== "identifier" || textOf(module, callee) !== "dict")
    return undefined;
  return variableOf(module, callee).binds.length > 0 ? undefined : keywordsOf(module, node);
}

function unknown(module: Module, { value }: Member): Value {
  return { kind: "code", start: value.start, end: value.end, raw: codeOf(module, value) };
}

function unseen(module: Module, argument: Node, value: Node | undefined): Remark {
  return unknownFields(argument, { is: "spread", text: value && textOf(module, value) });
}

/** `CreateSIPDispatchRuleRequest(**json.load(f))`: where the fields stand is known, if not which. */
function inFile(module: Module, argument: Node): Remark | undefined {
  const file = fileBehind(module, argument.parts[0]);
  if (file === undefined) return undefined;
  return unknownFields(argument, { is: "in-file", file, isAll: argument.parent?.parts.length === 1 });
}

function unknownFields({ start, end }: Span, why: UnknownFields): Remark {
  return { code: "unknown-fields", ...why, at: { start, end }, weighs: "manual" };
}
