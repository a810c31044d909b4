import { describe, expect, it } from "vitest";
import { readJson } from "../../src/documents/json/read.ts";
import { membersAfter, type Planned } from "../../src/plan/members-after.ts";
import type { Member, ObjectValue } from "../../src/rule/value.ts";

function objectOf(text: string): ObjectValue {
  const read = readJson(text);
  const value = "value" in read ? read.value : undefined;
  if (value?.kind !== "object") throw new Error("no object");
  return value;
}

function memberAt({ members }: ObjectValue, ...path: string[]): Member {
  const [key, ...rest] = path;
  const member = members.find((one) => one.key === key);
  if (!member) throw new Error(`no ${key}`);
  return rest.length > 0 && member.value.kind === "object" ? memberAt(member.value, ...rest) : member;
}

/** The keys alone, those of objects that are planned with what is inside. */
function keysOf(planned: readonly Planned[]): unknown[] {
  return planned.map((one) => {
    if ("inside" in one) return [one.key, keysOf(one.inside)];
    return "list" in one ? [one.key, one.list] : one.key;
  });
}

describe("the members that are planned", () => {
  const request = objectOf(
    '{"_a": 1, "name": "x", "dispatch_rule": null, "_b": 2, "inbound_numbers": [], "_c": 3}',
  );
  const moves = [
    { member: memberAt(request, "name"), to: ["dispatch_rule", "name"] },
    { member: memberAt(request, "inbound_numbers"), to: ["dispatch_rule", "numbers"] },
  ];

  it("hold a new object where the last one moved into it, for a null of its name", () => {
    expect(keysOf(membersAfter(request.members, { moves }))).toEqual([
      "_a",
      "_b",
      ["dispatch_rule", ["name", "numbers"]],
      "_c",
    ]);
  });

  it("hold a new list first in its object, or in the place of the member that goes there", () => {
    const bound = (key: string) => ({ to: ["dispatch_rule", key], ids: ["ST_a"] });
    const inWrapper = (key: string): unknown =>
      keysOf(membersAfter(request.members, { moves, trunks: bound(key) }))[2];
    expect(inWrapper("trunk_ids")).toEqual(["dispatch_rule", [["trunk_ids", ["ST_a"]], "name", "numbers"]]);
    expect(inWrapper("numbers")).toEqual(["dispatch_rule", ["name", ["numbers", ["ST_a"]]]]);
  });

  it("stay where they are when they move within their object", () => {
    const wrapped = objectOf('{"dispatch_rule": {"inbound_numbers": [], "name": "x"}, "_c": 3}');
    const member = memberAt(wrapped, "dispatch_rule", "inbound_numbers");
    const renamed = { moves: [{ member, to: ["dispatch_rule", "numbers"] }] };
    expect(keysOf(membersAfter(wrapped.members, renamed))).toEqual([
      ["dispatch_rule", ["numbers", "name"]],
      "_c",
    ]);
  });
});
