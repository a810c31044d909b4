import { describe, expect, test } from "vitest";
import { trunksInConflict } from "../../src/routing/trunk-words.ts";
import { lossInWords } from "../../src/routing/loss-words.ts";
import { listInWords } from "../../src/rule/list-words.ts";
import type { Loss } from "../../src/routing/mismatch.ts";
import { trunk } from "../routing/rules.ts";

const CALL = { calledNumber: "+15550100", callingNumber: "+15550177", trunk: "ST_main" };
const other = { spelledOtherwise: undefined, holdsCalledNumber: false };

test.each<[Loss, string]>([
  [
    { code: "other-trunk", trunkIds: ["ST_a", "ST_b"] },
    "It is bound to ST_a and ST_b, and the call came over ST_main.",
  ],
  [{ code: "calling-number", listed: ["+15550101"], ...other }, "It takes calls only from +15550101."],
  [
    { code: "calling-number", listed: ["15550177"], ...other, spelledOtherwise: "15550177" },
    "It takes calls from 15550177, the calling number in another spelling; rules compare exactly.",
  ],
  [
    { code: "calling-number", listed: ["+15550100"], ...other, holdsCalledNumber: true },
    "Its `inbound_numbers`, which filter the caller, hold the called number +15550100, which belongs in `numbers`.",
  ],
  [
    { code: "called-number", listed: ["1", "2", "3", "4", "5"], spelledOtherwise: undefined },
    "It takes calls only to 1, 2, 3 and 2 more.",
  ],
  [
    { code: "called-number", listed: ["15550100"], spelledOtherwise: "15550100" },
    "It takes calls to 15550100, the called number in another spelling; rules compare exactly.",
  ],
  [{ code: "pin-unknown" }, "It has a PIN, and the caller entered none."],
  [{ code: "open" }, "It has no PIN, and a caller who enters one only gets a rule with that PIN."],
  [{ code: "wrong-pin" }, "It has another PIN."],
  [{ code: "no-trunk", trunkIds: ["ST_a"] }, "It is bound to ST_a, and the call came over no trunk."],
  [
    { code: "wildcard" },
    "It could take the call, but another one goes first: it names the trunk, and this one names none, which decides before all filters.",
  ],
  [
    { code: "priority", own: 2100, winner: 1100 },
    "It could take the call, but another one goes first: it has 1 number filter, and this one none.",
  ],
  [
    { code: "room-order", own: "b", winner: "a" },
    "It could take the call, but another one goes first: they are alike but for the names of their rooms, of which its comes first in the alphabet.",
  ],
  [
    { code: "id-order" },
    "It could take the call, but another one goes first: they are alike but for their ids, of which its comes first.",
  ],
  [
    { code: "undecided" },
    "It could take the call, but another one goes first: they are alike but for their ids, which the server makes up.",
  ],
])("%j in words", (loss, sentence) => {
  expect(lossInWords(loss, CALL)).toBe(sentence);
});

test.each([
  [[], ""],
  [["a"], "a"],
  [["a", ""], 'a and ""'],
  [["a", "b", "c", "d"], "a, b, c and d"],
  [["a", "b", "c", "d", "e"], "a, b, c and 2 more"],
])("%j as a list", (items, words) => {
  expect(listInWords(items)).toBe(words);
});

describe("trunks that the server can't decide between", () => {
  const [a, b] = [trunk("ST_a", { name: "main" }), trunk("ST_b")];
  test.each([
    [[a, b], false, 'ST_a ("main") and ST_b have the called number, and the server fails the call'],
    [
      [a, b],
      true,
      'ST_a ("main") and ST_b have no numbers and no other trunk has the called one, and the server fails the call',
    ],
    [[b], false, "ST_b lists the called number twice, which livekit-server refuses before 1.12.0"],
  ])("%j, without numbers: %s", (trunks, numberless, words) => {
    expect(trunksInConflict({ kind: "several", numberless, trunks })).toBe(words);
  });
});
