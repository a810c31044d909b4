import { describe, expect, it } from "vitest";
import { isMovedKey, isWrapperKey, keysIn } from "../../src/evidence/keys.ts";

describe("the keys that a text looks at", () => {
  it.each<[text: string, keys: string[]]>([
    // Words that mean a field wherever they stand, in any spelling.
    ["sed s/trunk_ids/x/", ["trunk_ids"]],
    ["export TRUNK_IDS=ST_a", ["TRUNK_IDS"]],
    ["rule.inboundNumbers.push(n)", ["inboundNumbers"]],
    ["{dispatch_rule: .}", ["dispatch_rule"]],
    ["dispatchRule", ["dispatchRule"]],
    ["hide_phone_number room_config", ["hide_phone_number", "room_config"]],
    // Common words only as an access or a key.
    ["jq -r .name", ["name"]],
    ['cfg["rule"]', ["rule"]],
    ["cfg.get('metadata', '')", ["metadata"]],
    ['{"attributes": {}}', ["attributes"]],
    ["echo the name of the rule", []],
    ["name=desk", []],
    // Fields that are put beside those of something else.
    ["JSON.stringify({ ...rule, name: n })", ["name"]],
    ["send({ name, ...rule })", ["name"]],
    ["body.update(name=n)", ["name"]],
    ["dict(rule, metadata=m)", ["metadata"]],
    ["rule.merge(:name => n)", ["name"]],
    ["rule.merge(attributes: a)", ["attributes"]],
    ["f(name, rule)", []],
    ["rule = await create(Request(**fields))", []],
    ["Object.assign({}, rule, {})", []],
    // Setters, and the fields of Go and C#.
    ["req.setTrunkIds(ids)", ["TrunkIds"]],
    ["builder.addAllInboundNumbers(n)", ["InboundNumbers"]],
    ["$req->setName($n)", ["Name"]],
    ["req.Name = n", ["Name"]],
    ["file.Name", []],
    // What only looks alike.
    ["my_trunk_ids_list", []],
    ["obj.name()", []],
    ["lk sip dispatch-rule create", []],
    ["trunk_id", []],
  ])("%s", (text, keys) => expect(keysIn(text)).toEqual(keys));

  it("tells the wrapper from what moves into it", () => {
    expect(["trunk_ids", "trunkIds", "name", "dispatch_rule", "color"].filter(isMovedKey)).toEqual([
      "trunk_ids",
      "trunkIds",
      "name",
    ]);
    expect(["dispatch_rule", "dispatchRule", "DISPATCH_RULE", "rule"].filter(isWrapperKey)).toEqual([
      "dispatch_rule",
      "dispatchRule",
      "DISPATCH_RULE",
    ]);
  });
});
