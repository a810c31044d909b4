import type { JsonObject } from "@bufbuild/protobuf";
import { afterAll, expect, test } from "vitest";
import { matchTrunk } from "../../src/routing/match-trunk.ts";
import { trunksFromJson } from "../../src/routing/trunks.ts";
import { claimsOn, describePeer, given, PROTOCOLS, type Protocol, serverOf } from "./peer.ts";

/** A call over trunks. */
interface TrunkClaim {
  claim: string;
  trunks: JsonObject[];
  call: { to: string; from?: string; sourceIp?: string; fromHost?: string };
  /** The trunk's id, "none", or "error". */
  matches: string;
  protocols?: readonly Protocol[];
}

const TRUNK = { sipTrunkId: "ST_a", numbers: ["15550100"] };
const NUMBERLESS = { sipTrunkId: "ST_n" };

const TRUNK_CLAIMS: TrunkClaim[] = [
  { claim: "trunk numbers are normalised", trunks: [TRUNK], call: { to: "+1 (555) 0100" }, matches: "ST_a" },
  {
    claim: "a trunk with the number beats one without numbers",
    trunks: [NUMBERLESS, TRUNK],
    call: { to: "+15550100" },
    matches: "ST_a",
  },
  {
    claim: "a trunk without numbers takes the rest",
    trunks: [NUMBERLESS, TRUNK],
    call: { to: "+15550142" },
    matches: "ST_n",
  },
  { claim: "no trunk is no error", trunks: [TRUNK], call: { to: "+15550142" }, matches: "none" },
  {
    claim: "two trunks with the number are an error",
    trunks: [TRUNK, { ...TRUNK, sipTrunkId: "ST_b" }],
    call: { to: "+15550100" },
    matches: "error",
  },
  {
    claim: "two trunks without numbers are an error",
    trunks: [NUMBERLESS, { sipTrunkId: "ST_b" }],
    call: { to: "+15550100" },
    matches: "error",
  },
  {
    claim: "allowed_numbers are the callers, normalised",
    trunks: [{ ...TRUNK, allowedNumbers: ["1 555-0177"] }],
    call: { to: "+15550100", from: "+15550177" },
    matches: "ST_a",
  },
  {
    claim: "a caller that is not allowed passes the trunk by",
    trunks: [{ ...TRUNK, allowedNumbers: ["+15550177"] }],
    call: { to: "+15550100", from: "+15550178" },
    matches: "none",
  },
  {
    claim: "allowed_addresses may be prefixes",
    trunks: [{ ...TRUNK, allowedAddresses: ["192.0.2.0/24"] }],
    call: { to: "+15550100", sourceIp: "192.0.2.7" },
    matches: "ST_a",
  },
  {
    claim: "allowed_addresses that are not valid are dropped",
    trunks: [{ ...TRUNK, allowedAddresses: ["sip:192.0.2.9,", "*"] }],
    call: { to: "+15550100", sourceIp: "192.0.2.7" },
    matches: "ST_a",
  },
  {
    claim: "after v1.13.11 an address is not compared with the From host",
    trunks: [{ ...TRUNK, allowedAddresses: ["192.0.2.9"] }],
    call: { to: "+15550100", sourceIp: "192.0.2.7", fromHost: "192.0.2.9" },
    matches: "none",
    protocols: ["v1.54.0"],
  },
  {
    claim: "up to v1.13.11 an address may be that of the From host",
    trunks: [{ ...TRUNK, allowedAddresses: ["192.0.2.9"] }],
    call: { to: "+15550100", sourceIp: "192.0.2.7", fromHost: "192.0.2.9" },
    matches: "ST_a",
    protocols: ["v1.50.4", "v1.43.0"],
  },
  {
    claim: "after v1.13.11 an address may stand in brackets",
    trunks: [{ ...TRUNK, allowedAddresses: ["[2001:db8::1]"] }],
    call: { to: "+15550100", sourceIp: "2001:db8::1" },
    matches: "ST_a",
    protocols: ["v1.54.0"],
  },
  {
    claim: "since v1.12.0 a trunk may list a number in two spellings",
    trunks: [{ ...TRUNK, numbers: ["15550100", "+15550100"] }],
    call: { to: "+15550100" },
    matches: "ST_a",
  },
  {
    claim: "before v1.12.0 a trunk with a number in two spellings was in conflict with itself",
    trunks: [{ ...TRUNK, numbers: ["15550100", "+15550100"] }],
    call: { to: "+15550100" },
    matches: "error",
    protocols: ["v1.43.0"],
  },
];

for (const protocol of PROTOCOLS) {
  describePeer("matching trunks", protocol, (peer) => {
    const server = serverOf(protocol);
    afterAll(() => peer.stop());

    test.for(claimsOn(protocol, TRUNK_CLAIMS))("$claim", async ({ trunks, call, matches }) => {
      const [theirs] = await peer.ask<{ error?: string; trunk?: string }>([{ trunk: { trunks, call } }]);
      expect(theirs?.error ? "error" : (theirs?.trunk ?? "none")).toBe(matches);

      const read = trunksFromJson(trunks);
      const { to: calledNumber, from: callingNumber = "", sourceIp = "", fromHost = "" } = call;
      const known = given("trunks" in read ? read.trunks : undefined);
      const ours = matchTrunk(known, { calledNumber, callingNumber, sourceIp, fromHost }, server);
      expect("trunk" in ours ? ours.trunk.id : { several: "error", none: "none" }[ours.kind]).toBe(matches);
    });
  });
}
