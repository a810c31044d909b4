import type { JsonObject } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { roomFor, roomText } from "../../src/routing/room.ts";
import type { Server } from "../../src/rule/server.ts";
import { storedRule } from "../../src/routing/stored-rule.ts";
import { direct, NEW, OLD, rulesFrom } from "./calls-and-rules.ts";

function room(json: JsonObject, callingNumber = "+15550177", server: Server = NEW): string[] {
  return rulesFrom({ it: json }).map((rule) => {
    const found = roomFor(storedRule(rule, server), { callingNumber, calledNumber: "+15550100" }, server);
    return typeof found === "string" ? found : roomText(found);
  });
}

test.for<[JsonObject, string]>([
  [{ rule: direct("lobby") }, "lobby"],
  [{ rule: { dispatchRuleIndividual: { roomPrefix: "call" } } }, "call_+15550177_<random>"],
  [{ rule: { dispatchRuleIndividual: {} } }, "+15550177_<random>"],
  [{ rule: { dispatchRuleIndividual: { noRandomness: true } } }, "+15550177"],
  [{ rule: { dispatchRuleCallee: { roomPrefix: "call" } } }, "call_+15550100"],
  [{ rule: { dispatchRuleCallee: { randomize: true } } }, "+15550100_<random>"],
  [{ rule: { dispatchRuleIndividual: { noRandomness: true } }, hidePhoneNumber: true }, "0177"],
  [{ rule: { dispatchRuleCallee: {} }, hidePhoneNumber: true }, "+15550100"],
])("%j gives %s", ([json, name]) => {
  expect(room(json)).toEqual([name]);
});

test("before v1.10.0 every individual room is prefix, caller, random", () => {
  const rule = { dispatchRuleIndividual: { noRandomness: true } };
  expect(room({ rule }, "+15550177", OLD)).toEqual(["_+15550177_<random>"]);
});

test.for([
  ["12345", "2345"],
  ["1234", "4"],
  ["1", "1"],
  ["caf\u00e9", "af\u00e9"],
  ["", ""],
])("of the caller %s, hide_phone_number leaves %s", ([caller, rest]) => {
  const rule = { dispatchRuleIndividual: { noRandomness: true } };
  expect(room({ rule, hidePhoneNumber: true }, caller)).toEqual([rest]);
});

test("before v1.13.8 hide_phone_number and no caller give no room, whatever the kind", () => {
  expect(room({ rule: direct("lobby"), hidePhoneNumber: true }, "", OLD)).toEqual(["crash"]);
});

test("a caller that is cut inside of a character gets no room, whatever the kind", () => {
  expect(room({ rule: direct("lobby"), hidePhoneNumber: true }, "a\u{1f4de}b")).toEqual(["broken-character"]);
});
