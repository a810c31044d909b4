import { equals } from "@bufbuild/protobuf";
import type { RuleRepair } from "../checks/ask.ts";
import type { Rename } from "../checks/check.ts";
import type { Replacement, SetRule } from "../checks/facts.ts";
import { SIPDispatchRuleInfoSchema } from "../gen/livekit/livekit_sip_pb.ts";
import { messageFrom } from "../rule/message.ts";
import { holdsCode, type ObjectValue } from "../rule/value.ts";
import type { Edit, KeyPath, Move, Site } from "../sources/syntax.ts";
import type { Plan, Repair } from "./plan.ts";

/**
 * The repair of the rule at a site; undefined where it can't be made: other code reaches into the request, its values are
 * not all known, an item of a listing is not what `lk` reads, or a flat request is to be migrated.
 */
export function repairOf(
  { site, rewrite }: Plan,
  { rule, renames, finding }: RuleRepair,
): Repair | undefined {
  const { object, form } = rule;
  const isReachedInto = site.changed !== undefined || (site.uses ?? []).length > 0;
  if (rewrite || form === "listed" || form === "flat" || isReachedInto || holdsCode(object)) return undefined;
  const path = pathTo(site.request, object);
  if (!path) return undefined;
  const moves = movesOf(renames, path);
  const expected = messageFrom(SIPDispatchRuleInfoSchema, renamed(object, moves));
  return { moves, expected, finding };
}

/**
 * Tells whether a rule is one that a server holds, and no file to repair: it is listed, or has its id and comes by a pipe,
 * as `lk sip dispatch list --json | jq .items` gives it.
 */
export function isStored({ form, path, info }: Pick<SetRule, "form" | "path" | "info">): boolean {
  return (
    form === "listed" ||
    (form === "info" && path === "-" && info !== undefined && info.sipDispatchRuleId !== "")
  );
}

/** The same for a rule that a server lists, which is replaced as a whole. */
export function replacementOf({ rule, renames, finding }: RuleRepair): Replacement {
  const { object, problems } = rule;
  const unknown = problems.find(({ code }) => code === "unknown-field");
  if (unknown && "key" in unknown)
    return {
      finding,
      barred: `an update would drop its \`${unknown.key}\`, which sip-dispatch does not know`,
    };
  if (problems.length > 0) return { finding, barred: "its fields are not what LiveKit's schema says" };
  const moves = movesOf(renames, []);
  return { finding, after: messageFrom(SIPDispatchRuleInfoSchema, renamed(object, moves)) };
}

/** The keys that lead from a request to the object that holds its rule. */
function pathTo(request: ObjectValue, object: ObjectValue): KeyPath | undefined {
  if (request === object) return [];
  const wrapper = request.members.find(({ value }) => value === object);
  return wrapper && [wrapper.key];
}

/** The names that the fields get, in the spelling of the keys in whose place they come. */
function movesOf(renames: readonly Rename[], path: KeyPath): Move[] {
  const isCamel = renames.some(({ member }) => /[A-Z]/.test(member.key));
  const spelled = (field: string): string =>
    isCamel ? field.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) : field;
  return renames.map(({ member, to }): Move => ({ member, to: [...path, spelled(to)] }));
}

function renamed(object: ObjectValue, moves: readonly Move[]): ObjectValue {
  const members = object.members.map((member) => {
    const move = moves.find((one) => one.member === member);
    return move ? { ...member, key: move.to.at(-1) ?? member.key } : member;
  });
  return { ...object, members };
}

/** The edits of a repair; none where a key is not written as it is read, so that verification refuses them. */
export function renamingEdits(text: string, moves: readonly Move[]): Edit[] {
  return moves.flatMap(({ member: { key, at }, to }) => {
    const inside = text.slice(at.start, at.end).indexOf(key);
    const start = at.start + inside;
    return inside < 0 ? [] : [{ start, end: start + key.length, text: to.at(-1) ?? key }];
  });
}

/** Tells whether a site says the rule that a repair promises. */
export function isRepaired({ request }: Site, { moves, expected }: Repair): boolean {
  const [wrapper] = moves[0]?.to.slice(0, -1) ?? [];
  const object = wrapper === undefined ? request : request.members.find(({ key }) => key === wrapper)?.value;
  return (
    object?.kind === "object" &&
    equals(SIPDispatchRuleInfoSchema, messageFrom(SIPDispatchRuleInfoSchema, object), expected)
  );
}
