import { afterAll, expect, test } from "vitest";
import type { Call } from "../../src/routing/call.ts";
import { matchTrunk, type TrunkMatch } from "../../src/routing/match-trunk.ts";
import type { Trunk } from "../../src/routing/trunks.ts";
import { casesFor, compare, describePeer, PROTOCOLS, serverOf } from "./peer.ts";
import { Random } from "./random.ts";
import { number } from "./rule-cases.ts";

interface TrunkAnswer {
  error?: string;
  trunk?: string;
  kind?: TrunkMatch["kind"];
}

for (const protocol of PROTOCOLS) {
  describePeer("trunks", protocol, (peer) => {
    const server = serverOf(protocol);
    const seen = new Map<string, number>();
    afterAll(() => peer.stop());

    test("every call matches the trunk that LiveKit's code matches", async () => {
      const random = new Random(2);
      const differences = await compare({
        peer,
        count: casesFor(0.05),
        generate: () => trunkCase(random),
        differ: ({ trunks, call }, theirs: TrunkAnswer) => {
          const ours = matchTrunk(trunks, call, server);
          seen.set(ours.kind, (seen.get(ours.kind) ?? 0) + 1);
          return same(ours, theirs) ? undefined : { trunks, call, ours, theirs };
        },
      });
      expect(differences).toEqual([]);
    });

    test("the cases reach every kind of match", () => {
      const kinds: TrunkMatch["kind"][] = ["specific", "default", "none", "several"];
      expect(kinds.filter((kind) => (seen.get(kind) ?? 0) < Math.floor(casesFor(0.05) / 50))).toEqual([]);
    });
  });
}

function same(ours: TrunkMatch, theirs: TrunkAnswer): boolean {
  switch (ours.kind) {
    case "several":
      return theirs.error?.includes(ours.numberless ? "Multiple default" : "Multiple SIP Trunks") ?? false;
    case "none":
      return theirs.kind === "none";
    case "specific":
    case "default":
      break;
  }
  return theirs.kind === ours.kind && theirs.trunk === ours.trunk.id;
}

// Addresses and masks of every form that net/netip knows, and the mistakes that it refuses.
const ADDRESSES = [
  "192.0.2.1",
  "192.0.2.129",
  "198.51.100.7",
  "2001:db8::1",
  "2001:DB8:0:0::1",
  "2001:db8::ff00:0",
  "::ffff:192.0.2.1",
  "::192.0.2.1",
  "fe80::1%eth0",
  "fe80::1",
  "::",
  "1:2:3:4:5:6:7::",
  "1:2:3:4:5:6:7:0",
  "",
  "192.0.2.01",
  "192.0.2",
  "192.0.2.256",
  "1:2:3:4:5:6:7:8::",
  "fe80::1%",
  "::1%eth0.1",
  "%eth0",
  "sip.example.com",
  "00001::1",
  "1::2::3",
  "192.0.2.1 ",
];
const MASKS = [
  ...ADDRESSES,
  "192.0.2.0/24",
  "192.0.2.0/25",
  "192.0.2.1/32",
  "192.0.2.1/33",
  "192.0.2.1/024",
  "192.0.2.1/+24",
  "192.0.2.1/",
  "0.0.0.0/0",
  "2001:db8::/32",
  "2001:db8::/033",
  "2001:db8::1/128",
  "2001:db8::/97",
  "::/0",
  "::ffff:0:0/96",
  "::ffff:192.0.2.0/120",
  "fe80::1%eth0/64",
  "fe80::/10",
  "192.0.2.1/24/24",
  "[192.0.2.1]",
  "[2001:db8::1]",
  "[2001:db8::]/32",
  "[2001:db8::/32]",
  "[fe80::1%eth0]",
  "[fe80::1%eth0]/64",
  "[::1",
  "[]",
  "/24",
  "https://192.0.2.1",
  "192.0.2.1,192.0.2.129",
  "(192.0.2.1)",
  "*.example.com",
  "192.0.2.0/255.255.255.0",
];

function trunkCase(random: Random): { trunks: Trunk[]; call: Call; toJSON(): object } {
  const list = (empty: number, one: () => string): string[] =>
    random.chance(empty) ? [] : Array.from({ length: 1 + random.below(3) }, one);
  const trunks = Array.from({ length: random.below(5) }, (_, at) => ({
    id: `ST_${at}`,
    name: "",
    numbers: list(0.3, () => number(random)),
    allowedNumbers: list(0.6, () => number(random)),
    allowedAddresses: list(0.5, () => random.pick(MASKS)),
  }));
  const call = {
    calledNumber: number(random),
    callingNumber: number(random),
    sourceIp: random.pick(ADDRESSES),
    fromHost: random.chance(0.5) ? "sip.example.com" : random.pick(ADDRESSES),
  };
  return {
    trunks,
    call,
    toJSON: () => ({
      trunk: {
        trunks: trunks.map(({ id, ...fields }) => ({ sipTrunkId: id, ...fields })),
        call: {
          to: call.calledNumber,
          from: call.callingNumber,
          sourceIp: call.sourceIp,
          fromHost: call.fromHost,
        },
      },
    }),
  };
}
