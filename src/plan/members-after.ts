import { requestField } from "../rule/fields.ts";
import type { Member, Value } from "../rule/value.ts";
import type { KeyPath, Move, Rewrite } from "../sources/syntax.ts";

/** A member that is planned: one that was written, perhaps under another key, a new list, or an object of such. */
export type Planned =
  | { key: string; was: Value }
  | { key: string; list: readonly string[] }
  | { key: string; inside: Planned[] };

/**
 * Returns the members that an object has to have once its moves are made; `path` leads to it. One that moves within its
 * object stays where it is. A new object stands where the last one of those was that move into it, and takes the place
 * of a null of its name. A new list is the first in its object.
 */
export function membersAfter(
  members: readonly Member[],
  rewrite: Pick<Rewrite, "moves"> & Partial<Pick<Rewrite, "trunks">>,
  path: KeyPath = [],
): Planned[] {
  const { moves, trunks } = rewrite;
  const planned = (member: Member, to: KeyPath): Planned => {
    const key = to.at(-1) ?? member.key;
    return trunks && isSame(trunks.to, to) ? { key, list: trunks.ids } : { key, was: member.value };
  };
  const here = moves.filter(({ member }) => members.includes(member));
  const into = (key: string): Move[] =>
    here.filter(({ to }) => to.length > path.length + 1 && to[path.length] === key);
  const isListed = trunks && moves.some(({ to }) => isSame(to, trunks.to));
  const isNew = (member: Member): boolean =>
    here.some(({ to }) => into(to[path.length] ?? "").length > 0 && isSameField(to[path.length], member.key));
  return members.flatMap((member): Planned[] => {
    const move = here.find((one) => one.member === member);
    const { key, value } = member;
    if (!move) {
      if (value.kind === "null" && isNew(member)) return [];
      const isInside = value.kind === "object" && moves.some((one) => value.members.includes(one.member));
      return isInside
        ? [{ key, inside: membersAfter(value.members, rewrite, [...path, key]) }]
        : [{ key, was: value }];
    }
    const object = move.to[path.length] ?? key;
    const entering = into(object);
    if (!entering.includes(move)) return [planned(member, move.to)];
    if (entering.at(-1) !== move) return [];
    const inside = entering.map((one) => planned(one.member, one.to));
    if (trunks && !isListed && isSame(trunks.to.slice(0, -1), [...path, object]))
      inside.unshift({ key: trunks.to.at(-1) ?? "", list: trunks.ids });
    return [{ key: object, inside }];
  });
}

function isSame(one: KeyPath, other: KeyPath): boolean {
  return one.length === other.length && one.every((key, index) => key === other[index]);
}

/** Tells whether two keys are spellings of one field. */
function isSameField(one: string | undefined, other: string): boolean {
  return one === other || (one !== undefined && requestField(one) === requestField(other));
}
