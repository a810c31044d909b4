import type { JsonObject } from "@bufbuild/protobuf";
import type { Protocol } from "./peer.ts";

/**
 * What docs/routing.md says of LiveKit, one test a claim. What happens was written down by hand; LiveKit's
 * own code and ours both have to do it.
 */
export interface RoutingClaim {
  claim: string;
  /** Rules by name, in the order of their ids. */
  rules: Record<string, JsonObject>;
  call: { to: string; from?: string; trunk?: string; pin?: string };
  /** The name of the rule that takes the call, "nobody", or "refused" when the rules can't be evaluated. */
  takes: string;
  /** The room, with `<random>` for its random part; left out where it doesn't matter. */
  room?: string;
  protocols?: readonly Protocol[];
}

const DID = "+15550100";
const CALLER = "+15550177";
const direct = (room: string, pin = ""): JsonObject => ({
  dispatchRuleDirect: { roomName: room, pin },
});
const individual = (fields: JsonObject): JsonObject => ({ dispatchRuleIndividual: fields });
const callee = (fields: JsonObject): JsonObject => ({ dispatchRuleCallee: fields });
const ANY = { rule: direct("any") };
const CALLED = { rule: direct("called"), numbers: [DID] };

export const ROUTING_CLAIMS: RoutingClaim[] = [
  {
    claim: "numbers filters the called number",
    rules: { called: CALLED },
    call: { to: DID, from: CALLER },
    takes: "called",
  },
  {
    claim: "numbers is not about the caller",
    rules: { called: CALLED },
    call: { to: CALLER, from: DID },
    takes: "nobody",
  },
  {
    claim: "inbound_numbers filters the calling number",
    rules: { caller: { rule: direct("caller"), inboundNumbers: [CALLER] } },
    call: { to: DID, from: CALLER },
    takes: "caller",
  },
  {
    claim: "a DID in inbound_numbers matches no call to it",
    rules: { did: { rule: direct("did"), inboundNumbers: [DID] } },
    call: { to: DID, from: CALLER },
    takes: "nobody",
  },
  {
    claim: "a DID in inbound_numbers leaves the call to other rules",
    rules: { did: { rule: direct("did"), inboundNumbers: [DID] }, any: ANY },
    call: { to: DID, from: CALLER },
    takes: "any",
  },
  {
    claim: "both filters have to match",
    rules: { both: { rule: direct("both"), numbers: [DID], inboundNumbers: [CALLER] } },
    call: { to: DID, from: "+15550178" },
    takes: "nobody",
  },
  {
    claim: "a filter without a plus misses a number with one",
    rules: { called: { rule: direct("called"), numbers: ["15550100"] } },
    call: { to: DID },
    takes: "nobody",
  },
  {
    claim: "a filter is compared with its punctuation",
    rules: { called: { rule: direct("called"), numbers: ["+1 555 0100"] } },
    call: { to: DID },
    takes: "nobody",
  },
  {
    claim: "before v1.9.11 numbers does not filter",
    rules: { called: CALLED },
    call: { to: "+15550142" },
    takes: "called",
    protocols: ["v1.43.0"],
  },
  {
    claim: "a rule bound to another trunk does not take the call",
    rules: { a: { ...ANY, trunkIds: ["ST_a"] } },
    call: { to: DID, trunk: "ST_b" },
    takes: "nobody",
  },
  {
    claim: "a rule bound to a trunk takes no call without one",
    rules: { a: { ...ANY, trunkIds: ["ST_a"] } },
    call: { to: DID },
    takes: "nobody",
  },
  {
    claim: "a wildcard rule takes calls without a trunk",
    rules: { any: ANY },
    call: { to: DID },
    takes: "any",
  },
  {
    claim: "a rule of the trunk beats a wildcard rule of any priority",
    rules: {
      wildcard: { rule: direct("a", "1234"), numbers: [DID], inboundNumbers: [CALLER] },
      bound: { rule: callee({ roomPrefix: "b" }), trunkIds: ["ST_a"] },
    },
    call: { to: DID, from: CALLER, trunk: "ST_a" },
    takes: "bound",
  },
  {
    claim: "a number filter beats a PIN",
    rules: { pin: { rule: direct("a", "1234") }, open: { rule: direct("b"), numbers: [DID] } },
    call: { to: DID },
    takes: "open",
  },
  {
    claim: "two number filters beat one",
    rules: {
      one: { rule: direct("a"), numbers: [DID] },
      two: { rule: callee({ roomPrefix: "b" }), numbers: [DID], inboundNumbers: [CALLER] },
    },
    call: { to: DID, from: CALLER },
    takes: "two",
  },
  {
    claim: "the two number filters weigh the same, and the room name decides",
    rules: {
      called: { rule: direct("b"), numbers: [DID] },
      caller: { rule: direct("a"), inboundNumbers: [CALLER] },
    },
    call: { to: DID, from: CALLER },
    takes: "caller",
  },
  {
    claim: "a PIN beats none",
    rules: { open: { rule: direct("a") }, pin: { rule: callee({ roomPrefix: "b", pin: "1234" }) } },
    call: { to: DID },
    takes: "pin",
  },
  {
    claim: "direct beats individual, individual beats callee",
    rules: {
      callee: { rule: callee({ roomPrefix: "a", pin: "1" }) },
      individual: { rule: individual({ roomPrefix: "b", pin: "2" }) },
      direct: { rule: direct("c", "3") },
    },
    call: { to: DID },
    takes: "direct",
    room: "c",
  },
  {
    claim: "of equal rules the smaller room name wins",
    rules: { b: { rule: direct("b", "1") }, a: { rule: direct("a", "2") } },
    call: { to: DID },
    takes: "a",
  },
  {
    claim: "room names are ordered by their UTF-8 bytes",
    rules: { phone: { rule: direct("\u{1f4de}", "1") }, halfwidth: { rule: direct("\uffee", "2") } },
    call: { to: DID },
    takes: "halfwidth",
  },
  {
    claim: "of rules equal in that too, the first id in text order wins",
    rules: { first: { rule: direct("a", "1") }, second: { rule: direct("a", "2") } },
    call: { to: DID },
    takes: "first",
  },
  {
    claim: "before a PIN is asked for, rules with any PIN count",
    rules: { pin: { rule: direct("a", "1234") } },
    call: { to: DID },
    takes: "pin",
  },
  {
    claim: "an entered PIN leaves rules with that PIN",
    rules: { a: { rule: direct("a", "1") }, b: { rule: direct("b", "2") } },
    call: { to: DID, pin: "2" },
    takes: "b",
  },
  {
    claim: "an entered PIN rules out open rules",
    rules: { any: ANY },
    call: { to: DID, pin: "2" },
    takes: "nobody",
  },
  {
    claim: "a wrong PIN does not fall back to an open rule",
    rules: { any: ANY, pin: { rule: direct("a", "1") } },
    call: { to: DID, pin: "2" },
    takes: "nobody",
  },
  {
    claim: "no PIN when asked leaves the open rules",
    rules: { pin: { rule: direct("a", "1") }, any: ANY },
    call: { to: DID, pin: "" },
    takes: "any",
  },
  {
    claim: "two rules that are the same to the server stop every call",
    rules: { a: { rule: direct("a") }, b: { rule: direct("b") } },
    call: { to: DID },
    takes: "refused",
  },
  {
    claim: "a conflict stops calls that neither rule would take",
    rules: { a: CALLED, b: CALLED, any: ANY },
    call: { to: "+15550142" },
    takes: "refused",
  },
  {
    claim: "a conflict on another trunk stops no call",
    rules: { a: { ...ANY, trunkIds: ["ST_a"] }, b: { ...ANY, trunkIds: ["ST_a"] }, any: ANY },
    call: { to: DID, trunk: "ST_b" },
    takes: "any",
  },
  {
    claim: "the kind of rule does not keep rules apart",
    rules: { a: { rule: direct("a") }, b: { rule: callee({}) } },
    call: { to: DID },
    takes: "refused",
  },
  {
    claim: "a different PIN keeps rules apart",
    rules: { a: { rule: direct("a", "1") }, b: { rule: direct("b", "2") } },
    call: { to: DID },
    takes: "a",
  },
  {
    claim: "one of two trunks in common is a conflict",
    rules: { a: { ...ANY, trunkIds: ["ST_a", "ST_b"] }, b: { ...ANY, trunkIds: ["ST_b"] } },
    call: { to: DID, trunk: "ST_b" },
    takes: "refused",
  },
  {
    claim: "a wildcard rule and one of a trunk are no conflict",
    rules: { any: ANY, bound: { ...ANY, trunkIds: ["ST_a"] } },
    call: { to: DID },
    takes: "any",
  },
  {
    claim: "conflicts are looked for in normalised numbers",
    rules: {
      a: { rule: direct("a"), numbers: ["15550100"] },
      b: { rule: direct("b"), numbers: ["+1 555-0100"] },
    },
    call: { to: DID },
    takes: "refused",
  },
  {
    claim: "a rule with both spellings of a number is in conflict with itself",
    rules: { a: { rule: direct("a"), numbers: [DID, "15550100"] } },
    call: { to: DID },
    takes: "refused",
  },
  {
    claim: "a rule with a trunk twice is in conflict with itself",
    rules: { a: { rule: direct("a"), trunkIds: ["ST_a", "ST_a"] } },
    call: { to: DID, trunk: "ST_a" },
    takes: "refused",
  },
  {
    claim: "a flat rule and its migrated twin are no conflict",
    rules: {
      flat: { rule: direct("a"), inboundNumbers: [DID] },
      migrated: { rule: direct("a"), numbers: [DID] },
    },
    call: { to: DID, from: CALLER },
    takes: "migrated",
  },
  {
    claim: "a rule that says no kind stops every call",
    rules: { none: { rule: {} }, any: ANY },
    call: { to: DID },
    takes: "refused",
  },
  { claim: "a direct room has its name", rules: { any: ANY }, call: { to: DID }, takes: "any", room: "any" },
  {
    claim: "an individual room is prefix, caller, random",
    rules: { a: { rule: individual({ roomPrefix: "call" }) } },
    call: { to: DID, from: CALLER },
    takes: "a",
    room: "call_+15550177_<random>",
  },
  {
    claim: "an individual room's prefix gets its own underscore",
    rules: { a: { rule: individual({ roomPrefix: "call_" }) } },
    call: { to: DID, from: CALLER },
    takes: "a",
    room: "call__+15550177_<random>",
  },
  {
    claim: "an individual room without a prefix is caller, random",
    rules: { a: { rule: individual({}) } },
    call: { to: DID, from: CALLER },
    takes: "a",
    room: "+15550177_<random>",
  },
  {
    claim: "before v1.10.0 an individual room without a prefix began with an underscore",
    rules: { a: { rule: individual({}) } },
    call: { to: DID, from: CALLER },
    takes: "a",
    room: "_+15550177_<random>",
    protocols: ["v1.43.0"],
  },
  {
    claim: "no_randomness leaves the random part out",
    rules: { a: { rule: individual({ roomPrefix: "call", noRandomness: true }) } },
    call: { to: DID, from: CALLER },
    takes: "a",
    room: "call_+15550177",
  },
  {
    claim: "before v1.10.0 no_randomness did nothing",
    rules: { a: { rule: individual({ roomPrefix: "call", noRandomness: true }) } },
    call: { to: DID, from: CALLER },
    takes: "a",
    room: "call_+15550177_<random>",
    protocols: ["v1.43.0"],
  },
  {
    claim: "a callee room is prefix, called number",
    rules: { a: { rule: callee({ roomPrefix: "call" }) } },
    call: { to: DID, from: CALLER },
    takes: "a",
    room: "call_+15550100",
  },
  {
    claim: "randomize adds a random part to a callee room",
    rules: { a: { rule: callee({ randomize: true }) } },
    call: { to: DID },
    takes: "a",
    room: "+15550100_<random>",
  },
  {
    claim: "hide_phone_number leaves the caller's last four digits",
    rules: { a: { rule: individual({ noRandomness: true }), hidePhoneNumber: true } },
    call: { to: DID, from: CALLER },
    takes: "a",
    room: "0177",
  },
  {
    claim: "of a caller with four digits hide_phone_number leaves one",
    rules: { a: { rule: individual({ noRandomness: true }), hidePhoneNumber: true } },
    call: { to: DID, from: "1234" },
    takes: "a",
    room: "4",
  },
  {
    claim: "hide_phone_number does not hide the called number",
    rules: { a: { rule: callee({}), hidePhoneNumber: true } },
    call: { to: DID, from: CALLER },
    takes: "a",
    room: DID,
  },
  {
    claim: "since v1.13.8 an empty caller may be hidden",
    rules: { a: { rule: individual({ roomPrefix: "call" }), hidePhoneNumber: true } },
    call: { to: DID, from: "" },
    takes: "a",
    room: "call__<random>",
    protocols: ["v1.54.0"],
  },
  {
    claim: "a caller that is cut inside of a character gets no answer",
    rules: { a: { ...ANY, hidePhoneNumber: true } },
    call: { to: DID, from: "a\u{1f4de}b" },
    takes: "a",
    room: "broken-character",
  },
  {
    claim: "before v1.13.8 LiveKit's code panicked on hide_phone_number and an empty caller",
    rules: { a: { ...ANY, hidePhoneNumber: true } },
    call: { to: DID, from: "" },
    takes: "a",
    room: "crash",
    protocols: ["v1.50.4", "v1.43.0"],
  },
];
