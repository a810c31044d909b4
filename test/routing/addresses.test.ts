import { expect, test } from "vitest";
import { admitsAddress } from "../../src/routing/addresses.ts";
import { NEXT, NEW } from "./calls-and-rules.ts";

test.for<[string, string, boolean]>([
  ["192.0.2.1", "192.0.2.1", true],
  ["192.0.2.1", "192.0.2.2", false],
  ["192.0.2.0/24", "192.0.2.255", true],
  ["192.0.2.0/25", "192.0.2.128", false],
  ["192.0.2.0/024", "192.0.2.1", false],
  ["192.0.2.0/33", "192.0.2.1", false],
  ["0.0.0.0/0", "2001:db8::1", false],
  ["2001:db8::/32", "2001:DB8:1::", true],
  ["2001:db8:0:0::1", "2001:db8::1", true],
  ["::ffff:192.0.2.1", "192.0.2.1", false],
  ["fe80::1%eth0", "fe80::1%eth0", true],
  ["fe80::1", "fe80::1%eth0", false],
  ["fe80::/10", "fe80::1%eth0", false],
  ["sip.example.com", "192.0.2.1", true],
  ["sip.example.org", "192.0.2.1", false],
])("%s for a call from %s at sip.example.com: %s", ([mask, source, admits]) => {
  expect(admitsAddress([mask], { sourceIp: source, fromHost: "sip.example.com" }, NEW)).toBe(admits);
});

test("masks that are not valid are dropped, and no mask admits all", () => {
  expect(admitsAddress(["192.0.2.9 ", "https://example.com", "*"], { sourceIp: "192.0.2.1" }, NEW)).toBe(
    true,
  );
});

test("a source that is no address is admitted", () => {
  expect(admitsAddress(["192.0.2.9"], {}, NEW)).toBe(true);
});

test.for<[string, { newest: boolean; next: boolean }]>([
  ["192.0.2.9", { newest: true, next: false }],
  ["[192.0.2.1]", { newest: false, next: true }],
  ["[192.0.2.0]/24", { newest: false, next: true }],
])("%s for a call from 192.0.2.1 whose From host is 192.0.2.9: %j", ([mask, { newest, next }]) => {
  const call = { sourceIp: "192.0.2.1", fromHost: "192.0.2.9" };
  expect([NEW, NEXT].map((server) => admitsAddress([mask], call, server))).toEqual([newest, next]);
});
